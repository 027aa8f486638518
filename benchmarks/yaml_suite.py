"""What the reader of YAML makes of the public test suite, yaml/yaml-test-suite on GitHub.

`python -m benchmarks.yaml_suite FOLDER` reads the cases of a fetched copy (a checkout, or a git directory without a
work tree) and prints how many it accepts that YAML 1.2 calls invalid, and how many it reads otherwise than the suite;
it ends with 1 unless both are 0. What is valid and refused is counted too: records need little of YAML.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from defcoop.io.yaml_reader import YamlError, read

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (("—*»", "\t"), ("␣", " "), ("←", "\r"), ("⇔", "\ufeff"), ("↵", ""), ("∎\n\\Z", ""))
"""How the suite shows what is hard to see."""


class Case(NamedTuple):
    """A case of the suite: its name, its YAML, and the events of a sound one, None if it is invalid."""

    name: str
    source: bytes
    events: list[str] | None


class Tally(NamedTuple):
    """The names of the cases that are read alike, refused though valid, accepted though invalid, read otherwise."""

    alike: list[str]
    refused: list[str]
    accepted: list[str]
    otherwise: list[str]


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases of a copy of the suite."""
    for name, text in _files(folder):
        earlier: dict[str, Any] = {}
        for number, fields in enumerate(yaml.load(text, Loader=yaml.CSafeLoader)):
            earlier |= fields
            events = None if "fail" in fields else [_shown(line.lstrip(" ")) for line in earlier["tree"].splitlines()]
            yield Case(f"{name}/{number}", _shown(earlier["yaml"]).encode(), events)


def tally(some: Iterator[Case]) -> Tally:
    """Read cases, and sort their names by what became of them."""
    result = Tally([], [], [], [])
    for case in some:
        try:
            data = read(case.source)
        except YamlError:
            if case.events:
                result.refused.append(case.name)
            continue
        if case.events is None:
            result.accepted.append(case.name)
        else:
            (result.alike if _texts(data) == _wanted(case.events) else result.otherwise).append(case.name)
    return result


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    if (folder / "src").is_dir():
        yield from ((path.stem, path.read_text(encoding="utf-8")) for path in sorted((folder / "src").glob("*.yaml")))
        return
    names = _git(folder, "ls-tree", "--name-only", "HEAD", "src/").split()
    yield from ((Path(name).stem, _git(folder, "show", f"HEAD:{name}")) for name in names)


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True).stdout.decode()  # noqa: S607 - a fixed command


def _shown(text: str) -> str:
    for mark, meant in _MARKS:
        text = re.sub(mark, meant, text)
    return text


def _texts(data: object) -> object:
    """Give data with each value as its text, which is what events tell."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(item) for item in data]
    return str(data).lower() if isinstance(data, bool) else str(data)


def _wanted(events: list[str]) -> object:
    """Make of events the data that they tell; without aliases, which no document has that is read."""
    ahead = iter([event for event in events if event[1:4] not in {"STR", "DOC"}])
    return _built(next(ahead), ahead)


def _built(event: str, ahead: Iterator[str]) -> object:
    if event.startswith("=VAL"):
        text = re.sub(r"^=VAL (?:[&<]\S+ )*[:'\"|>]", "", event)
        return re.sub(
            r"\\(.)", lambda escape: {"n": "\n", "t": "\t", "r": "\r", "b": "\b"}.get(escape[1], escape[1]), text
        )
    items: list[Any] = []
    while not (inner := next(ahead)).startswith("-"):
        items.append(_built(inner, ahead))
    return items if event.startswith("+SEQ") else dict(zip(items[::2], items[1::2], strict=True))


def main(folder: str) -> int:
    """Print the tally of a copy of the suite, and give 0 if it is as it should be."""
    result = tally(cases(Path(folder)))
    print(f"{sum(map(len, result))} cases that are accepted or valid")  # noqa: T201 - a command
    print(f"{len(result.alike)} valid ones are read as the suite has them, {len(result.refused)} refused")  # noqa: T201
    print(f"{len(result.accepted)} invalid ones are accepted: {' '.join(result.accepted) or 'none'}")  # noqa: T201
    print(f"{len(result.otherwise)} are read otherwise: {' '.join(result.otherwise) or 'none'}")  # noqa: T201
    return 1 if result.accepted or result.otherwise else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
