"""What schema 0.2 brought is in every format: stages and their dates, certainty, roles, alternatives, clusters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import defcoop
from defcoop.exports import export
from defcoop.package import build, open_package
from tests.checkouts import copy_of_the_good
from tests.exports.readers import TABULAR

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from defcoop.package import Package

BROUGHT = {
    "stage": ("agreements", "status"),
    "certainty": ("agreements", "certainty"),
    "cluster": ("agreements", "cluster_id"),
    "date of an announcement": ("agreements", "announced"),
    "day of what is told": ("agreements", "as_of"),
    "role": ("agreement_roles", "role"),
    "alternative": ("alternatives", "field"),
    "stage of a transfer": ("transfers", "status"),
    "date of an order": ("transfers", "ordered"),
    "certainty of any record": ("records", "certainty"),
    "cluster of any record": ("records", "cluster_id"),
    "alternative that a claim tells": ("claims", "relation"),
}


AGREEMENT, TRANSFER = "agr-coast-league-qat-training-2031", "trf-mirsah-qat-contract"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Give the package of the good checkout, with what its agreement and its transfer lack."""
    folder = tmp_path_factory.mktemp("carrying")
    good = defcoop.load(copy_of_the_good(folder / "checkout"))
    agreement, transfer = good[AGREEMENT].model_dump(), good[TRANSFER].model_dump()
    cited = agreement["evidence"][0]
    another = {key: value for key, value in cited.items() if key != "supports"}
    agreement |= {"announced": "2030", "as_of": "2032"}
    agreement["roles"] = [{"actor": "act-coast-league", "role": "provider"}]
    agreement["alternatives"] = [
        {"field": "instrument", "value": "mou", "evidence": [another], "rationale": "The word is used of both."}
    ]
    agreement["evidence"] = [
        cited | {"supports": [*cited["supports"], "announced", "as_of", "roles"]},
        *agreement["evidence"][1:],
    ]
    changed = {AGREEMENT: agreement, TRANSFER: transfer | {"ordered": "2031"}}
    records = [type(one).model_validate(changed.get(one.id, one.model_dump())) for one in good]
    build(defcoop.Dataset(records, good.seeds.values()), folder / "package")
    return open_package(folder / "package")


def told(package: Package, table: str, column: str) -> list[str]:
    place = package.header(table).index(column)
    return [row[place] for row in package.rows(table) if row[place]]


@pytest.mark.parametrize("form", TABULAR)
def test_formats_with_tables_have_each_in_its_column(form: str, small: Package, tmp_path: Path) -> None:
    path = export(form, small, tmp_path / f"it.{form}")
    for what, (table, column) in BROUGHT.items():
        place = small.header(table).index(column)
        values = [str(row[place]) for row in TABULAR[form](path, table) if row[place] not in {None, ""}]
        assert values, what
        assert values == told(small, table, column), what


def test_json_ld_names_each(small: Package, tmp_path: Path) -> None:
    graph = json.loads(export("jsonld", small, tmp_path / "it.jsonld").read_text(encoding="utf-8"))["@graph"]
    nodes = {node["id"].removeprefix("untitled-data:"): node for node in graph}
    for table in ("agreements", "transfers"):
        for column in ("status", "certainty"):
            values = dict(zip(ids(small, table), whole(small, table, column), strict=True))
            assert all(nodes[name][column]["id"].endswith(f":{value}") for name, value in values.items() if value)
    of_clusters = dict(zip(ids(small, "records"), whole(small, "records", "cluster_id"), strict=True))
    assert {name: nodes[name]["cluster_id"]["id"] for name in of_clusters} == {
        name: f"untitled-data:{cluster}" for name, cluster in of_clusters.items()
    }
    for key in ("announced", "roles", "alternatives", "ordered"):
        assert any(key in node for node in graph), key
    assert any(node.get("relation", {}).get("id", "").endswith(":alternative") for node in graph)
    assert nodes_defined(graph) >= {"cluster_id", "certainty", "roles", "alternatives", "announced"}


def test_follow_the_money_has_each_as_a_note_or_a_statement(small: Package, tmp_path: Path) -> None:
    folder = export("ftm", small, tmp_path / "ftm")
    statements = pd.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
    values = set(statements["value"])
    for told_as in ("certainty: ", "status: ", "cluster_id: ", "announced: "):
        assert any(value.startswith(told_as) for value in values), told_as
    assert set(told(small, "agreement_roles", "role")) & {value.rpartition(": ")[2] for value in values}
    left_out = pd.read_csv(folder / "left_out.csv", dtype=str, keep_default_na=False)
    alternatives = [
        claim
        for claim, relation in zip(ids(small, "claims"), whole(small, "claims", "relation"), strict=True)
        if relation == "alternative"
    ]
    assert alternatives
    assert set(alternatives) <= set(left_out["claim_id"])


@pytest.mark.parametrize(
    ("form", "file", "key"), [("dcad", "dcad_main.csv", "defcoop_id"), ("atop", "atop_alliances.csv", "atopid")]
)
def test_treaties_have_stage_certainty_and_cluster(
    form: str, file: str, key: str, package: Package, tmp_path: Path
) -> None:
    rows = pd.read_csv(export(form, package, tmp_path / form) / file, dtype=str, keep_default_na=False).set_index(key)
    assert len(rows)
    for column in ("status", "certainty", "cluster_id"):
        expected = dict(zip(ids(package, "agreements"), whole(package, "agreements", column), strict=True))
        assert rows[column].to_dict() == {name: expected[name] for name in rows.index}


def ids(package: Package, table: str) -> list[str]:
    return whole(package, table, package.header(table)[0])


def whole(package: Package, table: str, column: str) -> list[str]:
    place = package.header(table).index(column)
    return [row[place] for row in package.rows(table)]


def nodes_defined(graph: Iterable[dict[str, object]]) -> set[str]:
    return {str(node["id"]).rpartition(":")[2] for node in graph}
