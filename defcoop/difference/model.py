"""A difference as data, which JSON holds without loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from inspect import getdoc
from typing import Any, Literal, cast

from pydantic import TypeAdapter

Bump = Literal["major", "minor", "patch"]

Step = Literal["add", "remove", "replace"]

Event = Literal["added", "removed", "withdrawn", "merged", "reinstated", "changed"]
"""What became of a document.

`removed` left no tombstone; `merged` is withdrawn and leads to another; `reinstated` is no longer withdrawn.
"""

SchemaEvent = Literal[
    "table removed",
    "column removed",
    "column changed",
    "column added",
    "columns reordered",
    "key changed",
    "term removed",
    "table added",
    "term added",
]


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from the old document to the new: an operation of JSON Patch (RFC 6902).

    `old`, which JSON Patch ignores, is what the step replaces or removes.
    """

    op: Step
    path: str
    value: Any = None
    old: Any = None


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage that supports a value: a row of `claims` without its columns on the value itself."""

    claim_id: str = field(compare=False)  # it hashes the value too
    seed: str
    start: int
    end: int
    quote: str
    digest: str
    voice: str
    speaker: str | None
    outlet: str | None
    stance: str
    basis: str
    reasoning: str | None
    credibility: int


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A coded value before and after, as the claims table writes it, each with the passages that support it.

    `old` or `new` is missing where there is no such value; both are the same if only the evidence changed.
    """

    path: str
    old: str | None
    new: str | None
    old_evidence: tuple[CitedPassage, ...] = ()
    new_evidence: tuple[CitedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherChange:
    """Something that needs no evidence, such as a summary or a note, before and after.

    Of a whole item of a list that came or went, what needs no evidence stands together: `lang en, kind official`.
    """

    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record or source card.

    `document` is the whole of an added one; `edits` lead from the old document to the new, and `values`, `others` and
    `rearranged` (fields whose content is the same, in another order or grouping) say the same for people. `rewritten`
    names the paths of those that no person changed: an old document has the form of an older schema, and
    `defcoop migrate` makes the new value of it.
    """

    table: str
    id: str
    event: Event
    name: str
    document: dict[str, Any] | None = None
    edits: tuple[Edit, ...] = ()
    values: tuple[ValueChange, ...] = ()
    others: tuple[OtherChange, ...] = ()
    rearranged: tuple[str, ...] = ()
    rewritten: tuple[str, ...] = ()

    @property
    def is_rewritten(self) -> bool:
        """Whether nothing else changed."""
        paths = {*(value.path for value in self.values), *(other.path for other in self.others)}
        return bool(paths) and paths == set(self.rewritten) and not self.rearranged

    def now(self, path: str) -> str | None:
        """Give what is new at a path that needs no evidence, such as `withdrawn.reason`."""
        return next((change.new for change in self.others if change.path == path), None)


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A change of the tables: of a whole one, of a column, or of a term that a column may hold."""

    event: SchemaEvent
    table: str
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two snapshots: its name, what it is, the version of its data, and whether it has its own tables.

    `unsound` names the documents that do not fit this library's models and were compared as they stand.
    """

    name: str
    kind: str
    version: str
    has_own_tables: bool
    unsound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one snapshot to another.

    `bump` is the step of the version that it calls for, and `reasons` say why, the weightiest first; `vanished` are
    ids of records that are gone without a tombstone, which no release may do.
    """

    old: Compared
    new: Compared
    bump: Bump | None
    reasons: tuple[str, ...]
    vanished: tuple[str, ...]
    changes: tuple[Change, ...]
    schema: tuple[SchemaChange, ...]
    format: Literal[1] = 1

    def to_json(self) -> dict[str, Any]:
        """Give the difference as a JSON object; docs/difference.schema.json says what stands where."""
        return cast("dict[str, Any]", _ADAPTER.dump_python(self, mode="json"))

    @classmethod
    def from_json(cls, data: object) -> Difference:
        """Take a difference back from its JSON object.

        Raises:
            ValueError: if it is none.
        """
        return _ADAPTER.validate_python(data)


_ADAPTER = TypeAdapter(Difference)


def json_schema() -> dict[str, Any]:
    """Describe the JSON object of a difference as a JSON Schema; docs/difference.schema.json holds it."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Output of defcoop diff --format json"}
    body = _ADAPTER.json_schema(mode="serialization")
    for name, definition in (("Difference", body), *body["$defs"].items()):
        definition["additionalProperties"] = False
        # Before 2.12 pydantic does not take over what a data class says of itself.
        definition["description"] = getdoc(globals()[name])
    return head | body | head  # the head first, over pydantic's own title
