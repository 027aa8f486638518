"""The envelope that every record has around its core fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, ValidationInfo, ValidatorFunctionWrapHandler, WrapValidator, model_validator
from pydantic_core import PydanticCustomError

from defcoop.models.certainty import Certainty, certainty
from defcoop.models.evidence import Citation, Evidence
from defcoop.models.ids import ActorId, AnyId, FrozenMapping, RecordId, SeedId
from defcoop.models.meaning import Counted, check_meaning
from defcoop.values import Amount, Frozen, Key, Offset, Term, Text, Unit, coded, uncoded

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


class NameKind(Term):
    """Where a name comes from."""

    OFFICIAL = "official", "The established form in its bearer's own or usual spelling; `scheme` says which."
    REPORTED = "reported", "The form that a seed text uses; needs evidence.", True
    ALIAS = "alias", "Another form or a metonym that a seed text uses; needs evidence.", True
    EDITORIAL = "editorial", "Given by defcoop, where no established form is known."

    attested: bool

    def __init__(self, _value: str, _definition: str, attested: bool = False) -> None:  # noqa: FBT001, FBT002 - a term's
        """Keep whether a name of this kind is read from a text and so needs evidence."""
        self.attested = attested


class Scheme(Term, is_open=True):
    """By which rules a name came into its script."""

    OWN = "own", "The bearer's own spelling in a language written in this script."
    PRESS = "press", "The spelling usual in the international press."
    SIMPLIFIED = "simplified", "Letter by letter after ALA-LC without its diacritics, by the coder."
    TRANSLATION = "translation", "The meaning put into the language, not the sound."


class Name(Frozen):
    """A name of the thing that the record is about."""

    KEY: ClassVar[tuple[str, ...]] = ("text",)

    text: Annotated[Key, coded("The name.")]
    lang: Annotated[str, uncoded("Its language.", source="BCP 47", pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
    kind: Annotated[NameKind, uncoded("Where the name comes from.")]
    scheme: Annotated[Scheme | None, uncoded("By which rules it came into its script.")] = None

    @property
    def needs_evidence(self) -> bool:
        """Whether the name is read from a text."""
        return self.kind.attested


class AbsenceReason(Term):
    """Why a field has no value."""

    UNKNOWN = "unknown", "Looked for in the texts, which speak of it without telling it."
    NOT_REPORTED = "not_reported", "Looked for in the texts, which do not speak of it."
    NOT_APPLICABLE = "not_applicable", "The field does not apply to this record."
    OUTSIDE_COVERAGE = "outside_coverage", "Not looked for: it lies outside what defcoop covers."


class Resolution(Term):
    """What became of a contradiction."""

    PREFERRED = "preferred", "The record keeps its own value for a reason; this one is set aside."
    UNRESOLVED = "unresolved", "Nothing in the texts decides between the values."
    SUPERSEDED = "superseded", "This value was true or told earlier and has been replaced."


class Conflict(Frozen):
    """A value that contradicts the record's own, kept with its evidence."""

    field: Annotated[Text, uncoded("Path of the field that the value contradicts.")]
    value: Annotated[Text, uncoded("The contradicting value as it would be coded, as text; quote a number.")]
    evidence: Annotated[tuple[Citation, ...], uncoded("Where it is told.", min_length=1)]
    resolution: Annotated[Resolution, uncoded("What became of the contradiction.")]
    rationale: Annotated[Text, uncoded("Why.")]

    @property
    def text(self) -> str:
        """The contradicting value, as text."""
        return self.value


class Alternative(Frozen):
    """Another reading of a passage: another value, another record to which it belongs, or another speaker."""

    field: Annotated[Text, uncoded("Path of the field that the passage carries in the reading coded.")]
    value: Annotated[Text | None, uncoded("What the field would hold, as text; quote a number.")] = None
    record: Annotated[AnyId | None, uncoded("The record to which the value would belong instead.")] = None
    speaker: Annotated[ActorId | None, uncoded("Who would speak instead.", role=None)] = None
    evidence: Annotated[tuple[Citation, ...], uncoded("The passages that allow it.", min_length=1)]
    rationale: Annotated[Text, uncoded("Why the words allow it, and why the reading coded comes first.")]

    @property
    def text(self) -> str:
        """What it puts in the place of what is coded, as text."""
        return self.value or self.record or self.speaker or ""

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if sum(other is not None for other in (self.value, self.record, self.speaker)) != 1:
            kind, reason = "alternative", "says one of value, record and speaker"
            raise PydanticCustomError(kind, reason)
        return self


class RelativeDate(Frozen):
    """A date that is told from another one, such as "last March" of a text, and follows when that is known better."""

    KEY: ClassVar[tuple[str, ...]] = ("field",)

    field: Annotated[Key, uncoded("The field that holds the date.")]
    seed: Annotated[SeedId | None, uncoded("The text from whose date it is counted.")] = None
    record: Annotated[AnyId | None, uncoded("The record from whose date it is counted.")] = None
    record_field: Annotated[Key | None, uncoded("The field of that record.")] = None
    offset: Annotated[
        Offset,
        uncoded("How far: `last-03`, `next-12`, `last-year`, `this-year`, `next-year`, or a duration such as `P-3M`."),
    ]

    @property
    def anchor(self) -> tuple[str, str]:
        """The id of the source card or record from whose date it is counted, and the field of that date."""
        return (self.seed, "published") if self.seed else (self.record or "", self.record_field or "")

    @model_validator(mode="after")
    def _has_one_anchor(self) -> Self:
        if (self.seed is None) == (self.record is None) or (self.record is None) != (self.record_field is None):
            kind, reason = "relative_date", "is counted from a seed, or from a record and one of its fields"
            raise PydanticCustomError(kind, reason)
        return self


class PossibleDuplicate(Frozen):
    """Another record that may be about the same thing."""

    KEY: ClassVar[tuple[str, ...]] = ("record",)

    record: Annotated[AnyId, uncoded("The other record.")]
    reason: Annotated[Text, uncoded("What speaks for it and what is missing.")]


class Figure(Amount):
    """A number that is told of the thing and that no other field holds."""

    KEY: ClassVar[tuple[str, ...]] = ("what",)

    what: Annotated[Key, coded("What the number counts, in English.")]
    unit: Annotated[Unit, coded("What is counted.")]


class Acceptance(Frozen):
    """A warning about the record that was looked at and found to be in order."""

    KEY: ClassVar[tuple[str, ...]] = ("code",)

    code: Annotated[str, uncoded("The warning's code.", pattern=r"^DC[0-9]{3}$")]
    reason: Annotated[Text, uncoded("Why the record is right all the same.")]


class Withdrawn(Frozen):
    """The tombstone of a record that no longer stands."""

    reason: Annotated[Text, uncoded("Why it was withdrawn.")]
    since: Annotated[str, uncoded("The data version since which it is withdrawn.", pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    replaced_by: Annotated[AnyId | None, uncoded("The record that stands in its place.")] = None


def _evidence(value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> object:
    """Let reference data have none, where the context of the validation says of which records that holds."""
    is_reference = not value and info.context is not None and info.data.get("id") in info.context.reference_ids
    return () if is_reference else handler(value)


class Record(Frozen):
    """The envelope: identity, names, summary, evidence, and what is missing, contradicted or withdrawn."""

    SCHEMA_ORG: ClassVar[str] = "Thing"
    """The class of the type's records in schema.org."""

    FTM: ClassVar[str] = "Event"
    """The schema of the type's records in FollowTheMoney."""

    IS_ACT: ClassVar[bool] = True
    """Whether it is something that actors do, which timelines show."""

    IS_JOINT: ClassVar[bool] = False
    """Whether it takes at least two who do it."""

    PEOPLE_TAKE_PART: ClassVar[bool] = False
    """Whether its sides may be persons and media."""

    COUNTED: ClassVar[tuple[Counted, ...]] = ()
    """What panels count of it; if nothing is said, records by their first date."""

    id: Annotated[RecordId, uncoded("The record's id, equal to its file's stem and never reused.")]
    names: Annotated[tuple[Name, ...], uncoded("Its names.", item="name", min_length=1)]
    summary: Annotated[Text, uncoded("What the record is about, in defcoop's own words, in English.")]
    evidence: Annotated[
        tuple[Evidence, ...],
        uncoded("What carries its values.", min_length=1),
        WrapValidator(_evidence),
    ]
    absent: Annotated[
        Mapping[str, AbsenceReason],
        AfterValidator(FrozenMapping),
        uncoded("Fields without a value, with the reason."),
    ] = FrozenMapping()
    figures: Annotated[tuple[Figure, ...], uncoded("Numbers that no other field holds.")] = ()
    conflicts: Annotated[tuple[Conflict, ...], uncoded("Values that contradict the record's own.")] = ()
    alternatives: Annotated[tuple[Alternative, ...], uncoded("Other readings that the passages allow.")] = ()
    relative_dates: Annotated[tuple[RelativeDate, ...], uncoded("Dates that are told from another date.")] = ()
    possibly_same_as: Annotated[
        tuple[PossibleDuplicate, ...], uncoded("Records that may be about the same thing.")
    ] = ()
    accept: Annotated[tuple[Acceptance, ...], uncoded("Warnings that were looked at and stand.")] = ()
    note: Annotated[Text | None, uncoded("A remark of the coder's; background knowledge is marked as such.")] = None
    withdrawn: Annotated[Withdrawn | None, uncoded("Set when the record no longer stands.", acyclic=True)] = None

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:  # noqa: ANN401 - pydantic's signature
        """Refuse a type that does not say what it means."""
        check_meaning(cls)

    def __hash__(self) -> int:
        """Hash by id: within a dataset an id names one record."""
        return hash(self.id)

    @property
    def is_reference(self) -> bool:
        """Whether it is reference data that the library brings, which was not read from a text."""
        return not self.evidence

    @property
    def set_beside(self) -> Iterator[tuple[tuple[str, int], Conflict | Alternative]]:
        """What stands beside its values, conflicts and other readings, each with its place."""
        for number, conflict in enumerate(self.conflicts):
            yield ("conflicts", number), conflict
        for number, reading in enumerate(self.alternatives):
            yield ("alternatives", number), reading

    @property
    def certainty(self) -> Certainty | None:
        """How firmly the evidence stands to what the record tells; None if its type has no status and no number."""
        return certainty(self)

    def _repr_html_(self) -> str:
        """Show the values with links to their evidence, for notebooks."""
        from defcoop.models.record_html import record_html  # noqa: PLC0415 - only notebooks ask for it

        return record_html(self)

    @property
    def name(self) -> str:
        """The first name in Latin letters, else the first name."""
        return next((name.text for name in self.names if _LATIN.search(name.text)), self.names[0].text)
