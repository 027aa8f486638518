"""Summarising: taking from a record or source card the little that other files may ask of it."""

from __future__ import annotations

from functools import cache, lru_cache
from sys import intern
from typing import TYPE_CHECKING

from defcoop.models import SourceCard
from defcoop.models.actor import Actor, ActorKind
from defcoop.models.evidence import Basis
from defcoop.models.field_layout import FieldLayout, Shape, is_empty, layout
from defcoop.models.leaves import coded_fields, field_of, leaves, without_items
from defcoop.models.meaning import identifying, side_ids
from defcoop.models.record import NameKind
from defcoop.models.references import references, targets
from defcoop.models.registry import type_of
from defcoop.validation.sentences import sentences
from defcoop.validation.summary import RecordSummary
from defcoop.values import Edtf, Term, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Citation, Record
    from defcoop.validation.issues import Sources
    from defcoop.values import Frozen

_ACTOR, _EXPLICIT = "actor", Basis.EXPLICIT
_folded = lru_cache(maxsize=256)(fold)


def summarise(model: Record | SourceCard, sources: Sources) -> RecordSummary:
    """Give the summary of a sound record or source card."""
    linked: set[tuple[str, str]] = set()
    targets(model, linked)
    # Many files name the same few others: one text in memory serves them all.
    links = tuple([(intern(target), wanted) for target, wanted in sorted(linked)])
    if isinstance(model, SourceCard):
        return RecordSummary(
            links,
            citations=((model.id, len(model.dismissed)),),
            text=model.id in sources.texts,
            passages=tuple([(intern(model.id), *dismissed.passage) for dismissed in model.dismissed]),
            sentences=tuple(sentences(sources.texts.get(model.id, ""))),
            dated=(("published", str(model.published)),) if model.published else (),
        )
    cited: list[Citation] = [*model.evidence, *(entry for _, other in model.set_beside for entry in other.evidence)]
    seeds: dict[str, int] = {}
    for entry in cited:
        seeds[entry.seed] = seeds.get(entry.seed, 0) + 1
    voices = {(intern(who), intern(entry.seed)) for entry in cited if (who := entry.speaker or entry.outlet)}
    dates = {field.name: day for field in _dated(type(model)) if (day := getattr(model, field.attribute))}
    is_actor = type_of(model).name == "actor"
    stands = model.withdrawn is None
    return RecordSummary(
        links=links,
        ranks=tuple(_ranks(model)),
        twins=tuple([intern(twin.record) for twin in model.possibly_same_as]),
        citations=tuple([(intern(seed), count) for seed, count in seeds.items()]),
        withdrawn=not stands,
        accepts=tuple([intern(accepted.code) for accepted in model.accept]),
        dated=tuple([(name, str(day)) for name, day in dates.items()]),
        counted=tuple([(told.field, *told.anchor, told.offset) for told in model.relative_dates]),
        names=tuple(sorted({_folded(name.text) for name in model.names})) if is_actor and stands else (),
        called=called(model) if isinstance(model, Actor) else (),
        sides=tuple(sorted(set(map(intern, side_ids(model))))),
        what=intern(" ".join([_known(getattr(model, name)) for name in identifying(type(model))])),
        dates=tuple(
            [
                (name, str(day.earliest), str(day.latest))
                for name, day in dates.items()
                if stands and day.date_prec is not None
            ]
        ),
        passages=tuple(sorted({(intern(entry.seed), *entry.passage) for entry in cited})),
        voices=tuple(sorted(voices)),
        named=tuple(_named(model, sources)),
    )


def _known(value: object) -> str:
    """Write what a record is; of a dataset's own term, the broader one that checks know."""
    return str((value.known if isinstance(value, Term) else None) or value or "")


def called(actor: Actor) -> tuple[str, ...]:
    """Give the names by which a text names an actor; a state has aliases that name its capital."""
    is_state = actor.kind.known is ActorKind.STATE
    return tuple([_folded(name.text) for name in actor.names if not (is_state and name.kind is NameKind.ALIAS)])


def _named(record: Record, sources: Sources) -> Iterator[tuple[str, str, str]]:
    """Yield the actors that explicit entries name, each with the path of the value and the passage."""
    naming = _naming(type(record)) if sources.texts else frozenset()
    coded = [leaf for leaf in leaves(record, _fields_of(naming)) if without_items(leaf.path) in naming]
    for entry in record.evidence if coded else ():
        supports = frozenset(entry.supports)
        if entry.basis is _EXPLICIT and (text := sources.texts.get(entry.seed)):
            supported = [leaf for leaf in coded if not supports.isdisjoint(leaf.steps)]
            passage = text[slice(*entry.passage)] if supported else ""
            if entry.quote in passage:  # else that is the mistake
                passage = intern(passage)
                yield from ((leaf.path, intern(leaf.value), passage) for leaf in supported)


@cache
def _fields_of(paths: frozenset[str]) -> frozenset[str]:
    return frozenset(map(field_of, paths))


@cache
def _naming(model: type[Frozen]) -> frozenset[str]:
    """Give the paths, without the names of items, of coded values that name an actor."""
    paths: set[str] = set()
    for field in coded_fields(model):
        if field.shape in {Shape.PART, Shape.PARTS}:
            part: type[Frozen] = field.type
            paths |= {f"{field.name}.{path}" for path in _naming(part)}
        elif field.reference == _ACTOR:
            paths.add(field.name)
    return frozenset(paths)


def _ranks(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the links to the own type: parents, and the relations between agreements."""
    for field in _acyclic(type(record)):
        value = getattr(record, field.attribute)
        if is_empty(value):
            continue
        if field.shape is Shape.SCALAR:
            yield field.name, intern(value)
        else:
            parts = value if field.shape is Shape.PARTS else (value,)
            yield from ((field.name, intern(link.target)) for part in parts for link in references(part))


@cache
def _acyclic(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if field.acyclic)


@cache
def _dated(model: type[Record]) -> tuple[FieldLayout, ...]:
    return tuple(field for field in layout(model) if field.type is Edtf)
