"""The repository around a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def prefix(checkout: Path) -> str:
    """Say what to put before a path of the checkout to make it relative to the root of the git repository.

    Outside of a repository that is nothing.
    """
    here = checkout.resolve()
    for root in (here, *here.parents):
        if (root / ".git").exists():
            return "".join(f"{part}/" for part in here.relative_to(root).parts)
    return ""
