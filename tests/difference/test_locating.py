"""What a name means: a path, the installed data, or a revision."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop import version
from defcoop.difference import Snapshot, find, find_both
from defcoop.difference.snapshot import library_tables
from tests.checkouts import QATAR, REGIMENT, edit
from tests.repositories import commit

if TYPE_CHECKING:
    import defcoop


def told(name: str) -> str:
    """Give the message with which a name is refused; it is one line."""
    with pytest.raises((ValueError, OSError)) as refused:
        find(name)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_package_zip_checkout_and_revision_of_one_state_are_the_same(repository: Path, built: Path) -> None:
    archive = shutil.make_archive(str(repository.parent / "package"), "zip", built)
    described = json.loads((built / "datapackage.json").read_bytes())
    found = [find(name) for name in (str(built), archive, str(repository), ".", "HEAD", "main")]
    assert [one.kind for one in found] == ["package", "package", "checkout", "checkout", "revision", "revision"]
    for one in found:
        assert one.documents == found[0].documents
        assert one.tables == library_tables()
        assert one.unsound == ()
        assert one.has_own_tables is (one.kind == "package")  # the good checkout has no file of shapes
        assert one.version == (described["version"] if one.kind == "package" else "")
    assert sum(map(len, found[0].documents.values())) == 20 + 2


def test_the_installed_data_are_those_that_load_gives(shipped: defcoop.Dataset) -> None:
    found = find("installed")
    assert (found.kind, found.version) == ("installed", version.DATA)
    assert found.documents == Snapshot.of(shipped).documents


def test_a_revision_is_named_with_its_commit(repository: Path) -> None:
    commit_hash = (repository / ".git/refs/heads/main").read_text(encoding="utf-8")
    assert find("main").name == f"main ({commit_hash[:12]})"


def test_a_path_wins_over_a_revision_and_over_the_installed_data(repository: Path, built: Path) -> None:
    for name in ("main", "installed"):
        shutil.copytree(built, repository / name)
        assert find(name).kind == "package"
    assert find("refs/heads/main").kind == "revision"


def test_a_revision_is_read_as_it_was_and_nothing_is_touched(repository: Path) -> None:
    before = find("HEAD")
    edit(repository, QATAR, ("\nsummary:", "\nsummary: Changed."), ("summary: Changed. ", "summary: Changed. X "))
    Path(REGIMENT).unlink()
    state = sorted((path, path.stat().st_mtime_ns) for path in repository.rglob("*") if path.is_file())
    assert find("HEAD").documents == before.documents
    assert find(".").documents != before.documents
    assert sorted((path, path.stat().st_mtime_ns) for path in repository.rglob("*") if path.is_file()) == state


def test_attributes_and_links_in_a_commit_change_nothing_of_what_is_read(repository: Path) -> None:
    before = find("HEAD").documents
    (repository / ".gitattributes").write_text("*.yaml export-ignore eol=crlf ident\n", encoding="utf-8")
    Path("dataset/actors/act-link.yaml").symlink_to("act-qat.yaml")
    Path("dataset/actors/README.md").write_text("Not a record.\n", encoding="utf-8")
    Path("dataset/actors/deeper").mkdir()
    Path("dataset/actors/deeper/act-x.yaml").write_text("id: act-x\n", encoding="utf-8")
    commit()
    assert find("HEAD").documents == before == find(".").documents


def test_a_checkout_below_the_root_of_its_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = find("HEAD").documents
    Path("below").mkdir()
    for name in ("dataset", "seeds"):
        Path(name).rename(f"below/{name}")
    commit()
    assert told("HEAD").endswith("has no records in dataset/")
    monkeypatch.chdir("below")
    assert find("HEAD").documents == before
    monkeypatch.chdir("/")
    assert find("HEAD", repository / "below/dataset").documents == before


def test_a_record_that_fits_no_model_is_taken_as_it_stands(repository: Path) -> None:
    edit(repository, QATAR, ("\nkind:", "\nheight: 1.50\nkind:"))
    commit()
    for name in (".", "HEAD"):
        found = find(name)
        assert found.unsound == ("act-qat",)
        assert found.documents["actors"]["act-qat"]["height"] == 1.5


def test_a_folder_of_another_version_is_a_table_too(repository: Path) -> None:
    Path("dataset/treaties").mkdir()
    Path("dataset/treaties/tre-a.yaml").write_text("id: tre-a\n", encoding="utf-8")
    found = find(str(repository))
    assert found.documents["treaties"] == {"tre-a": {"id": "tre-a"}}
    assert found.unsound == ("tre-a",)


@pytest.mark.parametrize("name", [".", "HEAD"])
@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"id: [", "act-qat.yaml:2:1: DC005 "),
        (b"\xff", "act-qat.yaml:1:1: DC002 "),
        (b"a text", "act-qat.yaml holds no document with fields"),
        (b"a: " + b"x" * 1_000_001, "act-qat.yaml: the file has 1,000,004 bytes, more than 1,000,000"),
    ],
    ids=["no YAML", "no UTF-8", "no fields", "too large"],  # pytest hands the name on to programs that tests start
)
def test_a_file_that_cannot_be_read_is_named(name: str, source: bytes, said: str, repository: Path) -> None:
    (repository / QATAR).write_bytes(source)
    commit()
    assert said in told(name)


def test_a_pipe_among_the_records_is_not_waited_on(repository: Path) -> None:
    os.mkfifo(repository / "dataset/actors/act-pipe.yaml")
    assert told(".").endswith("act-pipe.yaml: the file is not a regular file")


@pytest.mark.parametrize(
    "name", ["--output=x", "-h", "", "nonsense", "HEAD~9", "0" * 40, "HEAD:seeds", "HEAD..main", "HEAD; touch x", "\0"]
)
def test_a_name_that_means_nothing_is_refused_and_nothing_is_written(name: str, repository: Path) -> None:
    before = sorted(repository.rglob("*"))
    message = told(name)
    assert "is no path here, and no revision: " in message or "null byte" in message
    assert sorted(repository.rglob("*")) == before


def test_a_path_that_is_neither_package_nor_checkout_is_refused(repository: Path) -> None:
    assert repository.is_dir()
    assert told("dataset/actors").startswith("dataset/actors is neither a package nor a checkout: ")
    assert told(QATAR).startswith(f"{QATAR} is neither a folder nor a sound zip: ")


def test_a_revision_outside_of_a_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    assert "not a git repository" in told("HEAD")
    monkeypatch.setenv("PATH", "")
    assert told("HEAD") == "'HEAD' is no path here, and no revision: there is no git on this machine"


def test_what_two_editions_share_is_read_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(repository, QATAR, ("\nkind:", "\nnote: A remark.\nkind:"))
    commit()
    reads: list[bytes] = []
    from defcoop.difference import checkouts  # noqa: PLC0415 - its reader is counted here alone

    read = checkouts.read
    monkeypatch.setattr(checkouts, "read", lambda source: (reads.append(source), read(source))[1])
    old, new = find_both("HEAD~1", "HEAD")
    assert old.documents != new.documents
    assert len(reads) == 20 + 2 + 1


def test_nothing_is_an_edition_without_documents() -> None:
    nothing = Snapshot.nothing()
    assert (nothing.documents, nothing.tables) == ({}, library_tables())


def test_a_commit_whose_objects_are_missing_is_refused(repository: Path) -> None:
    for path in (repository / ".git/objects").glob("??/*"):
        path.unlink()
    assert "is no path here, and no revision: " in told("HEAD")
