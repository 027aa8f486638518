"""The changelog: from what was noted since the last release to the section of the next one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.io.files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE, FRAGMENTS = "CHANGELOG.md", "changelog.d"

PARTS = ("Data", "Schema", "Library")
"""The parts of a section, in their order."""

_UNRELEASED = "## Unreleased\n"
_FRAGMENT = re.compile(r"[a-z0-9-]+\.(data|schema|library)\.md")


def fragments(checkout: Path) -> dict[str, str]:
    """Read the fragments by their file names; the page about them is none."""
    folder = checkout / FRAGMENTS
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    return {name: read_text(folder / name) for name in names if _FRAGMENT.fullmatch(name)}


def notes(source: str, version: str) -> str:
    """Read the body of a release's section."""
    after = source.partition(f"\n## {version} - ")[2].partition("\n")[2]
    return _until_next_section(after).strip() + "\n"


def section(source: str, fragments: Mapping[str, str], counted: Iterable[str]) -> str:
    """Write the body of a release's section.

    Args:
        source: the changelog before.
        fragments: the fragments by their file names.
        counted: what a comparison of the data says, as list items; what was written by hand stands before it.

    Raises:
        ValueError: if the changelog has no section of what is unreleased.
    """
    parts = _unreleased_parts(source)
    for name, text in sorted(fragments.items()):
        parts[name.split(".")[-2].title()] += text.strip() + "\n"
    parts["Data"] += "".join(f"{line}\n" for line in counted)
    return "\n".join(f"### {name}\n\n{text}" for name, text in parts.items() if text)


def released(source: str, version: str, date: str, body: str) -> str:
    """Put a section into the changelog in the place of what was unreleased."""
    before, _, after = source.partition(_UNRELEASED)
    rest = after[len(_until_next_section(after)) :]
    return f"{before}{_UNRELEASED}\n## {version} - {date}\n\n{body}{rest and chr(10)}{rest}"


def _until_next_section(text: str) -> str:
    return re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0]


def _unreleased_parts(source: str) -> dict[str, str]:
    if source.count(_UNRELEASED) != 1:
        msg = f"{FILE} has not one section {_UNRELEASED.strip()!r}"
        raise InputError(msg)
    body = _until_next_section(source.partition(_UNRELEASED)[2])
    head, *sections = re.split(r"^### ", body, flags=re.MULTILINE)
    if head.strip():
        msg = f"{FILE} has lines before the parts of what is unreleased"
        raise InputError(msg)
    parts = dict.fromkeys(PARTS, "")
    for text in sections:
        name, _, lines = text.partition("\n")
        if name.strip() not in parts:
            msg = f"{FILE}: {name.strip()!r} is none of {', '.join(PARTS)}"
            raise InputError(msg)
        parts[name.strip()] = f"{lines.strip()}\n".lstrip()
    return parts
