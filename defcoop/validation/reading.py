"""Reading one file: bytes to YAML to a typed record, or issues."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from defcoop.io.files import FileError, read_regular
from defcoop.io.migration import hints
from defcoop.io.yaml_reader import MAX_BYTES, Position, Positions, YamlError, read
from defcoop.models import SourceCard
from defcoop.models.leaves import dotted
from defcoop.models.registry import BY_NAME, SEED, TYPES
from defcoop.validation.findings import Finding
from defcoop.validation.installed import code_of
from defcoop.validation.issues import Issue
from defcoop.validation.record_checks.structure import issues_of
from defcoop.values import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.io.record_files import RecordFile
    from defcoop.models import Record
    from defcoop.models.leaves import Pointer
    from defcoop.models.own_terms import OwnTerms


_Model_co = TypeVar("_Model_co", bound=Frozen, covariant=True)


class Read(NamedTuple, Generic[_Model_co]):
    """A file that was read: its model if it is sound, else its findings.

    A broken record keeps its place: `file.stem` is still an id to which others may refer. `otherwise` says where texts
    stand that other YAML readers take for something else.
    """

    file: RecordFile
    source: bytes
    model: _Model_co | None
    findings: tuple[Finding, ...] = ()
    otherwise: tuple[Position, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of its bytes; of a file that cannot be read there is none."""
        return hashlib.sha256(self.source).hexdigest() if self.source else ""


def read_record_file(file: RecordFile, own: OwnTerms | None = None) -> Read[Record | SourceCard]:
    """Read one file of the tree, which may use the dataset's own terms."""
    if file.type == SEED:
        return read_as(file, SourceCard, own=own)
    kind = BY_NAME[file.type]
    return read_as(file, kind.model, f"{kind.prefix}-", own)


def read_as(file: RecordFile, model: type[_Model_co], prefix: str = "", own: OwnTerms | None = None) -> Read[_Model_co]:
    """Read one file that should hold what a model describes, under an id with a prefix."""
    try:
        source = read_regular(file.path, MAX_BYTES)
    except FileError as error:
        return Read(file, b"", None, (_finding(file, "DC001", f"the file {error}", Position(1, 1)),))
    otherwise: list[Position] = []
    try:
        data = read(source, otherwise=otherwise)
    except YamlError as error:
        position = Position(error.line, error.column)
        return Read(file, source, None, (_finding(file, error.code, error.message, position, error.hint),))
    if not file.stem.startswith(prefix):
        return Read(file, source, None, (_misplaced(file, source),))
    try:
        sound = model.__pydantic_validator__.validate_python(data, context=own and own.context())
        return Read(file, source, sound, (), tuple(otherwise))
    except ValidationError as error:
        return Read(file, source, None, tuple(place(file, issues_of(error, data, model, own))))


def place(file: RecordFile, issues: Iterable[Issue]) -> list[Finding]:
    """Turn issues of a file into findings at line and column, in the order of their places.

    Positions are not kept while reading, so that a sound file costs nothing for them: the file is read again.
    """
    issues = list(issues)
    if not issues:
        return []
    positions = Positions({(): Position(1, 1)}, {})
    older: Mapping[Pointer, str] = {}
    # The file may have changed or gone since; then its findings stand at its head.
    with suppress(FileError, YamlError):
        older = hints(file.type, read(read_regular(file.path, MAX_BYTES), positions))
    findings = []
    for code, pointer, message, hint, at_key in issues:
        where = f"{dotted(pointer)}: " if pointer else ""
        position = _position(pointer, positions, at_key=at_key)
        findings.append(_finding(file, code, where + message, position, older.get(pointer, hint), pointer))
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def otherwise_read(read_file: Read[Frozen]) -> list[Issue]:
    """Name the texts of a sound file that other YAML readers take for a truth value or a date."""
    if not read_file.otherwise:
        return []
    positions = Positions({}, {})
    data = read(read_file.source, positions)
    pointers = [pointer for pointer, position in positions.values.items() if position in read_file.otherwise]
    texts = {pointer: str(value_at(data, pointer)) for pointer in pointers}
    taken = {pointer: "a date" if text[:1].isdigit() else "true or false" for pointer, text in texts.items()}
    return [
        Issue("DC015", pointer, f"{text} is {taken[pointer]} to other YAML readers", f'Write "{text}", in quotes.')
        for pointer, text in texts.items()
    ]


def value_at(data: Any, pointer: Pointer) -> Any:  # noqa: ANN401 - a YAML document
    """Give the value to which a pointer leads, or where it leads nowhere, what should hold it."""
    for step in pointer:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
    return data


def _misplaced(file: RecordFile, source: bytes) -> Finding:
    """Say that a record lies in the folder of another type, and nothing else: all else would follow from it."""
    positions = Positions({(): Position(1, 1)}, {})
    read(source, positions)
    kind = BY_NAME[file.type]
    right = next((known.folder for known in TYPES if file.stem.startswith(f"{known.prefix}-")), None)
    hint = (
        f"Move the file to {right}, or give it an id that begins with {kind.prefix}-."
        if right
        else f"Begin the id and the file's name with {kind.prefix}-."
    )
    message = f"id: {file.stem} does not begin with {kind.prefix}-"
    return _finding(file, "DC202", message, _position(("id",), positions, at_key=False), hint, ("id",))


def _finding(  # noqa: PLR0913, PLR0917 - the parts of a finding
    file: RecordFile, code: str, message: str, position: Position, hint: str = "", pointer: Pointer = ()
) -> Finding:
    return Finding(
        code, file.relative_path, f"{file.stem}: {message}", hint or code_of(code).remedy, pointer, *position
    )


def _position(pointer: Pointer, positions: Positions, *, at_key: bool) -> Position:
    """Find the value's place, or the key's where the key is at fault, or that of what should hold it."""
    if at_key and pointer in positions.keys:
        return positions.keys[pointer]
    while pointer not in positions.values:
        pointer = pointer[:-1]
    return positions.values[pointer]
