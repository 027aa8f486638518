"""Panels: what two actors did together, year by year or month by month, and what is not known of it.

A panel has a row for each dyad and period. It says what the sources tell, and leaves empty what they do not: a handful
of texts does not cover the world, so a cell is **missing and not 0** wherever nothing is told, unless somebody vouches
to have looked (`coverage`). Its rules:

- **What counts.** What is told as done: acts whose stage is done and the evidence of whose status has one of the
  `stances` asked for, by default `asserted`. What lies ahead counts if `planned` or `possible` is asked for too;
  hearsay and denials if theirs are. What one voice denies and another tells is possible and never certain.
- **Whose it is.** With `states`, what organs of a state and its office-holders do is the state's, by their `country`
  and `parent`; what companies, media, groups and joint bodies do is nobody's else. An act of many makes a dyad of
  every two of them, a deployment one of the sender and each host.
- **Direction.** A directed panel has a row for each order of a dyad. A deployment, a site, a transfer, an amount that
  goes one way, a visit and support count in the row from sender, user, supplier, visitor or provider to the other
  (troopdata, SIPRI, PLOVER source and target); all else counts in both.
- **Readings.** A reading puts each date on one of the days that it allows, each contradiction that nothing decides on
  one of its values, each passage that allows another reading on one of the two; dates of a record keep their order.
  `_low` is the least number over all readings, `_high` the greatest. `_best` is the number that all of them come to,
  with the best of each number that is told: it is missing where it would take the middle of an open date to give one.
  `any_` is true where every reading has an act, false where none has and somebody vouches, else missing.
- **Chances.** `_expected` is the number to be expected if every allowed day is as likely as another, of acts that do
  not last; it is missing where an act has an open date or contradicting tellings. Dates do not wait for each other in
  it as they do in `draws`, which draw whole readings.
- **Dates.** `dates="earliest"` and `"latest"` put all dates on their first and last days; `draws` draws them. What has
  no date is in no row, and `records_undated` says how much that is.
- **What lasts.** An agreement is in force, a deployment present and a site open until its end is told. If none is told
  they are so for sure on their first day, possibly ever after; a time for which it is told to be so (`as_of`) is
  certain too. Deployments are counted of all personnel, and of troops alone.
- **Days.** `days_in_force_best` runs from the middle of a beginning to that of an end if these days lie in one piece
  and within the period. Its low and high contain all readings, but may be wider than they: what is certain of one
  act in one month and of another in the next is at least a day each, and low says one.
- **Numbers.** Numbers of different tellings are never added to a best or low one: the largest stands. `_high` adds
  all. Records that may be the same (`possibly_same_as`) count once in `_low` and `_best` and each in `_high`. A set
  told as one (fourteen agreements) has the number told of it, and none where none is told. Money keeps its currency,
  measure and direction, each with columns of its own.
- **Forms.** `signed_…` is missing where an agreement whose form nobody tells may have been signed.
- **Stocks** add up from the first act that is told; nobody can vouch for what was before, so they are never 0. `_low`
  stands for ever, for what has happened has. `_best` and `_high` are missing from the first period after it for which
  nothing is told and nobody vouches: more may have come then. An open side of a date tells of no period.

`_high` is missing where there is no upper bound: a set of three or more, or persons whose number is not told. It
speaks of what is told with a date, and not of what nobody tells. Where the value of one record may belong to another,
and where dates of several are counted from one that is not known, the bounds take each record by itself: they contain
every reading, and may be wider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._frames.meta import ColumnMeta, columns_of
from defcoop.analysis._panel.acts import LeftOut
from defcoop.analysis._panel.coverage import Covered
from defcoop.analysis._panel.frame import described, frame, texts
from defcoop.analysis._panel.ground import Asked, ground
from defcoop.analysis._panel.plan import RECORDS, keys, plans
from defcoop.analysis._refusals import need
from defcoop.analysis.frames import form_of
from defcoop.models.evidence import Stance
from defcoop.models.leaves import steps
from defcoop.models.registry import type_of
from defcoop.package.claims import claims
from defcoop.values.edtf_parts import FIRST_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.frame import Filled
    from defcoop.analysis._panel.grid import Years
    from defcoop.analysis._panel.spans import Dates
    from defcoop.analysis.frames import Backend, Dtypes
    from defcoop.models import Record
    from defcoop.package.claims import Claim
    from defcoop.package.naming import Names

__all__ = ["Contribution", "Covered", "LeftOut", "contributions", "left_out", "panel", "panel_meta", "rows"]


class Contribution(NamedTuple):
    """A record behind a cell, with the claims that carry, or contradict, what the cell takes from it."""

    record_id: str
    claims: tuple[Claim, ...]


def panel(  # noqa: PLR0913 - each is a choice of its own
    dataset: DatasetLike,
    *,
    actors: Names | None = None,
    years: Years | None = None,
    directed: bool = False,
    months: bool = False,
    dates: Dates = "best",
    draws: int | None = None,
    seed: int | None = None,
    states: bool = True,
    stances: str | Iterable[str] = (Stance.ASSERTED,),
    coverage: Covered | Iterable[Covered] = (),
    backend: Backend | None = None,
    dtypes: Dtypes | None = None,
) -> Any:  # noqa: ANN401 - a frame of any library
    """Give dyad-years, or dyad-months, as a data frame.

    The module says how acts are counted, and `panel_meta` what each column means, its unit and its source.

    Args:
        dataset: the dataset.
        actors: ids, codes or names of actors (`act-tur`, `TUR`, `640`, `gw:640`, `Qatar`), also as one
            text with commas (`TUR,QAT`); by default all states, or with `states=False` all actors.
        years: a year, several in any order, or a text (`2014-2018,2020`); by default from the first to
            the last in which an act is dated.
        directed: whether each dyad has a row for each of its orders; else one, with `a` the id that sorts first.
        months: whether a period is a month and not a year.
        dates: `best`, with low and high over all days that are possible, or `earliest` or `latest` to put each
            date on the first or the last day that it allows.
        draws: how many draws of the dataset to count, one after the other; a column `draw` comes first. They are
            those of `defcoop.analysis.draws.sample` with the same seed; who stands for whom is that of the data.
        seed: any whole number; needed for draws.
        states: whether the dyads are of states, for which their organs and office-holders stand.
        stances: the stances that status and evidence may have for an act to count.
        coverage: what somebody vouches to have looked for: only there is a cell 0. An act without a date that may
            belong there keeps it missing all the same.
        backend: `polars`, `pandas` or `pyarrow`; by default that of the dataset (`load(backend=…)`), else the first
            that is installed.
        dtypes: the types of a pandas frame: those of the dataset, else `nullable`; with `numpy`, as libraries of
            regressions want them, numbers and booleans are floats where one is missing; or `arrow`. With one, the
            backend is pandas.

    Returns:
        A frame with one row per draw, dyad and period, in this order, dyads by `a` and `b`. Columns of integers and
        booleans are nullable; persons and money are floats, money in units of its currency.

    Raises:
        ValueError: if an actor, year, stance, family or backend is not known, or the panel would be too large.
        ImportError: if numpy or the library of the frame is not installed.

    >>> import defcoop
    >>> from defcoop.analysis.panel import panel
    >>> found = panel(defcoop.load(), actors=["TUR", "QAT"], years=range(2016, 2019), backend="polars")
    >>> found.select("year", "agreements_in_force_low", "agreements_in_force_high").rows()
    [(2016, None, None), (2017, 1, 2), (2018, None, 2)]
    """
    asked = Asked(actors, years, directed, months, dates, draws, seed, states, stances, coverage)
    form = form_of(dataset, backend, dtypes)
    columns = _filled(dataset, asked)
    key = [name for name in ("draw", "a", "b", "year", "month") if name in {filled.column.name for filled in columns}]
    return frame(columns, key, form)


def rows(dataset: DatasetLike, **asked: Any) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - the arguments of `panel`
    """Give a panel as rows of text, for a CSV file and without any library of frames: what `defcoop panel` writes.

    Args:
        dataset: the dataset.
        **asked: what is asked of `panel`, without `backend`.

    Returns:
        An iterator over the names of the columns and the rows after them. A missing cell is empty, and booleans are
        `true` and `false`, as in the published tables.

    Raises:
        ValueError: as `panel` does.
        ImportError: if numpy is not installed.

    >>> import defcoop
    >>> from defcoop.analysis.panel import rows
    >>> head, row = rows(defcoop.load(), actors=["TUR", "QAT"], years=[2017])
    >>> row[:9], row[head.index("agreements_in_force_low")], row[head.index("exercises_low")]
    (('act-qat', 'act-tur', '2017', '694', '640', '694', '640', 'QAT', 'TUR'), '1', '')
    """
    return texts(_filled(dataset, Asked(**asked)))


def contributions(  # noqa: PLR0913 - the first five name a cell
    dataset: DatasetLike,
    a: str | int,
    b: str | int,
    year: int,
    column: str,
    *,
    month: int | None = None,
    draw: int | None = None,
    **asked: Any,  # noqa: ANN401 - the arguments of `panel`
) -> list[Contribution]:
    """List the records behind a cell of a panel, with the claims for what the cell takes from them.

    Args:
        dataset: the dataset from which the panel was made.
        a: one actor, as an id or a code; in a directed panel the source.
        b: the other.
        year: the year.
        column: the name of the column.
        month: the month, in a panel of months.
        draw: which of the draws, in a panel of draws; the claims are those of the data, of which the draw is one
            reading.
        **asked: what was asked of `panel` otherwise: `directed`, `dates`, `draws`, `seed`, `states`, `stances`.

    Returns:
        The records by id; none for a cell that is missing because nothing is told, or 0. For the years and codes of a
        row there is none.

    Raises:
        ValueError: if an actor or the column is not known.

    >>> import defcoop
    >>> from defcoop.analysis.panel import contributions
    >>> [found] = contributions(defcoop.load(), "QAT", "TUR", 2007, "agreements_signed_best")
    >>> found.record_id
    'agr-qat-tur-defence-industry-2007'
    >>> {claim.value for claim in found.claims if claim.field == "signed"}
    {'2007'}
    """
    need("numpy", "panels need", "panel")
    from defcoop.analysis._panel.tracing import Cell, behind  # noqa: PLC0415 - it needs numpy, which is optional

    wanted = Asked(actors=(a, b), years=(year,), months=month is not None, **asked)
    fields_of = behind(dataset, wanted, Cell(a, b, year, month, draw, column))
    return [Contribution(record, _about(dataset[record], fields)) for record, fields in fields_of.items()]


def left_out(dataset: DatasetLike, **asked: Any) -> list[LeftOut]:  # noqa: ANN401 - the arguments of `panel`
    """List the records that a panel leaves out, and why: told as planned, without a date, between others.

    Args:
        dataset: the dataset.
        **asked: what is asked of `panel`; years do not matter here.

    Returns:
        One item for each record and family of acts (`agreements_signed`, `trade`, …) that could have held it. What is
        left out for want of a date is still counted by `records_undated`.

    Raises:
        ValueError: if an actor or a stance is not known.

    >>> import defcoop
    >>> from defcoop.analysis.panel import left_out
    >>> {one.reason for one in left_out(defcoop.load()) if one.record_id == "dep-tur-qat-world-cup-police"}
    {'its stage, planned, is none that counts here'}
    """
    wanted = Asked(**(asked | {"years": (FIRST_YEAR,), "draws": None}))
    return ground(dataset, wanted).rounds[0].left_out


def panel_meta(
    *prefixes: str, directed: bool = False, months: bool = False, draws: bool = False
) -> dict[str, ColumnMeta]:
    """Give what the columns of a panel mean, by name, in their order.

    Args:
        *prefixes: those of columns of trade, such as `trade_economic_cooperation_usd`.
        directed: whether the panel is directed.
        months: whether it is one of months.
        draws: whether it is one of draws.

    >>> panel_meta()["deployments_low"].source
    'troopdata sender and host'
    """
    heads = keys(directed=directed, months=months, draws=draws)
    columns = [*heads, *(plan.column for plan in plans(prefixes)), *RECORDS]
    return columns_of(described(columns, [head.name for head in heads if head.required]))


def _about(record: Record, fields: frozenset[str]) -> tuple[Claim, ...]:
    """Give the claims for some of the fields of a record."""
    every = claims(record, type_of(record).name)
    return tuple(claim for claim in every if steps(claim.field)[0] in fields)


def _filled(dataset: DatasetLike, asked: Asked) -> list[Filled]:
    need("numpy", "panels need", "panel")
    from defcoop.analysis._panel.filling import fill  # noqa: PLC0415 - it needs numpy, which is optional

    return fill(dataset, ground(dataset, asked), asked)
