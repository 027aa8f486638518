"""What the formats without tables of ours promise to hold, as readers that are not ours find it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import mlcroissant
import pandas as pd
from rdflib import RDF, Graph, URIRef

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Package


def croissant(path: Path, package: Package) -> None:
    """Every table is described and every claim is there; `test_croissant.py` looks at each cell."""
    dataset = mlcroissant.Dataset(jsonld=str(path / "croissant.json"))
    assert {record_set.uuid for record_set in dataset.metadata.record_sets} >= set(package.tables)
    claims = {record["claims/claim_id"].decode() for record in dataset.records("claims")}
    assert claims == claim_ids(package)


def jsonld(path: Path, package: Package) -> None:
    """Every claim is an annotation, every record a thing; `test_jsonld.py` looks at each value."""
    graph = Graph().parse(path, format="json-ld")
    annotations = set(graph.subjects(RDF.type, URIRef("http://www.w3.org/ns/oa#Annotation")))
    assert annotations == {URIRef(f"urn:defcoop:claim:{claim}") for claim in claim_ids(package)}
    records = {URIRef(f"urn:defcoop:{row[0]}") for row in package.rows("records")}
    assert set(graph.subjects(URIRef("https://schema.org/isPartOf"))) == records


def ftm(path: Path, package: Package) -> None:
    """Every claim is told by a statement or listed as left out, every record is an entity; see `test_ftm.py`."""
    entities = {json.loads(line)["id"] for line in (path / "entities.ftm.json").read_text("utf-8").splitlines()}
    assert {row[0] for row in package.rows("records")} <= entities
    statements = pd.read_csv(path / "statements.csv", dtype=str, keep_default_na=False)
    left_out = pd.read_csv(path / "left_out.csv", dtype=str, keep_default_na=False)
    told = set(" ".join(statements["origin"]).split())
    assert told.isdisjoint(left_out["claim_id"])
    assert told | set(left_out["claim_id"]) - {""} == claim_ids(package)
    assert set(statements["entity_id"]) == entities


def dcad(path: Path, package: Package) -> None:
    """Every agreement has a row or is left out with a reason; `test_dcad.py` looks at each value."""
    merged(path, package, "dcad_main.csv", "defcoop_id")


def atop(path: Path, package: Package) -> None:
    """Every agreement has a row or is left out with a reason; `test_atop.py` looks at each value."""
    merged(path, package, "atop_alliances.csv", "atopid")


def merged(path: Path, package: Package, file: str, column: str) -> None:
    rows, left_out = pd.read_csv(path / file), pd.read_csv(path / "left_out.csv")
    assert set(rows[column]) | set(left_out["record_id"]) == {row[0] for row in package.rows("agreements")}
    assert left_out["reason"].notna().all()


def claim_ids(package: Package) -> set[str]:
    return {row[package.header("claims").index("claim_id")] for row in package.rows("claims")}
