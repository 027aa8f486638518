"""Migration: from the form that a record had under an older schema to the one of today, as text or as parsed data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from defcoop.errors import DefcoopError
from defcoop.io.atomic_file import replacing
from defcoop.io.files import read_regular
from defcoop.io.migration_steps import STEPS
from defcoop.io.yaml_edits import Insert, Rename, edit_text, edited
from defcoop.io.yaml_reader import MAX_BYTES, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from defcoop.io.migration_steps import Document, MigrationRule, RuleOutcome, SchemaStep, Version
    from defcoop.io.record_files import RecordFile
    from defcoop.io.yaml_edits import Edit
    from defcoop.models.leaves import Pointer

_Content = TypeVar("_Content")

FIRST: Version = (0, 1)
"""The schema before any step."""


class MigrationError(DefcoopError):
    """A text that cannot be edited in place, so that it stays as it is."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person has to decide: the record, its field and the question."""

    record: str
    field: str
    question: str


@dataclass(frozen=True, slots=True)
class Migration(Generic[_Content]):
    """A record after its migration, what was changed in it, and what is left to decide."""

    content: _Content
    edits: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()


def migrate_document(type_name: str, document: Document, schema: Version = FIRST) -> Migration[Document]:
    """Migrate parsed data of a record; they are not changed, but given anew.

    Args:
        type_name: the name of its type.
        document: the data.
        schema: the version of the schema that they have; steps up to it are left out.

    >>> document = {"id": "dep-a-b", "period": "2019/2021-05", "status": "denied"}
    >>> migrate_document("deployment", document).content
    {'id': 'dep-a-b', 'start': '2019', 'end': '2021-05', 'status': 'unstated'}
    """
    outcomes, migrated = _run(type_name, document, schema)
    return _migration(migrated, document, outcomes)


def migrate_text(type_name: str, source: bytes) -> Migration[bytes]:
    """Migrate the file of a record; whatever is not changed stays byte for byte, comments and line ends too.

    Args:
        type_name: the name of its type.
        source: the bytes of the file.

    Raises:
        YamlError: if the file cannot be read.
        MigrationError: if it cannot be edited in place.
    """
    document = read(source)
    if not isinstance(document, dict):
        return Migration(source)
    outcomes, migrated = _run(type_name, document)
    text = source.decode()
    for outcome in outcomes:
        text = edit_text(text, outcome.edits)
    result = text.encode()
    if outcomes and read(result) != migrated:
        msg = f"{document.get('id')} is written in a way that cannot be edited in place; change it by hand"
        raise MigrationError(msg)
    return _migration(result, document, outcomes)


def migrate_file(file: RecordFile, *, write: bool = True) -> Migration[bytes]:
    """Migrate a record where it lies; a file that changes is replaced in one step.

    Args:
        file: the file.
        write: whether it is to be written.

    Raises:
        FileError: if it is no regular file of a bearable size.
        YamlError: if it cannot be read.
        MigrationError: if it cannot be edited in place.
        OSError: if it cannot be written; then it stays as it was.
    """
    migration = migrate_text(file.type, read_regular(file.path, MAX_BYTES))
    if migration.edits and write:
        with replacing(Path(file.path)) as part:
            part.write(migration.content)
    return migration


def is_older(schema: Version) -> bool:
    """Tell whether records of a version of the schema may need a migration.

    >>> is_older((0, 1)), is_older((0, 2))
    (True, False)
    """
    return any(schema < step.new for step in STEPS)


def schema_by_columns(has_column: Callable[[str, str], bool]) -> Version:
    """Give the version of the schema that a package has, by whether its tables have certain columns.

    >>> schema_by_columns(lambda table, column: False)
    (0, 1)
    """
    return max((step.new for step in STEPS if has_column(*step.sign)), default=FIRST)


def hints(type_name: str, document: object) -> Mapping[Pointer, str]:
    """Say of the places of a document that have an older form what to do, by pointer."""
    hint_by_pointer: dict[Pointer, str] = {}
    if not isinstance(document, dict):
        return hint_by_pointer
    for step, rule in _rules(type_name):
        for edit in rule.outcome(document).edits:
            if not isinstance(edit, Insert):
                new, version = edit.key if isinstance(edit, Rename) else edit.new, ".".join(map(str, step.new))
                hint = f"Schema {version} has {new} for it: `defcoop migrate` rewrites the file."
                hint_by_pointer.setdefault(edit.pointer, hint)  # of what is renamed and replaced, the new name
    return hint_by_pointer


def _run(type_name: str, document: Document, schema: Version = FIRST) -> tuple[list[RuleOutcome], Document]:
    """Apply one rule after the other; give what each came to, if it was anything, and the document after all."""
    outcomes = []
    for _, rule in _rules(type_name, schema):
        outcome = rule.outcome(document)
        if any(outcome):
            outcomes.append(outcome)
            document = edited(document, outcome.edits)
    return outcomes, document


def _rules(type_name: str, schema: Version = FIRST) -> Iterator[tuple[SchemaStep, MigrationRule]]:
    """Yield the rules for records of a type, those of the steps aside that a version of the schema has behind it."""
    steps = (step for step in STEPS if schema < step.new)
    return ((step, rule) for step in steps for rule in step.rules if type_name in rule.types)


def _migration(content: _Content, document: Document, outcomes: Sequence[RuleOutcome]) -> Migration[_Content]:
    record = str(document.get("id", ""))
    questions = [question for outcome in outcomes for question in outcome.questions]
    return Migration(
        content,
        tuple(edit for outcome in outcomes for edit in outcome.edits),
        tuple(Remark(record, field, question) for field, question in questions),
    )
