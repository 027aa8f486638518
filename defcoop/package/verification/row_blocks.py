"""Row blocks: a table's CSV file, some hundred rows at a time, as columns, its form checked on the way.

Cells stay bytes and checks get whole columns, which is several times as fast as a look at each cell.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from defcoop.package.formula_guard import plain_bytes
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.hashed_files import HashedReader

_PIECE = 1 << 16
_LONGEST = 1_000_000
"""How many bytes a line may have; a record's longest text has two thousand characters."""

_MOST_FAULTS = 1000

_FORMULA = (b"=", b"+", b"-", b"@")
_SEPARATOR = "\xff"
"""A byte that UTF-8 does not have, to split cells at where commas may stand inside of them."""

_SEPARATOR_BYTE = _SEPARATOR.encode("latin-1")
_LINE_FEED = _SEPARATOR_BYTE + b"\n" + _SEPARATOR_BYTE
_MARKS = bytes.maketrans(bytes(range(32)) + b'"+-@', bytes(10) + b"," + bytes(21) + b",===")
"""Bytes by what they may mean: a control, the end of a cell, the start of a formula."""


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Some rows of a table: the number of each one's line, the columns, and the lines themselves."""

    table: DescribedTable
    lines: Sequence[int]
    columns: Sequence[Sequence[bytes]]
    source: bytes

    def pick(self, *names: str) -> list[Sequence[bytes]]:
        """Give columns by their names, their cells as they are meant."""
        columns = [self.columns[self.table.positions[name]] for name in names]
        return list(map(plain_bytes, columns)) if b"'" in self.source else columns


class Unreadable(NamedTuple):
    """A file that cannot be read on as the table that it should be, and why."""

    failure: Failure


def row_blocks(table: DescribedTable, reader: HashedReader) -> Iterator[RowBlock | Failure | Unreadable]:
    """Yield the rows of a table in blocks, and what is wrong with the form of its file."""
    header = ",".join(column.name for column in table.columns).encode()
    line, faults = 1, 0
    for piece in _pieces(reader):
        if piece is None:
            message = f"has more than {_LONGEST:,} bytes without an end"
            yield Unreadable(Failure(table.path, line, None, message))
            return
        source = piece
        if not source.endswith(b"\n"):
            yield Failure(table.path, None, None, "the last line does not end with a line feed")
            source += b"\n"
        if line == 1:
            first, _, source = source.partition(b"\n")
            if first != header:
                message = "the header does not name the columns of the descriptor"
                yield Unreadable(Failure(table.path, 1, None, message))
                return
            line = 2
        lines = range(line, line + source.count(b"\n"))
        for item in _block(table, lines, source):
            yield item
            faults += isinstance(item, Failure)
            if faults > _MOST_FAULTS:
                message = f"has more than {_MOST_FAULTS:,} faults of form; the rest was not read"
                yield Unreadable(Failure(table.path, line, None, message))
                return
        line = lines.stop
    if line == 1:
        yield Unreadable(Failure(table.path, 1, None, "has no header"))


def rows_of(table: DescribedTable, reader: HashedReader) -> Iterator[RowBlock]:
    """Yield the rows of a table in blocks, as far as they can be read."""
    return (block for block in row_blocks(table, reader) if isinstance(block, RowBlock))


def unfit_cells(block: RowBlock) -> Iterator[Failure]:
    """Yield what no cell may be: other than UTF-8, a spreadsheet formula, or with a control character."""
    try:
        block.source.decode()
    except UnicodeDecodeError as error:
        yield Failure(block.table.path, block.lines[block.source.count(b"\n", 0, error.start)], None, "is not UTF-8")
    marks = (b"\n" + block.source).translate(_MARKS)
    if b"\0" not in marks and b",=" not in marks:
        return
    for column, cells in zip(block.table.columns, block.columns, strict=True):
        for line, cell in zip(block.lines, cells, strict=True):
            if cell.startswith(_FORMULA) and column.kind not in {"integer", "number"}:
                yield Failure(block.table.path, line, column.name, "begins a spreadsheet formula")
            elif cell and min(cell) < ord(" "):
                yield Failure(block.table.path, line, column.name, "has a control character")


def _pieces(reader: HashedReader) -> Iterator[bytes | None]:
    """Yield a file in pieces of whole lines, but for the last line's end; None instead of a line that is too long."""
    rest = b""
    while source := reader.read(_PIECE):
        end = source.rfind(b"\n") + 1
        if end:
            yield rest + source[:end]
        rest = source[end:] if end else rest + source
        if len(rest) > _LONGEST:
            yield None
            return
    if rest:
        yield rest


def _block(table: DescribedTable, lines: Sequence[int], source: bytes) -> Iterator[RowBlock | Failure]:
    width = len(table.columns) + 1
    try:
        cells = _cells(source)
    except ValueError:
        cells = []
    # A line feed is a cell of its own, so that all rows have their width if each stands where it should.
    if len(cells) != len(lines) * width or cells[width - 1 :: width].count(b"\n") != len(lines):
        sound: list[bytes] = []
        kept: list[int] = []
        for number, line in zip(lines, source.split(b"\n"), strict=False):
            if fault := _fault(line, width - 1):
                yield Failure(table.path, number, None, fault)
            else:
                sound.append(line + b"\n")
                kept.append(number)
        source = b"".join(sound)
        lines, cells = kept, _cells(source)
    yield RowBlock(table, lines, [cells[position::width] for position in range(width - 1)], source)


def _cells(source: bytes) -> list[bytes]:
    """Split whole lines into cells, each line feed being one more.

    Raises:
        ValueError: if a line with quotation marks is not as it should be.
    """
    # Only lines with quotation marks are split by the csv module, for all by it is several times as slow.
    places = list(_quoted_lines(source))
    rows = _rows([source[begin:end] for begin, end in places])
    joined = "\n".join(map(_SEPARATOR.join, rows)).encode("latin-1").split(b"\n")
    source = source.replace(_SEPARATOR_BYTE, b"\xfe").replace(b",", _SEPARATOR_BYTE)
    parts: list[bytes] = []
    start = 0
    for (begin, end), row in zip(places, joined, strict=bool(places)):
        parts += source[start:begin], row
        start = end
    parts.append(source[start:])
    cells = b"".join(parts).replace(b"\n", _LINE_FEED).split(_SEPARATOR_BYTE)
    cells.pop()
    return cells


def _quoted_lines(source: bytes) -> Iterator[tuple[int, int]]:
    """Yield where lines with quotation marks begin and end."""
    start = 0
    while (mark := source.find(b'"', start)) >= 0:
        begin = source.rfind(b"\n", start, mark) + 1 or start
        end = source.index(b"\n", mark)
        yield begin, end
        start = end + 1


def _rows(lines: Sequence[bytes]) -> list[list[str]]:
    """Split lines into their cells.

    Raises:
        ValueError: if one is no line of CSV, or is quoted otherwise than the package's writer does.
    """
    texts = [line.decode("latin-1") for line in lines]  # each byte a letter, whatever it stands for
    written = io.StringIO()
    try:
        rows = list(csv.reader(texts, strict=True))
    except csv.Error as error:
        msg = f"is no line of CSV: {error}"
        raise ValueError(msg) from None
    csv.writer(written, lineterminator="\n").writerows(rows)
    if written.getvalue() != "".join([f"{text}\n" for text in texts]):
        msg = "is not quoted as the package's writer does"
        raise ValueError(msg)
    return rows


def _fault(line: bytes, width: int) -> str | None:
    """Say what is wrong with a line that should have so many cells, if something is."""
    try:
        [row] = _rows([line])
    except ValueError as error:
        return str(error)
    number = len(row) or 1
    return None if number == width else f"has {number} cells, not {width}"
