"""The check of passages: with the texts at hand, each lies in its text, has its digest and holds its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from defcoop.io.seed_texts import digest, read_texts
from defcoop.package.verification.check import TableCheck
from defcoop.package.verification.row_blocks import rows_of
from defcoop.package.verification.verdict import Failure
from defcoop.values.text import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from defcoop.models import SourceCard
    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.hashed_files import HashedFiles
    from defcoop.package.verification.row_blocks import RowBlock

_ABSENT = "the seed texts are not here"


class _TextRow(NamedTuple):
    """What the table of seeds says of a text; its sizes would only serve a hint to who wrote a card."""

    id: str
    file: str
    sha256: str
    bytes: int = -1
    code_points: int = -1


_COLUMNS = ("id", "file", "sha256")


class Passages(TableCheck):
    """Every passage of a text at hand has its digest, and its quote lies in it."""

    name, unit = "passages", "passage"

    def __init__(self, texts: Mapping[str, str], repeating: Collection[str] = ()) -> None:
        """Check against texts by the ids of their seeds, without tables that only repeat the passages of others."""
        super().__init__()
        self._repeating = repeating
        self._texts = {seed.encode(): text for seed, text in texts.items()}
        self._sound: set[int] = set()

    def check_rows(self, block: RowBlock) -> Iterator[Failure]:
        """Look up each passage that has not been seen before."""
        positions = block.table.positions
        seed = next((name for name in ("seed", "seed_id") if name in positions), None)
        if block.table.name in self._repeating or seed is None or not {"start", "end", "digest"} <= positions.keys():
            return
        if not self._texts:
            self.tally.skip(len(block.lines), _ABSENT)
            return
        rows = zip(*block.pick(seed, "start", "end", "digest", *({"quote"} & positions.keys())), strict=True)
        for line, row in zip(block.lines, rows, strict=True):
            passage = hash(row)  # a large package cites the same passage many times
            text = self._texts.get(row[0])
            if text is None:
                self.tally.skip(1, _ABSENT)
                continue
            self.tally.total += 1
            if passage in self._sound:
                continue
            if fault := _fault(text, *row[1:]):
                yield Failure(block.table.path, line, *fault)
            else:
                self._sound.add(passage)


def _fault(text: str, start: bytes, end: bytes, expected: bytes, quote: bytes = b"") -> tuple[str, str] | None:
    """Name the column at fault and what is wrong, if something is."""
    try:
        first, last = int(start), int(end)
    except ValueError:
        return "start", "is no place in a text"
    if not 0 <= first < last <= len(text):
        return "end", f"[{first}, {last}) is no passage of the text, which has {len(text)} characters"
    if digest(text[first:last]).encode() != expected:
        return "digest", f"the text at [{first}, {last}) has another digest"
    phrase = quote.decode(errors="replace")
    if phrase not in text[first:last] and phrase not in shown(text[first:last]):
        return "quote", "is not in the passage"
    return None


def texts_of(
    table: DescribedTable | None, files: HashedFiles, folder: Path | None
) -> tuple[Mapping[str, str], Iterable[Failure]]:
    """Find the texts that the table of seeds names, and give those that are not what it says as failures."""
    if folder is None or table is None or table.path not in files.names:
        return {}, ()
    if not table.positions.keys() >= set(_COLUMNS):
        return {}, ()
    with files.open(table.path) as reader:
        rows = [
            (line, _TextRow(*(cell.decode(errors="replace") for cell in row)))
            for block in rows_of(table, reader)
            for line, *row in zip(block.lines, *block.pick(*_COLUMNS), strict=True)
        ]
    lines = {row.id: line for line, row in rows}
    loaded = read_texts(cast("Iterable[SourceCard]", {row.id: row for _, row in rows}.values()), folder)
    failures = [
        Failure(table.path, lines[seed], "sha256" if refusal.code == "DC901" else "file", refusal.reason)
        for seed, refusal in loaded.refused.items()
    ]
    return loaded.texts, failures
