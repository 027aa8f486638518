"""The files of a package as formats use them that describe its CSV rather than write it anew."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package
    from defcoop.package.descriptor import Descriptor


def write_described(package: Package, out: Path, name: str, description: Descriptor) -> None:
    """Copy the tables of a package byte for byte to a folder, and write a description of them beside them."""
    for table in package.tables.values():
        target = out / table.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with package.open(table.path) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file)
    (out / name).write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def languages(package: Package) -> dict[str, str]:
    """Give the BCP 47 language of each seed by its id; a quote is in the language of its seed."""
    positions = package.tables["seeds"].positions
    return {row[positions["id"]]: row[positions["language"]] for row in package.rows("seeds")}
