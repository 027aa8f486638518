"""Row batches: however records are cut into them, they make the same package."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from defcoop.models.registry import BY_FOLDER
from defcoop.package import package_writer, row_batch, row_batches, tables
from defcoop.package.row_batch import SEPARATOR, Lines
from defcoop.package.tables import CLAIMS

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.models import Record, SourceCard

BY_NAME = {table.name: table for table in tables()}


def models(dataset: defcoop.Dataset) -> list[Record | SourceCard]:
    return [*dataset, *dataset.seeds.values()]


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_package_is_the_same_however_records_are_cut(
    size: int, shipped: defcoop.Dataset, package: Path, tmp_path: Path
) -> None:
    things = models(shipped)
    with package_writer(tmp_path / "package", card=shipped.card) as writer:
        for start in range(0, len(things), size):
            writer.add(row_batch(things[start : start + size], shipped.seeds))
        writer.finish()
    for path in package.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "package" / path.relative_to(package)).read_bytes()


def test_many_records_come_in_several_batches(shipped: defcoop.Dataset) -> None:
    record = shipped["act-qat"]
    many = [record.model_copy(update={"id": f"act-{number:04}"}) for number in range(501)]
    found = list(row_batches(many, shipped.seeds))
    assert [one["actors", ""].csv.count(b"\nact-") + 1 for one in found] == [250, 250, 1]
    assert list(row_batches([], {})) == []


def test_a_page_names_its_tables_and_sorts_rows_by_their_key(shipped: defcoop.Dataset) -> None:
    found = row_batch(models(shipped), shipped.seeds)
    assert {name for name, _ in found} <= set(BY_NAME)
    for (name, digit), lines in found.items():
        table = BY_NAME[name]
        if not digit:
            rows = list(csv.reader(io.StringIO(lines.csv.decode(), newline=""), strict=True))
            columns = [column.name for column in table.columns]
            # Numbers too are sorted as the texts that they are in the file.
            keys = [tuple(row[columns.index(column)] for column in table.key) for row in rows]
            assert keys == sorted(keys)
            assert len(set(keys)) == len(keys)
            assert len(json.loads(b"[" + lines.json + b"]")) == len(rows)


def test_claims_stand_by_the_first_digit_of_their_hash_and_end_with_a_separator(shipped: defcoop.Dataset) -> None:
    found = row_batch(models(shipped), shipped.seeds)
    digits = {digit for name, digit in found if name == CLAIMS.name}
    assert digits == set("0123456789abcdef")
    told: dict[str, list[str]] = defaultdict(list)
    for digit in digits:
        lines = found[CLAIMS.name, digit]
        assert isinstance(lines, Lines)
        for part in lines.csv.decode().split(SEPARATOR)[:-1]:
            told["csv"].append(part[:20])
            assert part[0] == digit
        for part in lines.json.decode().split(SEPARATOR)[:-1]:
            told["json"].append(json.loads(part)["claim_id"])
        assert lines.csv.endswith(SEPARATOR.encode())
        assert lines.json.endswith(SEPARATOR.encode())
    assert sorted(told["csv"]) == sorted(told["json"])
    assert len(told["csv"]) == sum(len(shipped.claims(record)) for record in shipped)


def test_the_json_of_a_record_type_holds_whole_records(shipped: defcoop.Dataset) -> None:
    found = row_batch(models(shipped), shipped.seeds)
    for name in (*BY_FOLDER, "seeds"):
        things = shipped.seeds if name == "seeds" else getattr(shipped, name)
        if not things:
            continue
        whole = json.loads(b"[" + found[name, ""].json + b"]")
        model = type(next(iter(things.values())))
        assert [model.model_validate(one) for one in whole] == list(things.values())


def test_a_record_whose_seed_has_no_card_is_refused(shipped: defcoop.Dataset) -> None:
    with pytest.raises(KeyError, match="seed-"):
        row_batch([shipped["act-qat"]], {})


def test_a_cell_that_begins_with_a_control_is_refused(shipped: defcoop.Dataset) -> None:
    record = shipped["act-qat"].model_copy(update={"summary": "\t1"})
    with pytest.raises(ValueError, match=r"begins with a control character"):
        row_batch([record], shipped.seeds)
