"""Reading one file: bytes to YAML to a typed record, or faults."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from defcoop._files import FileError, read_regular
from defcoop._yaml import MAX_BYTES, Position, Positions, YamlError, read
from defcoop.checks.structure import faults_of
from defcoop.codes import CODES
from defcoop.findings import Finding
from defcoop.models import SourceCard
from defcoop.models.leaves import dotted
from defcoop.registry import BY_NAME, SEED, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.faults import Fault
    from defcoop.models import Record
    from defcoop.models.leaves import Pointer
    from defcoop.tree import Leaflet


class Read(NamedTuple):
    """A file that was read: its model if it is sound, else its findings.

    A broken record keeps its place: `leaflet.stem` is still an id to which others may refer.
    """

    leaflet: Leaflet
    sha256: str
    model: Record | SourceCard | None
    findings: tuple[Finding, ...] = ()


def read_leaflet(leaflet: Leaflet) -> Read:
    """Read one file of the tree."""
    try:
        source = read_regular(leaflet.path, MAX_BYTES)
    except FileError as error:
        return Read(leaflet, "", None, (_finding(leaflet, "DC001", f"the file {error}", Position(1, 1)),))
    sha256 = hashlib.sha256(source).hexdigest()
    try:
        data = read(source)
    except YamlError as error:
        position = Position(error.line, error.column)
        return Read(leaflet, sha256, None, (_finding(leaflet, error.code, error.message, position),))
    if leaflet.type != SEED and not leaflet.stem.startswith(f"{BY_NAME[leaflet.type].prefix}-"):
        return Read(leaflet, sha256, None, (_misplaced(leaflet, source),))
    model = SourceCard if leaflet.type == SEED else BY_NAME[leaflet.type].model
    try:
        return Read(leaflet, sha256, model.__pydantic_validator__.validate_python(data))
    except ValidationError as error:
        return Read(leaflet, sha256, None, tuple(place(leaflet, faults_of(error, data, model))))


def place(leaflet: Leaflet, faults: Iterable[Fault]) -> list[Finding]:
    """Turn faults of a file into findings at line and column, in the order of their places.

    Positions are not kept while reading, so that a sound file costs nothing for them: the file is read again.
    """
    faults = list(faults)
    if not faults:
        return []
    positions = Positions({(): Position(1, 1)}, {})
    # The file may have changed or gone since; then its findings stand at its head.
    with suppress(FileError, YamlError):
        read(read_regular(leaflet.path, MAX_BYTES), positions)
    findings = []
    for code, pointer, message, hint, at_key in faults:
        where = f"{dotted(pointer)}: " if pointer else ""
        position = _position(pointer, positions, at_key=at_key)
        findings.append(_finding(leaflet, code, where + message, position, hint, pointer))
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def _misplaced(leaflet: Leaflet, source: bytes) -> Finding:
    """Say that a record lies in the folder of another type, and nothing else: all else would follow from it."""
    positions = Positions({(): Position(1, 1)}, {})
    read(source, positions)
    kind = BY_NAME[leaflet.type]
    right = next((other.folder for other in TYPES if leaflet.stem.startswith(f"{other.prefix}-")), None)
    hint = f"Move the file to {right}, or give it an id that begins with {kind.prefix}-." if right else ""
    message = f"id: {leaflet.stem} does not begin with {kind.prefix}-"
    return _finding(leaflet, "DC202", message, _position(("id",), positions, at_key=False), hint, ("id",))


def _finding(  # noqa: PLR0913, PLR0917 - the parts of a finding
    leaflet: Leaflet, code: str, message: str, position: Position, hint: str = "", pointer: Pointer = ()
) -> Finding:
    return Finding(code, leaflet.shown, f"{leaflet.stem}: {message}", hint or CODES[code].remedy, pointer, *position)


def _position(pointer: Pointer, positions: Positions, *, at_key: bool) -> Position:
    """Find the value's place, or the key's where the key is at fault, or that of what should hold it."""
    if at_key and pointer in positions.keys:
        return positions.keys[pointer]
    while pointer not in positions.values:
        pointer = pointer[:-1]
    return positions.values[pointer]
