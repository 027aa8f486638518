"""Parquet: a folder with one typed file per table, and whole records, their lists nested in them, in `nested/`.

Terms are dictionaries, dates are dates, numbers are decimals, and each column carries its meaning as metadata:

    pandas.read_parquet("build/parquet/claims.parquet")
    duckdb.sql("SELECT id, unnest(evidence) FROM 'build/parquet/nested/agreements.parquet'")

The same package gives the same bytes with the same release of pyarrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from defcoop.exports._arrow import groups, schema_of
from defcoop.exports._lists import field_of, lists_of, nest
from defcoop.models.registry import TYPES
from defcoop.package import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from defcoop.exports._lists import NestedList
    from defcoop.package import Package

_RECORDS = 16_384
"""How many records are held whole at once."""


def write(package: Package, out: Path) -> None:
    """Write a package as Parquet files to a folder.

    Raises:
        PackageError: if a value is not of its column's type, or a row belongs to no record.
        OSError: if it cannot be written.
    """
    for table in package.tables.values():
        _write(out / f"{table.name}.parquet", schema_of(table), groups(package, table))
    (out / "nested").mkdir()
    streams: dict[str, _Stream] = {}
    # The tables that all types share are sorted by record id, so types come in the order of theirs.
    for kind in sorted(TYPES, key=lambda kind: kind.prefix):
        lists = lists_of(kind)
        for name in _tables(lists):
            if name not in streams:
                streams[name] = _Stream(out / f"{name}.parquet")
        records = parquet.ParquetFile(out / f"{kind.folder}.parquet")
        schema = records.schema_arrow
        for nested in lists:
            schema = schema.append(field_of(nested, lambda name: streams[name].schema))
        _write(out / "nested" / f"{kind.folder}.parquet", schema, _whole(records, lists, schema, streams))
    for name, stream in streams.items():
        if stream.more():
            msg = f"{name}: a row belongs to no record"
            raise PackageError(msg)


def _write(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> None:
    with parquet.ParquetWriter(path, schema, compression="zstd", version="2.6", data_page_version="1.0") as writer:
        for table in tables:
            writer.write_table(table)


def _batches(file: parquet.ParquetFile, size: int = 65_536) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file, of which older pyarrow cannot say that there are none."""
    return file.iter_batches(size) if file.num_row_groups else iter(())


class _Stream:
    """The rows of a table in the order of the records they belong to, read as far as they are asked for."""

    def __init__(self, path: Path) -> None:
        file = parquet.ParquetFile(path)
        self.schema: pa.Schema = file.schema_arrow
        self._batches = _batches(file)
        self._held = self.schema.empty_table()

    def more(self) -> bool:
        """Tell whether rows are left."""
        while not len(self._held):
            batch = next(self._batches, None)
            if batch is None:
                return False
            self._held = pa.Table.from_batches([batch])
        return True

    def upto(self, record: str) -> pa.Table:
        """Take the rows that belong to records up to one."""
        groups = [self.schema.empty_table()]
        while self.more():
            count = pc.sum(pc.less_equal(self._held[0], record)).as_py()
            groups.append(self._held.slice(0, count))
            self._held = self._held.slice(count)
            if len(self._held):
                break
        return pa.concat_tables(groups)


def _tables(lists: Iterable[NestedList]) -> list[str]:
    return [inner.table for nested in lists for inner in nested.every()]


def _whole(
    records: parquet.ParquetFile, lists: Sequence[NestedList], schema: pa.Schema, streams: Mapping[str, _Stream]
) -> Iterator[pa.Table]:
    for batch in _batches(records, _RECORDS):
        ids = batch.column("id")
        rows = {name: streams[name].upto(ids[-1].as_py()) for name in _tables(lists)}
        nested = [nest(inner, schema.field(inner.field).type, ids, rows.__getitem__) for inner in lists]
        yield pa.Table.from_arrays([*batch.columns, *nested], schema=schema)
