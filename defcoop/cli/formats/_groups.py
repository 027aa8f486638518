"""The same mistake in many files, told once."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defcoop.validation.findings import Finding

_FILES = 3
"""In how many files a mistake must stand to be told once."""


def groups(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Put findings that differ only in the record together; each group stands where its first finding stood."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    keys = [_key(found) for found in findings]
    for key, found in zip(keys, findings, strict=True):
        alike.setdefault(key, []).append(found)
    wide = {key for key, group in alike.items() if len({found.path for found in group}) >= _FILES}
    told: list[list[Finding]] = []
    for key, found in zip(keys, findings, strict=True):
        if key not in wide:
            told.append([found])
        elif group := alike.pop(key, None):
            told.append(group)
    return told


def _key(found: Finding) -> tuple[str, str, str]:
    """Tell what a finding says apart from whom it says it of."""
    stem = PurePosixPath(found.path).stem
    return found.code, found.message.removeprefix(f"{stem}: ").removeprefix(f"{found.path} "), found.hint
