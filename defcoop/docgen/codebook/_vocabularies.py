"""The chapters on vocabularies, scales and origins: every allowed value, its meaning, and how often it is used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from defcoop.docgen.codebook._markdown import cell, link, markdown_table
from defcoop.package.origins import ORIGINS
from defcoop.package.scales import SCALES, scale_of
from defcoop.package.tables import CLAIMS, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.docgen.codebook.counts import Cell, UsageCounts
    from defcoop.models.own_terms import OwnTerms
    from defcoop.values import Term


def vocabularies(counts: UsageCounts, own: OwnTerms) -> str:
    """Write the chapter on vocabularies, to which a dataset may have added terms."""
    every = sorted(_vocabularies().items())
    head = " · ".join(link(name) for name, _ in every)
    return f"{head}\n" + "".join(_vocabulary(terms, own, counts) for _, terms in every)


def scales(counts: UsageCounts) -> str:
    """Write the chapter on scales."""
    parts = []
    for scale in SCALES:
        places = [
            (table.name, column.name) for table in tables() for column in table.columns if scale_of(column) == scale
        ]
        rows = ((str(number), cell(meaning)) for number, meaning in scale.numbers.items())
        parts.append(
            f"\n### {scale.name}\n\n{scale.meaning} ({scale.origin}) {_columns(places, counts)}\n\n"
            f"{_values('number', rows, places, counts)}"
        )
    return "".join(parts).lstrip("\n")


def origins() -> str:
    """Write the chapter on the datasets and standards whose terms are used."""
    return markdown_table(
        ("source", "what it is"), ((name, f"{what[:1].upper()}{what[1:]}.") for name, what in ORIGINS.items())
    )


def _vocabularies() -> dict[str, type[Term]]:
    used = (column.vocabulary for table in tables() for column in table.columns if column.vocabulary)
    return {vocabulary.__name__: vocabulary for vocabulary in used}


def _vocabulary(terms: type[Term], own: OwnTerms, counts: UsageCounts) -> str:
    places = [(table.name, column.name) for table in tables() for column in table.columns if column.vocabulary is terms]
    rows = ((f"`{term.value}`", cell(term.definition + _added(term))) for term in own.all_of(terms))
    meaning = (terms.__doc__ or "").splitlines()[0]
    return f"\n### {terms.__name__}\n\n{meaning} {_columns(places, counts)}\n\n{_values('term', rows, places, counts)}"


def _added(term: Term) -> str:
    """Say of a term that the dataset added what it comes under, or how far it says that something has come."""
    if not term.is_own:
        return ""
    said = ((" under", vars(term).get("broader")), (", stage", vars(term).get("phase")))
    return f" Added by this dataset{''.join(f'{word} `{value}`' for word, value in said if value)}."


def _columns(places: Iterable[Cell], counts: UsageCounts) -> str:
    """Say where the values stand, and how many there are."""
    filled = {place: f" ({counts.filled[place]})" if counts.rows else "" for place in places}
    listed = (f"[{name}](#{name}).{column}{number}" for (name, column), number in filled.items())
    return f"Stands in {', '.join(listed)}."


def _values(word: str, rows: Iterable[tuple[str, str]], places: Iterable[Cell], counts: UsageCounts) -> str:
    used = Counter[str]()
    for place in _own(places):
        used.update(counts.used(*place))
    numbered = ((value, meaning, str(used[value.strip("`")]) if counts.rows else "") for value, meaning in rows)
    return markdown_table((word, "meaning", "uses"), numbered)


def _own(places: Iterable[Cell]) -> Iterator[Cell]:
    """Leave out `claims`, which repeats the evidence, unless the values stand nowhere else."""
    columns = list(places)
    yield from [place for place in columns if place[0] != CLAIMS.name] or columns
