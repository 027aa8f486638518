"""The step of the version that a change calls for, and the reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest

from defcoop.difference import ColumnShape, SchemaChange, TableShape, compare
from tests.difference.editions_of import edition, exercise

ID = ColumnShape("id", "string", required=True)
KIND = ColumnShape("kind", "string", terms=("live", "staff"))
SIZE = ColumnShape("size", "integer")
SHAPE = TableShape((ID, KIND, SIZE), ("id",))


def columns(*found: ColumnShape) -> dict[str, TableShape]:
    return {"exercises": replace(SHAPE, columns=found)}


@pytest.mark.parametrize(
    ("tables", "step", "change"),
    [
        ({}, "major", SchemaChange("table removed", "exercises")),
        (columns(ID, KIND), "major", SchemaChange("column removed", "exercises", "size", "integer")),
        (
            columns(ID, KIND, SIZE, ColumnShape("note", "string")),
            "major",
            SchemaChange("column added", "exercises", "note", new="string"),
        ),
        (
            columns(ID, KIND, replace(SIZE, type="number")),
            "major",
            SchemaChange("column changed", "exercises", "size", "integer", "number"),
        ),
        (
            columns(ID, KIND, replace(SIZE, required=True)),
            "major",
            SchemaChange("column changed", "exercises", "size", "integer", "integer, required"),
        ),
        (
            columns(ID, KIND, replace(SIZE, refers_to="sizes")),
            "major",
            SchemaChange("column changed", "exercises", "size", "integer", "integer, refers to sizes"),
        ),
        (
            columns(ID, replace(KIND, terms=()), SIZE),
            "major",
            SchemaChange("column changed", "exercises", "kind", "string, of a vocabulary", "string"),
        ),
        (
            columns(ID, SIZE, KIND),
            "major",
            SchemaChange("columns reordered", "exercises", old="id, kind, size", new="id, size, kind"),
        ),
        (
            {"exercises": replace(SHAPE, key=("id", "kind"))},
            "major",
            SchemaChange("key changed", "exercises", old="id", new="id, kind"),
        ),
        (
            columns(ID, replace(KIND, terms=("live",)), SIZE),
            "major",
            SchemaChange("term removed", "exercises", "kind", old="staff"),
        ),
        (
            columns(ID, replace(KIND, terms=("live", "cyber", "staff")), SIZE),
            "minor",
            SchemaChange("term added", "exercises", "kind", new="cyber"),
        ),
        ({"exercises": SHAPE, "drills": SHAPE}, "minor", SchemaChange("table added", "drills")),
    ],
    ids=lambda value: value.event if isinstance(value, SchemaChange) else "",
)
def test_a_change_of_the_tables(tables: dict[str, TableShape], step: str, change: SchemaChange) -> None:
    found = compare(edition(tables={"exercises": SHAPE}), replace(edition(), tables=tables))
    assert found.schema == (change,)
    assert found.bump == step
    [reason] = found.reasons
    assert reason.startswith(f"{step}: {change.event}: {change.table}")


def test_terms_in_another_order_are_no_change() -> None:
    old, new = columns(ID, KIND), columns(ID, replace(KIND, terms=("staff", "live")))
    assert compare(edition(tables=old), edition(tables=new)).bump is None


def test_the_same_tables_call_for_nothing() -> None:
    found = compare(edition(exercise()), edition(exercise()))
    assert (found.bump, found.reasons, found.schema) == (None, (), ())


def test_the_weightiest_reason_decides_and_all_are_told() -> None:
    gone = {"reason": "None.", "since": "1.0.0"}
    card = {"id": "seed-900", "file": "a.txt"}
    old = edition(
        *(exercise(id=f"exe-{number}") for number in range(8)), exercise(id="exe-x", withdrawn=gone), cards=(card,)
    )
    new = edition(
        exercise(id="exe-6", status="planned"),
        exercise(id="exe-7", withdrawn=gone | {"replaced_by": "exe-6"}),
        exercise(id="exe-x"),
        exercise(id="exe-new"),
        cards=(card | {"note": "More."}, {"id": "seed-901", "file": "b.txt"}),
    )
    found = compare(old, new)
    assert found.bump == "major"
    assert found.vanished == tuple(f"exe-{number}" for number in range(6))
    first, *others = found.reasons
    assert first.startswith("major: 6 records vanished without a tombstone, ")
    assert first.endswith(": exe-0, exe-1, exe-2, exe-3, exe-4 and 1 more")
    assert others == [
        "minor: 1 record added",
        "minor: 1 source card added",
        "patch: 1 record corrected",
        "patch: 1 record merged into others",
        "patch: 1 record reinstated",
        "patch: 1 source card corrected",
    ]
