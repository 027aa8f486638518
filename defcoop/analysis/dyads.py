"""Dyads: every pair of actors in every act that the records tell, with the codes of both at the time.

A row is one record and one pair of actors in it, so it can be counted, filtered and merged as an analyst likes; for
counts by dyad and year there is `defcoop.analysis.panel`, and for keys of other datasets `defcoop.analysis.merging`.

>>> import defcoop
>>> from defcoop.analysis.dyads import dyads
>>> found = dyads(defcoop.load(), ["agreements"], "polars")
>>> found.filter(found["year"] == 2007).select("a", "b", "cow_a", "cow_b", "iso3_a", "status").rows()
[('act-qat', 'act-tur', 694, 640, 'QAT', 'signed')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defcoop.analysis._coding import SCHEMES, Coding, Scheme
from defcoop.analysis._pairs import pairs
from defcoop.analysis.frames import form_of, made
from defcoop.models.certainty import Certainty
from defcoop.models.clusters import clusters
from defcoop.models.evidence import Stance
from defcoop.package.columns import RECORDS, Column, scalar_column
from defcoop.package.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._pairs import Pair
    from defcoop.analysis.frames import Backend, Dtypes

__all__ = ["DYADS", "dyads"]


def _codes() -> Iterator[Column]:
    for scheme, kind, source in SCHEMES:
        for side in "ab":
            text = f"Code of `{side}` on the last day of `date` on which it has one, if it has a single one. ({source})"
            yield Column(f"{scheme}_{side}", kind, text)


DYADS = Table(
    "dyads",
    "One row per record and pair of actors.",
    (
        Column("record_id", "string", "The record.", required=True, target=RECORDS),
        Column("layer", "string", "The collection that it is in.", required=True),
        Column("kind", "string", "Its instrument, mission, kind, class or measure."),
        Column("status", "string", "The furthest stage that the texts tell; trade figures have none."),
        Column(
            "stance", "string", "The firmest stance of the evidence for that, or for the amount.", vocabulary=Stance
        ),
        scalar_column("certainty", Certainty, "How firmly the evidence stands to it."),
        Column("cluster_id", "string", "The first id of those records that may be the same.", required=True),
        Column("settled", "boolean", "Whether every reading of the record has this pair of actors.", required=True),
        Column("contested", "string", "Fields of the record of which there is more than one reading."),
        Column("directed", "boolean", "Whether one of the two is the source and the other the target.", required=True),
        Column("a", "string", "An actor.", required=True, target="actors"),
        Column("b", "string", "The other actor.", required=True, target="actors"),
        Column("date", "string", "When it was signed or in force, took place, was opened, or what it covers. (EDTF)"),
        Column("date_earliest", "date", "First day that it allows in any reading; empty if open or unknown."),
        Column("date_latest", "date", "Last day that it allows in any reading; empty if open or unknown."),
        Column("year", "integer", "The year, if all readings allow but one."),
        *_codes(),
    ),
    ("record_id", "a", "b"),
)
"""The columns that `dyads` gives."""


def dyads(  # noqa: PLR0913 - each is a choice of its own
    dataset: DatasetLike,
    layers: Iterable[str] | None = None,
    backend: Backend | None = None,
    *,
    states: bool = True,
    directed: bool = False,
    dtypes: Dtypes | None = None,
) -> Any:  # noqa: ANN401 - a frame of any library
    """Give every pair of actors in every act, with the codes of both at the time.

    An act of several is a pair of every two of them, as in `defcoop.analysis.network`.

    Args:
        dataset: the dataset.
        layers: collections of acts, such as `agreements`; by default all that make pairs.
        backend: the library whose frame it is to be, as for `frame`.
        states: whether what organs of a state and its office-holders do is the state's, as in panels.
        directed: whether `a` is the source and `b` the target, with a row for each order where there is neither; by
            default a pair has one row, and `a` is the one whose id comes first.
        dtypes: the types of a pandas frame, as for `frame`.

    Returns:
        A frame with the columns of `DYADS`, typed as `defcoop.analysis.frames` says.

    Raises:
        ValueError: if there is no such layer or backend.
        ImportError: if the library is not installed.

    >>> import defcoop
    >>> from defcoop.analysis.dyads import dyads
    >>> found = dyads(defcoop.load(), ["trade_figures"], "polars", directed=True)
    >>> found.select("a", "b", "cow_a", "cow_b", "directed").rows()[0]
    ('act-qat', 'act-tur', 694, 640, False)
    """
    coding: dict[Scheme, Coding] = {scheme: Coding(dataset, scheme) for scheme, _, _ in SCHEMES}
    every = pairs(dataset, layers, states=states)
    if not directed:
        # Two orders of one pair, or one source and one target, are the same row.
        kept: dict[tuple[str, ...], Pair] = {}
        for pair in every:
            key = (pair.act.record.id, *_in_order(pair))
            kept[key] = pair._replace(settled=pair.settled or (key in kept and kept[key].settled))
        every = iter(kept.values())
    shared = clusters(dataset)
    return made(
        DYADS, (_row(pair, coding, shared, directed=directed) for pair in every), *form_of(dataset, backend, dtypes)
    )


def _in_order(pair: Pair) -> tuple[str, str]:
    return (pair.source, pair.target) if pair.source <= pair.target else (pair.target, pair.source)


def _row(
    pair: Pair, coding: Mapping[Scheme, Coding], clusters: Mapping[str, str], *, directed: bool
) -> tuple[str, ...]:
    act = pair.act
    record = act.record
    a, b = (pair.source, pair.target) if directed else _in_order(pair)
    earliest, latest = act.earliest, act.latest
    span = _span(earliest, latest)
    codes = [coding[scheme].code(actor, span) or "" for scheme, _, _ in SCHEMES for actor in (a, b)]
    year = str(earliest.year) if earliest and latest and earliest.year == latest.year else ""
    return (
        *(record.id, act.layer, act.kind, act.status, act.stance, record.certainty or ""),
        *(clusters.get(record.id, record.id), _flag(pair.settled), " ".join(act.contested), _flag(pair.directed), a, b),
        *(str(act.date or ""), earliest.isoformat() if earliest else "", latest.isoformat() if latest else "", year),
        *codes,
    )


def _flag(value: bool) -> str:  # noqa: FBT001 - a cell
    return "true" if value else "false"


def _span(earliest: date | None, latest: date | None) -> tuple[date, date] | None:
    """Give the days that a date allows; of one that is open on a side, the day that it tells."""
    first, last = earliest or latest, latest or earliest
    return (first, last) if first and last else None
