"""Strategies for sound datasets: references lead to records, and every value is carried by evidence from some seed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from defcoop import Dataset
from defcoop.models import Citation, Evidence, SourceCard
from defcoop.models.evidence import Basis, Stance
from defcoop.models.layout import Shape, layout
from defcoop.models.leaves import leaves, steps, text_of
from defcoop.models.record import Conflict, Resolution
from defcoop.registry import ANY, BY_NAME, SEED, TYPES
from defcoop.values import Edtf
from tests.strategies import _field, edtf_strings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from defcoop.models import Record
    from defcoop.values import Frozen

    Pick = Callable[[str], str]
    Document = dict[str, Any]

WIDE = settings(max_examples=25, suppress_health_check=list(HealthCheck))
"""For tests that draw whole datasets."""

_NEEDED = ("actor", "actor", "actor", "agreement", "facility")
"""Records that there always are, so that every reference has something to lead to."""
_ENVELOPE = frozenset({"id", "summary", "evidence", "conflicts", "accept", "note", "withdrawn"})
_LONGEST = 160
_DIGEST = hashlib.sha256(b"").hexdigest()


@st.composite
def datasets(draw: st.DrawFn, largest: int = 4) -> Dataset:
    """Draw a sound dataset of a few records, told by three seeds, each value by one of them or more."""
    seeds = ("seed-000", "seed-001", "seed-002")
    more = draw(st.lists(st.sampled_from([kind.name for kind in TYPES]), max_size=largest))
    names = [*_NEEDED, *more]
    ids = {f"{BY_NAME[name].prefix}-{number}": name for number, name in enumerate(names)}

    def pick(kind: str) -> str:
        if kind == SEED:
            return draw(st.sampled_from(seeds))
        return draw(st.sampled_from([key for key, name in ids.items() if kind in {name, ANY}]))

    records = [draw(_records(key, name, seeds, pick)) for key, name in ids.items()]
    outlets = draw(st.tuples(*(st.one_of(st.none(), st.just(pick("actor"))) for _ in seeds)))
    return Dataset(records, [_card(seed, outlet) for seed, outlet in zip(seeds, outlets, strict=True)])


@st.composite
def _records(draw: st.DrawFn, key: str, name: str, seeds: Sequence[str], pick: Pick) -> Record:
    model = BY_NAME[name].model
    fields = [field for field in layout(model) if field.name not in _ENVELOPE]
    needed = {field.name: _field(model, field) for field in fields if field.required}
    others = {field.name: _field(model, field) for field in fields if not field.required}
    document = _fitted(model, draw(st.fixed_dictionaries(needed, optional=others)), pick)
    bare = model.model_validate(
        {"summary": "A record.", **document, "id": key, "evidence": [_entry(seeds[0]) | {"supports": ["x"]}]}
    )
    told = list(leaves(bare))
    entries = [draw(_entries(seeds, pick)) for _ in range(draw(st.integers(1, 4)))]
    supports: list[list[str]] = [[] for _ in entries]
    for leaf in told:
        carrying = draw(st.sets(st.integers(0, len(entries) - 1), min_size=1, max_size=2))
        for number in carrying:
            # An item with a long name can only be carried with its whole list: a path has at most 160 characters.
            paths = [path for path in steps(leaf.path) if len(path) <= _LONGEST]
            supports[number].append(draw(st.sampled_from(paths)))
    evidence = tuple(
        Evidence.model_validate(entry | {"supports": list(dict.fromkeys(paths))})
        for entry, paths in zip(entries, supports, strict=True)
        if paths
    )
    conflicts = ()
    if told and draw(st.booleans()):
        leaf = draw(st.sampled_from(told))
        cited = [Citation.model_validate(draw(_entries(seeds, pick))) for _ in range(draw(st.integers(1, 2)))]
        other = draw(edtf_strings()) if isinstance(leaf.value, Edtf) else f"Not {text_of(leaf.value)}"[:80].strip()
        conflicts = (_conflict(leaf.path, other, cited),)
    return bare.model_copy(update={"evidence": evidence, "conflicts": conflicts})


def _conflict(path: str, value: str, cited: list[Citation]) -> Conflict:
    return Conflict(
        field=path, value=value, evidence=tuple(cited), resolution=Resolution.UNRESOLVED, rationale="None."
    )


def _fitted(model: type[Frozen], document: Document, pick: Pick) -> Document:
    """Let references lead to records, and no list hold an item twice."""
    for field in layout(model):
        if field.name not in document:
            continue
        value = document[field.name]
        if field.reference:
            scalar = field.shape is Shape.SCALAR
            document[field.name] = (
                pick(field.reference) if scalar else list(dict.fromkeys(pick(field.reference) for _ in value))
            )
        elif field.shape is Shape.SCALARS:
            document[field.name] = list({str(item): item for item in value}.values())
        elif field.shape is Shape.PART:
            document[field.name] = _fitted(field.type, value, pick)
        elif field.shape is Shape.PARTS:
            items = [_fitted(field.type, item, pick) for item in value]
            document[field.name] = list({_key(field.type, item, n): item for n, item in enumerate(items)}.values())
    return document


def _key(part: type[Frozen], item: Mapping[str, Any], number: int) -> tuple[str, ...]:
    return tuple(str(item[name]) for name in part.KEY) or (str(number),)


def _entry(seed: str) -> Document:
    return {
        "seed": seed, "passage": (0, 9), "quote": "Words", "digest": _DIGEST,
        "voice": "seed", "stance": "asserted", "basis": "explicit",
    }  # fmt: skip


@st.composite
def _entries(draw: st.DrawFn, seeds: Sequence[str], pick: Pick) -> Document:
    entry = _entry(draw(st.sampled_from(seeds)))
    entry["stance"] = draw(st.sampled_from(Stance))
    entry["basis"] = draw(st.sampled_from(Basis))
    entry["credibility"] = draw(st.integers(1, 6))
    if draw(st.booleans()):
        entry |= {"voice": "quoted", "speaker": pick("actor")}
    return entry


def _card(seed: str, outlet: str | None) -> SourceCard:
    return SourceCard.model_validate({
        "id": seed, "file": f"{seed}.txt", "sha256": _DIGEST, "bytes": 9, "code_points": 9, "language": "ar",
        "description": "A text.", "genre": "news_report", "publisher_reasoning": "None.", "published_reasoning": "None.",
        "outlet": outlet, "reliability": "F", "reliability_reasoning": "None.", "slant": "None.",
    })  # fmt: skip
