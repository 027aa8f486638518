"""Hostile contributions: each is refused with a finding or an exit of 2, no traceback, in bounded time and memory."""

from __future__ import annotations

import faulthandler
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from defcoop.cli.formats import FORMATS
from defcoop.dataset import load
from defcoop.io import files as _files
from defcoop.io.files import FileError, read_regular
from defcoop.io.yaml_reader import MAX_ITEMS, YamlError, read
from defcoop.package import build
from defcoop.validation import reading
from defcoop.validation.dataset_checks import DATASET_CHECKS
from defcoop.validation.issues import CrossRecordIssue, DatasetIndex
from defcoop.validation.summary import RecordSummary
from tests.checkouts import LEAGUE, MEMORANDA, QATAR, TRAINERS, copy_of_the_good, edit, report_of, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NEW = "dataset/actors/act-new.yaml"


@pytest.fixture(autouse=True)
def watched() -> Iterator[None]:
    faulthandler.dump_traceback_later(120, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of_the_good(tmp_path / "checkout")


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def run(tree: Path, *options: str) -> Ran:
    """Validate as a user does, in a process with little memory and time."""
    base = ("-m", "defcoop", "validate", "--dataset", "dataset", "--seeds", "texts", "--no-cache", "--jobs", "1")
    code = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, *base, *options],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(code), "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        timeout=90,
        preexec_fn=_limits,
    )
    found = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in found.out + found.err
    assert found.code in {0, 1, 2}
    return found


# --- files that are too much -----------------------------------------------------------------------------------

BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True))
SOURCES = {
    "alias bomb": (BOMB, "DC007"),
    "merge bomb": ("<<: " + "{<<: " * 1000, "DC009"),
    "flow sequences": ("[" * 100_000, "DC013"),
    "flow mappings": ("{a: " * 100_000, "DC013"),
    "closed flow sequences": ("[" * 100_000 + "]" * 100_000, "DC013"),
    "block sequences": ("- " * 100_000, "DC013"),
    "block mappings": ("".join(" " * depth + "a:\n" for depth in range(1300)), "DC013"),
    "complex keys": ("? " * 100_000, "DC005"),
    "flow keys": ("{" * 100_000, "DC005"),
    "python object": ("!!python/object/apply:os.system [touch pwned]", "DC008"),
    "python name": ("id: !!python/name:os.system", "DC008"),
    "long tag": ("!" + "a" * 500_000 + " x", "DC008"),
    "long anchor": ("&" + "a" * 500_000 + " x", "DC007"),
    "long plain scalar": ("a" * 900_000, "DC103"),
    "long key": ("a" * 900_000 + ": x", "DC005"),
    "many quotes": ("'" * 900_000, "DC103"),
    "many escapes": ('"' + r"\u202e" * 100_000 + '"', "DC003"),
    "many lines": ("\n" * 900_000, "DC001"),
    "many commas": ("[" + "x, " * 300_000 + "]", "DC001"),
    "many documents": ("---\n" * 2000, "DC012"),
    "many directives": ("%A b\n" * 2000, "DC005"),
    "digits": ("9" * 900_000, "DC011"),
    "negative digits": ("-" + "9" * 900_000 + ".5", "DC011"),
    "sexagesimal": ("1" + ":1" * 400_000, "DC011"),
    "formula": ("=cmd|'/c calc'!A0", "DC103"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_hostile_file_has_one_finding_and_its_code(name: str, tree: Path) -> None:
    source, code = SOURCES[name]
    (tree / NEW).write_text(source, encoding="utf-8")
    found = [finding for finding in report_of(tree).findings if finding.path == NEW]
    assert [finding.code for finding in found] == [code]
    assert len(found[0].message) < 300
    assert not (tree / "pwned").exists()


def test_a_file_of_50_megabytes_is_not_even_read(tree: Path) -> None:
    with (tree / NEW).open("wb") as file:
        file.truncate(50_000_000)
    found = run(tree)
    assert found.code == 1
    assert f"{NEW}:1:1: error DC001 act-new: the file has 50,000,000 bytes, more than 1,000,000" in found.out


@pytest.mark.parametrize("name", ["alias bomb", "flow sequences", "block sequences", "python object", "many commas"])
def test_the_command_line_refuses_it_in_little_memory(name: str, tree: Path) -> None:
    source, code = SOURCES[name]
    (tree / NEW).write_text(source, encoding="utf-8")
    found = run(tree)
    assert found.code == 1
    assert f"{NEW}:1:" in found.out
    assert code in found.out
    assert not (tree / "pwned").exists()


def test_a_file_may_have_so_many_lines_and_commas_and_no_more() -> None:
    assert read(b"a: 1" + b"\n" * MAX_ITEMS) == {"a": 1}
    with pytest.raises(YamlError, match=r"\Ahas 3,001 lines and commas, more than the 3,000 that end here\Z") as caught:
        read(b"a: [1,2]" + b"\n" * MAX_ITEMS)
    assert (caught.value.line, caught.value.column) == (MAX_ITEMS, 1)


# --- one record that sets its own checks against themselves ----------------------------------------------------

MANY = 900


def parties(number: int) -> str:
    return ", ".join(f"act-{one}" for one in range(number))


CROWDED: dict[str, tuple[tuple[str, str], ...]] = {
    "references": (("[act-qat, act-coast-league]", f"[{parties(MANY)}]"),),
    "no evidence": (("[act-qat, act-coast-league]", f"[{parties(MANY)}]"), ("[parties, aggregate]", "[aggregate]")),
    "one twice": (("[act-qat, act-coast-league]", f"[{parties(MANY)}, act-1]"),),
    "misspelt paths": (("[parties, ", f"[{', '.join(f'party-{one}' for one in range(MANY))}, "),),
    "absences": (("absent: {", "absent: {" + "".join(f"x{one}: unknown, " for one in range(MANY))),),
    "fields": (("laterality:", "".join(f"x{one}: 1\n" for one in range(MANY)) + "laterality:"),),
    "empty entries": (("evidence:\n", "evidence:\n" + "  - {supports: []}\n" * MANY),),
}


@pytest.mark.parametrize("name", CROWDED)
def test_a_crowded_record_ends_in_findings(name: str, tree: Path) -> None:
    edit(tree, MEMORANDA, *CROWDED[name])
    findings = report_of(tree).findings
    assert len([finding for finding in findings if finding.path == MEMORANDA]) >= MANY - 2


# --- what is no file, or not here ------------------------------------------------------------------------------


def bound(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket has few letters
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


PLANTED: dict[str, Callable[[Path], object]] = {
    "link to a file outside": lambda path: path.symlink_to("/etc/passwd"),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to a folder": lambda path: path.symlink_to("/"),
    "pipe": os.mkfifo,
    "socket": bound,
    "folder": Path.mkdir,
}
PLACES = (NEW, "dataset/new.yaml", "dataset/exercises.yaml", "seeds/seed-999.yaml")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", PLANTED)
def test_what_is_no_regular_file_is_stray_and_not_opened(name: str, place: str, tree: Path) -> None:
    PLANTED[name](tree / place)
    assert [(finding.code, finding.path) for finding in report_of(tree).findings] == [("DC014", place)]


def test_the_command_line_waits_for_no_pipe_and_no_device(tree: Path) -> None:
    os.mkfifo(tree / NEW)
    (tree / LEAGUE).unlink()
    (tree / LEAGUE).symlink_to("/dev/zero")
    assert run(tree).code == 1


def test_a_device_is_stray(tree: Path) -> None:
    try:
        os.mknod(tree / NEW, 0o020666, os.makedev(1, 5))  # as /dev/zero
    except PermissionError:
        pytest.skip("this machine lets nobody make a device")
    assert [(finding.code, finding.path) for finding in report_of(tree).findings] == [("DC014", NEW)]


@pytest.mark.parametrize("folder", ["dataset/actors", "dataset/trade_figures"])
def test_a_linked_folder_is_stray_and_not_entered(folder: str, tree: Path) -> None:
    (tree / folder).rename(tree / "elsewhere")
    (tree / folder).symlink_to("../elsewhere")
    findings = report_of(tree).findings
    assert ("DC014", folder) in [(finding.code, finding.path) for finding in findings]
    assert not [finding for finding in findings if finding.path.startswith(f"{folder}/")]


@pytest.mark.parametrize("folder", ["dataset", "seeds"])
def test_a_checkout_whose_folders_lie_elsewhere_is_refused(folder: str, tree: Path, tmp_path: Path) -> None:
    (tree / folder).rename(tmp_path / "elsewhere")
    (tree / folder).symlink_to(tmp_path / "elsewhere")
    assert run(tree).code


@pytest.mark.parametrize("folder", ["dataset", "seeds"])
@pytest.mark.parametrize("name", ["link to a device", "pipe", "socket"])
def test_a_checkout_whose_folders_are_none_cannot_be_validated(name: str, folder: str, tree: Path) -> None:
    (tree / folder).rename(tree / "elsewhere")
    PLANTED[name](tree / folder)
    found = run(tree)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("defcoop: ")


def test_a_dataset_that_is_a_link_to_itself_cannot_be_validated(tree: Path) -> None:
    (tree / "dataset").rename(tree / "elsewhere")
    (tree / "dataset").symlink_to("dataset")
    assert run(tree).code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_finding(tree: Path) -> None:
    (tree / QATAR).chmod(0)
    assert told(tree)[0] == ("DC001", "act-qat: the file cannot be opened: Permission denied")


# --- names -----------------------------------------------------------------------------------------------------

ACTOR = """\
id: {}
names: [{{text: New, lang: en, kind: editorial}}]
summary: New.
kind: company
evidence:
  - seed: seed-901
    passage: [164, 174]
    quote: شركة مرساة
    digest: 914e79a5d4301fb83a58fe184e62fc1514517971887aaf717727535fbe51a72b
    voice: seed
    stance: asserted
    basis: explicit
    supports: [kind]
"""
IDS = {
    "up the tree": "../../act-x",
    "absolute": "/etc/passwd",
    "homoglyph": "act-q\u0430t",
    "other case": "act-QAT",
    "wide letters": "act-\uff51\uff41\uff54",
    "combining": "act-qat\u0301",
    "other digits": "act-\u0661",
    "line at the end": '"act-new\\n"',
    "space": "act-new x",
    "percent": "act-%2e%2e",
    "hyphen": "act-new-",
    "formula": "=act-new",
    "long": "act-" + "a" * 100,
}


@pytest.mark.parametrize("name", IDS)
def test_an_id_that_is_none_is_refused(name: str, tree: Path) -> None:
    (tree / NEW).write_text(ACTOR.format(IDS[name]), encoding="utf-8")
    findings = report_of(tree).findings
    assert [(finding.path, finding.code, finding.pointer) for finding in findings] == [(NEW, "DC105", ("id",))]


@pytest.mark.parametrize(
    "stem", ["act-q\u0430t", "act-Qat", "act-QAT", "act-qat\u0301", "act-qat ", "act-..", "act-qat.yaml"]
)
def test_a_file_name_that_looks_like_another_is_refused(stem: str, tree: Path) -> None:
    for said in (stem, "act-qat"):
        (tree / f"dataset/actors/{stem}.yaml").write_text(ACTOR.format(f"'{said}'"), encoding="utf-8")
        codes = {finding.code for finding in report_of(tree).findings}
        assert codes & {"DC105", "DC201"}
        assert codes <= {"DC105", "DC201", "DC804"}


@pytest.mark.parametrize(
    "stem", ["", ".", "-", "act", "act-", "ACT-NEW", "\u0430ct-new", "--help", "=act", "con", "act_new"]
)
def test_a_file_name_without_the_prefix_is_refused(stem: str, tree: Path) -> None:
    path = f"dataset/actors/{stem}.yaml"
    (tree / path).write_text(ACTOR.format("act-new"), encoding="utf-8")
    assert {finding.code for finding in report_of(tree).findings if finding.path == path} <= {
        "DC014",
        "DC201",
        "DC202",
        "DC804",
    }
    assert not report_of(tree).ok


@pytest.mark.parametrize("shown", FORMATS)
def test_a_file_name_that_is_no_text_is_shown_in_every_format(shown: str, tree: Path) -> None:
    folder = os.fsencode(tree / "dataset" / "actors")
    for name in (b"act-\xff\n::error::x\x1b[2J.yaml", b"act-\xfe.txt", "act-\u202e.yaml".encode()):
        Path(os.fsdecode(folder + b"/" + name)).write_text("a: 1\n", encoding="utf-8")
    found = run(tree, "--format", shown)
    assert found.code == 1
    assert "\x1b" not in found.out
    assert "\n::error::x" not in found.out


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_a_text_that_a_spreadsheet_would_run_is_a_text_and_guarded_where_it_is_written(first: str, tree: Path) -> None:
    edit(tree, MEMORANDA, ("summary: Several", f"summary: '{first}1' # Several"))
    assert told(tree) == []
    build(load(tree), tree / "package")
    assert f",'{first}1," in (tree / "package/data/agreements.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("first", ["\u2061=", " =", "\t="])
def test_a_formula_that_hides_is_refused(first: str, tree: Path) -> None:
    edit(tree, MEMORANDA, ("summary: Several", f"summary: '{first}1' # Several"))
    assert [code for code, _ in told(tree)] in (["DC105"], ["DC003"])


# --- revisions -------------------------------------------------------------------------------------------------

REVISIONS = (
    *("--output=pwned", "-h", "--help", "--upload-pack=touch pwned", "--exec=touch pwned", "-c", "--", "-"),
    *("HEAD; touch pwned", "$(touch pwned)", "`touch pwned`", "| touch pwned", "ext::sh -c touch% pwned"),
    *("", " ", "HEAD\n--output=pwned", "HEAD..", "^HEAD", "HEAD^{tree}", ":/", "@{-1}", "x" * 5000, "\u202eHEAD"),
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = copy_of_the_good(tmp_path_factory.mktemp("hostile") / "checkout")
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    for step in (("init", "-q"), ("add", "."), (*name, "commit", "-q", "-m", "all")):
        subprocess.run(["git", "-C", tree, *step], check=True, capture_output=True)
    return tree


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_that_is_none_ends_with_2(revision: str, repository: Path) -> None:
    found = run(repository, f"--changed-since={revision}")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("defcoop: --changed-since: ")
    assert not list(repository.rglob("pwned"))


# --- files that change while they are read ---------------------------------------------------------------------


def second_reading(monkeypatch: pytest.MonkeyPatch, path: Path, then: Callable[[], bytes]) -> None:
    """Let a file be read as it is the first time, and otherwise after that."""
    read_before: set[str] = set()

    def reading_of(file: Path | str, limit: int) -> bytes:
        if os.fspath(file) == os.fspath(path):
            if path.name in read_before:
                return then()
            read_before.add(path.name)
        return read_regular(file, limit)

    monkeypatch.setattr(reading, "read_regular", reading_of)


def gone() -> bytes:
    reason = "cannot be opened: No such file or directory"
    raise FileError(reason)


CHANGES: dict[str, Callable[[], bytes]] = {
    "gone": gone,
    "emptied": lambda: b"",
    "no longer YAML": lambda: b"[",
    "another document": lambda: b"[1]",
    "no text": lambda: b"\xff",
}


def test_a_file_that_goes_after_the_listing_is_a_finding(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def vanishing(path: Path | str, *rest: int) -> int:
        if os.fspath(path).endswith("act-qat.yaml"):
            Path(path).unlink(missing_ok=True)
        return opened(path, *rest)

    monkeypatch.setattr(_files.os, "open", vanishing)
    assert told(tree) == [("DC001", "act-qat: the file cannot be opened: No such file or directory")]


@pytest.mark.parametrize("change", CHANGES)
def test_a_mistake_in_a_file_that_changes_stays_a_finding(
    change: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tree, TRAINERS, ("best: 40", "best: x"))
    second_reading(monkeypatch, tree / TRAINERS, CHANGES[change])
    assert [code for code, _ in told(tree)] == ["DC103"]


@pytest.mark.parametrize("change", CHANGES)
def test_a_broken_reference_of_a_file_that_changes_stays_a_finding(
    change: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(tree, TRAINERS, ("facility: fac-qat-marjan-base", "facility: fac-qat-nowhere"))
    second_reading(monkeypatch, tree / TRAINERS, CHANGES[change])
    assert "DC301" in [code for code, _ in told(tree)]


# --- many records that set the checks between files against themselves -----------------------------------------


class Counting(dict[str, RecordSummary]):
    """RecordSummary that count how often they are looked at, as a measure of work that no machine's speed changes."""

    looked_at = 0

    def __getitem__(self, own: str) -> RecordSummary:
        self.looked_at += 1
        return super().__getitem__(own)


def ties(kind: str, summaries: dict[str, RecordSummary]) -> tuple[list[CrossRecordIssue], int]:
    """Run all checks between files; also count the looks at single records."""
    counting = Counting(summaries)
    index = DatasetIndex(dict.fromkeys(summaries, kind), counting)
    return [tie for check in DATASET_CHECKS for tie in check(index)], counting.looked_at


def codes(found: Iterable[CrossRecordIssue]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for tie in found:
        numbers[tie.code] = numbers.get(tie.code, 0) + 1
    return numbers


def test_ten_thousand_broken_references_are_each_told() -> None:
    summaries = {f"agr-{one:05}": RecordSummary((((f"act-{one:05}-x"), "actor"),)) for one in range(10_000)}
    found, looks = ties("agreement", summaries)
    assert codes(found) == {"DC301": 10_000}
    assert looks < 100_000


@pytest.mark.parametrize("closed", [False, True])
def test_a_chain_of_twenty_thousand_parents_is_followed(*, closed: bool) -> None:
    number = 20_000
    up = {one: (one + 1) % number for one in range(number if closed else number - 1)}
    summaries = {
        f"act-{one:05}": RecordSummary(
            *([((f"act-{up[one]:05}", "actor"),), (("parent", f"act-{up[one]:05}"),)] if one in up else [()])
        )
        for one in range(number)
    }
    found, looks = ties("actor", summaries)
    assert codes(found) == ({"DC303": 1} if closed else {"DC804": 1})
    assert looks < 10 * number


def test_five_thousand_records_with_the_same_sides_and_dates_are_each_told_once() -> None:
    number = 5_000
    alike = RecordSummary(
        (("act-a", "actor"),), sides=("act-a", "act-b"), what="treaty", dates=(("signed", "2031-04-01", "2031-04-30"),)
    )
    found, looks = ties("agreement", {f"agr-{one:04}": alike for one in range(number)})
    assert codes(found)["DC802"] == number - 1
    assert looks < 20 * number


def test_five_thousand_records_with_the_same_name_and_passage_are_each_told_once() -> None:
    number = 5_000
    alike = RecordSummary((), names=("x",), what="treaty", passages=(("seed-900", 0, 5),), twins=())
    found, looks = ties("agreement", {f"agr-{one:04}": alike for one in range(number)})
    assert codes(found) == {"DC802": number - 1, "DC803": number - 1}
    assert looks < 20 * number


def test_a_tree_of_broken_references_is_validated_to_the_end(tree: Path) -> None:
    for one in range(1_000):
        name = f"agr-many-{one}"
        source = (tree / MEMORANDA).read_text(encoding="utf-8")
        source = source.replace("agr-coast-league-qat-memoranda", name).replace("act-coast-league]", f"act-no-{one}]")
        (tree / f"dataset/agreements/{name}.yaml").write_text(source, encoding="utf-8")
    report = report_of(tree)
    assert sum(finding.code == "DC301" for finding in report.findings) == 1_000
