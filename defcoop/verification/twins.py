"""The check of the JSON files: each holds what the CSV of its table holds, in the one form that the writer gives it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from defcoop.package import tables
from defcoop.package.columns import SEEDS
from defcoop.registry import BY_FOLDER
from defcoop.verification.check import Check
from defcoop.verification.verdict import Failure, Grain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.verification.blocks import Block
    from defcoop.verification.members import Members, Reading
    from defcoop.verification.shape import Column, Table

_BARE = frozenset({"integer", "number", "boolean"})
"""Types whose cells stand in JSON without quotation marks."""

_PIECE = 1 << 17
_LONGEST = 10_000_000


class Twins(Check):
    """Every JSON file holds the rows of its table; that of a record type holds records with the ids of its rows."""

    name, unit, grain = "json", "file", Grain.FILE

    def __init__(self, members: Members) -> None:
        """Compare with the files of a package."""
        super().__init__()
        self._members = members
        self._twin: _Rows | _Ids | None = None
        self._known = {table.name for table in tables()}

    def units(self, table: Table) -> int:
        """Count the file, unless it may hold either, being of a table that this version does not know."""
        if table.name not in self._known:
            self.tally.skip(1, "this version does not know what it holds")
        return int(table.name in self._known)

    def begin(self, table: Table) -> Iterator[Failure]:
        """Open the JSON file of a table."""
        path = f"data/{table.name}.json"
        if table.name not in self._known:
            self._twin = None
            return
        if path not in self._members.names:
            self._twin = None
            yield Failure(path, None, None, "is missing")
            return
        reading = self._members.open(path)
        whole = table.name in BY_FOLDER or table.name == SEEDS
        self._twin = _Ids(path, reading) if whole else _Rows(path, reading, table.columns)

    def look(self, block: Block) -> Iterator[Failure]:
        """Compare some rows."""
        if self._twin and block.lines:
            yield from self._told(self._twin.look(block))

    def end(self, table: Table) -> Iterator[Failure]:
        """See that the JSON file ends with the table."""
        if self._twin and not self._twin.is_at_end():
            yield from self._told(Failure(self._twin.path, None, None, f"does not end where {table.path} does"))
        if self._twin:
            self._twin.reading.close()

    def _told(self, failure: Failure | None) -> Iterator[Failure]:
        if failure and self._twin:
            yield failure
            self._twin.reading.close()
            self._twin = None  # after the first difference nothing stands where it should


class _Ids:
    """The JSON of whole records, of which the ids are compared."""

    def __init__(self, path: str, reading: Reading) -> None:
        self.path, self.reading = path, reading
        self._lines = _lines(reading)
        self._begins = next(self._lines, b"") == b"["
        self._empty = True

    def look(self, block: Block) -> Failure | None:
        self._empty = False
        for line, cell in zip(block.lines, block.columns[block.table.key[0]], strict=True):
            found = next(self._lines, b"")
            if not (self._begins and found.startswith(b'{"id": "%b", ' % cell) and found.endswith((b"},", b"}"))):
                return Failure(self.path, line, None, f"is not the record of that line of {block.table.path}")
        return None

    def is_at_end(self) -> bool:
        if self._empty and next(self._lines, None) != b"":
            return False
        return [next(self._lines, None), next(self._lines, None)] == [b"]", None]


class _Rows:
    """The JSON of rows, which is made again from the CSV and compared byte by byte."""

    def __init__(self, path: str, reading: Reading, columns: Sequence[Column]) -> None:
        self.path, self.reading = path, reading
        self._columns, self._row = columns, _row(columns)
        self._rest, self._begun = b"", False

    def look(self, block: Block) -> Failure | None:
        expected = self._started(self._quickly(block))
        found = self._take(len(expected))
        if found != expected:
            # What is written quickly is right unless a cell holds something odd.
            self._rest = found + self._rest
            expected = self._started(self._exactly(block))
            found = self._take(len(expected))
        self._begun = True
        if found == expected:
            return None
        pairs = zip(expected.split(b"\n"), found.split(b"\n"), strict=False)
        row = next((row for row, (one, other) in enumerate(pairs) if one != other), 1)
        line = block.lines[min(max(row - 1, 0), len(block.lines) - 1)]
        return Failure(self.path, line, None, f"is not what {block.table.path} says in that line")

    def is_at_end(self) -> bool:
        return self._take(9) == (b"\n]\n" if self._begun else b"[\n\n]\n")

    def _started(self, rows: bytes) -> bytes:
        return rows if self._begun else b"[" + rows[1:]

    def _take(self, size: int) -> bytes:
        found = self._rest + self.reading.read(max(0, size - len(self._rest)))
        self._rest = found[size:]
        return found[:size]

    def _quickly(self, block: Block) -> bytes:
        width, parts = len(self._row), self._row * len(block.lines)
        for spot, (column, cells) in enumerate(zip(self._columns, block.columns, strict=True)):
            parts[2 * spot + 1 :: width] = _written(column, cells)
        return b"".join(parts)

    def _exactly(self, block: Block) -> bytes:
        names = [column.name for column in self._columns]
        kinds = [column.kind for column in self._columns]
        rows = (map(_value, row, kinds) for row in zip(*block.columns, strict=True))
        return b"".join(
            b",\n" + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False).encode(errors="replace")
            for row in rows
        )


def _row(columns: Sequence[Column]) -> list[bytes]:
    """Give the parts of which the JSON of a row is made: before each cell its name, and nothing yet for the cell."""
    parts, before = [], ",\n{"
    for column in columns:
        mark = '"' if _is_always_quoted(column) else ""
        parts += [f"{before}{json.dumps(column.name, ensure_ascii=False)}: {mark}", ""]
        before = f"{mark}, "
    return [part.encode() for part in (*parts, f"{before.removesuffix(', ')}}}")]


def _is_always_quoted(column: Column) -> bool:
    return column.required and column.kind not in _BARE


def _written(column: Column, cells: list[bytes]) -> list[bytes]:
    """Write the cells of a column as JSON, for those always quoted without the marks."""
    if column.kind in _BARE:
        if column.kind == "number":
            cells = [_number(cell) if b"." in cell else cell for cell in cells]
        return cells if column.required else [cell or b"null" for cell in cells]
    if column.terms is None:
        text = b"".join(cells)
        if b'"' in text or b"\\" in text:
            cells = [cell.replace(b"\\", b"\\\\").replace(b'"', b'\\"') for cell in cells]
    return cells if column.required else [b'"%b"' % cell if cell else b"null" for cell in cells]


def _number(cell: bytes) -> bytes:
    return json.dumps(_value(cell, "number"), ensure_ascii=False).encode()


def _value(cell: bytes, kind: str) -> object:
    """Give the value of a cell in JSON; one of another type stays text."""
    text = cell.decode(errors="replace")
    if not text:
        return None
    if kind in _BARE:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def _lines(reading: Reading) -> Iterator[bytes]:
    """Yield the lines of a file, of one that is too long only the start."""
    rest = b""
    while source := reading.read(_PIECE):
        *lines, rest = (rest + source).split(b"\n")
        yield from lines
        if len(rest) > _LONGEST:
            yield rest
            return
    if rest:
        yield rest
