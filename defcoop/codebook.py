"""The codebook: every table, field and term with its meaning, generated from the models, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models._shared import WHERE_PREC
from defcoop.models.agreement import BASE, MILAID, MILCON
from defcoop.models.evidence import CREDIBILITY
from defcoop.package.tables import tables
from defcoop.version import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.package.columns import Column
    from defcoop.package.tables import Table
    from defcoop.values import Term

_HEAD = f"""# Codebook

Schema version {SCHEMA}. Generated from the models by `defcoop codebook`; do not edit.

**Missing values.** An empty cell is a missing value, and the table `absences` says why it is missing: *unknown* (the
texts speak of it without telling it), *not_reported* (looked for, the texts do not speak of it), *not_applicable*,
*outside_coverage* (not looked for). There are no sentinels such as 0, -9 or xx.

**Dates.** A date is an EDTF string as the source tells it, with three derived columns: `_earliest` and `_latest` (ISO
dates, empty where the date is open or unknown) and `_date_prec` (UCDP: 1 one day, 2 two to six days, 3 a week, 4 up
to a month, 5 up to a year, empty where wider). Qualifiers (`?` uncertain, `~` approximate, `%` both) do not move the
bounds.

**Evidence.** Every value of a field that is read from a source stands in `claims` with the passage that carries it.
Ids, summaries, notes, codes of states, and names of kind *official* and *editorial* are defcoop's own and have no
claims.

**Keys.** The key of each table is set in bold. A column that refers to another table names it in the last column.
"""


def codebook() -> str:
    """Write the codebook."""
    parts = [_HEAD, "\n## Tables\n", *(f"- [{table.name}](#{table.name}): {table.description}\n" for table in tables())]
    for table in tables():
        parts.append(
            f"\n## {table.name}\n\n{table.description}\n\n"
            "| column | type | meaning | refers to |\n| --- | --- | --- | --- |\n"
        )
        parts += [_row(column, table) for column in table.columns]
    parts.append("\n# Vocabularies\n")
    for name, vocabulary in sorted(_vocabularies().items()):
        parts += [f"\n## {name}\n\n{(vocabulary.__doc__ or '').splitlines()[0]}\n\n", *_terms(vocabulary)]
    parts.append("\n# Scales\n")
    for name, scale in _SCALES.items():
        parts += [f"\n## {name}\n\n", *(f"- {number}: {meaning}\n" for number, meaning in scale.items())]
    return "".join(parts)


_SCALES: Mapping[str, Mapping[int, str]] = {
    "where_prec (UCDP)": WHERE_PREC,
    "credibility (Admiralty)": CREDIBILITY,
    "milcon (ATOP)": MILCON,
    "milaid (ATOP)": MILAID,
    "base (ATOP)": BASE,
}


def _row(column: Column, table: Table) -> str:
    name = f"**{column.name}**" if column.name in table.key else column.name
    kind = (
        f"[{column.vocabulary.__name__}](#{column.vocabulary.__name__.lower()})" if column.vocabulary else column.kind
    )
    needed = "" if column.required or column.name in table.key else ", may be empty"
    return f"| {name} | {kind}{needed} | {column.description} | {column.target or ''} |\n"


def _vocabularies() -> dict[str, type[Term]]:
    found = (column.vocabulary for table in tables() for column in table.columns if column.vocabulary)
    return {vocabulary.__name__: vocabulary for vocabulary in found}


def _terms(vocabulary: type[Term]) -> Iterator[str]:
    for term in vocabulary:
        yield f"- `{term.value}`: {term.definition}\n"
