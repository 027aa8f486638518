"""Copies of a package with other cells in them; nobody looks at the hashes when a package is exported."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.package import Package, open_package

if TYPE_CHECKING:
    from collections.abc import Callable


class Cell(NamedTuple):
    """A cell to put in: its table, its column, its text, and its row, counted from 0."""

    table: str
    column: str
    text: str
    row: int = 0


def described(package: Package) -> dict[str, dict[str, Any]]:
    """Give the descriptor's words on each table but for views, which repeat tables, by its name."""
    resources = [resource for resource in package.descriptor["resources"] if "schema" in resource]
    return {resource["name"]: resource for resource in resources if resource["path"].startswith("data/")}


def copied(package: Package, folder: Path) -> Package:
    return open_package(Path(shutil.copytree(package.place, folder)))


def edited(package: Package, folder: Path, *cells: Cell) -> Package:
    copy = copied(package, folder)
    for cell in cells:
        place = copy.header(cell.table).index(cell.column)

        def change(rows: list[list[str]], cell: Cell = cell, place: int = place) -> None:
            rows[cell.row][place] = cell.text

        rewrite(copy, cell.table, change)
    return copy


def rewrite(package: Package, table: str, change: Callable[[list[list[str]]], None]) -> None:
    """Change the rows of a table where it lies."""
    rows = [*package.rows(table)]
    change(rows)
    with (package.place / package.tables[table].path).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([package.header(table), *rows])


def zipped(package: Package, path: Path) -> Package:
    made = shutil.make_archive(str(path.with_suffix("")), "zip", package.place)
    return open_package(Path(made))
