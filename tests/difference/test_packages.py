"""Packages of any version are read, and nothing in them is trusted."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.difference import ColumnShape, find
from defcoop.package import opener

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "package")


def told(place: Path) -> str:
    with pytest.raises((ValueError, OSError)) as refused:
        find(str(place))
    assert "\n" not in str(refused.value)
    return str(refused.value)


def described(copy: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = copy / "datapackage.json"
    descriptor = json.loads(path.read_bytes())
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def table(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [one for one in descriptor["resources"] if one["name"] == name]
    assert isinstance(found, dict)
    return found


def test_a_table_of_another_version_is_read_by_its_descriptor(copy: Path) -> None:
    def renamed(descriptor: dict[str, Any]) -> None:
        table(descriptor, "exercises")["name"] = "drills"
        fields = table(descriptor, "actors")["schema"]["fields"]
        fields.append({"name": "height", "type": "number"})

    described(copy, renamed)
    (copy / "data/exercises.json").rename(copy / "data/drills.json")
    actors = json.loads((copy / "data/actors.json").read_bytes())
    actors[0]["height"] = 1.5
    (copy / "data/actors.json").write_text(json.dumps(actors), encoding="utf-8")
    found = find(str(copy))
    assert "exercises" not in found.documents
    assert "exe-coast-league-qat-wave-2031" in found.documents["drills"]
    assert found.documents["actors"][actors[0]["id"]]["height"] == 1.5
    assert found.tables["actors"].columns[-1] == ColumnShape("height", "number")


def test_only_whole_records_and_cards_are_documents(built: Path) -> None:
    assert set(find(str(built)).documents) <= {
        *("actors", "agreements", "deployments", "exercises", "trade_figures", "engagements", "facilities"),
        *("transfers", "seeds"),
    }


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"[{", "data/actors.json is no JSON: "),
        (b"\xff", "data/actors.json is no JSON: "),
        (b'[{"id": "act-a", "x": NaN}]', "data/actors.json is no JSON: NaN is no number"),
        (b'[{"id": "act-a", "x": 1e999}]', "data/actors.json is no JSON: 1e999 is no number"),
        (b'[{"id": "act-a", "x": "\\ud800"}]', "data/actors.json is no JSON: "),
        (b'[{"id": "act-a", "x": ' + b"9" * 5000 + b"}]", "data/actors.json is no JSON: "),
        (b"[" * 100_000, "nests too deeply to be a package"),
        (b"{}", "data/actors.json is no list of objects that have an id"),
        (b"[1]", "data/actors.json is no list of objects that have an id"),
        (b'[{"id": 1}]', "data/actors.json is no list of objects that have an id"),
        (b'[{"id": "act-a"}, {"id": "act-a"}]', "data/actors.json has an id twice"),
    ],
    ids=lambda value: value[:30] if isinstance(value, bytes) else "",
)
def test_a_file_that_holds_something_else_is_refused(source: bytes, said: str, copy: Path) -> None:
    (copy / "data/actors.json").write_bytes(source)
    assert said in told(copy)
    assert said in told(Path(shutil.make_archive(str(copy), "zip", copy)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.pop("resources"), "is no package of defcoop"),
        (lambda found: found.update(resources=[1]), "is no package of defcoop"),
        (lambda found: found["resources"].remove(table(found, "dataset-card")), "is no package of defcoop"),
        (lambda found: found["resources"].append(1), "datapackage.json: resources."),
        (lambda found: table(found, "actors").update(name="../actors"), "resources.1.name: String should match"),
        (lambda found: table(found, "actors")["schema"].pop("fields"), "resources.1.schema.fields: Field required"),
        (
            lambda found: table(found, "actors")["schema"].update(foreignKeys=[{"fields": [], "reference": {}}]),
            "resources.1.schema.foreignKeys.0.fields: ",
        ),
    ],
)
def test_a_descriptor_that_describes_no_tables_is_refused(
    change: Callable[[dict[str, Any]], object], said: str, copy: Path
) -> None:
    described(copy, change)
    assert said in told(copy)


@pytest.mark.parametrize("name", ["datapackage.json", "data/actors.json"])
def test_a_pipe_in_a_package_is_not_waited_on(name: str, copy: Path) -> None:
    (copy / name).unlink()
    os.mkfifo(copy / name)
    message = told(copy)
    assert "is not a regular file" in message or "is neither a package nor a checkout" in message


def test_a_file_that_is_missing_is_named(copy: Path) -> None:
    (copy / "data/actors.json").unlink()
    assert "actors.json" in told(copy)


def test_a_file_that_is_too_large_is_refused_unread(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opener, "MAX_BYTES", 40_000)
    described(copy, lambda found: found.update(resources=[*found["resources"][:2], table(found, "dataset-card")]))
    (copy / "data/actors.json").write_bytes(b"[" + b" " * 40_000 + b"]")
    assert told(copy).endswith("actors.json has more than 40,000 bytes")
    assert told(Path(shutil.make_archive(str(copy), "zip", copy))) == "data/actors.json has more than 40,000 bytes"


def test_a_zip_whose_bytes_are_damaged_is_refused(built: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "package"), "zip", built))
    whole = archive.read_bytes()
    with zipfile.ZipFile(archive) as opened:
        start = opened.getinfo("data/actors.json").header_offset
    for offset in (0, 60, 61, 62, 200, 900):
        spoilt = bytearray(whole)
        spoilt[start + offset] ^= 0xFF
        archive.write_bytes(spoilt)
        assert told(archive)


def test_a_zip_that_is_encrypted_or_packed_in_an_unknown_way_is_refused(built: Path, tmp_path: Path) -> None:
    archive = Path(shutil.make_archive(str(tmp_path / "package"), "zip", built))
    whole = archive.read_bytes()
    directory = whole.index(b"PK\x01\x02", whole.rindex(b"data/actors.json") - 60)
    # flags and method of the entry in the central directory
    for field, value, said in ((8, 1, "is encrypted"), (10, 99, "is neither a folder nor a sound zip: ")):
        spoilt = bytearray(whole)
        spoilt[directory + field] = value
        archive.write_bytes(spoilt)
        assert said in told(archive)
