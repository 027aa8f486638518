"""The cache: the same report with it as without it, whatever has become of the cache or of the files."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.validation import Run, pool, validate
from defcoop.validation import cache as caching
from defcoop.validation import run as validation
from defcoop.validation.cache import Cache, cache_file, is_own
from tests.checkouts import LEAGUE, QATAR, REGIMENT, TRAINING, copy_of_the_good, edit
from tests.processes import python

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from defcoop.io.record_files import RecordFile
    from defcoop.validation.findings import Report
    from defcoop.validation.issues import Sources
    from defcoop.validation.summary import Inspected

CARD, TEXT = "seeds/seed-900.yaml", "texts/900_invented.txt"
FILES = 22
LONG_AGO = 1_000_000_000


class Checkout:
    """A checkout that is validated with a cache, and what was inspected the last time."""

    def __init__(self, tree: Path) -> None:
        self.tree, self.path, self.inspected = tree, tree / "kept" / "cache", set[str]()

    def report(self, only: Collection[str] | None = None) -> Report:
        self.inspected.clear()
        texts = self.tree / "texts"
        return validate(self.tree / "dataset", texts=texts, run=Run(cache=Cache(self.path, texts), only=only))

    def plain_report(self) -> Report:
        return validate(self.tree / "dataset", texts=self.tree / "texts")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    made = Checkout(copy_of_the_good(tmp_path / "checkout"))
    inspect_files = pool.inspect_files

    def recorded(record_files: Sequence[RecordFile], sources: Sources, run: Run) -> list[Inspected]:
        made.inspected |= {record_file.relative_path for record_file in record_files}
        return inspect_files(record_files, sources, run)

    monkeypatch.setattr(pool, "inspect_files", recorded)
    return made


@pytest.fixture
def broken(checkout: Checkout) -> Checkout:
    edit(checkout.tree, QATAR, ("kind: state", "kind: stat"))
    edit(checkout.tree, REGIMENT, ("[names, kind, country]", "[names]"), ("country: act-qat", "country: act-quatar"))
    return checkout


def test_the_second_report_is_that_of_the_first_and_nothing_is_inspected_again(broken: Checkout) -> None:
    first = broken.report()
    assert len(broken.inspected) == FILES
    assert broken.report() == first
    assert broken.inspected == set()
    assert first == broken.plain_report()
    assert {finding.pointer for finding in first.findings} >= {("kind",)}


def test_an_edited_file_is_noticed_and_no_other_is_inspected(broken: Checkout) -> None:
    broken.report()
    edit(broken.tree, TRAINING, ("status: in_force", "status: in_froce"))
    assert broken.report() == broken.plain_report()
    broken.report()
    assert broken.inspected == set()
    edit(broken.tree, TRAINING, ("status: in_froce", "status: in_force"))
    broken.report()
    assert broken.inspected == {TRAINING}


def test_a_file_that_is_new_or_gone_is_noticed(checkout: Checkout) -> None:
    checkout.report()
    path = checkout.tree / LEAGUE
    path.rename(path.with_name("act-new.yaml"))
    report = checkout.report()
    assert checkout.inspected == {"dataset/actors/act-new.yaml"}
    assert {finding.code for finding in report.findings} == {"DC201", "DC301", "DC804"}


@pytest.mark.parametrize(
    "change", [(CARD, "reliability: F", "reliability: E"), (CARD, "code_points: 527", "code_points: 5")]
)
def test_after_an_edit_of_a_card_all_is_inspected_anew(change: tuple[str, str, str], checkout: Checkout) -> None:
    checkout.report()
    path, old, new = change
    edit(checkout.tree, path, (old, new))
    report = checkout.report()
    assert len(checkout.inspected) == FILES
    assert report == checkout.plain_report()


def test_a_renamed_card_is_noticed(checkout: Checkout) -> None:
    checkout.report()
    (checkout.tree / CARD).rename(checkout.tree / "seeds" / "seed-899.yaml")
    report = checkout.report()
    assert len(checkout.inspected) == FILES
    assert report == checkout.plain_report()


def test_an_edited_text_is_noticed(checkout: Checkout) -> None:
    assert checkout.report().findings == ()
    path = checkout.tree / TEXT
    path.write_text(path.read_text(encoding="utf-8").replace("2031", "2032"), encoding="utf-8")
    assert [finding.code for finding in checkout.report().findings] == ["DC901"]


def test_a_text_that_is_gone_or_comes_back_is_noticed(checkout: Checkout) -> None:
    checkout.report()
    (checkout.tree / TEXT).rename(checkout.tree / "away")
    assert checkout.report().passages_unchecked > 0
    (checkout.tree / "away").rename(checkout.tree / TEXT)
    assert checkout.report().passages_unchecked == 0


def test_a_text_that_is_a_link_to_nowhere_does_no_harm(checkout: Checkout) -> None:
    (checkout.tree / "texts" / "loose.txt").symlink_to("nowhere")
    assert checkout.report() == checkout.report() == checkout.plain_report()


def test_a_file_that_was_touched_and_not_changed_is_remembered(checkout: Checkout) -> None:
    checkout.report()
    os.utime(checkout.tree / QATAR, (1, 1))
    checkout.report()
    assert checkout.inspected == set()


def test_a_change_within_the_same_moment_is_noticed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(caching, "_signature", lambda _: (1, now, now, 1))
    checkout.report()
    edit(checkout.tree, QATAR, ("kind: state", "kind: stats"))
    assert [finding.code for finding in checkout.report().findings] == ["DC104"]
    assert checkout.inspected == {QATAR}


@pytest.mark.parametrize("place", [1, 2], ids=["content", "status"])
def test_a_file_that_changes_after_it_was_read_is_not_taken_for_the_one_that_was(
    place: int, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The validation takes long: at its end the change lies far back, but not before its beginning.
    changed = [1, LONG_AGO, LONG_AGO, 1]
    changed[place] = time.time_ns() + 1
    monkeypatch.setattr(caching, "_signature", lambda _: tuple(changed))
    clock = iter([changed[place] - 1])
    monkeypatch.setattr(time, "time_ns", lambda: next(clock, changed[place] + 10 * caching._MOMENT))  # noqa: SLF001 - what counts as old enough
    checkout.report()
    edit(checkout.tree, QATAR, ("kind: state", "kind: stats"))
    assert [finding.code for finding in checkout.report().findings] == ["DC104"]


def test_a_file_that_looks_as_it_did_long_ago_is_not_read(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "_signature", lambda _: (1, LONG_AGO, LONG_AGO, 1))
    checkout.report()
    edit(checkout.tree, QATAR, ("kind: state", "kind: stats"))
    assert checkout.report().findings == ()


@pytest.mark.parametrize("place", range(4), ids=["size", "content", "status", "file"])
def test_whatever_of_its_signature_is_new_the_file_is_read(
    place: int, checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = [1, LONG_AGO, LONG_AGO, 1]
    texts = checkout.tree / "texts"
    monkeypatch.setattr(
        caching, "_signature", lambda path: (0, 1, 1, 0) if Path(path).parent == texts else tuple(signature)
    )
    checkout.report()
    edit(checkout.tree, QATAR, ("kind: state", "kind: stats"))
    signature[place] += 1
    assert [finding.code for finding in checkout.report().findings] == ["DC104"]
    assert checkout.inspected == {QATAR}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda source: source[:40],
        lambda source: source[:-1],
        lambda source: source + b"\0",
        lambda _: b"not a cache at all, but text of some length, more than a checksum and a stamp",
        lambda source: bytes([source[0] ^ 1]) + source[1:],
        lambda source: source[:40] + bytes([source[40] ^ 1]) + source[41:],
        lambda source: source[:-1] + bytes([source[-1] ^ 1]),
    ],
    ids=["empty", "head-only", "cut", "longer", "text", "seal", "body", "end"],
)
def test_a_spoilt_cache_is_ignored_and_written_anew(spoil: Callable[[bytes], bytes], broken: Checkout) -> None:
    first = broken.report()
    broken.path.write_bytes(spoil(broken.path.read_bytes()))
    assert broken.report() == first
    assert len(broken.inspected) == FILES
    assert broken.report() == first
    assert broken.inspected == set()


def test_what_is_found_between_files_moves_with_an_edit_of_its_file(broken: Checkout) -> None:
    first = broken.report()
    edit(broken.tree, REGIMENT, ("names:", "# A comment.\nnames:"))
    report = broken.report()
    assert broken.inspected == {REGIMENT}
    assert report != first
    assert report == broken.plain_report()


def test_a_sound_dataset_with_a_cache_needs_no_models(checkout: Checkout) -> None:
    checkout.report()
    code = (
        "import sys; from pathlib import Path; from defcoop.validation import Run, validate\n"
        "from defcoop.validation.cache import Cache\n"
        f"tree = Path({str(checkout.tree)!r})\n"
        f"run = Run(cache=Cache(Path({str(checkout.path)!r}), tree / 'texts'))\n"
        "print(validate(tree / 'dataset', texts=tree / 'texts', run=run).records)\n"
        "print(*{'pydantic', 'yaml', 'rapidfuzz', 'tempfile', 'subprocess', 'multiprocessing'} & set(sys.modules))"
    )
    assert python("-c", code).stdout.splitlines() == ["20", ""]


def test_a_cache_written_by_other_code_is_ignored(broken: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    first = broken.report()
    monkeypatch.setattr(caching, "_code", lambda: b"other code")
    assert broken.report() == first
    assert len(broken.inspected) == FILES


def test_the_cache_of_another_checkout_is_ignored(broken: Checkout, tmp_path: Path) -> None:
    other = Checkout(copy_of_the_good(tmp_path / "other"))
    other.report()
    shutil.copytree(other.path.parent, broken.path.parent)
    assert broken.report() == broken.plain_report()


def test_a_cache_that_cannot_be_written_does_no_harm(broken: Checkout) -> None:
    broken.path = broken.tree / QATAR / "cache"
    assert broken.report() == broken.report()
    broken.path = broken.tree / "dataset"
    assert broken.report() == broken.plain_report()


def test_nothing_but_the_cache_is_left_in_its_folder(checkout: Checkout) -> None:
    checkout.report()
    assert sorted(path.name for path in checkout.path.parent.iterdir()) == ["cache", "key"]


def test_a_validation_of_some_files_uses_the_cache_and_does_not_write_it(broken: Checkout) -> None:
    broken.report(only={QATAR})
    assert not broken.path.exists()
    broken.report()
    kept = broken.path.read_bytes()
    edit(broken.tree, TRAINING, ("status: in_force", "status: in_froce"))
    assert {finding.path for finding in broken.report(only={QATAR}).findings} == {QATAR, REGIMENT}
    assert broken.inspected == {TRAINING}
    assert broken.path.read_bytes() == kept
    assert broken.report() == broken.plain_report()


def test_what_others_say_of_a_remembered_file_is_looked_at_anew(checkout: Checkout) -> None:
    checkout.report()
    (checkout.tree / LEAGUE).unlink()
    report = checkout.report()
    assert checkout.inspected == set()
    assert {finding.code for finding in report.findings} == {"DC301"}


def test_without_a_folder_of_texts_there_is_a_cache_too(checkout: Checkout) -> None:
    run = Run(cache=Cache(checkout.path, None))
    first = validate(checkout.tree / "dataset", run=run)
    checkout.inspected.clear()
    assert validate(checkout.tree / "dataset", run=run) == first
    assert checkout.inspected == set()


def test_every_dataset_has_a_cache_of_its_own_in_the_users_folder(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": "/x", "HOME": "/h"}
    path = cache_file(tmp_path / "a", environment)
    assert path.parent == Path("/x/defcoop")
    assert path.suffix == ".cache"
    assert path != cache_file(tmp_path / "b", environment)
    assert path == cache_file(tmp_path / "b" / ".." / "a", environment)


@pytest.mark.parametrize("environment", [{"HOME": "/h"}, {"XDG_CACHE_HOME": "", "HOME": "/h"}])
def test_without_a_cache_folder_it_lies_in_the_home(environment: dict[str, str], tmp_path: Path) -> None:
    assert cache_file(tmp_path, environment).parent == Path("/h/.cache/defcoop")


def test_ties_are_remembered_while_files_say_the_same_of_each_other(
    broken: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    checks = validation.DATASET_CHECKS
    monkeypatch.setattr(validation, "DATASET_CHECKS", [lambda index: looked.append(index) or [], *checks])
    first = broken.report()
    assert any(finding.code == "DC301" for finding in first.findings)
    assert broken.report() == first
    edit(broken.tree, TRAINING, ("summary: ", "summary: Edited. "))
    assert broken.report() == first
    assert len(looked) == 1
    edit(broken.tree, TRAINING, ("parties: [act-", "parties: [act-x"))
    assert broken.report() != first
    assert len(looked) == 2


def test_a_file_that_is_gone_is_forgotten_by_ties_too(checkout: Checkout) -> None:
    checkout.report()
    for path in (TRAINING, LEAGUE):
        (checkout.tree / path).unlink()
        report = checkout.report()
        assert report == checkout.plain_report()
    assert {finding.code for finding in report.findings} >= {"DC301"}


@pytest.mark.parametrize(
    "environment",
    [{}, {"HOME": ""}, {"HOME": "home"}, {"XDG_CACHE_HOME": "", "HOME": ""}, {"XDG_CACHE_HOME": "cache", "HOME": "/h"}],
)
def test_where_no_folder_of_the_user_is_told_there_is_no_cache(environment: dict[str, str], tmp_path: Path) -> None:
    assert cache_file(tmp_path, environment) is None


@pytest.mark.parametrize("name", ["", "dataset", "deep/er"])
def test_no_cache_lies_in_the_checkout(name: str, tmp_path: Path) -> None:
    (tmp_path / "dataset").mkdir()
    assert cache_file(tmp_path / "dataset", {"XDG_CACHE_HOME": str(tmp_path / name)}) is None
    (link := tmp_path.with_name(f"{tmp_path.name}-link")).symlink_to(tmp_path)
    assert cache_file(tmp_path / "dataset", {"XDG_CACHE_HOME": str(link)}) is None


def test_a_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "defcoop"
    assert is_own(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert is_own(folder)


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o777, 0o1777, 0o701])
def test_a_folder_that_others_may_enter_is_not_ones_own(mode: int, tmp_path: Path) -> None:
    folder = tmp_path / "defcoop"
    folder.mkdir()
    folder.chmod(mode)
    assert not is_own(folder)


def test_neither_a_link_nor_a_file_nor_the_folder_of_another_is_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "file").touch(mode=0o700)
    assert is_own(tmp_path / "real")
    assert not is_own(tmp_path / "link")
    assert not is_own(tmp_path / "file")
    assert not is_own(tmp_path / "file" / "defcoop")
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert not is_own(tmp_path / "real")


def test_what_was_not_sealed_with_the_key_of_the_folder_is_not_believed(broken: Checkout, tmp_path: Path) -> None:
    findings, written = broken.report(), broken.path.read_bytes()
    assert broken.report() == findings
    assert not broken.inspected
    broken.path = tmp_path / "other" / "cache"
    broken.path.parent.mkdir()
    broken.path.write_bytes(written)
    assert broken.report() == findings
    assert broken.inspected
