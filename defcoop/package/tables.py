"""Tables: one per record type, one per list in a record, and those that all types share; derived from the models."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from defcoop.errors import DefcoopError
from defcoop.models import Record, SourceCard
from defcoop.models.certainty import Certainty, certainty_field
from defcoop.models.dataset_card import UNTITLED
from defcoop.models.evidence import Basis, Reliability, Stance, Voice
from defcoop.models.field_layout import Shape, layout
from defcoop.models.record import AbsenceReason
from defcoop.models.registry import types_with
from defcoop.package.claims import Claim, ClaimRelation
from defcoop.package.columns import RECORDS, SEEDS, Cells, Column, cells, scalar_column, target_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import DatasetCard
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.own_terms import OwnTerms
    from defcoop.models.registry import RecordType
    from defcoop.values import Frozen

SHARED = {
    "evidence": ("evidence", "evidence"),
    "figures": ("figures", "figure"),
    "conflicts": ("conflicts", "conflict"),
    "alternatives": ("alternatives", "alternative"),
    "relative_dates": ("relative_dates", "relative_date"),
    "possibly_same_as": ("possible_duplicates", "possible_duplicate"),
    "accept": ("accepted_warnings", "accepted_warning"),
}
"""Lists of the envelope that share one table among all types: its name and the word for one of its rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is, its columns, and those that tell its rows apart."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A table that is filled from a model, with the tables of the lists in it.

    `parent_key` names the leading columns that point to the row above; `field` is the list in the model above.
    """

    table: Table
    parent_key: tuple[str, ...]
    field: FieldLayout | None
    model: type[Frozen] | None
    cells: tuple[Cells, ...]
    children: tuple[Node, ...]


_NAMES = (
    Column("name", "string", "The first Latin-script name, else the first name.", required=True),
    Column("name_ar", "string", "The first Arabic name."),
)
_CLUSTER = Column(
    "cluster_id",
    "string",
    "The first id of those records that may be the same, else its own; count by it to count none twice.",
    required=True,
)


def _heads(model: type[Record]) -> tuple[Column, ...]:
    """Give the columns that follow the id of a record and are derived."""
    field = certainty_field(model)
    certainty = (scalar_column(field.name, field.type, field.description, required=False),) if field else ()
    return (*_NAMES, _CLUSTER, *certainty)


@cache
def record_node(kind: RecordType) -> Node:
    """Give the table of a record type, with those of its lists."""
    fields = cells(kind.model)
    id_column, *rest = (column for cell in fields for column in cell.columns)
    # Every id is in `records` too, so that references to records of any type have one target.
    table = Table(
        kind.folder,
        f"One row per {kind.name.replace('_', ' ')}: {_sentence(kind.model)}",
        (Column("id", "string", id_column.description, required=True, target=RECORDS), *_heads(kind.model), *rest),
        ("id",),
    )
    children = tuple(
        _shared_node(field, *SHARED[field.name])
        if field.name in SHARED
        else _list_node(field, f"{kind.name}_{field.name}", f"{kind.name}_{field.name}", _up(kind.name, kind.folder))
        for field in layout(kind.model)
        if field.shape in {Shape.SCALARS, Shape.PARTS}
    )
    return Node(table, (), None, kind.model, fields, children)


@cache
def seed_node() -> Node:
    """Give the table of source cards, with that of dismissed passages."""
    fields = cells(SourceCard)
    columns = tuple(column for cell in fields for column in cell.columns)
    table = Table(SEEDS, f"One row per seed: {_sentence(SourceCard)}", columns, ("id",))
    children = tuple(
        _list_node(field, f"seed_{field.name}", f"seed_{field.name}", _up("seed", SEEDS))
        for field in layout(SourceCard)
        if field.shape in {Shape.SCALARS, Shape.PARTS}
    )
    return Node(table, (), None, SourceCard, fields, children)


RECORDS_TABLE = Table(
    RECORDS,
    "One row per record of any type.",
    (
        Column("id", "string", "The record's id.", required=True),
        Column("type", "string", "The name of its type.", required=True),
        *_NAMES,
        _CLUSTER,
        scalar_column(
            "certainty", Certainty, "How firmly its evidence stands to it, of what has a status or a number."
        ),
        Column("summary", "string", "What the record is about.", required=True),
        Column("withdrawn", "boolean", "Whether it no longer stands.", required=True),
    ),
    ("id",),
)

ABSENCES = Table(
    "absences",
    "One row per field that has no value, with the reason.",
    (
        Column("record_id", "string", "The record.", required=True, target=RECORDS),
        Column("field", "string", "The field.", required=True),
        Column("reason", "string", "Why it has no value.", required=True, vocabulary=AbsenceReason),
    ),
    ("record_id", "field"),
)

REDIRECTS = Table(
    "redirects",
    "One row per withdrawn record that another replaces.",
    (
        Column("id", "string", "The withdrawn record.", required=True, target=RECORDS),
        Column("replaced_by", "string", "The record that stands in its place.", required=True, target=RECORDS),
        Column("reason", "string", "Why it was withdrawn.", required=True),
        Column("since", "string", "The data version since which it is withdrawn.", required=True),
    ),
    ("id",),
)


_CLAIM_MEANINGS: dict[str, tuple[str, type[Any], str | None]] = {
    "claim_id": ("Hash of the other columns, reliability aside.", str, None),
    "record_id": ("The record.", str, RECORDS),
    "record_type": ("The record's type.", str, None),
    "field": ("Path of the value in the record.", str, None),
    "value": ("The value, as text.", str, None),
    "relation": ("Whether the passage carries the value, contradicts it, or allows another.", ClaimRelation, None),
    "seed_id": ("The seed.", str, SEEDS),
    "start": ("First code point of the passage. (W3C TextPositionSelector start)", int, None),
    "end": ("Code point after the passage. (W3C TextPositionSelector end)", int, None),
    "quote": ("A key phrase inside the passage. (W3C TextQuoteSelector exact)", str, None),
    "digest": ("SHA-256 of the passage's UTF-8 bytes.", str, None),
    "voice": ("Who speaks.", Voice, None),
    "speaker_id": ("The speaker of a quoted passage.", str, "actors"),
    "outlet_id": ("The outlet of a relayed passage.", str, "actors"),
    "stance": ("How firmly it is said.", Stance, None),
    "basis": ("Whether the words say it or the coder concluded it.", Basis, None),
    "reasoning": ("How an inferred value follows.", str, None),
    "reliability": ("The seed's reliability, A to F. (Admiralty reliability)", Reliability, None),
    "credibility": ("The information's credibility, 1 to 6. (Admiralty credibility)", int, None),
}
_OPTIONAL = {"speaker_id", "outlet_id", "reasoning"}

CLAIMS = Table(
    "claims",
    "One row per record, field, value and piece of evidence.",
    tuple(
        scalar_column(name, kind, meaning, required=name not in _OPTIONAL, target=target)
        for name, (meaning, kind, target) in _CLAIM_MEANINGS.items()
    ),
    ("claim_id",),
)
assert set(Claim._fields) == set(_CLAIM_MEANINGS) - {"reliability"}  # noqa: S101 - two lists of one thing


def tables(card: DatasetCard = UNTITLED) -> tuple[Table, ...]:
    """List every table of the package, each once, in the order of the descriptor.

    Args:
        card: what a dataset says of itself: the terms that it adds, and the packages whose record types it has.
    """
    listed, own = _tables(card.needed_plugins), card.terms
    return tuple(with_terms(table, own) for table in listed) if own.by_vocabulary else listed


def with_terms(table: Table, own: OwnTerms) -> Table:
    """Give a table with the terms that a dataset adds to the vocabularies of its columns."""
    added = own.by_vocabulary
    if added.keys().isdisjoint(column.vocabulary for column in table.columns):
        return table
    columns = (
        replace(column, own=tuple(added.get(column.vocabulary, {}).values())) if column.vocabulary else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


@cache
def _tables(plugins: tuple[str, ...] | None) -> tuple[Table, ...]:
    by_name = {RECORDS: RECORDS_TABLE}
    last = {table.name: table for table in (ABSENCES, REDIRECTS, CLAIMS)}
    for node in (*(record_node(kind) for kind in types_with(plugins)), seed_node()):
        for table in _walk(node):
            if by_name.setdefault(table.name, table) != table or table.name in last:
                msg = f"two tables have the name {table.name}"
                raise DefcoopError(msg)
    return (*by_name.values(), *last.values())


def _walk(node: Node) -> Iterator[Table]:
    yield node.table
    for child in node.children:
        yield from _walk(child)


def _up(word: str, table: str) -> tuple[Column, ...]:
    return (Column(f"{word}_id", "string", f"The {word.replace('_', ' ')}.", required=True, target=table),)


def _shared_node(field: FieldLayout, name: str, word: str) -> Node:
    return _list_node(field, name, word, _up("record", RECORDS))


def _list_node(field: FieldLayout, name: str, word: str, up: tuple[Column, ...]) -> Node:
    """Give the table of a list, whose rows are known by the row above and their key, or else their position."""
    parent = tuple(column.name for column in up)
    position = Column("position", "integer", "Place in the list, from 0.", required=True)
    if field.shape is Shape.SCALARS:
        value = scalar_column(field.item, field.type, field.description, required=True, target=target_of(field))
        table = Table(name, _row(field, up), (*up, position, value), (*parent, value.name))
        return Node(table, parent, field, None, (), ())
    part: type[Frozen] = field.type
    fields = cells(part)
    own = tuple(name for cell in fields if cell.attributes[0] in part.KEY for name in cell.value_columns)
    key = (*parent, *own) if own else (*parent, position.name)
    columns = (*up, position, *(column for cell in fields for column in cell.columns))
    # The rows of an inner list point to this row by its whole key.
    down = (*up, Column(f"{word}_position", "integer", f"Place of the {word} in its list.", required=True))
    children = tuple(
        _list_node(inner, f"{word}_{inner.name}", word, down)
        for inner in layout(part)
        if inner.shape in {Shape.SCALARS, Shape.PARTS}
    )
    return Node(Table(name, _row(field, up), columns, key), parent, field, part, fields, children)


def _row(field: FieldLayout, up: tuple[Column, ...]) -> str:
    """Say what a row of a list's table is: of which record and list, and what stands in the list."""
    owners = ", ".join(column.name.rpartition("_")[0].replace("_", " ") for column in up)
    item = _lower(field.description) if field.shape is Shape.SCALARS else _sentence(field.type)
    return f"One row per {owners} and item of `{field.name}`: {item}"


def _sentence(model: type[Frozen]) -> str:
    return _lower((model.__doc__ or "").splitlines()[0])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
