"""The floor: what any validator of these records must at least do, in one process.

    python -m benchmarks.floor FOLDER [--reader strict|csafe]

Each file is read, parsed and validated by its pydantic model, and forgotten. No reference, passage, digest, date
order or missing evidence is looked at, nothing is kept, nothing is reported. `strict` parses with the reader that
defcoop uses, the fastest one known that refuses what must be refused; `csafe` with PyYAML's CSafeLoader, for
comparison: it takes duplicate keys, aliases and dates.
"""

from __future__ import annotations

import argparse
import os
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from defcoop.io.yaml_reader import read
from defcoop.models import SourceCard
from defcoop.models.registry import BY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel


class _Loader(yaml.CSafeLoader):
    """CSafeLoader with exact decimals, which the models ask for."""


def _decimal(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)

READERS: dict[str, Callable[[bytes], object]] = {
    "strict": read,
    "csafe": lambda source: yaml.load(source, Loader=_Loader),  # noqa: S506 - a safe loader
}


def validate(folder: Path, reader: Callable[[bytes], object]) -> int:
    """Read, parse and validate every record and source card of a checkout, and count them.

    Raises:
        ValidationError: if one is not what its model asks for.
    """
    count = 0
    for name, kind in BY_FOLDER.items():
        count += _all(folder / "dataset" / name, reader, kind.model)
    return count + _all(folder / "seeds", reader, SourceCard)


def _all(folder: Path, reader: Callable[[bytes], object], model: type[BaseModel]) -> int:
    check = model.__pydantic_validator__.validate_python
    count = 0
    for path in _paths(folder):
        check(reader(_bytes(path)))
        count += 1
    return count


def _paths(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        yield from sorted(entry.path for entry in entries if entry.name.endswith(".yaml"))


def _bytes(path: str) -> bytes:
    handle = os.open(path, os.O_RDONLY)
    try:
        return os.read(handle, os.fstat(handle).st_size)
    finally:
        os.close(handle)


def main() -> None:
    """Run the floor on the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Read, parse and validate, and nothing else.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", choices=READERS, default="strict")
    given = parser.parse_args()
    if not validate(given.folder, READERS[given.reader]):
        parser.error(f"{given.folder} holds no records")


if __name__ == "__main__":
    main()
