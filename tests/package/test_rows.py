from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defcoop.models import Agreement, SourceCard
from defcoop.models.references import references
from defcoop.models.registry import BY_NAME, SEED, TYPES, type_of
from defcoop.package import record_rows, records_of, seed_rows, tables
from defcoop.package.claims import claims
from tests.strategies import LARGE, records, source_cards

if TYPE_CHECKING:
    from collections.abc import Iterable

    import defcoop
    from defcoop.models import Record
    from defcoop.models.registry import RecordType
    from defcoop.package.rows import Row, Rows

COLUMNS = {table.name: [column.name for column in table.columns] for table in tables()}
CARD = SourceCard.model_validate(
    {
        **dict.fromkeys(("publisher_reasoning", "published_reasoning", "reliability_reasoning", "slant"), "None."),
        "id": "seed-900",
        "file": "x.txt",
        "sha256": "0" * 64,
        "bytes": 9,
        "code_points": 9,
        "language": "ar",
        "description": "A text.",
        "genre": "interview",
        "reliability": "C",
    }
)


def mapped(rows: Iterable[tuple[str, Row]]) -> Rows:
    found: Rows = defaultdict(list)
    for table, row in rows:
        found[table].append(dict(zip(COLUMNS[table], row, strict=True)))
    return found


def rows_of(record: Record) -> Rows:
    seeds = {link.target: CARD for link in references(record) if link.type == SEED}
    return mapped(record_rows(record, type_of(record), seeds))


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@LARGE
def test_a_record_of_any_type_comes_back_from_its_rows(kind: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    assert list(records_of(kind, rows_of(record))) == [record]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@settings(LARGE, max_examples=8)
def test_every_cell_is_text_and_every_row_fills_its_columns(kind: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    for table, rows in rows_of(record).items():
        required = [column.name for column in next(t for t in tables() if t.name == table).columns if column.required]
        for row in rows:
            assert {type(cell) for cell in row.values()} == {str}
            assert all(row[name] for name in required)


def test_the_shipped_dataset_comes_back_from_its_rows_in_any_order(shipped: defcoop.Dataset) -> None:
    rows: Rows = defaultdict(list)
    for record in shipped:
        for table, found in mapped(record_rows(record, type_of(record), shipped.seeds)).items():
            rows[table] += found
    for found in rows.values():
        found.reverse()
    back = {record.id: record for kind in TYPES for record in records_of(kind, rows)}
    assert back == {record.id: record for record in shipped}


@given(source_cards())
@LARGE
def test_a_source_card_fills_one_row_and_one_for_each_dismissal(card: SourceCard) -> None:
    found = mapped(seed_rows(card))
    (row,) = found["seeds"]
    assert (row["id"], row["bytes"], row["published"]) == (card.id, str(card.bytes), card.published or "")
    spans = [(int(each["start"]), int(each["end"])) for each in found["seed_dismissed"]]
    assert spans == [dismissed.passage for dismissed in card.dismissed]
    assert [each["position"] for each in found["seed_dismissed"]] == [str(n) for n in range(len(spans))]


@pytest.mark.parametrize("folder", [kind.folder for kind in TYPES])
def test_a_record_stands_once_in_its_table_and_in_records(shipped: defcoop.Dataset, folder: str) -> None:
    record = next(iter(getattr(shipped, folder).values()), None)
    if record is None:
        pytest.skip("the edition has no such record")
    found = mapped(record_rows(record, type_of(record), shipped.seeds))
    arabic = next((name.text for name in record.names if name.lang == "ar"), "")
    for table in (folder, "records"):
        (row,) = found[table]
        assert (row["id"], row["name"], row["name_ar"]) == (record.id, record.name, arabic)
    assert found["records"][0]["withdrawn"] == "false"
    assert found["redirects"] == []


def test_claims_carry_the_reliability_of_their_seed(shipped: defcoop.Dataset) -> None:
    record = shipped["act-qat"]
    found = mapped(record_rows(record, BY_NAME["actor"], shipped.seeds))["claims"]
    expected = list(claims(record, "actor"))
    assert [row["claim_id"] for row in found] == [claim.claim_id for claim in expected]
    for row, claim in zip(found, expected, strict=True):
        assert row["reliability"] == shipped.seeds[claim.seed_id].reliability.value
        assert row["credibility"] == str(claim.credibility)
        assert row["speaker_id"] == (claim.speaker_id or "")


def test_a_seed_without_a_card_is_a_key_error(shipped: defcoop.Dataset) -> None:
    with pytest.raises(KeyError, match="seed-"):
        list(record_rows(shipped["act-qat"], BY_NAME["actor"], {}))


def agreement(**changes: object) -> Agreement:
    citation = {
        "seed": "seed-900",
        "passage": [1, 2],
        "quote": "x",
        "digest": "0" * 64,
        "voice": "seed",
        "stance": "asserted",
        "basis": "explicit",
    }
    document = {
        "id": "agr-aaa-bbb-training-2031",
        "names": [{"text": "A", "lang": "en", "kind": "editorial"}],
        "summary": "An invented agreement.",
        "laterality": "bilateral",
        "parties": ["act-aaa", "act-bbb"],
        "status": "signed",
        "signed": "2031-04/..",
        "evidence": [citation | {"supports": ["status"]}],
    }
    conflict = {"field": "aggregate.best", "evidence": [citation], "resolution": "unresolved", "rationale": "Why not."}
    if "value" in changes:
        document["conflicts"] = [conflict | {"value": changes.pop("value")}]
    return Agreement.model_validate(document | changes)


def test_a_date_fills_its_four_cells() -> None:
    (row,) = rows_of(agreement())["agreements"]
    names = ("signed", "signed_earliest", "signed_latest", "signed_date_prec")
    assert [row[name] for name in names] == ["2031-04/..", "2031-04-01", "", ""]
    assert [row[f"entry_into_force{rest}"] for rest in ("", "_earliest", "_latest", "_date_prec")] == [""] * 4
    (row,) = rows_of(agreement(signed="2031-04"))["agreements"]
    assert [row[name] for name in names] == ["2031-04", "2031-04-01", "2031-04-30", "4"]


def test_list_items_keep_their_place() -> None:
    found = rows_of(agreement())["agreement_parties"]
    assert found == [
        {"agreement_id": "agr-aaa-bbb-training-2031", "position": "0", "actor_id": "act-aaa"},
        {"agreement_id": "agr-aaa-bbb-training-2031", "position": "1", "actor_id": "act-bbb"},
    ]


@pytest.mark.parametrize(
    ("gone", "count"),
    [({"reason": "Twice.", "since": "1.0.0"}, 0), ({"reason": "Twice.", "since": "1.0.0", "replaced_by": "agr-x"}, 1)],
)
def test_a_withdrawn_record_leads_on_if_it_was_replaced(gone: dict[str, str], count: int) -> None:
    found = rows_of(agreement(withdrawn=gone))
    assert found["records"][0]["withdrawn"] == "true"
    expected = {"id": "agr-aaa-bbb-training-2031", "replaced_by": "agr-x", "reason": "Twice.", "since": "1.0.0"}
    assert [list(row.values()) for row in found["redirects"]] == [list(expected.values())] * count


def test_absences_are_rows() -> None:
    found = rows_of(agreement(absent={"term": "unknown", "ends": "not_applicable"}))["absences"]
    assert [(row["field"], row["reason"]) for row in found] == [("term", "unknown"), ("ends", "not_applicable")]


@pytest.mark.parametrize("value", ["14", "true", "2031-04"])
def test_a_text_in_a_conflict_comes_back_as_a_text(value: str) -> None:
    record = agreement(value=value)
    assert list(records_of(BY_NAME["agreement"], rows_of(record))) == [record]
