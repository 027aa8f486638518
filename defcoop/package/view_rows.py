"""The rows of views, made of the rows of the tables, which all come in the order of their keys."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from defcoop.package.columns import RECORDS, SEEDS
from defcoop.package.formula_guard import plain
from defcoop.package.lines import csv_lines
from defcoop.package.tables import CLAIMS, RECORDS_TABLE, SHARED, seed_node, tables
from defcoop.package.views import CLAIM_CELLS, CLAIMS_VIEW, SEED_CELLS, JoinedRecord, record_views, view_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from defcoop.models import DatasetCard
    from defcoop.package.tables import Table
    from defcoop.package.views import RecordView

    TableRows = Callable[[str], Iterator[list[str]]]
    """Gives the rows of a table as they stand in its CSV, without the header."""

_BATCH_SIZE = 1000
_LAST = "\U0010ffff"
"""What comes after every id."""

_EVIDENCE, _ = SHARED["evidence"]


def view_pieces(rows: TableRows, card: DatasetCard) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the path of each view with the pieces of its CSV, which are to be taken before the next view.

    Memory holds the names of all records, and one batch of rows.

    Args:
        rows: gives the rows of a table.
        card: what the dataset says of itself.
    """
    known = _Known(rows)
    yield view_path(CLAIMS_VIEW), _claims(rows, known)
    evidence = _Groups(rows(_EVIDENCE))
    for view in record_views(card):
        yield view_path(view.table), _records(view, rows, known, evidence)


class _Known:
    """What is known of all records: their names, which are withdrawn, and how many claims there are about each."""

    def __init__(self, rows: TableRows) -> None:
        pick = _picker(RECORDS_TABLE, "id", "name", "withdrawn")
        self.names: dict[str, str] = {}
        self.withdrawn: set[str] = set()
        self.claims: Counter[str] = Counter()
        for record, name, withdrawn in map(pick, rows(RECORDS)):
            self.names[record] = name
            if withdrawn == "true":
                self.withdrawn.add(record)

    def name(self, record: str) -> str:
        """Give the name of a record without a guard; empty if there is none of that id."""
        return plain([self.names.get(record, "")])[0]


class _Groups:
    """The rows of a list, those of one record after those of another, asked for in the order in which they come."""

    def __init__(self, rows: Iterator[list[str]]) -> None:
        self._groups = groupby(rows, itemgetter(0))
        self._owner = ""
        self._rows: list[list[str]] = []

    def of(self, record: str) -> list[list[str]]:
        """Give the rows of a record in the order of their positions, which stand in the second column."""
        while self._owner < record:
            self._owner, group = next(self._groups, (_LAST, iter(())))
            self._rows = list(map(plain, group)) if self._owner >= record else []
        return sorted(self._rows, key=lambda row: int(row[1])) if self._owner == record else []


def _records(view: RecordView, rows: TableRows, known: _Known, evidence: _Groups) -> Iterator[bytes]:
    lists = {name: _Groups(rows(name)) for name in view.lists}
    pick = _picker(next(table for table in tables() if table.name == _EVIDENCE), "seed", "speaker", "outlet")

    def filled() -> Iterator[list[str]]:
        for cells in map(plain, rows(view.source.name)):
            entries = list(map(pick, evidence.of(cells[0])))
            if cells[0] in known.withdrawn:
                continue
            joined = JoinedRecord(
                cells,
                {name: groups.of(cells[0]) for name, groups in lists.items()},
                dict.fromkeys(seed for seed, *_ in entries),
                dict.fromkeys(voice for _, *voices in entries for voice in voices if voice),
                known.claims[cells[0]],
                known.name,
            )
            yield [fill(joined) for fill in view.fills]

    yield _header(view.table)
    for batch in _batches(filled()):
        yield csv_lines(view.table, batch)


def _claims(rows: TableRows, known: _Known) -> Iterator[bytes]:
    # Cells are copied as they stand, so that those that need a guard have it already.
    pick_seed = _picker(seed_node().table, *SEED_CELLS)
    seeds = {row[0]: pick_seed(row) for row in rows(SEEDS)}
    pick = _picker(CLAIMS, *CLAIM_CELLS)
    name, withdrawn, numbers = known.names.get, known.withdrawn, known.claims

    def filled() -> Iterator[tuple[str, ...]]:
        for claim, record, kind, field, value, relation, stance, voice, speaker, outlet, seed, *words in map(
            pick, rows(CLAIMS.name)
        ):
            if record not in withdrawn:
                numbers[record] += 1
                yield (
                    *(claim, record, name(record, ""), kind, field, value, name(value, ""), relation, stance, voice),
                    *(speaker, name(speaker, ""), outlet, name(outlet, ""), seed, *seeds.get(seed, ("", "")), *words),
                )

    yield _header(CLAIMS_VIEW)
    for batch in _batches(filled()):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(batch)
        yield text.getvalue().encode()


def _batches(rows: Iterator[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    while batch := list(islice(rows, _BATCH_SIZE)):
        yield batch


def _header(table: Table) -> bytes:
    return csv_lines(table, [tuple(column.name for column in table.columns)])


def _picker(table: Table, *names: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
    positions = [column.name for column in table.columns]
    return itemgetter(*map(positions.index, names))
