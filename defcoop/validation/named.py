"""Names where ids should stand: which record was meant, of the dataset or of the states of the world."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from defcoop.io.files import FileError, read_regular
from defcoop.io.yaml_reader import MAX_BYTES, YamlError, read
from defcoop.lookup.entries import Entry, state_entries
from defcoop.lookup.index import Index
from defcoop.lookup.matches import meant
from defcoop.lookup.nearest import nearest_word
from defcoop.models import SourceCard
from defcoop.models.registry import ANY, BY_NAME, SEED
from defcoop.reference.states import state_names
from defcoop.validation.reading import value_at
from defcoop.validation.record_checks.structure import field_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.io.record_files import RecordFile
    from defcoop.validation.findings import Finding
    from defcoop.validation.issues import DatasetIndex


class IdsMeant:
    """What may be meant where no id stands, or one of no record."""

    def __init__(self, index: DatasetIndex) -> None:
        """Take the index of the dataset."""
        self._ids = index.ids
        own = (
            Entry(own, kind, index.summaries[own].names if own in index.summaries else ())
            for own, kind in index.ids.items()
            if kind != SEED
        )
        self._lookup = Index(chain(state_entries(), own))
        self._titles = {actor: names[0].text for actor, names in state_names().items()}

    def hint(self, text: str, wanted: str) -> str:
        """Ask whether the record is meant whose name or code a text is, or whose name or id is nearest to it.

        Args:
            text: what stands where an id should.
            wanted: the type of the record, `seed`, or any.
        """
        known = [own for own, kind in self._ids.items() if wanted == kind or (wanted == ANY and kind != SEED)]
        prefix = "seed" if wanted == SEED else BY_NAME[wanted].prefix if wanted in BY_NAME else ""
        own = text.casefold().replace("_", "-").replace(" ", "-")
        if own in self._ids:
            return f"Did you mean {own}?"
        without_prefix = own.removeprefix(f"{prefix}-") if prefix else re.sub(r"\A[a-z]{3}-", "", own)
        types = () if wanted in {ANY, SEED} else (wanted,)
        for spelling in () if wanted == SEED else (text, without_prefix.replace("-", " ")):
            hits = self._lookup.find(spelling, types=types)
            if hits and hits[0].is_sure:
                return meant((hit for hit in hits if hit.is_as_near_as(hits[0])), self._titles)
        if near := nearest_word(f"{prefix}-{without_prefix}" if prefix else own, known):
            return f"Did you mean {near}?"
        hits = [] if wanted == SEED else self._lookup.find(text, types=types)
        return meant((hit for hit in hits if hit.is_as_near_as(hits[0])), self._titles)


def with_ids_meant(findings: Iterable[Finding], file: RecordFile, meant_ids: IdsMeant) -> list[Finding]:
    """Say of values that are no ids, and should be, which record has such a name, code or like id."""
    return [_with_id(finding, file, meant_ids) if finding.code == "DC105" else finding for finding in findings]


def _with_id(finding: Finding, file: RecordFile, meant_ids: IdsMeant) -> Finding:
    field = field_at(SourceCard if file.type == SEED else BY_NAME[file.type].model, finding.pointer)
    if field is None or field.reference is None:
        return finding
    try:
        value = str(value_at(read(read_regular(file.path, MAX_BYTES)), finding.pointer))
    except (FileError, YamlError):  # it has changed since
        return finding
    hint = meant_ids.hint(value, field.reference)
    return finding._replace(hint=hint) if hint else finding
