"""Networks: who stands to whom in the records, in layers, with directions, and with the ids of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import defcoop
from defcoop.analysis import network as module
from defcoop.analysis.network import to_networkx
from defcoop.models.field_layout import layout
from defcoop.models.registry import BY_NAME
from tests.processes import python
from tests.sound import SOME, WIDE, datasets

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = ["agreements", "deployments", "exercises", "engagements", "facilities", "transfers", "trade_figures"]
Edge = tuple[str, str, str]


def made(kind: str, key: str, /, *stances: str, **fields: Any) -> Any:
    """Make a record of which each stance tells the status, or the amount."""
    told = "amount" if kind == "trade_figure" else "kind" if kind == "actor" else "status"
    evidence = [
        {
            "seed": "seed-000", "passage": (0, 9), "quote": "Words", "digest": "0" * 64, "voice": "seed",
            "stance": stance, "basis": "explicit", "supports": [told],
        }
        for stance in stances or ("asserted",)
    ]  # fmt: skip
    names = [{"text": f"The {key}", "lang": "en", "kind": "editorial"}]
    return BY_NAME[kind].model.model_validate(
        {"id": key, "names": names, "summary": "X.", "evidence": evidence, **fields}
    )


def actor(key: str, kind: str = "state", **fields: Any) -> Any:
    return made("actor", key, kind=kind, **fields)


ACTORS = [
    actor("act-a"),
    actor("act-b"),
    actor("act-c"),
    actor("act-b-mod", "ministry", country="act-b"),
    actor("act-b-navy", "armed_service", parent="act-b-mod"),
    actor("act-b-firm", "company", country="act-b"),
    actor(
        "act-b-minister", "person", country="act-b",
        offices=[{"title": "Minister", "organisation": "act-b-mod"}],
    ),
    actor("act-b-envoy", "person", country="act-b"),
]  # fmt: skip


def graph(*records: Any, states: bool = False, layers: Any = None) -> nx.MultiDiGraph[str]:
    return to_networkx(defcoop.Dataset([*ACTORS, *records], []), layers, states=states)


def edges(found: nx.MultiDiGraph[str]) -> set[Edge]:
    return set(found.edges(keys=True))


def both(key: str, *pairs: tuple[str, str]) -> set[Edge]:
    """Give the edges of pairs in both orders."""
    return {(one, other, key) for pair in pairs for one, other in (pair, pair[::-1])}


def treaty(*parties: str, key: str = "agr-x", **fields: Any) -> Any:
    return made("agreement", key, laterality="multilateral", parties=parties, **{"status": "signed", **fields})


def meeting(key: str = "eng-x", /, **roles: str) -> Any:
    people = [{"actor": f"act-{name.replace('_', '-')}", "role": role} for name, role in roles.items()]
    return made("engagement", key, kind="meeting", participants=people, status="held")


def test_a_treaty_of_three_is_three_pairs_without_a_direction() -> None:
    found = graph(treaty("act-a", "act-b", "act-c"))
    assert edges(found) == both("agr-x", ("act-a", "act-b"), ("act-a", "act-c"), ("act-b", "act-c"))
    assert {told["directed"] for *_, told in found.edges(data=True)} == {False}
    assert sorted(found.to_undirected().edges(keys=True)) == [
        ("act-a", "act-b", "agr-x"), ("act-a", "act-c", "agr-x"), ("act-b", "act-c", "agr-x"),
    ]  # fmt: skip


def test_a_deployment_leads_from_the_sender_to_each_host_and_not_between_hosts() -> None:
    found = graph(
        made("deployment", "dep-x", sender="act-a", hosts=["act-b", "act-c"], personnel="troops", status="deployed")
    )
    assert edges(found) == {("act-a", "act-b", "dep-x"), ("act-a", "act-c", "dep-x")}
    assert {told["directed"] for *_, told in found.edges(data=True)} == {True}


def test_a_site_leads_from_each_user_to_its_host() -> None:
    site = made("facility", "fac-x", host="act-a", users=["act-b", "act-c"], status="open", **{"class": "base"})
    assert edges(graph(site)) == {("act-b", "act-a", "fac-x"), ("act-c", "act-a", "fac-x")}
    assert edges(graph(made("facility", "fac-x", host="act-a", status="open", **{"class": "base"}))) == set()


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"a": "visitor", "b": "host"}, {("act-a", "act-b", "eng-x")}),
        ({"a": "recipient", "b": "provider"}, {("act-b", "act-a", "eng-x")}),
        ({"a": "participant", "b": "participant"}, both("eng-x", ("act-a", "act-b"))),
        ({"a": "host", "b": "host"}, both("eng-x", ("act-a", "act-b"))),
        (
            {"a": "host", "b": "visitor", "c": "participant"},
            {("act-b", "act-a", "eng-x"), ("act-b", "act-c", "eng-x"), ("act-c", "act-a", "eng-x")},
        ),
        ({"a": "host", "b": "visitor", "c": "observer"}, {("act-b", "act-a", "eng-x")}),
        ({"a": "host"}, set()),
    ],
)
def test_participants_stand_to_each_other_by_their_roles(roles: dict[str, str], expected: set[Edge]) -> None:
    assert edges(graph(meeting(**roles))) == expected


@pytest.mark.parametrize(
    ("partners", "direction", "expected"),
    [
        (["act-a", "act-b"], "first_to_second", {("act-a", "act-b", "trd-x")}),
        (["act-b", "act-a"], "total", both("trd-x", ("act-a", "act-b"))),
        (["act-a", "act-b", "act-c"], "total", set()),
    ],
)
def test_an_amount_is_between_two(partners: list[str], direction: str, expected: set[Edge]) -> None:
    amount = {"best": 1, "bound": "exact", "currency": "USD", "currency_stated": True}
    figure = made(
        "trade_figure", "trd-x", "alleged", partners=partners, direction=direction, measure="order", amount=amount,
        as_reported="One.",
    )  # fmt: skip
    found = graph(figure)
    assert edges(found) == expected
    assert all((told["kind"], told["stance"]) == ("order", "alleged") for *_, told in found.edges(data=True))
    assert all("status" not in told for *_, told in found.edges(data=True))


def test_an_edge_tells_of_its_record() -> None:
    found = graph(treaty("act-a", "act-b", instrument="mou", signed="2017-06", entry_into_force="2018"))
    assert found.edges["act-a", "act-b", "agr-x"] == {
        "layer": "agreements", "record": "agr-x", "name": "The agr-x", "kind": "mou", "status": "signed",
        "stance": "asserted", "date": "2017-06", "earliest": "2017-06-01", "latest": "2017-06-30",
        "certainty": "asserted", "cluster": "agr-x", "settled": True,
        "source_actors": "act-a", "target_actors": "act-b", "directed": False,
    }  # fmt: skip
    bare = graph(treaty("act-a", "act-b", entry_into_force="2018/.."))
    told = bare.edges["act-a", "act-b", "agr-x"]
    assert (told["date"], told["earliest"]) == ("2018/..", "2018-01-01")
    assert told.keys().isdisjoint({"kind", "latest"})


def test_the_stance_is_the_firmest_of_the_evidence_for_the_status() -> None:
    parties = ["act-a", "act-b"]
    record = made("agreement", "agr-x", "possible", "alleged", laterality="bilateral", parties=parties, status="signed")
    found = graph(record)
    assert found.edges["act-a", "act-b", "agr-x"]["stance"] == "alleged"


def test_a_state_acts_through_its_organs_if_that_is_asked_for() -> None:
    record = meeting(a="participant", b_mod="participant", b_navy="participant", b_firm="participant")
    assert len(edges(graph(record))) == 12
    found = graph(record, states=True)
    assert edges(found) == both("eng-x", ("act-a", "act-b"), ("act-a", "act-b-firm"), ("act-b", "act-b-firm"))
    assert found.edges["act-a", "act-b", "eng-x"]["target_actors"] == "act-b-mod act-b-navy"
    assert found.edges["act-b", "act-a", "eng-x"]["source_actors"] == "act-b-mod act-b-navy"
    assert found.graph == {"layers": " ".join(LAYERS), "states": True}


def test_a_state_that_is_on_two_sides_has_one_directed_pair() -> None:
    record = meeting(a="host", b="visitor", b_mod="host")
    found = graph(record, states=True)
    assert found.edges["act-b", "act-a", "eng-x"]["directed"]
    assert found.edges["act-b", "act-a", "eng-x"]["source_actors"] == "act-b act-b-mod"


def test_an_actor_without_an_edge_is_there_but_not_one_for_whom_its_state_stands() -> None:
    assert set(graph().nodes) == {one.id for one in ACTORS}
    assert set(graph(states=True).nodes) == {"act-a", "act-b", "act-c", "act-b-firm", "act-b-envoy"}


def test_somebody_without_a_known_office_acts_for_the_state_only_in_one() -> None:
    def record(**office: str) -> Any:
        people = [{"actor": "act-b-envoy", "role": "visitor", **office}, {"actor": "act-a", "role": "host"}]
        return made("engagement", "eng-x", kind="visit", participants=people, status="held")

    assert edges(graph(record(office="Envoy"), states=True)) == {("act-b", "act-a", "eng-x")}
    assert edges(graph(record(), states=True)) == {("act-b-envoy", "act-a", "eng-x")}


def test_of_codes_that_have_no_end_the_last_counts() -> None:
    codes = [{"scheme": "cow", "code": code, "valid": valid} for code, valid in (("1", "/.."), ("2", "1961/.."))]
    for told in (codes, codes[::-1]):
        found = to_networkx(defcoop.Dataset([actor("act-s", codes=told)], []))
        assert found.nodes["act-s"]["cow"] == "2"


def test_a_node_tells_of_its_actor() -> None:
    names = [{"text": "Sea", "lang": "en", "kind": "editorial"}, {"text": "بحر", "lang": "ar", "kind": "official"}]
    codes = [
        {"scheme": "cow", "code": "1", "valid": "1950/1960"},
        {"scheme": "cow", "code": "2", "valid": "1961/.."},
        {"scheme": "cow", "code": "3", "valid": "1961/1999"},
        {"scheme": "iso3", "code": "SEA", "valid": "1980/1990"},
    ]
    found = to_networkx(defcoop.Dataset([actor("act-s", names=names, codes=codes), *ACTORS], []))
    assert found.nodes["act-s"] == {"name": "Sea", "name_ar": "بحر", "kind": "state", "cow": "2", "iso3": "SEA"}
    assert found.nodes["act-b-mod"] == {"name": "The act-b-mod", "kind": "ministry", "country": "act-b"}


def test_withdrawn_records_and_actors_are_not_in_it() -> None:
    tombstone = {"reason": "X.", "since": "0.2.0"}
    assert edges(graph(treaty("act-a", "act-b", withdrawn=tombstone))) == set()
    gone = actor("act-gone", withdrawn=tombstone)
    assert "act-gone" not in graph(gone)
    assert "act-gone" in graph(gone, treaty("act-a", "act-gone")), "it is named by a record that stands"


def test_layers_can_be_chosen(shipped: defcoop.Dataset) -> None:
    every = edges(to_networkx(shipped))
    parts = [edges(to_networkx(shipped, [layer])) for layer in LAYERS]
    assert set().union(*parts) == every
    assert sum(map(len, parts)) == len(every)
    assert [bool(part) for part in parts] == [bool(getattr(shipped, layer)) for layer in LAYERS]
    assert edges(to_networkx(shipped, "agreements")) == parts[0]
    assert to_networkx(shipped, ["trade_figures", "agreements"]).graph["layers"] == "agreements trade_figures"


def test_an_unknown_layer_is_refused(shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=r"there is no layer agreement\. Did you mean agreements\?"):
        to_networkx(shipped, ["agreement"])
    with pytest.raises(ValueError, match=r"There are agreements, deployments, exercises"):
        to_networkx(shipped, ["zzzzzz"])


@WIDE
@given(datasets(), st.booleans())
def test_every_edge_is_of_a_record_in_which_both_are_named(dataset: defcoop.Dataset, states: bool) -> None:  # noqa: FBT001 - drawn
    found = to_networkx(dataset, states=states)
    for source, target, key, told in found.edges(keys=True, data=True):
        record = dataset[key]
        assert source != target
        assert record in getattr(dataset, told["layer"]).values()
        named = {str(value) for field in layout(type(record)) for value in _named(getattr(record, field.attribute))}
        for side, actors in ((source, told["source_actors"]), (target, told["target_actors"])):
            assert set(actors.split()) <= named
            assert states or actors == side
        assert told["directed"] or found.has_edge(target, source, key)


@SOME
@given(datasets())
def test_by_the_states_there_is_an_edge_wherever_two_states_are_named(dataset: defcoop.Dataset) -> None:
    own, lifted = edges(to_networkx(dataset)), edges(to_networkx(dataset, states=True))
    kinds = {key: one.kind.value for key, one in dataset.actors.items()}
    between = {edge for edge in own if kinds[edge[0]] == kinds[edge[1]] == "state" and not _withdrawn(dataset, edge)}
    assert between <= lifted


def _withdrawn(dataset: defcoop.Dataset, edge: Edge) -> bool:
    return any(dataset.actors[actor].withdrawn for actor in edge[:2])


def _named(value: Any) -> list[Any]:
    """List the ids in a field, those of participants too."""
    items = value if isinstance(value, tuple) else (value,)
    return [getattr(item, "actor", item) for item in items]


def test_any_format_of_graphs_can_hold_it(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    found = to_networkx(shipped)
    nx.write_graphml(found, tmp_path / "graph.graphml")
    again = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert dict(again.nodes(data=True)) == dict(found.nodes(data=True))
    assert {edge: again.edges[edge]["record"] for edge in again.edges} == {edge: edge[2] for edge in found.edges}
    nx.write_gexf(found, tmp_path / "graph.gexf")
    assert nx.node_link_graph(nx.node_link_data(found, edges="edges"), edges="edges").edges == found.edges


def test_the_dataset_has_it_as_a_method(shipped: defcoop.Dataset) -> None:
    found = shipped.to_networkx(["agreements"], states=True)
    assert nx.utils.graphs_equal(found, to_networkx(shipped, ["agreements"], states=True))


def test_without_networkx_the_extra_is_named() -> None:
    code = "import sys; sys.modules['networkx'] = None\nimport defcoop; defcoop.load().to_networkx()"
    assert "MissingLibraryError: networks need networkx: pip install 'defcoop[networkx]'" in python("-c", code).stderr


def test_networkx_is_loaded_when_it_is_asked_for() -> None:
    assert python("-c", f"import sys, {module.__name__}; print('networkx' in sys.modules)").stdout == "False\n"
