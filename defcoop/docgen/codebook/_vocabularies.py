"""The chapters on vocabularies, scales and origins: every allowed value, its meaning, and how often it is used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from defcoop.docgen.codebook._markdown import cell, link, table
from defcoop.package.origins import ORIGINS
from defcoop.package.scales import SCALES, scale_of
from defcoop.package.tables import CLAIMS, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.docgen.codebook.counts import Cell, Counts
    from defcoop.values import Term


def vocabularies(counts: Counts) -> str:
    """Write the chapter on vocabularies."""
    every = sorted(_vocabularies().items())
    head = " · ".join(link(name) for name, _ in every)
    return f"{head}\n" + "".join(_vocabulary(name, terms, counts) for name, terms in every)


def scales(counts: Counts) -> str:
    """Write the chapter on scales."""
    parts = []
    for scale in SCALES:
        spots = [(one.name, column.name) for one in tables() for column in one.columns if scale_of(column) == scale]
        rows = ((str(number), cell(meaning)) for number, meaning in scale.numbers.items())
        parts.append(
            f"\n### {scale.name}\n\n{scale.meaning} ({scale.origin}) {_columns(spots, counts)}\n\n"
            f"{_values('number', rows, spots, counts)}"
        )
    return "".join(parts).lstrip("\n")


def origins() -> str:
    """Write the chapter on the datasets and standards whose terms are used."""
    return table(("source", "what it is"), ((name, f"{what[:1].upper()}{what[1:]}.") for name, what in ORIGINS.items()))


def _vocabularies() -> dict[str, type[Term]]:
    found = (column.vocabulary for one in tables() for column in one.columns if column.vocabulary)
    return {vocabulary.__name__: vocabulary for vocabulary in found}


def _vocabulary(name: str, terms: type[Term], counts: Counts) -> str:
    spots = [(one.name, column.name) for one in tables() for column in one.columns if column.vocabulary is terms]
    rows = ((f"`{term.value}`", cell(term.definition)) for term in terms)
    meaning = (terms.__doc__ or "").splitlines()[0]
    return f"\n### {name}\n\n{meaning} {_columns(spots, counts)}\n\n{_values('term', rows, spots, counts)}"


def _columns(spots: Iterable[Cell], counts: Counts) -> str:
    """Say where the values stand, and how many there are."""
    filled = {spot: f" ({counts.filled[spot]})" if counts.rows else "" for spot in spots}
    places = (f"[{name}](#{name}).{column}{number}" for (name, column), number in filled.items())
    return f"Stands in {', '.join(places)}."


def _values(word: str, rows: Iterable[tuple[str, str]], spots: Iterable[Cell], counts: Counts) -> str:
    used = Counter[str]()
    for spot in _own(spots):
        used.update(counts.used(*spot))
    numbered = ((value, meaning, str(used[value.strip("`")]) if counts.rows else "") for value, meaning in rows)
    return table((word, "meaning", "uses"), numbered)


def _own(spots: Iterable[Cell]) -> Iterator[Cell]:
    """Leave out `claims`, which repeats the evidence, unless the values stand nowhere else."""
    every = list(spots)
    yield from [spot for spot in every if spot[0] != CLAIMS.name] or every
