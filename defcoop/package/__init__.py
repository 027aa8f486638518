"""The published package: tables derived from the models, a descriptor, a writer, a reader and an archive."""

from defcoop.package.descriptor import descriptor
from defcoop.package.opener import PackageError
from defcoop.package.reader import Package, open_package
from defcoop.package.row_batch import RowBatch, row_batch, row_batches
from defcoop.package.rows import record_rows, records_of, seed_rows
from defcoop.package.tables import Table, tables
from defcoop.package.writer import PackageWriter, Written, build, package_writer
from defcoop.package.zip_writer import pack

__all__ = [
    "Package",
    "PackageError",
    "PackageWriter",
    "RowBatch",
    "Table",
    "Written",
    "build",
    "descriptor",
    "open_package",
    "pack",
    "package_writer",
    "record_rows",
    "records_of",
    "row_batch",
    "row_batches",
    "seed_rows",
    "tables",
]
