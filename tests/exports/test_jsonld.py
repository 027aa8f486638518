"""rdflib reads the JSON-LD export, pyshacl finds it in shape, and nothing of the package is missing in it."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyshacl
import pytest
from rdflib import RDF, RDFS, SDO, SH, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from defcoop.exports import export
from defcoop.exports._iris import TERM, Addresses, addresses
from defcoop.exports.jsonld import CONTEXT, write
from defcoop.models.dataset_card import UNTITLED
from defcoop.models.field_layout import Shape
from defcoop.models.registry import BY_FOLDER, TYPES
from defcoop.package.columns import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package import Package

OA, PROV = Namespace("http://www.w3.org/ns/oa#"), Namespace("http://www.w3.org/ns/prov#")
BASE = "urn:defcoop:"
DCV, THING = Namespace("urn:defcoop:term:"), Namespace(BASE)
EDTF = URIRef("http://id.loc.gov/datatypes/edtf/EDTF")
SHAPES = Path(__file__).parent / "shapes.ttl"
ELSEWHERE = {"summary": SDO.description, "name": SDO.name, "language": SDO.inLanguage, "description": SDO.description}
"""Fields that have a property of schema.org."""


@pytest.fixture(scope="module")
def path(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("jsonld", package, tmp_path_factory.mktemp("export") / "defcoop.jsonld")


@pytest.fixture(scope="module")
def graph(path: Path) -> Graph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", offline)
        return Graph().parse(path, format="json-ld")


def offline(*_: object, **__: object) -> None:
    msg = "nothing is to be fetched"
    raise AssertionError(msg)


def rows(package: Package, table: str) -> Iterator[dict[str, str]]:
    header = package.header(table)
    return (dict(zip(header, row, strict=True)) for row in package.rows(table))


def prop(name: str) -> URIRef:
    return ELSEWHERE.get(name, DCV[name])


def texts(graph: Graph, node: Any, name: str) -> list[str]:
    """Give the values of a property as the cells of a table would have them."""
    return sorted(text(value) for value in graph.objects(node, prop(name)))


def text(value: Any) -> str:
    if isinstance(value, URIRef):
        return str(value).removeprefix(TERM).rpartition(":")[2] if value.startswith(TERM) else value.removeprefix(BASE)
    return str(value)


def held(graph: Graph, node: Any, names: tuple[str, ...]) -> list[str]:
    *above, last = names
    for name in above:
        node = graph.value(node, prop(name))
        if node is None:
            return []
    return texts(graph, node, last)


@pytest.fixture(scope="module")
def small_graph(small: Package, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Give the graph of the good checkout, for shapes take long and look at kinds of nodes."""
    return Graph().parse(export("jsonld", small, tmp_path_factory.mktemp("export") / "it"), format="json-ld")


def test_it_is_in_shape(small_graph: Graph) -> None:
    conforms, _, report = pyshacl.validate(small_graph, shacl_graph=Graph().parse(SHAPES))
    assert conforms, report


def test_the_shapes_notice_what_is_missing(small_graph: Graph) -> None:
    wanted = [
        (OA.TextQuoteSelector, OA.exact),
        (OA.TextualBody, RDF.value),
        (OA.Annotation, DCV.stance),
        (DCV.Agreement, SDO.name),
        (SDO.Article, SDO.inLanguage),
        (SKOS.Concept, SKOS.definition),
    ]
    spoilt = Graph()
    spoilt += small_graph
    for kind, predicate in wanted:
        spoilt.remove((min(small_graph.subjects(RDF.type, kind)), predicate, None))
    _, report, _ = pyshacl.validate(spoilt, shacl_graph=Graph().parse(SHAPES))
    assert {predicate for _, predicate in wanted} <= set(report.objects(None, SH.resultPath))


def test_every_claim_is_one_annotation_with_all_that_the_table_has(package: Package, graph: Graph) -> None:
    spoken = {row["id"]: row["language"] for row in rows(package, "seeds")}
    claims = list(rows(package, "claims"))
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == len(claims)
    for claim in claims:
        node = THING[f"claim:{claim['claim_id']}"]
        [target] = graph.objects(node, OA.hasTarget)
        [passage] = graph.objects(target, OA.hasSelector)
        [quote] = graph.objects(passage, OA.refinedBy)
        [body] = graph.objects(node, OA.hasBody)
        seed = THING[claim["seed_id"]]
        told_by = claim["speaker_id"] or claim["outlet_id"]
        assert graph.value(body, RDF.value) == Literal(claim["value"])
        assert graph.value(target, OA.hasSource) == seed
        assert graph.value(passage, OA.start) == Literal(claim["start"], datatype=XSD.nonNegativeInteger)
        assert graph.value(passage, OA.end) == Literal(claim["end"], datatype=XSD.nonNegativeInteger)
        assert graph.value(passage, DCV.digest) == Literal(claim["digest"])
        assert graph.value(quote, OA.exact) == Literal(claim["quote"], lang=spoken[claim["seed_id"]])
        assert graph.value(node, PROV.wasDerivedFrom) == seed
        assert graph.value(node, PROV.wasQuotedFrom) == (seed if claim["basis"] == "explicit" else None)
        assert graph.value(node, PROV.wasAttributedTo) == (THING[told_by] if told_by else None)
        for name in ("record_id", "field", "relation", "voice", "stance", "basis", "reliability", "credibility"):
            assert texts(graph, node, name) == [claim[name]]
        assert texts(graph, node, "reasoning") == [claim["reasoning"]] * bool(claim["reasoning"])


@pytest.mark.parametrize("table", [kind.folder for kind in TYPES])
def test_every_value_of_a_record_is_there(table: str, package: Package, graph: Graph) -> None:
    checked, listed = 0, list(rows(package, table))
    for row in listed:
        node = THING[row["id"]]
        for cell in cells(BY_FOLDER[table].model):
            if cell.names == ("id",):
                continue
            told = [row[name] for name in cell.value_columns if row[name]]
            assert held(graph, node, cell.names) == told, (row["id"], cell.names)
            checked += len(told)
    assert bool(checked) is bool(listed)


def test_every_value_of_a_source_card_is_there(package: Package, graph: Graph) -> None:
    names = [name for name in package.header("seeds") if not name.startswith("published_") or name.endswith("ing")]
    for row in rows(package, "seeds"):
        for name in names:
            assert name == "id" or texts(graph, THING[row["id"]], name) == [row[name]] * bool(row[name])
    assert len(list(graph.subjects(RDF.type, DCV.Dismissed))) == len(list(package.rows("seed_dismissed")))


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_every_item_of_a_list_is_there(kind: Any, package: Package, graph: Graph) -> None:
    for field in (one for cell in [kind.model] for one in fields_of(cell)):
        table = f"{kind.name}_{field.name}"
        if table not in package.tables:
            continue
        header = package.header(table)
        for row in rows(package, table):
            node = THING[row[f"{kind.name}_id"]]
            if field.shape is Shape.SCALARS:
                assert row[field.item] in in_list(graph, node, field.name)
                continue
            item = THING[f"{row[f'{kind.name}_id']}#{field.name}.{row['position']}"]
            assert (node, DCV[field.name], item) in graph
            for name in header[2:]:
                if not name.endswith(("_earliest", "_latest", "_date_prec")):
                    assert texts(graph, item, name) == [row[name]] * bool(row[name]), (item, name)


def fields_of(model: Any) -> Iterator[Any]:
    from defcoop.models.field_layout import layout  # noqa: PLC0415 - beside its only use

    return (field for field in layout(model) if field.shape in {Shape.SCALARS, Shape.PARTS})


def in_list(graph: Graph, node: URIRef, name: str) -> list[str]:
    found = list(graph.objects(node, DCV[name]))
    if len(found) == 1 and isinstance(found[0], BNode):
        found = list(Collection(graph, found[0]))
    return [text(value) for value in found]


def test_the_partners_of_a_trade_figure_keep_their_order(package: Package, graph: Graph) -> None:
    for row in rows(package, "trade_figure_partners"):
        partners = in_list(graph, THING[row["trade_figure_id"]], "partners")
        assert partners[int(row["position"])] == row["actor_id"]


def test_absences_and_conflicts_are_there(package: Package, graph: Graph) -> None:
    for row in rows(package, "absences"):
        assert texts(graph, THING[f"{row['record_id']}#absent.{row['field']}"], "reason") == [row["reason"]]
    for row in rows(package, "conflicts"):
        node = THING[f"{row['record_id']}#conflicts.{row['position']}"]
        assert str(graph.value(node, RDF.value)) == row["value"]
        assert [texts(graph, node, name)[0] for name in ("field", "resolution", "rationale")] == [
            row["field"],
            row["resolution"],
            row["rationale"],
        ]


def test_names_have_their_language(package: Package, graph: Graph) -> None:
    for kind in TYPES:
        for row in rows(package, f"{kind.name}_names"):
            general = SDO.alternateName if row["kind"] == "alias" else SDO.name
            assert (THING[row[f"{kind.name}_id"]], general, Literal(row["text"], lang=row["lang"])) in graph


def test_dates_are_edtf_with_the_days_that_they_allow(graph: Graph) -> None:
    node = THING["agr-qat-tur-military-cooperation-2017"]
    assert graph.value(node, DCV.entry_into_force) == Literal("2017-06", datatype=EDTF)
    assert graph.value(node, DCV.entry_into_force_earliest) == Literal("2017-06-01", datatype=XSD.date)
    assert graph.value(node, DCV.entry_into_force_latest) == Literal("2017-06-30", datatype=XSD.date)


def test_records_are_what_schema_org_calls_them(graph: Graph) -> None:
    kinds = {
        "act-qat": SDO.Country,
        "act-hulusi-akar": SDO.Person,
        "act-tur-mod": SDO.GovernmentOrganization,
        "agr-qat-tur-military-cooperation-2017": SDO.CreativeWork,
        "seed-000": SDO.Article,
        "dataset": SDO.Dataset,
    }
    for name, kind in kinds.items():
        assert (THING[name], RDF.type, kind) in graph
    assert (THING["act-qat"], SDO.sameAs, URIRef("http://www.wikidata.org/entity/Q846")) in graph


def test_every_property_class_and_term_of_ours_is_explained(graph: Graph) -> None:
    used = {node for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(TERM)}
    explained = set(graph.subjects(RDFS.comment)) | set(graph.subjects(SKOS.definition))
    # Half of a vocabulary's terms may be in no record; all are explained.
    assert used - explained == set()
    assert len(explained) > len(TYPES)


def test_a_question_across_records_claims_and_sources_has_an_answer(graph: Graph) -> None:
    question = """
        PREFIX dcv: <urn:defcoop:term:> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
        SELECT ?quote ?speaker WHERE {
          ?claim a oa:Annotation ; dcv:record_id <urn:defcoop:agr-qat-tur-military-cooperation-2017> ;
            dcv:field "entry_into_force" ; dcv:stance <urn:defcoop:term:Stance:asserted> ;
            oa:hasTarget/oa:hasSelector/oa:refinedBy/oa:exact ?quote ;
            <http://www.w3.org/ns/prov#wasAttributedTo>/schema:name ?speaker .
          FILTER (lang(?speaker) = "tr" && lang(?quote) = "ar") }"""
    [(quote, speaker)] = graph.query(question)
    assert str(speaker) == "Hulusi Akar"
    assert quote


def test_plain_json_tools_find_the_keys_of_web_annotations(path: Path) -> None:
    nodes = json.loads(path.read_bytes())["@graph"]
    [one] = [node for node in nodes if node.get("field") == "entry_into_force" and "2017-military" not in str(node)][:1]
    assert re.fullmatch(r"defcoop:claim:[0-9a-f]{20}", one["id"])
    assert set(one["target"]) == {"id", "type", "source", "selector"}
    assert one["target"]["selector"]["start"] < one["target"]["selector"]["end"]
    assert one["body"]["value"]


@pytest.mark.parametrize(
    ("name", "homepage", "expected"),
    [
        ("defcoop", None, Addresses("defcoop", "urn:defcoop:")),
        ("defcoop", "https://somewhere.example/defcoop", Addresses("defcoop", "urn:defcoop:")),
        ("nordic-chile", None, Addresses("nordic-chile", "urn:nordic-chile:")),
        ("nordic.chile_2", None, Addresses("nordic-chile-2", "urn:nordic-chile-2:")),
        ("status", None, Addresses("status-data", "urn:status:")),
        ("coast", "https://coast.example/data/", Addresses("coast-data", "https://coast.example/data/")),
        ("coast", "https://coast.example", Addresses("coast-data", "https://coast.example/")),
        ("coast", "https://coast.example/?page=2", Addresses("coast-data", "urn:coast:")),
        ("coast", "https://coast.example/#data", Addresses("coast-data", "urn:coast:")),
    ],
)
def test_addresses_are_made_of_the_dataset_itself(name: str, homepage: str | None, expected: Addresses) -> None:
    card = UNTITLED.model_copy(update={"name": name, "homepage": homepage})
    assert addresses(card) == expected
    assert f'"{expected.prefix}"' not in json.dumps(CONTEXT)


def test_what_another_dataset_holds_has_addresses_of_its_own(small: Package, tmp_path: Path) -> None:
    write(small, tmp_path / "small.jsonld")
    graph = Graph().parse(tmp_path / "small.jsonld", format="json-ld")
    own = addresses(small.card).base
    assert own != BASE
    records = set(graph.subjects(prop("cluster_id")))
    assert records == {URIRef(f"{own}{row[0]}") for row in small.rows("records")}
    ours = {str(node) for triple in graph for node in triple if isinstance(node, URIRef) and node.startswith(BASE)}
    assert ours
    assert all(node.startswith(TERM) for node in ours), "terms are the library's in any dataset"
