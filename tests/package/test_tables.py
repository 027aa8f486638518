"""Tables follow from the models: nothing in a record is without a place, no row without a key."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from defcoop.models import Actor, Agreement, SourceCard
from defcoop.models.field_layout import Shape, layout
from defcoop.models.registry import BY_NAME, TYPES
from defcoop.package import Table, tables
from defcoop.package.columns import cells
from defcoop.package.tables import ABSENCES, CLAIMS, RECORDS_TABLE, REDIRECTS, SHARED, record_node, seed_node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.package.tables import Node

BY_TABLE = {table.name: table for table in tables()}
TABLES = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


ALL_NODES = [node for root in (*(record_node(kind) for kind in TYPES), seed_node()) for node in nodes(root)]


def test_every_table_stands_once_and_the_shared_ones_frame_the_others() -> None:
    names = [table.name for table in tables()]
    assert len(names) == len(set(names))
    assert tables()[0] is RECORDS_TABLE
    assert tables()[-3:] == (ABSENCES, REDIRECTS, CLAIMS)
    assert {"seeds", "seed_dismissed", *(kind.folder for kind in TYPES), *(name for name, _ in SHARED.values())} < set(
        names
    )


@TABLES
def test_names_and_descriptions_are_sound(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) for name in [table.name, *names])
    assert all(text[-1] in ".)" for text in (table.description, *(column.description for column in table.columns)))


@TABLES
def test_the_key_is_made_of_required_columns_of_the_table(table: Table) -> None:
    columns = {column.name: column for column in table.columns}
    assert table.key
    assert all(columns[name].required for name in table.key)


@TABLES
def test_every_target_is_a_table_with_an_id(table: Table) -> None:
    assert all(BY_TABLE[column.target].key == ("id",) for column in table.columns if column.target)


@TABLES
def test_the_key_tells_rows_apart_and_sorts_them(table: Table, rows: Mapping[str, list[dict[str, str]]]) -> None:
    keys = [tuple(row[name] for name in table.key) for row in rows[table.name]]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert keys == sorted(keys)


@TABLES
def test_every_foreign_key_leads_to_a_row(table: Table, rows: Mapping[str, list[dict[str, str]]]) -> None:
    for column in table.columns:
        if column.target:
            ids = {row["id"] for row in rows[column.target]}
            assert {row[column.name] for row in rows[table.name]} - {""} <= ids


@pytest.mark.parametrize("node", ALL_NODES, ids=lambda node: node.table.name)
def test_every_list_of_a_model_has_a_table_below_its_own(node: Node) -> None:
    lists = [f.name for f in layout(node.model) if f.shape in {Shape.SCALARS, Shape.PARTS}] if node.model else []
    assert [child.field.name for child in node.children if child.field] == lists


@pytest.mark.parametrize("node", ALL_NODES, ids=lambda node: node.table.name)
def test_rows_of_a_list_point_to_the_row_above_and_keep_their_place(
    node: Node, rows: Mapping[str, list[dict[str, str]]]
) -> None:
    for child in node.children:
        above = {
            tuple(row[name] for name in ("id", *node.parent_key, "position") if name in row)
            for row in rows[node.table.name]
        }
        groups: dict[tuple[str, ...], list[int]] = {}
        for row in rows[child.table.name]:
            groups.setdefault(tuple(row[name] for name in child.parent_key), []).append(int(row["position"]))
        assert all(sorted(places) == list(range(len(places))) for places in groups.values())
        if child.field and child.field.name not in SHARED:
            assert set(groups) <= above


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_the_table_of_a_type_begins_with_id_and_names(kind: object) -> None:
    table = BY_TABLE[kind.folder]  # type: ignore[attr-defined]
    assert [column.name for column in table.columns[:3]] == ["id", "name", "name_ar"]
    assert table.columns[0].target == "records"
    assert [column.required for column in table.columns[:3]] == [True, True, False]


def test_a_list_is_keyed_by_what_tells_its_items_apart() -> None:
    assert BY_TABLE["agreement_parties"].key == ("agreement_id", "actor_id")
    assert BY_TABLE["actor_offices"].key == ("actor_id", "title", "organisation")
    assert BY_TABLE["actor_codes"].key == ("actor_id", "scheme", "code", "valid")
    assert BY_TABLE["seed_dismissed"].key == ("seed_id", "start", "end")
    assert BY_TABLE["evidence"].key == ("record_id", "position")
    assert BY_TABLE["conflict_evidence"].key == ("record_id", "conflict_position", "position")
    assert BY_TABLE["evidence_supports"].key == ("record_id", "evidence_position", "path")


def test_descriptions_say_what_a_row_is() -> None:
    assert BY_TABLE["actors"].description == "One row per actor: a state, organisation or person."
    assert BY_TABLE["seeds"].description.startswith("One row per seed: a seed text described;")
    assert BY_TABLE["agreement_parties"].description == (
        "One row per agreement and item of `parties`: its parties. (DCAD parties)"
    )
    assert not [table.name for table in BY_TABLE.values() if table.description.startswith("One row per item")]


def test_the_columns_of_claims_are_those_of_a_claim_and_the_reliability() -> None:
    names = [column.name for column in CLAIMS.columns]
    assert names[:5] == ["claim_id", "record_id", "record_type", "field", "value"]
    assert names[-2:] == ["reliability", "credibility"]
    assert {column.name for column in CLAIMS.columns if not column.required} == {"speaker_id", "outlet_id", "reasoning"}


def test_nodes_know_their_model_and_are_made_once() -> None:
    node = record_node(BY_NAME["actor"])
    assert node is record_node(BY_NAME["actor"])
    assert node.model is Actor
    assert node.cells == cells(Actor)
    assert seed_node().model is SourceCard
    below = {child.table.name for child in record_node(BY_NAME["agreement"]).children}
    assert {"agreement_names", "agreement_parties", "agreement_ratified", "evidence", "possible_duplicates"} < below
    assert record_node(BY_NAME["agreement"]).model is Agreement
