"""Editions for tests: drawn at random, or made of a few documents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from pydantic import ValidationError

from defcoop.dataset import Dataset
from defcoop.difference import Snapshot
from defcoop.difference.snapshot import as_document, library_tables
from defcoop.models.registry import TYPES, type_of
from tests.strategies import records, source_cards

if TYPE_CHECKING:
    from defcoop.difference import Document, TableShape
    from defcoop.models import Record, SourceCard

PASSAGE = {
    "seed": "seed-900",
    "passage": [10, 20],
    "quote": "a phrase",
    "digest": "0" * 64,
    "voice": "seed",
    "stance": "asserted",
    "basis": "explicit",
}


def passage(*supports: str, **more: Any) -> dict[str, Any]:
    """An evidence entry."""
    return PASSAGE | {"supports": list(supports)} | more


def exercise(**fields: Any) -> dict[str, Any]:
    """The document of an exercise, of which only what a test is about matters."""
    return {
        "id": "exe-wave",
        "names": [{"text": "Wave", "lang": "en", "kind": "official"}],
        "summary": "An exercise.",
        "kind": "live",
        "status": "held",
        "evidence": [passage("kind", "status", "participants", "period")],
        **fields,
    }


def edition(
    *exercises: Document,
    cards: tuple[Document, ...] = (),
    tables: dict[str, TableShape] | None = None,
    **more: Any,
) -> Snapshot:
    """An edition of some exercises and source cards."""
    found = {
        table: {thing["id"]: thing for thing in things}
        for table, things in (("exercises", exercises), ("seeds", cards))
        if things
    }
    return Snapshot("an edition", "package", found | more, tables or dict(library_tables()), "0.1.0")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Snapshot, Snapshot]:
    """Two datasets that share some records; others are only in one, and some differ in a few of their fields."""
    kinds = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=3, unique=True))
    old: dict[str, Record] = {}
    new: dict[str, Record] = {}
    for kind in kinds:
        for one, other in draw(st.lists(st.tuples(records(kind), records(kind)), max_size=2)):
            fate = draw(st.sampled_from(("kept", "removed", "added", "changed", "replaced")))
            if fate != "added":
                old[one.id] = one
            if fate in {"kept", "added"}:
                new[one.id] = one
            elif fate == "changed":
                new[one.id] = mixed(one, other, draw(st.sets(st.sampled_from(sorted(type(one).model_fields)))))
            elif fate == "replaced":
                new[one.id] = mixed(one, other, set(type(one).model_fields))
    cards: list[dict[str, SourceCard]] = [{}, {}]
    for card in draw(st.lists(source_cards(), max_size=2)):
        for side in draw(st.sampled_from(((0,), (1,), (0, 1)))):
            note = draw(st.sampled_from((card.note, "Another note.")))
            cards[side][card.id] = card.model_copy(update={"note": note})
    before, after = (
        Dataset(side.values(), its_cards.values()) for side, its_cards in zip((old, new), cards, strict=True)
    )
    return Snapshot.of(before, "old"), Snapshot.of(after, "new")


def mixed(one: Record, other: Record, fields: set[str]) -> Record:
    """Take some fields of another record, if the two then still fit together."""
    ours, theirs = as_document(one), as_document(other)
    names = {type(one).model_fields[field].alias or field for field in fields} - {"id"}
    document = {name: value for name, value in ours.items() if name not in names}
    document |= {name: value for name, value in theirs.items() if name in names}
    try:
        return type_of(one).model.model_validate_json(json.dumps(document))
    except ValidationError:
        return one


def json_values() -> st.SearchStrategy[Any]:
    """Any JSON, with numbers and truths that Python takes for equal."""
    scalars = st.one_of(
        st.none(),
        st.booleans(),
        st.sampled_from((0, 1, 1.0, 0.5, -2, 10**30)),
        st.text("ab~/0.[]#\u202e", max_size=3),
    )
    return st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab~/0.", max_size=2), inner, max_size=4),
        max_leaves=12,
    )


def json_objects() -> st.SearchStrategy[dict[str, Any]]:
    """Any JSON object, some of whose fields have the names that those of records have."""
    names = st.sampled_from(
        ("names", "kind", "withdrawn", "evidence", "participants", "period", "absent", "figures", "a/b", "~")
    )
    return st.dictionaries(names, json_values(), max_size=5)
