"""The check of passages: with the texts at hand, each lies in its text, has its digest and holds its quote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from defcoop.io.seed_texts import digest, read_texts
from defcoop.package.columns import SEEDS
from defcoop.package.verification.blocks import Block, blocks
from defcoop.package.verification.check import Check
from defcoop.package.verification.verdict import Failure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from defcoop.models import SourceCard
    from defcoop.package.verification.members import Members
    from defcoop.package.verification.shape import Table

_OURS = ("id", "file", "sha256")


class _Card(NamedTuple):
    """What the table of seeds says of a text."""

    id: str
    file: str
    sha256: str


class Passages(Check):
    """Every passage of a text at hand has its digest, and its quote lies in it."""

    name, unit = "passages", "passage"

    def __init__(self, texts: Mapping[str, str], repeating: Collection[str] = ()) -> None:
        """Check against texts by the ids of their seeds, without tables that only repeat the passages of others."""
        super().__init__()
        self._repeating = repeating
        self._texts = {seed.encode(): text for seed, text in texts.items()}
        self._sound: set[int] = set()

    def look(self, block: Block) -> Iterator[Failure]:
        """Look up each passage that has not been seen before."""
        spots = block.table.spots
        seed = next((name for name in ("seed", "seed_id") if name in spots), None)
        if block.table.name in self._repeating or seed is None or not {"start", "end", "digest"} <= spots.keys():
            return
        if not self._texts:
            self.tally.skip(len(block.lines), _ABSENT)
            return
        names = [seed, "start", "end", "digest", *(["quote"] if "quote" in spots else [])]
        rows = list(zip(*(block.columns[spots[name]] for name in names), strict=True))
        hashes = list(map(hash, rows))
        self.tally.total += len(rows)
        if self._sound.issuperset(hashes):
            return
        for line, row, one in zip(block.lines, rows, hashes, strict=True):
            if one in self._sound:
                continue
            text = self._texts.get(row[0])
            if text is None:
                self.tally.total -= 1
                self.tally.skip(1, _ABSENT)
            elif fault := _fault(text, *row[1:]):
                yield Failure(block.table.path, line, *fault)
            else:
                self._sound.add(one)


_ABSENT = "the seed texts are not here"


def _fault(text: str, start: bytes, end: bytes, expected: bytes, quote: bytes = b"") -> tuple[str, str] | None:
    """Name the column at fault and what is wrong, if something is."""
    try:
        first, last = int(start), int(end)
    except ValueError:
        return "start", "is no place in a text"
    if not 0 <= first < last <= len(text):
        return "end", f"[{first}, {last}) is no passage of the text, which has {len(text)} characters"
    if digest(text, first, last).encode() != expected:
        return "digest", f"the text at [{first}, {last}) has another digest"
    if quote.decode(errors="replace") not in text[first:last]:
        return "quote", "is not in the passage"
    return None


def texts_of(
    tables: Iterable[Table], members: Members, folder: Path | None
) -> tuple[Mapping[str, str], Iterable[Failure]]:
    """Find the texts that the table of seeds names, and tell of those that are not what it says."""
    table = next((one for one in tables if one.name == SEEDS), None)
    if folder is None or table is None or table.path not in members.names or not table.spots.keys() >= set(_OURS):
        return {}, ()
    cards: dict[str, _Card] = {}
    lines: dict[str, int] = {}
    with members.open(table.path) as reading:
        for block in blocks(table, reading):
            if isinstance(block, Block):
                rows = zip(*(block.columns[table.spots[name]] for name in _OURS), strict=True)
                for line, row in zip(block.lines, rows, strict=True):
                    card = _Card(*(cell.decode(errors="replace") for cell in row))
                    cards[card.id], lines[card.id] = card, line
    found = read_texts(cast("Iterable[SourceCard]", cards.values()), folder)
    failures = [
        Failure(table.path, lines[seed], "sha256" if refusal.code == "DC901" else "file", refusal.reason)
        for seed, refusal in found.refused.items()
    ]
    return found.texts, failures
