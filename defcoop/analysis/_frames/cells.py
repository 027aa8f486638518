"""Where the cells of a dataset's tables come from: the files of its package while they stand, else its records."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from defcoop.models.clusters import clusters
from defcoop.models.registry import type_of
from defcoop.package import PackageError, open_package, record_rows, seed_rows, tables
from defcoop.package.described import described_tables
from defcoop.package.lines import csv_lines
from defcoop.package.naming import check_known
from defcoop.package.tables import ABSENCES, CLAIMS, RECORDS_TABLE, REDIRECTS, record_node, seed_node, with_terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.package import Package, Table
    from defcoop.package.rows import Row
    from defcoop.package.tables import Node

    Reader = Callable[[Path | bytes, Table], "_Frame"]

_Frame = TypeVar("_Frame")
_EVERY = {table.name for table in (RECORDS_TABLE, ABSENCES, REDIRECTS, CLAIMS)}
"""Tables to which records of every type add rows."""


def table_named(name: str) -> Table:
    """Give a table of the package by its name.

    Raises:
        ValueError: if there is none; the message names the nearest.
    """
    known = {table.name: table for table in tables()}
    check_known("table", name, known)
    return known[name]


def read_tables(dataset: DatasetLike, wanted: Sequence[Table], read: Reader[_Frame]) -> dict[str, _Frame]:
    """Read tables of a dataset, each from its CSV.

    A dataset that was loaded from a package and has not been changed is read from the package's own files, which is
    hundreds of times as quick as writing the records again, unless the package has been replaced since.

    Args:
        dataset: the dataset.
        wanted: the tables.
        read: the function that reads the CSV of a table, from a file or from memory.

    Raises:
        ValueError: if a file of the package does not hold what its descriptor says.
    """
    package = dataset.source
    wanted = [with_terms(table, dataset.card.terms) for table in wanted]
    if package is not None and all(_has(package, table) for table in wanted):
        try:
            frames = {table.name: read(_file(package, table), table) for table in wanted}
        except (OSError, ValueError):
            # What is read while a package is being replaced may be anything; else the file is at fault.
            if _stands(package):
                raise
        else:
            if _stands(package):
                return frames
    rows = _rows(dataset, {table.name for table in wanted})
    return {table.name: read(csv_of(table, rows[table.name]), table) for table in wanted}


def csv_of(table: Table, rows: Iterable[Row]) -> bytes:
    """Write a table as the package does."""
    names = [column.name for column in table.columns]
    key = itemgetter(*(names.index(name) for name in table.key))
    return csv_lines(table, [tuple(names), *sorted(rows, key=key)])


def _has(package: Package, table: Table) -> bool:
    """Tell whether a package has a table as this version of the library has it."""
    return package.tables.get(table.name) == described_tables((table,))[table.name]


def _file(package: Package, table: Table) -> Path | bytes:
    path = package.tables[table.name].path
    size = (package.described.digests or {})[path].size
    if package.place.is_dir():
        place: Path = package.place / path
        _check_size(place.stat().st_size, size, place)
        return place
    content = package.read(path)
    _check_size(len(content), size, package.place / path)
    return content


def _check_size(size: int, described: int, place: Path) -> None:
    if size != described:
        msg = f"{place} has {size} bytes and not {described}, as its descriptor says: see defcoop verify"
        raise PackageError(msg)


def _stands(package: Package) -> bool:
    """Tell whether a package is still the one that was opened: its descriptor has the hashes of all its files."""
    try:
        return open_package(package.place).descriptor == package.descriptor
    except (OSError, PackageError):
        return False


def _rows(dataset: DatasetLike, wanted: set[str]) -> Mapping[str, list[Row]]:
    """Write the records and source cards that add rows to some tables, and keep those rows."""
    rows: dict[str, list[Row]] = defaultdict(list)
    shared = clusters(dataset)
    for record in dataset:
        kind = type_of(record)
        if not wanted.isdisjoint(_EVERY) or not wanted.isdisjoint(_below(record_node(kind))):
            for name, row in record_rows(record, kind, dataset.seeds, shared):
                if name in wanted:
                    rows[name].append(row)
    for card in dataset.seeds.values() if not wanted.isdisjoint(_below(seed_node())) else ():
        for name, row in seed_rows(card):
            if name in wanted:
                rows[name].append(row)
    return rows


def _below(node: Node) -> set[str]:
    return {node.table.name, *(name for child in node.children for name in _below(child))}
