"""The published package: tables derived from the models, a descriptor, a writer and a reader."""

from defcoop.package.archive import pack
from defcoop.package.descriptor import descriptor
from defcoop.package.draft import Draft, Written, drafting
from defcoop.package.files import PackageError
from defcoop.package.pages import Page, page, pages
from defcoop.package.reader import Package, open_package
from defcoop.package.rows import record_rows, records_of, seed_rows
from defcoop.package.tables import Table, tables
from defcoop.package.writer import build

__all__ = [
    "Draft",
    "Package",
    "PackageError",
    "Page",
    "Table",
    "Written",
    "build",
    "descriptor",
    "drafting",
    "open_package",
    "pack",
    "page",
    "pages",
    "record_rows",
    "records_of",
    "seed_rows",
    "tables",
]
