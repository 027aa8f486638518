"""The check of claims against records: every coded value has one that supports it, and none states another value."""

from __future__ import annotations

from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.record import Name, NameKind
from defcoop.models.registry import TYPES
from defcoop.package.claims import ClaimRelation
from defcoop.package.columns import SEEDS
from defcoop.package.tables import CLAIMS, SHARED, record_node
from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.columns import abridged
from defcoop.package.verification.row_blocks import rows_of
from defcoop.package.verification.verdict import Failure
from defcoop.reference.states import NOTE, ReferenceIds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from defcoop.package.described import DescribedTable
    from defcoop.package.tables import Node
    from defcoop.package.verification.hashed_files import HashedFiles
    from defcoop.package.verification.row_blocks import RowBlock

_SUPPORTS, _CONTRADICTS, _ALTERNATIVE = (relation.value.encode() for relation in ClaimRelation)
_ATTESTED = frozenset(kind.value.encode() for kind in NameKind if kind.attested)
_PREFIX = itemgetter(slice(3))
_TYPE_OF_PREFIX = frozenset((kind.prefix.encode(), kind.name.encode()) for kind in TYPES)
"""Pairs of the start of a record's id and the name of its type."""

_CITING = {
    SHARED["evidence"][0]: _SUPPORTS,
    f"{SHARED['conflicts'][1]}_evidence": _CONTRADICTS,
    f"{SHARED['alternatives'][1]}_evidence": _ALTERNATIVE,
}
"""The tables of citations, and how the claims made of each stand to the record."""

_STATED = ("record_id", "field", "value", "relation")
"""The columns of a claim that state a value, in the order of `_Value`."""

_Value = tuple[bytes, bytes, bytes, bytes]
"""A record's id, the path of a field in it, the value, and how claims stand to it."""


class CodedColumn(NamedTuple):
    """A column of coded values, and how the paths of its values are made.

    A path is `before`, then in brackets what stands in the columns `item` if there are any, then `after`; or it
    stands in the column `path` itself.
    """

    column: str
    before: bytes = b""
    item: tuple[str, ...] = ()
    after: bytes = b""
    path: str = ""
    relation: bytes = _SUPPORTS
    attested: bool = False


@cache
def coded_columns() -> Mapping[str, Sequence[CodedColumn]]:
    """Give the columns of coded values by table."""
    by_table: dict[str, dict[CodedColumn, None]] = {}
    for node in map(record_node, TYPES):
        for table, coded in _coded_columns(node):
            by_table.setdefault(table, {})[coded] = None
    conflicts, _ = SHARED["conflicts"]
    by_table[conflicts] = {CodedColumn("value", path="field", relation=_CONTRADICTS): None}
    alternatives, _ = SHARED["alternatives"]
    by_table[alternatives] = {
        CodedColumn(name, path="field", relation=_ALTERNATIVE): None for name in ("value", "record", "speaker")
    }
    return {table: list(columns) for table, columns in by_table.items()}


def _coded_columns(node: Node) -> Iterator[tuple[str, CodedColumn]]:
    for cell in node.cells:
        if cell.field.coded:
            yield node.table.name, CodedColumn(cell.value_columns[0], ".".join(cell.names).encode())
    for child in node.children:
        field = child.field
        if field is None:
            continue
        if child.model is None:
            if field.coded:
                yield child.table.name, CodedColumn(field.item, field.name.encode(), (field.item,))
            continue
        item = tuple(
            name for cell in child.cells if cell.attributes[0] in child.model.KEY for name in cell.value_columns
        )
        for cell in child.cells:
            if cell.field.coded:
                after, attested = f".{'.'.join(cell.names)}".encode(), child.model is Name
                yield (
                    child.table.name,
                    CodedColumn(cell.value_columns[0], field.name.encode(), item, after, attested=attested),
                )


class ClaimSupport(TableCheck):
    """Every coded value of a record has a claim that supports it, and every claim repeats what other tables say."""

    name, unit = "claims", "value"

    def __init__(self, tables: Iterable[DescribedTable], files: HashedFiles) -> None:
        """Compare the tables of a package, which are read once more if the claims are not as they should be."""
        super().__init__()
        self._tables, self._files = list(tables), files
        # Only hashes are kept, since a large package has millions of values.
        self._values: set[int] = set()
        self._claimed: set[int] = set()
        self._citations: set[int] = set()
        self._reliability: set[tuple[bytes, bytes]] = set()
        self._reference: set[bytes] = set()
        self._incomplete = False
        self._repeating: RowBlock | None = None

    def table_missing(self, table: DescribedTable) -> None:
        """Check nothing more: what the table would have held is not known."""
        self._incomplete = True
        self.tally.skip(0, f"{table.path} cannot be read")

    def check_rows(self, block: RowBlock) -> Iterable[Failure]:
        """Note values and citations, or see that these claims repeat them."""
        name = block.table.name
        if name == CLAIMS.name:
            return self._unsupported(block)
        if name == SEEDS:
            self._reliability.update(zip(*block.pick("id", "reliability"), strict=True))
        elif name in _CITING:
            self._citations.update(_citations(block, "seed", repeat(_CITING[name])))
        if name == "actors":
            self._reference.update(_reference(block))
        for coded in coded_columns().get(name, ()):
            rows = _values(block, coded)
            self._values.update(map(hash, self._from_texts(rows) if self._reference else rows))
        return ()

    def _from_texts(self, values: Iterable[_Value]) -> Iterator[_Value]:
        """Leave out the values of reference data, of which no text tells."""
        return (value for value in values if value[0] not in self._reference)

    def repeats(self, block: RowBlock) -> bool:
        """Tell whether the block that was checked last holds claims each cell of which is checked in another table."""
        return self._repeating is block

    def _unsupported(self, block: RowBlock) -> Iterator[Failure]:
        """Find claims that do not repeat what other tables say of their record and seed."""
        self._claimed.update(map(hash, zip(*block.pick(*_STATED), strict=True)))
        records, kinds, seeds, grades, relations = block.pick(
            "record_id", "record_type", "seed_id", "reliability", "relation"
        )
        cited = list(_citations(block, "seed_id", relations))
        if (
            not self._incomplete
            and _TYPE_OF_PREFIX.issuperset(zip(map(_PREFIX, records), kinds, strict=True))
            and self._reliability.issuperset(zip(seeds, grades, strict=True))
            and self._citations.issuperset(cited)
        ):
            self._repeating = block
            return
        rows = zip(block.lines, records, kinds, seeds, grades, cited, strict=True)
        for line, record, kind, seed, grade, citation in rows:
            if (_PREFIX(record), kind) not in _TYPE_OF_PREFIX:
                yield Failure(block.table.path, line, "record_type", f"is not that of {abridged(record)}")
            if self._incomplete:
                continue
            if (seed, grade) not in self._reliability:
                yield Failure(block.table.path, line, "reliability", f"is not that of {abridged(seed)}")
            if citation not in self._citations:
                yield Failure(block.table.path, line, None, f"is not cited in the evidence of {abridged(record)}")

    def finish(self) -> Iterator[Failure]:
        """Compare what claims state with the values."""
        if self._incomplete:
            self.tally.skip(len(self._values), "")
            return
        self.tally.total = len(self._values)
        if self._claimed == self._values:
            return
        for table in self._tables:
            with self._files.open(table.path) as reader:
                for block in rows_of(table, reader):
                    yield from self._differences(block)

    def _differences(self, block: RowBlock) -> Iterator[Failure]:
        if block.table.name == CLAIMS.name:
            for line, row in zip(block.lines, zip(*block.pick(*_STATED), strict=True), strict=True):
                if hash(row) not in self._values:
                    message = f"is not what the tables hold of {abridged(row[0])}: {abridged(row[1])}"
                    yield Failure(block.table.path, line, "value", message)
        for coded in coded_columns().get(block.table.name, ()):
            bare = set(map(hash, _values(block, coded))) - self._claimed
            for line, row in zip(block.lines, _values(block, coded, every=True), strict=True) if bare else ():
                if hash(row) in bare:
                    message = f"{abridged(row[0])}: {abridged(row[1])} has no claim"
                    yield Failure(block.table.path, line, coded.column, message)


def _reference(block: RowBlock) -> Iterator[bytes]:
    """Yield the ids of actors that are marked as reference data and are among those that come with the library."""
    known = ReferenceIds()
    for actor, note in zip(*block.pick("id", "note"), strict=True):
        if note == NOTE.encode() and actor.decode(errors="replace") in known:
            yield actor


def _citations(block: RowBlock, seed: str, relations: Iterable[bytes]) -> Iterator[int]:
    """Hash each row's citation: the record, the relation, the seed, and what follows, as a claim has it."""
    positions = block.table.positions
    details = block.columns[positions[seed] : positions["reasoning"] + 1]
    records, credibility = block.pick("record_id", "credibility")
    return map(hash, zip(records, relations, *details, credibility, strict=False))


def _values(block: RowBlock, coded: CodedColumn, *, every: bool = False) -> Iterable[_Value]:
    """Give the values of a block, or with `every` those that are none too, so that each row has one."""
    [cells] = block.pick(coded.column)
    paths: Iterable[bytes] = repeat(coded.before)
    if coded.path:
        [paths] = block.pick(coded.path)
    elif coded.item:
        items = map(b"/".join, zip(*block.pick(*coded.item), strict=True))
        paths = [b"%b[%b]%b" % (coded.before, item, coded.after) for item in items]
    rows: Iterable[_Value] = zip(block.columns[0], paths, cells, repeat(coded.relation), strict=False)
    if coded.attested and not every:
        [kinds] = block.pick("kind")
        rows = (row for row, kind in zip(rows, kinds, strict=True) if kind in _ATTESTED)
    return rows if every or all(cells) else (row for row in rows if row[2])
