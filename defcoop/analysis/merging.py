"""Keys to merge by: actors and dyads with the codes that hold at the time, for the tables of the field.

Two tables merge if they name the same states in the same way. `keyed` puts our actors into a table of others, which
then merges on `a` and `b` with `defcoop.analysis.dyads`, `defcoop.analysis.panel` or any of our frames; `with_codes`
puts codes of others into a table of ours. A code means a state at a time: it is looked up on the day that the table
tells or, if it tells a year, for the last day of it on which the code was anybody's, as in panels. What has no single
answer is missing, so count what is missing before you merge.

Any frame that narwhals knows will do (pandas, polars, Arrow and others), and comes back as what it was, with the same
rows in the same order. Columns are named as in the files of the others; nothing of theirs comes with defcoop.

>>> import defcoop
>>> import polars as pl
>>> from defcoop.analysis.dyads import dyads
>>> from defcoop.analysis.merging import keyed
>>> ds = defcoop.load()
>>> invented = pl.DataFrame({"ccode1": [640, 640], "ccode2": [694, 200], "year": [2007, 2007], "dcaAnyV2": [1, 0]})
>>> theirs = keyed(invented, ds, "dcad")
>>> theirs.select("a", "b", "dcaAnyV2").rows()
[('act-tur', 'act-qat', 1), ('act-gbr', 'act-tur', 0)]
>>> theirs.join(dyads(ds, ["agreements"], "polars"), on=["a", "b", "year"])["record_id"].to_list()
['agr-qat-tur-defence-industry-2007']
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from defcoop.alignment.aligner import Aligner
from defcoop.alignment.coding import SCHEMES, Coding, Scheme
from defcoop.alignment.layouts import LAYOUTS, Layout, layout_for
from defcoop.analysis._foreign import added, cells, columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narwhals.typing import IntoDataFrameT

    from defcoop.analysis._dataset_like import DatasetLike

__all__ = ["LAYOUTS", "Layout", "Scheme", "keyed", "with_actors", "with_codes"]


def keyed(
    table: IntoDataFrameT,
    dataset: DatasetLike,
    layout: str | Layout,
    *,
    also: Mapping[Any, str] | None = None,
    outside: bool | None = None,
) -> IntoDataFrameT:
    """Add to a table of others the ids of its two actors, as `a` and `b`.

    Args:
        table: a frame of any library that narwhals knows.
        dataset: the dataset.
        layout: the name of one of `LAYOUTS`, or a layout.
        also: further codes or names as the table has them, with the ids of their actors.
        outside: whether a code that was never another's leads to its actor also at a time at which the list of codes
            has no such state. By default it does in ATOP and COW's alliances, which have allies from before they were
            members of the system.

    Returns:
        The table with the columns `a` and `b`: the first and the second actor or, if the layout is not directed, the
        one with the lower code before the other (an actor that is not known comes before all), as in a panel. Where a
        row names one actor alone there is no `b`.

    Raises:
        ValueError: if there is no such layout, or the table has not its columns, or has `a` or `b` already.
        ImportError: if narwhals is not installed.

    >>> import defcoop
    >>> import pandas as pd
    >>> invented = pd.DataFrame({"Supplier": ["Türkiye", "Atlantis"], "Recipient": "Qatar", "Year of order": "(2031)"})
    >>> keyed(invented, defcoop.load(), "sipri", also={"Atlantis": "act-lby"})[["a", "b"]].values.tolist()
    [['act-tur', 'act-qat'], ['act-lby', 'act-qat']]
    """
    if isinstance(layout, str):
        layout = layout_for(columns(table), layout)
    aligner = Aligner(dataset, layout, also or {}, outside=outside)
    empty = [None] * len(cells(table, layout.sides[0]))
    first, second, times = (cells(table, name) if name else empty for name in layout[:3])
    pairs = [aligner.pair(*row) for row in zip(first, second, times, strict=True)]
    with_first = added(table, "a", [actor for actor, _ in pairs], "string")
    return added(with_first, "b", [other for _, other in pairs], "string") if layout.second else with_first


def with_actors(  # noqa: PLR0913 - a table, what names its actors, and what to call them
    table: IntoDataFrameT,
    dataset: DatasetLike,
    code: str,
    scheme: Scheme = "cow",
    *,
    when: str | None = None,
    into: str = "actor_id",
    also: Mapping[Any, str] | None = None,
    outside: bool = False,
) -> IntoDataFrameT:
    """Add to a table of others the id of the actor that a column names.

    Args:
        table: a frame of any library that narwhals knows.
        dataset: the dataset.
        code: the column that names the actor.
        scheme: the system of codes in which it does; `name` for the names of states, in any spelling that we have.
        when: the column of the year or day; without one, a code has to have been one actor's at all times.
        into: the name of the new column.
        also: further codes or names as the table has them, with the ids of their actors.
        outside: whether a code that was never another's leads to its actor also at a time at which the list of codes
            has no such state.

    Returns:
        The table with the new column, which is missing where no actor, or more than one, has the code.

    Raises:
        ValueError: if there is no such system or column, or the new one is there already.
        ImportError: if narwhals is not installed.

    >>> import defcoop
    >>> import polars as pl
    >>> invented = pl.DataFrame({"ccode": [652, 652, 640], "year": [1957, 1960, 1960]})
    >>> with_actors(invented, defcoop.load(), "ccode", when="year")["actor_id"].to_list()
    ['act-syr', None, 'act-tur']
    """
    aligner = Aligner(
        dataset, Layout(code, "", when or "", scheme, directed=True, source=""), also or {}, outside=outside
    )
    codes = cells(table, code)
    times = [None] * len(codes) if when is None else cells(table, when)
    found = [aligner.partner(one, time).actor for one, time in zip(codes, times, strict=True)]
    return added(table, into, found, "string")


def with_codes(  # noqa: PLR0913 - likewise
    table: IntoDataFrameT,
    dataset: DatasetLike,
    actor: str = "actor_id",
    scheme: Scheme = "cow",
    *,
    when: str | None = None,
    into: str | None = None,
    why: str | None = None,
    outside: bool = False,
) -> IntoDataFrameT:
    """Add to a table of ours the codes of the actors that a column names.

    Args:
        table: a frame of any library that narwhals knows.
        dataset: the dataset.
        actor: the column of the actors' ids.
        scheme: the system of codes.
        when: the column of the year or day; without one, an actor has to have had one code at all times.
        into: the name of the new column; by default that of the system.
        why: the name of a further column that says why a code is missing: `no_code`, `not_then`, `ambiguous`,
            `no_time`, or `list_closed` where the time lies after the last day of the list (`CodeScheme.COW.closes`), so
            that a newer one may have a code. A code that held on that day is carried on and not missing.
        outside: whether an actor that had one code alone has it also when the list has no such state.

    Returns:
        The table with the new column, a whole number for COW and Gleditsch and Ward and else a text; it is missing
        where the actor has no code, or more than one.

    Raises:
        ValueError: if there is no such system or column, or the new one is there already.
        ImportError: if narwhals is not installed.

    >>> import defcoop
    >>> from defcoop.analysis.frames import frame
    >>> ds = defcoop.load()
    >>> parties = frame(ds, "agreement_parties", "pandas")
    >>> with_codes(parties, ds, scheme="gw")[["actor_id", "gw"]].drop_duplicates().dropna().values.tolist()[:2]
    [['act-qat', 694], ['act-tur', 640]]
    """
    coding = Coding(dataset, scheme, outside=outside)
    actors = cells(table, actor)
    times = [None] * len(actors) if when is None else cells(table, when)
    look = cache(coding.code)
    codes = [look(one, time) for one, time in zip(actors, times, strict=True)]
    kind = {name: kind for name, kind, _ in SCHEMES}.get(scheme, "string")
    values = [int(code) if code and kind == "integer" else code for code in codes]
    coded = added(table, into or scheme, values, kind)
    if why is None:
        return coded
    reasons = map(cache(coding.why_no_code), actors, times)
    return added(coded, why, [reason.value if reason else None for reason in reasons], "string")
