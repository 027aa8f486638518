"""What each version of the schema changed in the form of records: rules, and the table of steps that they make up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from defcoop.io.yaml_edits import Edit, Insert, Rename, Replace
from defcoop.models.leaves import dotted
from defcoop.values import Edtf
from defcoop.values.edtf import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.models.leaves import Pointer
    from defcoop.values.edtf import DateRange

Document = dict[str, Any]
Version = tuple[int, int]
"""Major and minor of a version of the schema."""


class RuleOutcome(NamedTuple):
    """What a rule makes of a document: edits, and questions by field."""

    edits: Sequence[Edit] = ()
    questions: Sequence[tuple[str, str]] = ()


class MigrationRule(Protocol):
    """One thing that a schema changed, for records of some types."""

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the types."""

    def outcome(self, document: Document) -> RuleOutcome:
        """Say what is to be done to a document of one of the types; of what is in order, nothing."""


@dataclass(frozen=True, slots=True)
class TermReplaced:
    """A term of a field has another name, or is gone and leaves a question."""

    types: tuple[str, ...]
    field: str
    old: str
    new: str
    question: str = ""

    def outcome(self, document: Document) -> RuleOutcome:
        """Replace it in the field and in conflicts about the field."""
        edits: list[Edit] = []
        if document.get(self.field) == self.old:
            edits.append(Replace((self.field,), self.old, self.new))
        for pointer, conflict in _items(document, "conflicts"):
            if conflict.get("field") == self.field and conflict.get("value") == self.old:
                edits.append(Replace((*pointer, "value"), self.old, self.new))
        return RuleOutcome(edits, [_question(edit.pointer, self.question) for edit in edits if self.question])


@dataclass(frozen=True, slots=True)
class PeriodSplit:
    """A date of a span becomes one of its start and one of its end."""

    types: tuple[str, ...]
    old: str
    start: str
    end: str

    def outcome(self, document: Document) -> RuleOutcome:
        """Split or rename it wherever it is named: as field and in absences, supports and conflicts."""
        reasons = _reasons(document) or {}
        new = {self.start, self.end} & (document.keys() | reasons.keys())
        if new and (self.old in document or self.old in reasons):
            question = f"stands beside {' and '.join(sorted(new))}; keep the right one"
            return RuleOutcome((), [(self.old, question)])
        edits, questions, names = self._split(document)
        if self.old in reasons:
            edits.append(Rename(("absent", self.old), self.start))
        for pointer, entry in _items(document, "evidence"):
            edits += _in_supports((*pointer, "supports"), entry.get("supports"), self.old, names)
        for pointer, conflict in _items(document, "conflicts"):
            if conflict.get("field") == self.old:
                edits.append(Replace((*pointer, "field"), self.old, names[0]))
                if _interval(conflict.get("value")):
                    questions.append(_question((*pointer, "value"), f"split it into {self.start} and {self.end}"))
        return RuleOutcome(edits, questions)

    def _split(self, document: Document) -> tuple[list[Edit], list[tuple[str, str]], tuple[str, ...]]:
        """Give edits and questions of the field itself, and the names of what it becomes."""
        value, place = document.get(self.old), (self.old,)
        if self.old not in document:
            return [], [], (self.start,)
        span = _interval(value)
        if span is None:
            return [Rename(place, self.start)], [], (self.start,)
        if span.first is None:
            question = f"{self.old} was {value}, which has no start; say why, or code it"
            reason = () if self.old in (_reasons(document) or {}) else _reason(document, self.start, "unknown")
            edits = [Rename(place, self.end), Replace(place, str(value), span.end), *reason]
            return edits, [(self.start, question)], (self.end,)
        edits = [Rename(place, self.start), Replace(place, str(value), span.start)]
        if span.last is None:
            question = f"{self.old} was {value}, which has no end; if it is told to go on at a time, code that as as_of"
            return edits, [(self.start, question)], (self.start,)
        return [*edits, Insert((self.end,), span.last, self.old)], [], (self.start, self.end)


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """A field asks for a value or a reason now."""

    types: tuple[str, ...]
    field: str
    reason: str
    question: str

    def outcome(self, document: Document) -> RuleOutcome:
        """Give a reason where there is neither."""
        reasons = _reasons(document)
        if document.get(self.field) or reasons is None or self.field in reasons:
            return RuleOutcome()
        return RuleOutcome(_reason(document, self.field, self.reason), [(self.field, self.question)])


@dataclass(frozen=True, slots=True)
class SchemaStep:
    """The step from one version of the schema to the next that changed records.

    `sign` is a table and a column that packages have since then.
    """

    new: Version
    sign: tuple[str, str]
    rules: tuple[MigrationRule, ...]


_STAGED = ("agreement", "deployment", "exercise", "engagement", "facility")
_WHICH_STAGE = "was {}; which stage do the texts tell? That it is {} follows from the stances of its evidence now"

STEPS = (
    SchemaStep(
        (0, 2),
        ("records", "certainty"),
        (
            TermReplaced(("agreement",), "status", "agreed_to_sign", "agreed"),
            *(
                TermReplaced(_STAGED, "status", term, "unstated", _WHICH_STAGE.format(term, term))
                for term in ("alleged", "denied")
            ),
            PeriodSplit(("deployment",), "period", "start", "end"),
            ReasonAsked(
                ("agreement",),
                "scope",
                "outside_coverage",
                "which fields of defence cooperation does it cover, or why is none coded?",
            ),
        ),
    ),
)
"""What each version of the schema changed in records, the oldest first."""


def _items(document: Document, field: str) -> Iterator[tuple[Pointer, Document]]:
    """Yield the parts in a list, whatever else is in it."""
    items = document.get(field)
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield (field, position), item


def _in_supports(place: Pointer, paths: object, old: str, names: Sequence[str]) -> Iterator[Edit]:
    for position, path in enumerate(paths if isinstance(paths, list) else ()):
        if path == old:
            yield Replace((*place, position), old, names[0])
            yield from (Insert((*place, position + 1), name, position) for name in names[1:])


def _reason(document: Document, field: str, reason: str) -> list[Edit]:
    """Put a reason into `absent`, which need not be there."""
    reasons = _reasons(document)
    if reasons is None:
        return []
    if "absent" in document:
        return [Insert(("absent", field), reason, next(reversed(reasons), None))]
    last = "status" if "status" in document else next(reversed(document), None)
    return [Insert(("absent",), {field: reason}, last)]


def _reasons(document: Document) -> Document | None:
    """Give the absences, which need not be there; none if they are no mapping, so that nothing can be added."""
    absent = document.get("absent", {})
    return absent if isinstance(absent, dict) else None


def _question(pointer: Pointer, question: str) -> tuple[str, str]:
    return dotted(pointer), question


def _interval(value: object) -> DateRange | None:
    """Read a date that has a start and an end."""
    try:
        date = ranges(Edtf(value))[0] if isinstance(value, str) else None
    except ValueError:
        return None
    return date if date and date.sign == "/" else None
