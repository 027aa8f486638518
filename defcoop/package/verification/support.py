"""The check of claims against records: every coded value has one that supports it, and none tells another value."""

from __future__ import annotations

from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.record import Name, NameKind
from defcoop.models.registry import TYPES
from defcoop.package.claims import ClaimRelation
from defcoop.package.columns import SEEDS
from defcoop.package.tables import CLAIMS, SHARED, record_node
from defcoop.package.verification.blocks import Block, blocks
from defcoop.package.verification.check import Check
from defcoop.package.verification.columns import shown
from defcoop.package.verification.proof import PREFIX, TYPE_OF_PREFIX, Known, prove
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from defcoop.package.tables import Node
    from defcoop.package.verification.members import Members
    from defcoop.package.verification.shape import Table

_SUPPORTS, _CONTRADICTS = (relation.value.encode() for relation in ClaimRelation)
_ATTESTED = frozenset(kind.value.encode() for kind in NameKind if kind.attested)

_Value = tuple[bytes, bytes, bytes, bytes]
"""A record's id, the path of a field in it, the value, and how claims stand to it."""


class Told(NamedTuple):
    """Where a table holds coded values: in which column, and how their paths are made.

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
def told() -> Mapping[str, Sequence[Told]]:
    """Give, for every table with coded values, where it holds them."""
    found: dict[str, dict[Told, None]] = {}
    for node in map(record_node, TYPES):
        for table, one in _told(node):
            found.setdefault(table, {})[one] = None
    conflicts, _ = SHARED["conflicts"]
    found[conflicts] = {Told("value", path="field", relation=_CONTRADICTS): None}
    return {table: list(ones) for table, ones in found.items()}


def _told(node: Node) -> Iterator[tuple[str, Told]]:
    for cell in node.cells:
        if cell.field.coded:
            yield node.table.name, Told(cell.told[0], ".".join(cell.names).encode())
    for child in node.children:
        field = child.field
        if field is None:
            continue
        if child.model is None:
            if field.coded:
                yield child.table.name, Told(field.item, field.name.encode(), (field.item,))
            continue
        item = tuple(name for cell in child.cells if cell.attributes[0] in child.model.KEY for name in cell.told)
        for cell in child.cells:
            if cell.field.coded:
                after = f".{'.'.join(cell.names)}".encode()
                attested = child.model is Name
                yield child.table.name, Told(cell.told[0], field.name.encode(), item, after, attested=attested)


class Support(Check):
    """Every coded value of a record has a claim that supports it, and every claim repeats what other tables say."""

    name, unit = "claims", "value"

    def __init__(self, tables: Iterable[Table], members: Members) -> None:
        """Compare the tables of a package, which are read once more if the claims are not as they should be."""
        super().__init__()
        self._tables, self._members = list(tables), members
        # Only hashes are kept, since a large package has millions of values.
        self._values: set[int] = set()
        self._claimed: set[int] = set()
        self._known = Known(set(), set())
        self._lost = False

    def lose(self, table: Table) -> None:
        """Leave it at that: what a table would have held is not known."""
        self._lost = True
        self.tally.skip(0, f"{table.path} cannot be read")

    def prove(self, table: Table) -> int | None:
        """Count the claims if they can be proven by what other tables say, which have been looked at."""
        if self._lost or table.name != CLAIMS.name:
            return None
        with self._members.open(table.path) as reading:
            claimed = prove(table, reading, self._known)
        if claimed is None:
            return None
        self._claimed = claimed.values
        return claimed.number

    def look(self, block: Block) -> Iterable[Failure]:
        """Note values and citations, or see that these claims repeat them."""
        name = block.table.name
        if name == CLAIMS.name:
            return self._strangers(block)
        if name == SEEDS:
            self._known.reliability.update(zip(*block.pick("id", "reliability"), strict=True))
        elif name in _CITING:
            self._known.citations.update(_citations(block, "seed", _CITING[name]))
        for one in told().get(name, ()):
            self._values.update(map(hash, _values(block, one)))
        return ()

    def _strangers(self, block: Block) -> Iterator[Failure]:
        """Find claims that do not repeat what other tables say of their record and seed."""
        self._claimed.update(map(hash, zip(*block.pick(*_TOLD), strict=True)))
        records, kinds, seeds, grades = block.pick("record_id", "record_type", "seed_id", "reliability")
        cited = _citations(block, "seed_id", block.columns[block.table.spots["relation"]])
        for line, record, kind, seed, grade, one in zip(block.lines, records, kinds, seeds, grades, cited, strict=True):
            if (PREFIX(record), kind) not in TYPE_OF_PREFIX:
                yield Failure(block.table.path, line, "record_type", f"is not that of {shown(record)}")
            if self._lost:
                continue
            if (seed, grade) not in self._known.reliability:
                yield Failure(block.table.path, line, "reliability", f"is not that of {shown(seed)}")
            if one not in self._known.citations:
                yield Failure(block.table.path, line, None, f"is not cited in the evidence of {shown(record)}")

    def finish(self) -> Iterator[Failure]:
        """Compare what claims tell with the values."""
        if self._lost:
            self.tally.skip(len(self._values), "")
            return
        self.tally.total = len(self._values)
        if self._claimed == self._values:
            return
        for table in self._tables:
            with self._members.open(table.path) as reading:
                for block in blocks(table, reading):
                    if isinstance(block, Block):
                        yield from self._differences(block)

    def _differences(self, block: Block) -> Iterator[Failure]:
        if block.table.name == CLAIMS.name:
            for line, row in zip(block.lines, zip(*block.pick(*_TOLD), strict=True), strict=True):
                if hash(row) not in self._values:
                    message = f"is not what the tables hold of {shown(row[0])}: {shown(row[1])}"
                    yield Failure(block.table.path, line, "value", message)
        for one in told().get(block.table.name, ()):
            bare = set(map(hash, _values(block, one))) - self._claimed
            for line, row in zip(block.lines, _values(block, one, every=True), strict=False) if bare else ():
                if hash(row) in bare:
                    message = f"{shown(row[0])}: {shown(row[1])} has no claim"
                    yield Failure(block.table.path, line, one.column, message)


_TOLD = ("record_id", "field", "value", "relation")
"""The columns of a claim that tell a value, in the order of `_Value`."""

_CITING = {SHARED["evidence"][0]: _SUPPORTS, f"{SHARED['conflicts'][1]}_evidence": _CONTRADICTS}
"""The tables of citations, and how the claims made of each stand to the record."""


def _citations(block: Block, seed: str, relation: bytes | Sequence[bytes]) -> Iterator[int]:
    """Hash each row's citation: the record, the relation, the seed, and what follows, as a claim has it."""
    spots = block.table.spots
    details = [*block.columns[spots[seed] + 1 : spots["reasoning"] + 1], block.columns[spots["credibility"]]]
    relations = repeat(relation) if isinstance(relation, bytes) else relation
    rows = zip(*details, strict=True)
    records, seeds = block.columns[spots["record_id"]], block.columns[spots[seed]]
    return map(hash, zip(records, relations, seeds, map(b"\x1f".join, rows), strict=False))


def _values(block: Block, one: Told, *, every: bool = False) -> Iterable[_Value]:
    """Give the values of a block, or with `every` those that are none too, so that each row has one."""
    cells = block.columns[block.table.spots[one.column]]
    paths: Iterable[bytes] = repeat(one.before)
    if one.path:
        [paths] = block.pick(one.path)
    elif one.item:
        items = map(b"/".join, zip(*block.pick(*one.item), strict=True))
        paths = [b"%b[%b]%b" % (one.before, item, one.after) for item in items]
    rows: Iterable[_Value] = zip(block.columns[0], paths, cells, repeat(one.relation), strict=False)
    if one.attested and not every:
        [kinds] = block.pick("kind")
        rows = (row for row, kind in zip(rows, kinds, strict=True) if kind in _ATTESTED)
    return rows if every or all(cells) else (row for row in rows if row[2])
