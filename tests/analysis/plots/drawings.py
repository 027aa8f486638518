"""Small invented datasets to draw, and what a chart draws of them."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # the pictures are our own
from typing import TYPE_CHECKING, Any

from defcoop import Dataset
from defcoop.analysis.plots.saving import drawn
from defcoop.models import SourceCard
from defcoop.models.registry import BY_NAME

if TYPE_CHECKING:
    from altair.typing import ChartType

    from defcoop.models import Record

Document = dict[str, Any]

LONG = 1000
"""How many code points the invented texts have."""

_NEEDED: dict[str, Document] = {
    "actor": {"kind": "state"},
    "agreement": {"laterality": "bilateral", "parties": ["act-a", "act-b"], "status": "signed"},
    "deployment": {"sender": "act-a", "hosts": ["act-b"], "personnel": "troops", "status": "deployed"},
    "engagement": {
        "kind": "visit",
        "status": "held",
        "participants": [{"actor": "act-a", "role": "visitor"}, {"actor": "act-b", "role": "host"}],
    },
    "exercise": {
        "status": "held",
        "participants": [{"actor": "act-a", "role": "participant"}, {"actor": "act-b", "role": "participant"}],
    },
    "trade_figure": {
        "measure": "order",
        "partners": ["act-a", "act-b"],
        "direction": "total",
        "as_reported": "as told",
        "amount": {"best": 5, "bound": "exact", "currency": "USD", "currency_stated": True},
    },
}
WITHDRAWN = {"reason": "It was a mistake.", "since": "0.2.0"}


def evidence(*supports: str, **more: Any) -> Document:
    """An entry of evidence, of a passage of `seed-000` unless told otherwise."""
    told = {"seed": "seed-000", "passage": [0, 10], "quote": "Words", "digest": "0" * 64, "voice": "seed"}
    return told | {"stance": "asserted", "basis": "explicit", "supports": list(supports or ["names"])} | more


def record(type_: str, key: str, *names: str, **more: Any) -> Record:
    """A record of a type, with what the type needs; names with Arabic letters are Arabic."""
    named = [
        {"text": name, "lang": "ar" if "\u0600" <= name[0] <= "\u06ff" else "en", "kind": "editorial"}
        for name in names or (key,)
    ]
    document = {"id": f"{BY_NAME[type_].prefix}-{key}", "names": named, "summary": "Invented."}
    return BY_NAME[type_].model.model_validate(document | _NEEDED[type_] | {"evidence": [evidence()]} | more)


def card(key: str = "seed-000", **more: Any) -> SourceCard:
    """The card of an invented text."""
    told = dict.fromkeys(
        ("description", "publisher_reasoning", "published_reasoning", "reliability_reasoning", "slant"), "Invented."
    )
    document = {"id": key, "file": "invented.txt", "sha256": "0" * 64, "bytes": LONG, "code_points": LONG}
    return SourceCard.model_validate(
        document | told | {"language": "en", "genre": "news_report", "reliability": "C"} | more
    )


def dataset(*records: Record, cards: tuple[SourceCard, ...] | None = None) -> Dataset:
    """A dataset of some records, with the states A and B, and one text unless others are told."""
    states = {one.id: one for one in (record("actor", "a", "A"), record("actor", "b", "B"))}
    given = {one.id: one for one in records}
    return Dataset((states | given).values(), (card(),) if cards is None else cards)


def layers(chart: ChartType) -> list[tuple[str, Document, list[Document]]]:
    """The layers of a chart, of all its panels: the kind of mark, its specification, and its rows."""
    spec = chart.to_dict()
    found = []
    for panel in spec.get("vconcat", [spec]):
        for layer in panel["layer"]:
            data = layer.get("data") or panel.get("data") or spec["data"]
            found.append((layer["mark"]["type"], layer, spec["datasets"][data["name"]]))
    return found


def rows(chart: ChartType, mark: str) -> list[Document]:
    """The rows that are drawn with a kind of mark."""
    return [row for kind, _, drawn_rows in layers(chart) if kind == mark for row in drawn_rows]


def texts(chart: ChartType) -> list[str]:
    """What is written in a picture, in the order of the picture."""
    return [str(one.text) for one in ET.fromstring(drawn(chart, "svg")).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own


def subtitle(chart: ChartType) -> list[str]:
    """The lines below a chart's title."""
    lines: list[str] = chart.to_dict()["title"]["subtitle"]
    return lines
