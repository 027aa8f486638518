"""Spoil a package by the thousand and see that every spoilt byte is caught.

    python -m tests.package.verification.campaign [--flips 1000] [--seed 0]

Bytes of all files are spoilt with the hashes left as they were; bytes of the claims and, for the deep verification, of
all tables with the hashes made anew; and bytes of a zip.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.dataset import read_checkout
from defcoop.package import PackageError, build, pack
from defcoop.package.verification import verify
from tests.checkouts import GOOD
from tests.package.verification.tampering import reseal

if TYPE_CHECKING:
    from collections.abc import Iterator


def flip(path: Path, place: int, by: int) -> None:
    """Make a byte of a file another."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ by]))


def is_caught(place: Path) -> bool:
    """Tell whether a zip fails, cannot be opened at all, or is told not to be the one that was released."""
    try:
        verdict = verify(place)
        return not verdict.ok or any(outcome.check == "archive" and outcome.unchecked for outcome in verdict.outcomes)
    except PackageError:
        return True


def spoil(source: bytes, chance: random.Random) -> bytes:
    """Make a byte another, often one that a parser goes by."""
    place = chance.randrange(len(source))
    byte = chance.choice([source[place] ^ chance.randrange(1, 256), *b',"\n\r\x1f'])
    return source[:place] + bytes([byte]) + source[place + 1 :]


def flips_of_a_zip(source: bytes, count: int, chance: random.Random) -> Iterator[tuple[int, int]]:
    """Yield places in a zip and what to flip there: as many in each kind of header as anywhere."""
    yield from ((chance.randrange(len(source)), chance.randrange(1, 256)) for _ in range(count))
    for mark in (b"PK\3\4", b"PK\1\2", b"PK\5\6"):
        headers = [at for at in range(len(source) - 4) if source.startswith(mark, at)]
        yield from ((chance.choice(headers) + chance.randrange(22), chance.randrange(1, 256)) for _ in range(count))


def main() -> int:
    """Run the campaign, and give 1 if a spoilt byte was not caught."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--flips", type=int, default=1000, help="how many bytes of each kind")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of bytes")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - bytes to flip, no secrets
    with tempfile.TemporaryDirectory() as folder:
        package, zipped = Path(folder) / "package", Path(folder) / "package.zip"
        build(read_checkout(GOOD / "dataset", GOOD / "seeds"), package)
        pack(package, zipped)
        missed = [*_missed(package, asked.flips, chance), *_missed_in_zip(zipped, asked.flips // 4, chance)]
    sys.stdout.write("\n".join([*missed, f"{len(missed)} of {4 * asked.flips} spoilt bytes were not caught", ""]))
    return 1 if missed else 0


def _missed(package: Path, count: int, chance: random.Random) -> Iterator[str]:
    """Spoil bytes of files, of claims with hashes made anew, and of tables that are built again."""
    files = [path for path in sorted(package.rglob("*")) if path.is_file()]
    claims, tables = package / "data/claims.csv", sorted(package.glob("data/*.csv"))
    for kind, paths in (("file", files), ("claim", [claims]), ("table", tables)):
        for _ in range(count):
            path = chance.choice(paths)
            before = {one: one.read_bytes() for one in files}
            path.write_bytes(spoil(before[path], chance))
            if kind != "file":
                reseal(package)
            if path.read_bytes() != before[path] and verify(package, deep=kind == "table").ok:
                yield f"{kind}: {path.name}"
            for one, source in before.items():
                one.write_bytes(source)


def _missed_in_zip(place: Path, count: int, chance: random.Random) -> Iterator[str]:
    source = place.read_bytes()
    for spot, by in flips_of_a_zip(source, count, chance):
        flip(place, spot, by)
        if not is_caught(place):
            yield f"zip: {spot}"
        place.write_bytes(source)


if __name__ == "__main__":
    sys.exit(main())
