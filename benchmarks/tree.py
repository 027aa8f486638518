"""Synthetic checkouts of any size: sound, deterministic, and of the shape that real records have.

    python -m benchmarks.tree 10000 /tmp/tree [--faults 100]

The records have the real ones' shares of types, lengths and references; their texts, which lie in `seeds/text`, are
invented words among which stand their dates, their numbers and the names of their actors, so that every passage, quote
and digest holds and every explicit value is readable.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.bodies import Scene, body
from benchmarks.faults import FAULTS, Planted
from benchmarks.plan import plan
from benchmarks.texts import Text
from defcoop.io.yaml_reader import read
from defcoop.models import SourceCard
from defcoop.models.registry import BY_NAME, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE = 200
"""How many records of a checkout are read back through the models."""

_CARD = """\
# yaml-language-server: $schema=../schema/source_card.schema.json
id: {id}
file: {id}.txt
sha256: {sha256}
bytes: {bytes}
code_points: {code_points}
language: ar
description: A text of invented words, made for the benchmarks, in which every record of its part of the tree is named.
genre: news_report
publisher_reasoning: Nobody published it.
published: "2024-03"
published_reasoning: Later than all that it tells of.
reliability: F
reliability_reasoning: It tells of nothing real.
slant: None.
dismissed:
"""


def write(count: int, folder: Path, faults: int = 0) -> list[Planted]:
    """Write a checkout of so many records to a new folder, some of them with a mistake, and say which.

    Raises:
        FileExistsError: if the folder is there.
    """
    for name in (*(f"dataset/{kind.folder}" for kind in TYPES), "seeds/text"):
        (folder / name).mkdir(parents=True)
    planted: list[Planted] = []
    every = max(1, count // faults) if faults else 0
    for number, (path, text) in enumerate(files(count)):
        spoilt = text
        if every and path.startswith("dataset/") and number % every == 0 and len(planted) < faults:
            code = list(FAULTS)[len(planted) % len(FAULTS)]
            spoilt = FAULTS[code](text)
            planted.append(Planted(path, code))
        (folder / path).write_bytes(spoilt.encode())
    return planted


def files(count: int) -> Iterator[tuple[str, str]]:
    """Yield every file of a sound checkout: its path and its content.

    Raises:
        ValidationError: if a record of the sample is not sound.
    """
    planned = plan(count)
    by_text = [list(slots) for _, slots in groupby(planned.slots, lambda slot: slot.seed)]
    first = Text(0, by_text[0], planned)
    text = first
    for seed, slots in enumerate(by_text):
        other = Text(seed + 1, by_text[seed + 1], planned) if seed + 1 < planned.seeds else first
        yield f"seeds/text/{text.id}.txt", text.text
        yield f"seeds/{text.id}.yaml", _card(text)
        for slot in slots:
            written = body(Scene(slot, planned, text, other))
            if slot.number % max(1, count // _SAMPLE) == 0:
                BY_NAME[slot.type].model.model_validate(read(written.encode()))
            yield f"dataset/{BY_NAME[slot.type].folder}/{slot.id}.yaml", written
        text = other


def _card(text: Text) -> str:
    source = text.text.encode()
    card = _CARD.format(
        id=text.id,
        sha256=hashlib.sha256(source).hexdigest(),
        bytes=len(source),
        code_points=len(text.text),
    )
    for start, end, digest, _ in text.dismissed():
        card += f"  - passage: [{start}, {end}]\n    digest: {digest}\n    reason: no_act\n    note: General talk.\n"
    SourceCard.model_validate(read(card.encode()))
    return card


def main() -> None:
    """Write a checkout where the command line says."""
    parser = argparse.ArgumentParser(description="Write a synthetic checkout.")
    parser.add_argument("records", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--faults", type=int, default=0, help="how many records get a mistake")
    given = parser.parse_args()
    for path, code in write(given.records, given.folder, given.faults):
        sys.stdout.write(f"{code} {path}\n")


if __name__ == "__main__":
    main()
