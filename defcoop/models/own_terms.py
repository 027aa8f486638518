"""A dataset's own terms: what it adds to the open vocabularies of the library and of its plugins."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from pydantic import TypeAdapter

from defcoop.models.ids import FrozenMapping
from defcoop.values import Frozen, Label, Phase, Status, Term, Text, uncoded

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from defcoop.models.leaves import Pointer

VOCABULARY = "vocabulary"
"""The name of the schema of files with own terms, beside those of record types."""

TERM_PATTERN = r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$"
VOCABULARY_PATTERN = r"^[A-Z][A-Za-z0-9]*$"


class OwnTerm(Frozen):
    """A term that a dataset adds to a vocabulary."""

    KEY: ClassVar[tuple[str, ...]] = ("term",)

    term: Annotated[str, uncoded("The term, in small letters joined by _.", pattern=TERM_PATTERN, max_length=60)]
    definition: Annotated[Text, uncoded("What it means, in a sentence.")]
    source: Annotated[Label | None, uncoded("Where it comes from: a dataset, a standard or a manual.")] = None
    broader: Annotated[
        str | None,
        uncoded(
            "The term of the same vocabulary that it comes under, by which it is taken where only that is known.",
            source="SKOS broader",
            pattern=TERM_PATTERN,
        ),
    ] = None
    stage: Annotated[
        Phase | None, uncoded("Of a status: how far it says that something has come; by default as its broader term.")
    ] = None


class OwnVocabulary(Frozen):
    """What a dataset adds to one vocabulary; a file named under `vocabularies` in `dataset.yaml` holds it."""

    KEY: ClassVar[tuple[str, ...]] = ("vocabulary",)

    vocabulary: Annotated[
        str, uncoded("The name of the vocabulary, as in the codebook, such as Mission.", pattern=VOCABULARY_PATTERN)
    ]
    terms: Annotated[tuple[OwnTerm, ...], uncoded("The terms that it adds.", min_length=1)]


_NONE: Any = FrozenMapping()
_RENAME = "Take it out, or give it another name."


class ReadingContext(NamedTuple):
    """What the validation of a record may know beyond it: the dataset's terms, and which records may lack evidence."""

    terms: Mapping[type[Term], Mapping[str, Term]] = _NONE
    reference_ids: Container[str] = ()


class _AnyTerms(dict[Any, Any]):
    """Terms of any text, where it does not matter which of them a dataset has."""

    def __init__(self, vocabulary: type[Term] | None = None) -> None:
        self._vocabulary = vocabulary

    def get(self, key: Any, _default: object = None) -> Any:  # noqa: ANN401 - as of a dict
        return self._vocabulary.own(key, "") if self._vocabulary else _AnyTerms(key)


ANY_TERM = ReadingContext(_AnyTerms())
"""The context in which records of datasets are read whose terms are not known: comparing and merging keep them."""


class TermProblem(NamedTuple):
    """What does not fit in an own vocabulary.

    Attributes:
        pointer: where: the number of the vocabulary, then the way inside it.
        message: what is wrong.
        value: the word at fault, if another was meant.
        allowed: the words of which one may have been meant.
        hint: what to do, if it is not to take one of these.
    """

    pointer: Pointer
    message: str
    value: str = ""
    allowed: tuple[str, ...] = ()
    hint: str = ""


class OwnTerms(NamedTuple):
    """The terms that a dataset adds, by vocabulary and text, and what does not fit."""

    by_vocabulary: Mapping[type[Term], Mapping[str, Term]] = _NONE
    problems: tuple[TermProblem, ...] = ()

    def context(self, reference_ids: Container[str] = ()) -> ReadingContext:
        """Give the context in which records are read that use them; those of some ids may be without evidence."""
        return ReadingContext(self.by_vocabulary, reference_ids)

    def all_of(self, vocabulary: type[Term]) -> tuple[Term, ...]:
        """Give all terms of a vocabulary, the library's first."""
        return (*vocabulary, *self.by_vocabulary.get(vocabulary, {}).values())


NO_TERMS = OwnTerms()
"""Those of a dataset that adds none."""


@cache
def vocabularies() -> Mapping[str, type[Term]]:
    """Give the vocabularies of records and source cards by name, those that are open and those that are not."""
    from defcoop.models.field_layout import Shape, layout  # noqa: PLC0415 - the card of a dataset needs no records
    from defcoop.models.registry import TYPES  # noqa: PLC0415 - as above
    from defcoop.models.source_card import SourceCard  # noqa: PLC0415 - as above

    named: dict[str, type[Term]] = {}
    waiting: list[type[Frozen]] = [*(kind.model for kind in TYPES), SourceCard]
    for model in waiting:  # which grows on the way
        for field in layout(model):
            if field.shape in {Shape.PART, Shape.PARTS}:
                if field.type not in waiting:
                    waiting.append(field.type)
            elif issubclass(field.type, Term):
                named[field.type.__name__] = field.type
    return named


def is_open(vocabulary: type[Term]) -> bool:
    """Tell whether a dataset may add terms to a vocabulary."""
    return getattr(vocabulary, "is_open", False)


def resolve(own: Sequence[OwnVocabulary]) -> OwnTerms:
    """Make terms of what a dataset adds; what does not fit is left out and stands in the problems."""
    made: dict[type[Term], dict[str, Term]] = {}
    problems: list[TermProblem] = []
    for number, added in enumerate(own):
        vocabulary = vocabularies().get(added.vocabulary)
        if vocabulary is None or not is_open(vocabulary):
            open_ones = tuple(sorted(name for name, each in vocabularies().items() if is_open(each)))
            what = "is no vocabulary" if vocabulary is None else "takes no terms of a dataset's own"
            message = f"{added.vocabulary} {what}"
            problems.append(TermProblem((number, "vocabulary"), message, added.vocabulary, open_ones))
            continue
        problems += [
            problem._replace(pointer=(number, "terms", *problem.pointer))
            for problem in _add(added.terms, vocabulary, made.setdefault(vocabulary, {}))
        ]
    return OwnTerms(made, tuple(problems)) if own else NO_TERMS


def as_json(own: Sequence[OwnVocabulary]) -> str:
    """Write what a dataset adds to vocabularies as JSON."""
    return _adapter().dump_json(tuple(own), exclude_defaults=True).decode()


def from_json(source: str) -> OwnTerms:
    """Read what a dataset adds to vocabularies from such JSON."""
    return resolve(_adapter().validate_json(source))


@cache
def _adapter() -> TypeAdapter[tuple[OwnVocabulary, ...]]:
    return TypeAdapter(tuple[OwnVocabulary, ...])


def _add(added: Sequence[OwnTerm], vocabulary: type[Term], made: dict[str, Term]) -> Iterator[TermProblem]:
    """Make the terms of a vocabulary, broader ones first, and yield what does not fit."""
    known: dict[str, Term] = {term.value: term for term in vocabulary} | made
    waiting: dict[int, OwnTerm] = {}
    for place, own in enumerate(added):
        if own.term in known:
            yield TermProblem((place, "term"), f"{own.term} is a term of {vocabulary.__name__} already", hint=_RENAME)
        elif any(own.term == other.term for other in waiting.values()):
            yield TermProblem((place, "term"), f"{own.term} is there twice", hint=_RENAME)
        else:
            waiting[place] = own
    while ready := [place for place, own in waiting.items() if own.broader is None or own.broader in known]:
        for place in ready:
            own = waiting.pop(place)
            broader = known[own.broader] if own.broader else None
            if problem := _misfit(own, broader, vocabulary):
                yield problem._replace(pointer=(place, *problem.pointer))
            known[own.term] = made[own.term] = _made(own, broader, vocabulary)  # for others may come under it
    yield from _without_end(waiting, known, vocabulary)


def _without_end(
    waiting: Mapping[int, OwnTerm], known: Mapping[str, Term], vocabulary: type[Term]
) -> Iterator[TermProblem]:
    """Yield the terms that come under none that is known; of those that come under each other, the first."""
    names = {own.term for own in waiting.values()}
    lost = {place: own for place, own in waiting.items() if own.broader not in names}
    for place, own in lost.items():
        message = f"{own.broader} is no term of {vocabulary.__name__}"
        yield TermProblem((place, "broader"), message, own.broader or "", tuple(known))
    if waiting and not lost:
        place, own = next(iter(waiting.items()))
        hint = "Name a term that does not come under this one."
        yield TermProblem((place, "broader"), f"{own.term} comes under itself", hint=hint)


def _misfit(own: OwnTerm, broader: Term | None, vocabulary: type[Term]) -> TermProblem | None:
    """Say what a term lacks that the others of its vocabulary say, or says that they do not."""
    is_status = issubclass(vocabulary, Status)
    if own.stage and not is_status:
        return TermProblem(("stage",), "only a status has a stage", hint="Take it out.")
    if broader or (is_status and own.stage) or not _traits(next(iter(vocabulary))):
        return None
    if is_status:
        return TermProblem(("term",), f"{own.term} has no stage", hint=f"Add stage, one of: {', '.join(Phase)}.")
    hint = f"Add broader, one of: {', '.join(vocabulary)}."
    return TermProblem(("term",), f"{own.term} has no broader term, which {vocabulary.__name__} asks for", hint=hint)


def _made(own: OwnTerm, broader: Term | None, vocabulary: type[Term]) -> Term:
    # What says too little says what the first term does: it has its finding, and nothing else may come of it.
    traits = _traits(broader or next(iter(vocabulary))) | ({"broader": broader} if broader else {})
    if own.stage and issubclass(vocabulary, Status):
        traits["phase"] = own.stage
    return vocabulary.own(own.term, f"{own.definition} ({own.source})" if own.source else own.definition, **traits)


def _traits(term: Term) -> dict[str, Any]:
    """Give what a term says beside its text and its definition."""
    return {name: value for name, value in vars(term).items() if not name.startswith("_") and name != "definition"}
