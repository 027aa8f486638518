"""Copies of the package's CSV files, for the formats that describe them rather than write them anew."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from defcoop.package import Package


def copy(package: Package, paths: Iterable[str], out: Path) -> None:
    """Copy files of a package to a folder, byte for byte, under the paths that they have in the package."""
    for path in paths:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with package.open(path) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
