"""Networks: who agreed, exercised, met and traded with whom, and who sent forces to whom, as a graph of networkx.

The graph is a `MultiDiGraph` with a layer for each collection of acts: `agreements`, `deployments`, `exercises`,
`engagements`, `facilities` and `trade_figures`. An edge is what one record tells of two actors, and its key is the
record's id.

- **All with all.** An act of several is an edge between every two of them: a treaty of three parties makes three
  pairs. That is a projection, and no text need tell of two of them alone. Observers have no part in it; a deployment
  is between the sender and each host, a site between each user and its host, and an amount between three is nobody's.
- **Direction.** Where one side sends, visits, provides, begins or uses the other's ground, the edge leads from it to
  the other and `directed` is true. Else there is an edge each way, with the same key, so that `to_undirected()` makes
  one of the two.
- **Whatever is told is there**, plans, allegations and denials too: choose by `status`, `certainty` and `stance`, or
  take the graph of `dataset.at_least(stance="asserted")`. Withdrawn records are not in it.
- **Readings.** Where sources contradict each other and nothing decides, or a passage allows another reading, there is
  an edge for each pair that any reading has. It is `settled` where every reading has it, and nobody denies the record.

>>> import defcoop
>>> from defcoop.analysis.network import to_networkx
>>> graph = to_networkx(defcoop.load(), ["deployments"], states=True)
>>> edge = graph.edges["act-tur", "act-qat", "dep-tur-qat-world-cup-police"]
>>> edge["kind"], edge["status"], edge["directed"]
('event_security', 'planned', True)
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from defcoop.analysis._pairs import layers_named, lifted_to, pairs
from defcoop.analysis._refusals import need
from defcoop.models.actor import CodeScheme
from defcoop.models.clusters import clusters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._pairs import Pair, RecordedAct
    from defcoop.models import Actor
    from defcoop.models.actor import Code


def to_networkx(
    dataset: DatasetLike, layers: Iterable[str] | None = None, *, states: bool = False
) -> nx.MultiDiGraph[str]:
    """Make a graph of a dataset.

    Args:
        dataset: the dataset.
        layers: names of layers; all by default.
        states: whether what organs of a state and its office-holders do is the state's, by their `country` and
            `parent`, as in panels; companies, media, groups and joint bodies act for themselves in any case.

    Returns:
        A graph whose nodes are the ids of actors, those without an edge too, with `name`, `kind` and, where told,
        `name_ar`, `country` and the codes `iso3`, `cow`, `gw` and `wikidata` (of several, the one that holds longest).
        Its edges have `layer`, `record`, `name`, `directed` and, where told, `kind` (instrument, mission, kind, class
        or measure), `status`, `stance` (the firmest of the evidence for the status, or for an amount), `certainty`,
        `cluster` (the first id of those records that may be the same), `settled`, `contested` (fields of which there is
        more than one reading), `date` (EDTF), `earliest` and `latest` (ISO days, over all readings), and
        `source_actors` and `target_actors`: the ids of those named in the record, with a space between them. All
        values are texts or booleans, so that any format of graphs can hold
        them; what is not told is not there.

    Raises:
        ValueError: if there is no such layer.
        ImportError: if networkx is not installed.

    >>> import defcoop
    >>> graph = to_networkx(defcoop.load(), ["agreements"])
    >>> edge = graph.edges["act-qat", "act-tur", "agr-qat-tur-military-cooperation-2017"]
    >>> edge["status"], edge["stance"], edge["earliest"], edge["directed"]
    ('in_force', 'asserted', '2017-06-01', False)
    """
    need("networkx", "networks need", "networkx")
    import networkx  # noqa: ICN001, PLC0415 - the short name is the types'; an extra, loaded when it is asked for

    graph: nx.MultiDiGraph[str] = networkx.MultiDiGraph(layers=" ".join(layers_named(layers)), states=states)
    every = list(pairs(dataset, layers, states=states))
    acting = {actor for pair in every for actor in (pair.source, pair.target)}
    lifted = lifted_to(dataset, states=states)
    for actor in dataset.actors.values():
        if actor.id in acting or not (actor.withdrawn or lifted.is_hidden(actor.id)):
            graph.add_node(actor.id, **_node(actor))
    shared = clusters(dataset)
    for pair in every:
        graph.add_edge(pair.source, pair.target, pair.act.record.id, **_edge(pair, shared))
    return graph


def _node(actor: Actor) -> dict[str, Any]:
    arabic = next((name.text for name in actor.names if name.lang == "ar"), None)
    attributes = {"name": actor.name, "kind": actor.kind.value, "name_ar": arabic, "country": actor.country}
    return {name: value for name, value in attributes.items() if value} | _codes(actor)


def _codes(actor: Actor) -> dict[str, str]:
    """Give the code of each system that holds longest; of several without an end, the one that began last."""
    longest: dict[str, str] = {}
    for scheme in CodeScheme:
        codes = [code for code in actor.codes if code.scheme is scheme]
        if codes:
            longest[scheme.value] = max(codes, key=_lasting).code
    return longest


def _lasting(code: Code) -> tuple[bool, date]:
    return code.valid.latest is None, code.valid.latest or code.valid.earliest or date.min


def _edge(pair: Pair, clusters: Mapping[str, str]) -> dict[str, Any]:
    record = pair.act.record
    attributes = {
        **_act_attributes(pair.act),
        "cluster": clusters.get(record.id, record.id),
        "source_actors": " ".join(pair.source_actors),
        "target_actors": " ".join(pair.target_actors),
    }
    return {name: value for name, value in attributes.items() if value} | {
        "directed": pair.directed,
        "settled": pair.settled,
    }


def _act_attributes(act: RecordedAct) -> dict[str, str]:
    return {
        "layer": act.layer,
        "record": act.record.id,
        "name": act.record.name,
        "kind": act.kind,
        "status": act.status,
        "stance": act.stance,
        "certainty": act.record.certainty.value if act.record.certainty else "",
        "contested": " ".join(act.contested),
        "date": str(act.date or ""),
        "earliest": act.earliest.isoformat() if act.earliest else "",
        "latest": act.latest.isoformat() if act.latest else "",
    }
