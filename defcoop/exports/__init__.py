"""Exports: a built package in the formats that other programs open, one small module each.

An installed package adds a format by an entry point in the group `defcoop.exports` that leads to a `Format`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop._imports import offers
from defcoop.errors import InputError, MissingLibraryError

if TYPE_CHECKING:
    from defcoop.package import Package


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, and the module that writes it.

    `suffix` ends the name of its file and is empty for a folder; `extra` names the libraries it needs, if any.

    The module has `write(package: Package, out: Path) -> None`. A folder `out` is there and empty, a file `out` is
    not there yet; whatever else is written beside it is thrown away.
    """

    name: str
    what: str
    module: str
    suffix: str = ""
    extra: str | None = None


EXPORTS: tuple[Format, ...] = tuple(
    Format(name, what, f"{__name__}.{name}", suffix, extra)
    for name, suffix, extra, what in (
        ("sqlite", ".sqlite", None, "One SQLite database with keys, views and full-text search."),
        ("parquet", "", "parquet", "A folder of typed Parquet files, with nested records."),
        ("duckdb", ".duckdb", "duckdb", "One DuckDB database with types and keys."),
        ("xlsx", ".xlsx", "xlsx", "One Excel workbook with a sheet per table and a codebook."),
        ("croissant", "", None, "A folder of CSV with a Croissant description, for machine-learning tools."),
        ("csvw", "", None, "A folder of CSV with the W3C's metadata for CSV on the Web."),
        ("jsonld", ".jsonld", None, "One JSON-LD file: schema.org, PROV-O and Web Annotations."),
        ("ftm", "", None, "A folder of FollowTheMoney entities and statements."),
        ("dcad", "", None, "A folder of CSV in the columns of DCAD, an approximation."),
        ("atop", "", None, "A folder of CSV in the columns of ATOP, an approximation."),
    )
)
"""The library's own formats, in the order of the help page."""


def formats() -> dict[str, Format]:
    """Give every format by its name: the library's own, and those that installed packages add.

    Of one that cannot be loaded, `what` says why and `module` is empty.
    """
    by_name = {form.name: form for form in EXPORTS}
    for name, offer in offers("exports", Format, "format"):
        by_name.setdefault(name, offer if isinstance(offer, Format) else Format(name, str(offer), ""))
    return by_name


def export(name: str, package: Package | str | Path = "build/package", out: str | Path | None = None) -> Path:
    """Write a package in another format and give the path written; what was there stays whole until all is done.

    Args:
        name: the name of the format, one of `formats()`.
        package: a built package: its folder, its descriptor, its zip, or one that is opened.
        out: the file or folder to write; by default in `build`, named by the format.

    Raises:
        InputError: if there is no such format.
        PackageError: if the package is not sound, or does not fit in the format.
        MissingLibraryError: if a library that the format needs is not installed.
        FileNotFoundError: if there is no package.
        FileExistsError: if `out` is a folder that is no export of this format, or lies in the package.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    form = formats().get(name)
    if form is None:
        msg = f"{name} is none of {', '.join(formats())}"
        raise InputError(msg)
    if not form.module:
        raise MissingLibraryError(form.what)
    # The help page lists formats without the models.
    from defcoop.exports._place import check, put  # noqa: PLC0415
    from defcoop.io.temporary_sibling import temporary_sibling  # noqa: PLC0415

    opened = _opened(package)
    out = Path("build") / f"{name}{form.suffix}" if out is None else Path(out)
    place = Path(os.path.realpath(out))  # a link to an export stays a link
    if place.is_relative_to(opened.place.resolve()):
        msg = f"{place} lies in the package itself"
        raise FileExistsError(msg)
    check(place, name, folder=not form.suffix)
    with temporary_sibling(place) as beside:
        fresh = beside / place.name
        if not form.suffix:
            fresh.mkdir()
        _write(form, opened, fresh)
        put(fresh, place, name)
    return out


def _opened(package: Package | str | Path) -> Package:
    from defcoop.io.places import needed_package  # noqa: PLC0415 - as above
    from defcoop.package import open_package  # noqa: PLC0415 - as above

    if not isinstance(package, str | Path):
        return package
    try:
        return open_package(needed_package(package))
    except FileNotFoundError:
        msg = f"there is no package in {package}; run `defcoop build` first"
        raise FileNotFoundError(msg) from None


def _write(form: Format, package: Package, fresh: Path) -> None:
    try:
        import_module(form.module).write(package, fresh)
    except ModuleNotFoundError as error:
        if form.extra is None or (error.name or "").partition(".")[0] == "defcoop":
            raise
        msg = f"the format {form.name} needs {error.name}: pip install 'defcoop[{form.extra}]'"
        raise MissingLibraryError(msg) from None
