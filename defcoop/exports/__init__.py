"""Exports: a built package in the formats that other programs open, one small module each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.errors import InputError, MissingLibraryError

if TYPE_CHECKING:
    from defcoop.package import Package


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, and the module in `defcoop.exports` that writes it.

    `suffix` ends the name of its file and is empty for a folder; `extra` names the libraries it needs, if any.

    The module has `write(package: Package, out: Path) -> None`. A folder `out` is there and empty, a file `out` is
    not there yet; whatever else is written beside it is thrown away.
    """

    name: str
    what: str
    module: str
    suffix: str
    extra: str | None = None


EXPORTS: tuple[Format, ...] = (
    Format("sqlite", "One SQLite database with keys, views and full-text search.", "sqlite", ".sqlite"),
    Format("parquet", "A folder of typed Parquet files, with nested records.", "parquet", "", "parquet"),
    Format("duckdb", "One DuckDB database with types and keys.", "duckdb", ".duckdb", "duckdb"),
    Format("xlsx", "One Excel workbook with a sheet per table and a codebook.", "xlsx", ".xlsx", "xlsx"),
    Format("croissant", "A folder of CSV with a Croissant description, for machine-learning tools.", "croissant", ""),
    Format("csvw", "A folder of CSV with the W3C's metadata for CSV on the Web.", "csvw", ""),
    Format("jsonld", "One JSON-LD file: schema.org, PROV-O and Web Annotations.", "jsonld", ".jsonld"),
    Format("ftm", "A folder of FollowTheMoney entities and statements.", "ftm", ""),
    Format("dcad", "A folder of CSV in the columns of DCAD, an approximation.", "dcad", ""),
    Format("atop", "A folder of CSV in the columns of ATOP, an approximation.", "atop", ""),
)
"""The formats, in the order of the help page."""

BY_NAME = {one.name: one for one in EXPORTS}


def export(package: Package, name: str, out: Path) -> Path:
    """Write a package in a format, and give the path written; what was there stays whole until all is done.

    Args:
        package: an opened package.
        name: the name of the format.
        out: the file or folder to write.

    Raises:
        ValueError: if there is no such format, or the package does not fit in it.
        ImportError: if a library that the format needs is not installed.
        FileExistsError: if `out` is a folder that is no export of this format, or lies in the package.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    if name not in BY_NAME:
        msg = f"{name} is none of {', '.join(BY_NAME)}"
        raise InputError(msg)
    from defcoop.exports._place import check, put  # noqa: PLC0415 - the help page lists formats without the models
    from defcoop.io.temporary_sibling import temporary_sibling  # noqa: PLC0415 - as above

    form = BY_NAME[name]
    place = Path(os.path.realpath(out))  # a link to an export stays a link
    if place.is_relative_to(package.place.resolve()):
        msg = f"{place} lies in the package itself"
        raise FileExistsError(msg)
    check(place, form.name, folder=not form.suffix)
    with temporary_sibling(place) as beside:
        fresh = beside / place.name
        if not form.suffix:
            fresh.mkdir()
        _write(form, package, fresh)
        put(fresh, place, form.name)
    return out


def _write(form: Format, package: Package, fresh: Path) -> None:
    try:
        import_module(f"defcoop.exports.{form.module}").write(package, fresh)
    except ModuleNotFoundError as error:
        if form.extra is None or (error.name or "").partition(".")[0] == "defcoop":
            raise
        msg = f"the format {form.name} needs {error.name}: pip install 'defcoop[{form.extra}]'"
        raise MissingLibraryError(msg) from None
