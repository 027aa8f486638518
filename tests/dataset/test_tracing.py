"""From a cell of a table to the claims behind it, for every cell of every table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given

from defcoop.dataset.tracing import locate
from defcoop.models.leaves import leaves, text_of
from defcoop.models.registry import type_of
from defcoop.package.rows import record_rows
from defcoop.package.tables import tables
from defcoop.values import Edtf
from tests.sound import FEW, SOME, datasets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import defcoop

UNTRACED = {"claims", "seeds", "seed_dismissed", "redirects", "evidence", "evidence_supports", "conflict_evidence"}
TABLES = {table.name: table for table in tables()}
FIFTY = "agr-qat-tur-fifty-treaties"


def rows(dataset: defcoop.Dataset) -> Iterator[tuple[str, dict[str, str]]]:
    for record in dataset:
        for name, row in record_rows(record, type_of(record), dataset.seeds):
            yield name, dict(zip([column.name for column in TABLES[name].columns], row, strict=True))


@SOME
@given(datasets())
def test_every_value_is_found_from_its_cell(dataset: defcoop.Dataset) -> None:
    """Where a cell shows a coded value, the path leads to it; and every coded value is shown by some cell."""
    found: set[tuple[str, str]] = set()
    for name, row in rows(dataset):
        if name in UNTRACED or name in {"conflicts", "absences"}:
            continue
        above, *own_key = TABLES[name].key  # where there is more of a key, the row above, of which the row is an item
        for column, text in row.items():
            if own_key and column in {above, "position"}:
                continue
            spot = locate(dataset, name, row, column)
            own = {leaf.path: leaf.value for leaf in leaves(spot.record)}
            if spot.path not in own:
                continue
            value = own[spot.path]
            days = (value.earliest, value.latest, value.date_prec) if isinstance(value, Edtf) else ()
            assert text in {text_of(value), *("" if day is None else str(day) for day in days)}
            found.add((spot.record.id, spot.path))
    assert found == {(record.id, leaf.path) for record in dataset for leaf in leaves(record)}


@FEW
@given(datasets())
def test_a_row_is_known_by_its_key_alone(dataset: defcoop.Dataset) -> None:
    for name, row in rows(dataset):
        if name in UNTRACED:
            continue
        key = tuple(row[column] for column in TABLES[name].key)
        for column in row:
            assert locate(dataset, name, key, column) == locate(dataset, name, row, column)
            if len(key) == 1:
                assert locate(dataset, name, key[0], column) == locate(dataset, name, key, column)


@pytest.mark.parametrize(
    ("table", "key", "column", "path"),
    [
        ("agreements", FIFTY, "status", "status"),
        ("agreements", FIFTY, "aggregate_best", "aggregate.best"),
        ("agreements", FIFTY, "signed_earliest", "signed"),
        ("agreements", FIFTY, "signed_date_prec", "signed"),
        ("agreements", FIFTY, "name_ar", "names[50 معاهدة].text"),
        ("records", FIFTY, "name_ar", "names[50 معاهدة].text"),
        ("agreements", FIFTY, "id", "id"),
        ("records", FIFTY, "type", None),
        ("agreement_parties", (FIFTY, "act-tur"), "actor_id", "parties[act-tur]"),
        ("agreement_parties", (FIFTY, "act-tur"), "position", "parties[act-tur]"),
        ("agreement_names", (FIFTY, "50 معاهدة"), "text", "names[50 معاهدة].text"),
        (
            "actor_offices",
            ("act-khalid-al-attiyah", "Minister of State for Defence Affairs", "act-qat-mod"),
            "title",
            "offices[Minister of State for Defence Affairs/act-qat-mod].title",
        ),
        (
            "conflicts",
            ("act-khalid-al-attiyah", 0),
            "value",
            "offices[Minister of State for Defence Affairs/act-qat-mod].title",
        ),
        ("absences", (FIFTY, "signed"), "reason", "signed"),
    ],
)
def test_a_cell_leads_to_a_path(table: str, key: Any, column: str, path: str | None, shipped: defcoop.Dataset) -> None:
    assert locate(shipped, table, key, column).path == path


def test_the_claims_are_those_of_the_value(shipped: defcoop.Dataset) -> None:
    claims = shipped.trace("agreements", FIFTY, "aggregate_best")
    assert claims == shipped.claims(FIFTY, "aggregate.best")
    assert [claim.seed_id for claim in claims] == ["seed-001"]
    assert shipped.trace("agreements", FIFTY, "id") == []
    assert shipped.trace("agreements", FIFTY, "summary") == []
    found = shipped.trace("conflicts", ("act-khalid-al-attiyah", 0), "value")
    assert {claim.relation for claim in found} == {"supports", "contradicts"}


def test_a_row_of_a_frame_will_do(shipped: defcoop.Dataset) -> None:
    frame = pd.DataFrame({"agreement_id": [FIFTY], "actor_id": ["act-tur"], "position": [0]})
    found = shipped.trace("agreement_parties", frame.iloc[0], "actor_id")
    assert found == shipped.claims(FIFTY, "parties[act-tur]") != []


@pytest.mark.parametrize("table", sorted(UNTRACED))
def test_tables_of_other_things_are_refused(table: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=f"the rows of {table} are no values of records"):
        shipped.trace(table, "x", TABLES[table].columns[0].name)


@pytest.mark.parametrize(
    ("table", "key", "column", "error", "message"),
    [
        ("agreement", FIFTY, "id", ValueError, r"there is no table agreement\. Did you mean agreements\?"),
        ("agreements", FIFTY, "statuss", ValueError, r"agreements has no column statuss\. Did you mean status\?"),
        ("agreements", "agr-none", "status", KeyError, r"agr-none"),
        ("agreements", "act-qat", "status", KeyError, r"agreements has no row act-qat"),
        ("agreement_parties", (FIFTY, "act-syr"), "actor_id", KeyError, r"has no row agr-.*, act-syr"),
        ("agreement_parties", FIFTY, "actor_id", ValueError, r"are known by agreement_id, actor_id"),
        ("agreement_parties", {"agreement_id": FIFTY}, "actor_id", ValueError, r"the key has no actor_id"),
        ("absences", (FIFTY, "status"), "reason", KeyError, r"absences has no row"),
    ],
)
def test_what_is_not_there_is_said(  # noqa: PLR0913, PLR0917 - a case has as many parts
    table: str, key: Any, column: str, error: type[Exception], message: str, shipped: defcoop.Dataset
) -> None:
    with pytest.raises(error, match=message):
        shipped.trace(table, key, column)
