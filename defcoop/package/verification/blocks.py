"""Blocks: a table's CSV file, some thousand cells at a time, column by column, its form checked on the way.

Cells stay bytes, and checks look at whole columns, since that is several times as fast as a look at each cell.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.package.verification.members import Reading
    from defcoop.package.verification.shape import Table

_PIECE = 1 << 16
_LONGEST = 1_000_000
"""How many bytes a line may have; a record's longest text has two thousand characters."""

_MOST_MISFITS = 1000

_SORTS = bytearray(range(256))
_SORTS[:32] = bytes(32)
for _code in b'\n"':
    _SORTS[_code] = ord(",")
for _code in b"=+-@":
    _SORTS[_code] = ord("=")
_SORTS_TABLE = bytes(_SORTS)
"""Bytes by what they may mean: a control, the end of a cell, the start of a formula."""

_FORMULA = (b"=", b"+", b"-", b"@")


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a table: the number of each one's line, and the columns."""

    table: Table
    lines: Sequence[int]
    columns: Sequence[list[bytes]]

    def pick(self, *names: str) -> list[list[bytes]]:
        """Give columns by their names."""
        return [self.columns[self.table.spots[name]] for name in names]


class NoTable(NamedTuple):
    """A file that cannot be read on as the table that it should be, and why."""

    failure: Failure


def blocks(table: Table, reading: Reading) -> Iterator[Block | Failure | NoTable]:
    """Yield the rows of a table in blocks, and what is wrong with the form of its file."""
    names = header_of(table)
    line, misfits = 1, 0
    for piece in pieces(reading):
        if piece is None:
            message = f"has more than {_LONGEST:,} bytes without an end"
            yield NoTable(Failure(table.path, line, None, message))
            return
        source = piece
        if not source.endswith(b"\n"):
            yield Failure(table.path, None, None, "the last line does not end with a line feed")
            source += b"\n"
        if line == 1:
            header, _, source = source.partition(b"\n")
            if header != names:
                yield NoTable(Failure(table.path, 1, None, "the header does not name the columns of the descriptor"))
                return
            line = 2
        lines = range(line, line + source.count(b"\n"))
        for found in _block(table, lines, source):
            yield found
            misfits += isinstance(found, Failure)
            if misfits > _MOST_MISFITS:
                message = f"has more than {_MOST_MISFITS:,} faults of form; the rest was not read"
                yield NoTable(Failure(table.path, line, None, message))
                return
        line = lines.stop
    if line == 1:
        yield NoTable(Failure(table.path, 1, None, "has no header"))


def header_of(table: Table) -> bytes:
    """Give the line that names the columns of a table."""
    return ",".join(column.name for column in table.columns).encode()


def pieces(reading: Reading) -> Iterator[bytes | None]:
    """Yield a file in pieces of whole lines, but for the last line's end; None instead of a line that is too long."""
    rest = b""
    while source := reading.read(_PIECE):
        end = source.rfind(b"\n") + 1
        if end:
            yield rest + source[:end]
        rest = source[end:] if end else rest + source
        if len(rest) > _LONGEST:
            yield None
            return
    if rest:
        yield rest


def _block(table: Table, lines: Sequence[int], source: bytes) -> Iterator[Block | Failure]:
    try:
        source.decode()
    except UnicodeDecodeError as error:
        yield Failure(table.path, lines[source.count(b"\n", 0, error.start)], None, "is not UTF-8")
    cells, width, count = _cells(source), len(table.columns) + 1, len(lines)
    # A line feed is a cell of its own, so that all rows have their width if each stands where it should.
    if cells is None or len(cells) != count * width or cells[width - 1 :: width].count(b"\n") != count:
        cells, kept = [], []
        for number, text in zip(lines, source.split(b"\n"), strict=False):
            row = _plain(text + b"\n") if b'"' not in text else quoted_row(text)
            if row and len(row) == width:
                cells += row
                kept.append(number)
            else:
                yield Failure(table.path, number, None, _misfit(text, row, width - 1))
        lines = kept
    block = Block(table, lines, [cells[spot::width] for spot in range(width - 1)])
    sorts = (b"\n" + source).translate(_SORTS_TABLE)
    if b"\0" in sorts or b",=" in sorts:
        yield from _unfit_cells(block)
    yield block


def _cells(source: bytes) -> list[bytes] | None:
    """Split whole lines into cells, each line feed being one more; None if a quoted cell is not as it should be."""
    found: list[bytes] = []
    start = 0
    while (mark := source.find(b'"', start)) >= 0:
        begin = source.rfind(b"\n", start, mark) + 1 or start
        end = source.index(b"\n", mark)
        quoted = quoted_row(source[begin:end])
        if quoted is None:
            return None
        if begin > start:
            found += _plain(source[start:begin])
        found += quoted
        start = end + 1
    found += _plain(source[start:])
    return found


def _plain(source: bytes) -> list[bytes]:
    """Split lines without quotation marks."""
    cells = source.replace(b"\n", b",\n,").split(b",")
    cells.pop()
    return cells


def quoted_row(line: bytes) -> list[bytes] | None:
    """Split a line with quotation marks into cells and a line feed; None if its marks are not as they should be."""
    parts = line.split(b'"')
    if len(parts) % 2 == 0:
        return None
    # What stands between marks is taken out, so that commas split cells; a cell of marks alone gets its text back.
    texts = parts[1::2]
    cells = b'"'.join(parts[::2]).split(b",")
    if cells.count(b'"') == len(texts):
        spot = -1
        for text in texts:
            if b"," not in text:
                return None
            spot = cells.index(b'"', spot + 1)
            cells[spot] = text
    else:
        inside = iter(texts)
        for spot, cell in enumerate(cells):
            if b'"' in cell:
                text = b'"'.join(islice(inside, len(cell)))
                if cell.count(b'"') != len(cell) or (len(cell) == 1 and b"," not in text):
                    return None
                cells[spot] = text
    cells.append(b"\n")
    return cells


def _misfit(line: bytes, row: list[bytes] | None, width: int) -> str:
    if row:
        return f"has {len(row) - 1} cells, not {width}"
    try:
        list(csv.reader([line.decode(errors="replace")], strict=True))
    except csv.Error as error:
        return f"is no line of CSV: {error}"
    return "is not quoted as the package's writer does"


def _unfit_cells(block: Block) -> Iterator[Failure]:
    for column, cells in zip(block.table.columns, block.columns, strict=True):
        for line, cell in zip(block.lines, cells, strict=True):
            if cell.startswith(_FORMULA) and column.kind not in {"integer", "number"}:
                yield Failure(block.table.path, line, column.name, "begins a spreadsheet formula")
            elif cell and min(cell) < ord(" "):
                yield Failure(block.table.path, line, column.name, "has a control character")
