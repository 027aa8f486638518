"""Row batches: some records as the lines that they add to every file of the package, ready to be written."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.models import Record, SourceCard
from defcoop.models.registry import type_of
from defcoop.package.columns import SEEDS
from defcoop.package.lines import csv_lines, json_lines
from defcoop.package.rows import record_rows, seed_rows
from defcoop.package.tables import CLAIMS, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from defcoop.package.rows import Row
    from defcoop.package.tables import Table

_BATCH_SIZE = 250

SEPARATOR = "\x1e"
"""What ends the lines of claims until they are sorted: a control character, which no cell can hold."""


class Lines(NamedTuple):
    """Lines of CSV and of JSON."""

    csv: bytes
    json: bytes


RowBatch = dict[tuple[str, str], Lines]
"""The lines by table and, for claims, which come in the order of their hashes, the first digit of it."""


def row_batch(models: Sequence[Record | SourceCard], cards: Mapping[str, SourceCard]) -> RowBatch:
    """Write records and source cards, which follow each other in the order of their ids, as a batch.

    Raises:
        KeyError: if a cited seed has no card.
        ValueError: if a cell begins with a control character.
    """
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    whole: dict[str, list[bytes]] = defaultdict(list)
    for model in models:
        folder = type_of(model).folder if isinstance(model, Record) else SEEDS
        whole[folder].append(model.__pydantic_serializer__.to_json(model, by_alias=True, exclude_defaults=True))
        for name, row in record_rows(model, type_of(model), cards) if isinstance(model, Record) else seed_rows(model):
            rows[name, row[0][0] if name == CLAIMS.name else ""].append(row)
    return {
        (name, digit): _lines(_by_name()[name], sorted(body, key=_key(name)), whole.get(name))
        for (name, digit), body in rows.items()
    }


def row_batches(models: Iterable[Record | SourceCard], cards: Mapping[str, SourceCard]) -> Iterator[RowBatch]:
    """Write records and source cards, in the order of their ids, as batches of a bearable size.

    Raises:
        KeyError, ValueError: as `row_batch` does.
    """
    ahead = iter(models)
    while batch := list(islice(ahead, _BATCH_SIZE)):
        yield row_batch(batch, cards)


def _lines(table: Table, rows: Sequence[Row], whole: Sequence[bytes] | None) -> Lines:
    if table.name == CLAIMS.name:
        return Lines(csv_lines(table, rows, SEPARATOR), json_lines(table, rows, SEPARATOR) + SEPARATOR.encode())
    return Lines(csv_lines(table, rows), b",\n".join(whole) if whole else json_lines(table, rows))


@cache
def _by_name() -> dict[str, Table]:
    return {table.name: table for table in tables()}


@cache
def _key(name: str) -> Callable[[Row], Any]:
    """Give the function that takes from a row the cells that tell it apart."""
    table = _by_name()[name]
    names = [column.name for column in table.columns]
    return itemgetter(*(names.index(name) for name in table.key))
