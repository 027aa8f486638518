"""Names where ids should stand: which record of the dataset was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.io.files import FileError, read_regular
from defcoop.io.yaml_reader import MAX_BYTES, YamlError, read
from defcoop.models import SourceCard
from defcoop.models.registry import ANY, BY_NAME, SEED
from defcoop.validation.issues import did_you_mean
from defcoop.validation.reading import value_at
from defcoop.validation.record_checks.structure import field_at
from defcoop.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.io.record_files import RecordFile
    from defcoop.validation.findings import Finding
    from defcoop.validation.issues import DatasetIndex


def with_ids_meant(findings: Iterable[Finding], file: RecordFile, index: DatasetIndex) -> list[Finding]:
    """Say of values that are no ids, and should be, which record has such a name or a like id."""
    return [_with_id(finding, file, index) if finding.code == "DC105" else finding for finding in findings]


def _with_id(finding: Finding, file: RecordFile, index: DatasetIndex) -> Finding:
    field = field_at(SourceCard if file.type == SEED else BY_NAME[file.type].model, finding.pointer)
    if field is None or field.reference is None:
        return finding
    try:
        value = str(value_at(read(read_regular(file.path, MAX_BYTES)), finding.pointer))
    except (FileError, YamlError):  # it has changed since
        return finding
    ids = _ids_meant(value, field.reference, index)
    return finding._replace(hint=f"Did you mean {' or '.join(ids)}?") if ids else finding


def _ids_meant(value: str, wanted: str, index: DatasetIndex) -> list[str]:
    known: Mapping[str, str] = {
        own: kind for own, kind in index.ids.items() if wanted == kind or (wanted == ANY and kind != SEED)
    }
    folded = fold(value)
    named = sorted(own for own in known if own in index.summaries and folded in index.summaries[own].names)
    if named:
        return named
    prefix = "seed" if wanted == SEED else BY_NAME[wanted].prefix if wanted in BY_NAME else ""
    own = value.casefold().replace("_", "-").replace(" ", "-").removeprefix(f"{prefix}-")
    nearest = did_you_mean(f"{prefix}-{own}" if prefix else own, known)
    return [nearest.removeprefix("Did you mean ").removesuffix("?")] if nearest else []
