"""Reading one file: a model, or findings at their places."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from defcoop.io.record_files import RecordFile
from defcoop.models import Actor, SourceCard
from defcoop.validation.reading import place, read_record_file
from tests.checkouts import GOOD, QATAR, TRAINERS, copy_of_the_good, edit, report_of

if TYPE_CHECKING:
    from pathlib import Path


def leaflet_of(path: Path, kind: str = "actor") -> RecordFile:
    return RecordFile(os.fspath(path), f"shown/{path.name}", kind, path.stem)


def test_a_sound_record_is_read_as_its_type() -> None:
    read = read_record_file(leaflet_of(GOOD / QATAR))
    assert isinstance(read.model, Actor)
    assert (read.model.id, read.findings) == ("act-qat", ())


def test_a_sound_card_is_read_as_a_card() -> None:
    read = read_record_file(leaflet_of(GOOD / "seeds" / "seed-900.yaml", "seed"))
    assert isinstance(read.model, SourceCard)
    assert read.findings == ()


@pytest.mark.parametrize(
    ("stem", "hint"),
    [
        ("act-qat", "Move the file to actors, or give it an id that begins with exe-."),
        ("qat", "Begin the id and the file's name with exe-."),
        ("exes-qat", "Begin the id and the file's name with exe-."),
    ],
)
def test_of_a_record_in_the_folder_of_another_type_nothing_else_is_told(stem: str, hint: str, tmp_path: Path) -> None:
    path = tmp_path / f"{stem}.yaml"
    path.write_bytes((GOOD / QATAR).read_bytes())
    read = read_record_file(leaflet_of(path, "exercise"))
    (finding,) = read.findings
    assert read.model is None
    assert (finding.code, finding.hint, finding.pointer) == ("DC202", hint, ("id",))
    assert (finding.message, finding.line, finding.column) == (f"{stem}: id: {stem} does not begin with exe-", 2, 5)


def test_a_misplaced_file_without_an_id_is_told_at_its_head(tmp_path: Path) -> None:
    (tmp_path / "act-new.yaml").write_text("[a]\n", encoding="utf-8")
    (finding,) = read_record_file(leaflet_of(tmp_path / "act-new.yaml", "exercise")).findings
    assert (finding.code, finding.line, finding.column) == ("DC202", 1, 1)


def test_a_file_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    read = read_record_file(leaflet_of(tmp_path / "act-gone.yaml"))
    (finding,) = read.findings
    assert read.model is None
    assert (finding.code, finding.path, finding.line, finding.column) == ("DC001", "shown/act-gone.yaml", 1, 1)
    assert finding.message == "act-gone: the file cannot be opened: No such file or directory"


@pytest.mark.parametrize("size", [1_000_000, 1_000_001])
def test_a_file_may_have_a_million_bytes(size: int, tmp_path: Path) -> None:
    path = tmp_path / "act-long.yaml"
    path.write_bytes((GOOD / QATAR).read_bytes() + b"#" * (size - (GOOD / QATAR).stat().st_size))
    assert [finding.code for finding in read_record_file(leaflet_of(path)).findings] == ["DC001"] * (size > 1_000_000)


def test_the_findings_of_a_file_come_in_the_order_of_their_places(tmp_path: Path) -> None:
    path = tmp_path / "act-qat.yaml"
    text = (GOOD / QATAR).read_text(encoding="utf-8")
    path.write_text(text.replace("kind: state", "kind: stat").replace("lang: en", "lang: E"), encoding="utf-8")
    findings = read_record_file(leaflet_of(path)).findings
    assert [(finding.line, finding.code) for finding in findings] == [(6, "DC105"), (8, "DC104")]


def test_without_faults_nothing_is_read_again(tmp_path: Path) -> None:
    assert place(leaflet_of(tmp_path / "gone.yaml"), []) == []


def test_a_pointer_is_kept_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "act-qat.yaml"
    path.write_text((GOOD / QATAR).read_text(encoding="utf-8").replace("lang: en", "lang: E"), encoding="utf-8")
    (finding,) = read_record_file(leaflet_of(path)).findings
    assert finding.pointer == ("names", 2, "lang")
    assert finding.as_dict()["pointer"] == "/names/2/lang"


def test_whatever_names_a_field_as_an_older_schema_does_leads_to_the_command(tmp_path: Path) -> None:
    tree = copy_of_the_good(tmp_path / "good")
    edit(
        tree,
        TRAINERS,
        ("start: not_reported", "period: not_reported"),
        ("size, status]", "size, period, status]"),
    )
    hints = {finding.code: finding.hint for finding in report_of(tree).findings}
    moved = "Schema 0.2 has start for it: `defcoop migrate` rewrites the file."
    assert hints == {"DC107": "Code start, or add absent: {start: not_reported}.", "DC108": moved, "DC402": moved}
