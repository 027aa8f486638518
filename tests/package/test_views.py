"""Views: who with whom and who says what, with names, so that nobody needs to join anything."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.dataset import Dataset, read_checkout
from defcoop.models.meaning import side_names
from defcoop.models.record import Withdrawn
from defcoop.models.registry import TYPES, type_of
from defcoop.package import build
from defcoop.package.formula_guard import plain
from defcoop.package.views import views
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from defcoop.models import Record


def read(package: Path, view: str) -> dict[str, dict[str, str]]:
    """Read a view by the first cell of its rows, its cells as they are meant."""
    with (package / f"views/{view}_with_names.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, strict=True)
    return {row[0]: dict(zip(head, plain(row), strict=True)) for row in rows}


def standing(records: Iterable[Any]) -> list[Any]:
    return [record for record in records if record.withdrawn is None]


@pytest.fixture(scope="module")
def good() -> Dataset:
    return read_checkout(GOOD / "dataset", GOOD / "seeds")


@pytest.fixture
def built(good: Dataset, tmp_path: Path) -> Path:
    build(good, tmp_path / "package")
    return tmp_path / "package"


def test_there_is_one_for_claims_and_one_for_each_type_with_sides(built: Path) -> None:
    expected = {f"{kind.folder}_with_names" for kind in TYPES if side_names(kind.model)} | {"claims_with_names"}
    assert {table.name for table in views().values()} == expected
    assert {path.relative_to(built).as_posix() for path in (built / "views").iterdir()} == set(views())
    assert "actors_with_names" not in expected


def test_each_record_that_stands_has_a_row_with_the_names_of_all_that_it_names(good: Dataset, built: Path) -> None:
    for kind in TYPES:
        if not side_names(kind.model):
            continue
        rows = read(built, kind.folder)
        records = [record for record in standing(good) if type_of(record) is kind]
        assert list(rows) == sorted(record.id for record in records)
        for record in records:
            row = rows[record.id]
            assert row["name"] == record.name
            assert row["sources"].split("; ") == list(dict.fromkeys(entry.seed for entry in record.evidence))
            assert int(row["claims"]) == len(good.claims(record))
            for column in row:
                if column.endswith("_name") and row.get(column.removesuffix("_name")):
                    assert row[column] == good[row[column.removesuffix("_name")]].name


def test_a_deployment_says_who_sends_whom_where_and_how_many(good: Dataset, built: Path) -> None:
    rows = read(built, "deployments")
    for record in good.deployments.values():
        row = rows[record.id]
        assert row["sender_name"] == good[record.sender].name
        assert row["hosts"].split("; ") == [*record.hosts]
        assert row["hosts_names"].split("; ") == [good[host].name for host in record.hosts]
        assert row["status"] == record.status.value
        assert row["certainty"] == (record.certainty.value if record.certainty else "")
        assert row["size_best"] == ("" if record.size is None or record.size.best is None else str(record.size.best))


def test_those_who_take_part_stand_with_their_roles_in_one_cell(good: Dataset, built: Path) -> None:
    rows = read(built, "exercises")
    assert rows
    for record in standing(good.exercises.values()):
        parts = [f"{good[part.actor].name} ({part.role.value})" for part in record.participants]
        assert rows[record.id]["participants"] == "; ".join(parts)


def test_who_is_quoted_or_relayed_is_named(good: Dataset, built: Path) -> None:
    voices = {
        record.id: dict.fromkeys(
            good[voice].name
            for voice in (
                *(entry.speaker for entry in record.evidence),
                *(entry.outlet for entry in record.evidence),
            )
            if voice
        )
        for record in good.agreements.values()
    }
    assert any(voices.values())
    rows = read(built, "agreements")
    assert {record: set(filter(None, row["said_by"].split("; "))) for record, row in rows.items()} == {
        record: set(names) for record, names in voices.items()
    }


def test_claims_are_all_there_with_names(good: Dataset, built: Path) -> None:
    rows = read(built, "claims")
    claims = {claim.claim_id: claim for record in standing(good) for claim in good.claims(record)}
    assert set(rows) == set(claims)
    for claim_id, claim in claims.items():
        row = rows[claim_id]
        assert (row["record_id"], row["record_name"]) == (claim.record_id, good[claim.record_id].name)
        assert (row["value"], row["quote"]) == (claim.value, claim.quote)
        assert row["speaker_name"] == (good[claim.speaker_id].name if claim.speaker_id else "")
        assert row["value_name"] == (good[claim.value].name if claim.value in good else "")


def withdrawn(record: Record) -> Record:
    return record.model_copy(update={"withdrawn": Withdrawn(reason="A mistake.", since="0.3.0")})


def test_what_was_withdrawn_is_in_no_view(good: Dataset, tmp_path: Path) -> None:
    gone = next(iter(good.agreements.values()))
    records = [withdrawn(record) if record.id == gone.id else record for record in good]
    build(Dataset(records, good.seeds.values(), card=good.card), tmp_path / "package")
    assert gone.id not in read(tmp_path / "package", "agreements")
    assert gone.id not in {row["record_id"] for row in read(tmp_path / "package", "claims").values()}
    after = [record.id for record in good.agreements.values() if record.id != gone.id]
    assert list(read(tmp_path / "package", "agreements")) == sorted(after), "the others have their own lists"


def test_no_cell_begins_a_formula(good: Dataset, tmp_path: Path) -> None:
    def named(record: Record) -> Record:
        return record.model_copy(update={"names": (record.names[0].model_copy(update={"text": f"=1+{record.name}"}),)})

    build(Dataset(map(named, good), good.seeds.values(), card=good.card), tmp_path / "package")
    raw = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "package/views").iterdir())
    cells = {cell for row in csv.reader(io.StringIO(raw)) for cell in row if cell}
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    assert [cell for cell in cells if cell.startswith("'=1+") and "; =1+" in cell], "a guard is no part of a name"


def test_the_keys_are_those_of_the_rows(built: Path) -> None:
    for path, table in views().items():
        with (built / path).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file, strict=True)
        assert head == [column.name for column in table.columns]
        assert len(set(head)) == len(head)
        keys = [row[head.index(table.key[0])] for row in rows]
        assert keys == sorted(set(keys))
