"""Golden bad contributions: each is the good checkout with one mistake, which gives exactly one finding."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import defcoop
from defcoop.io.seed_texts import read_texts
from defcoop.validation import validate
from defcoop.validation.changes import deleted
from defcoop.validation.codes import CODES
from defcoop.validation.findings import Finding
from tests.checkouts import GOOD, TRAINERS, copy_of_the_good

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parents[1]
BAD, PAGES = HERE / "bad", HERE.parent / "docs" / "codes"
CASES = sorted(path.parent.relative_to(BAD).as_posix() for path in BAD.glob("*/*/expected.yaml"))
RECORD, NEW, TEXT = "dataset/actors/act-qat.yaml", "dataset/actors/act-new.yaml", "texts/900_invented.txt"


def linked(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.symlink_to(path.with_suffix(".away"))


def linked_folder(path: Path) -> None:
    path.rename(path.parents[1] / "elsewhere")
    path.symlink_to("../elsewhere")


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def opened(path: Path) -> None:
    path.unlink()
    path.mkdir()


RENAMED = ("wrong-prefix", "prefix-of-another-type", "sound-record-in-the-wrong-folder")

MADE: dict[str, Callable[[Path], None]] = {
    "DC001/too-large": lambda tree: (tree / RECORD).write_bytes(b"#" * 1_000_001) and None,
    "DC001/too-many-items": lambda tree: (tree / RECORD).write_bytes(b"# 1\n" * 2_000 + b"#, 2\n" * 1_000) and None,
    "DC014/fifo": lambda tree: os.mkfifo(tree / NEW),
    "DC014/link": lambda tree: (tree / NEW).symlink_to("act-qat.yaml"),
    "DC014/linked-folder": lambda tree: linked_folder(tree / "dataset" / "deployments"),
    **dict.fromkeys((f"DC202/{name}" for name in RENAMED), lambda tree: (tree / TRAINERS).unlink()),
    "DC203/deployment": lambda tree: (tree / TRAINERS).unlink(),
    "DC901/line-ends": lambda tree: (
        (tree / TEXT).write_bytes((tree / TEXT).read_bytes().replace(b"\n", b"\r\n")) and None
    ),
    "DC902/fifo": lambda tree: piped(tree / TEXT),
    "DC902/folder": lambda tree: opened(tree / TEXT),
    "DC902/link": lambda tree: linked(tree / TEXT),
    "DC902/too-large": lambda tree: (tree / TEXT).write_bytes(b"#" * 10_000_001) and None,
}
"""What files laid over the good checkout cannot do, done when the test runs."""


def expected_of(case: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((BAD / case / "expected.yaml").read_text(encoding="utf-8"))
    return read


def known_defects() -> list[Any]:
    """Mark the cases whose expected finding is not yet the one that comes out."""
    defects = ((case, expected_of(case).get("defect")) for case in CASES)
    return [
        pytest.param(case, marks=pytest.mark.xfail(strict=True, reason=reason)) if reason else case
        for case, reason in defects
    ]


def overlay(case: str, folder: Path) -> Path:
    tree = copy_of_the_good(folder)
    shutil.copytree(
        BAD / case,
        tree,
        dirs_exist_ok=True,
        copy_function=shutil.copyfile,
        ignore=shutil.ignore_patterns("expected.yaml"),
    )
    if case in MADE:
        MADE[case](tree)
    return tree


def test_the_good_checkout_has_no_findings() -> None:
    report = validate(GOOD / "dataset", texts=GOOD / "texts")
    assert report.findings == ()
    assert (report.records, report.sources, report.passages_unchecked) == (20, 2, 0)


def test_every_word_of_the_good_texts_is_cited_or_dismissed() -> None:
    dataset = defcoop.load(GOOD)
    cards = dataset.seeds.values()
    accounted = [(card.id, *dismissed.passage) for card in cards for dismissed in card.dismissed]
    accounted += [(claim.seed_id, claim.start, claim.end) for record in dataset for claim in dataset.claims(record)]
    for seed, text in read_texts(cards, GOOD / "texts").texts.items():
        for word in re.finditer(r"\w+", text):
            assert any(
                seed == where and start <= word.start() and word.end() <= end for where, start, end in accounted
            ), word


@pytest.mark.parametrize("case", known_defects())
def test_one_mistake_gives_one_finding(case: str, tmp_path: Path) -> None:
    tree = overlay(case, tmp_path / "checkout")
    expected = expected_of(case)
    found = [*validate(tree / "dataset", texts=tree / "texts").findings]
    if expected["code"] == "DC203":  # which is told where the state before is known
        before = [path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*.yaml")]
        found += deleted(before, tree / "dataset")
    assert [{name: getattr(finding, name) for name in Finding._fields if name != "pointer"} for finding in found] == [
        {name: expected[name] for name in ("code", "path", "message", "hint", "line", "column")}
    ]


@pytest.mark.parametrize("case", [case for case in CASES if "at" in expected_of(case)])
def test_the_finding_points_at_what_is_wrong(case: str) -> None:
    expected = expected_of(case)
    overlaid = BAD / case / expected["path"]
    source = overlaid if overlaid.exists() else GOOD / expected["path"]
    line = source.read_text(encoding="utf-8").splitlines(keepends=True)[expected["line"] - 1]
    assert line[expected["column"] - 1 :].startswith(expected["at"])


@pytest.mark.parametrize("case", [case for case in CASES if "at" not in expected_of(case)])
def test_only_a_finding_of_a_whole_file_or_of_a_hidden_character_points_at_nothing_to_read(case: str) -> None:
    expected = expected_of(case)
    at_its_start = (expected["line"], expected["column"]) == (1, 1)
    assert at_its_start or expected["code"] in {"DC002", "DC003", "DC005", "DC007"} or case in MADE


@pytest.mark.parametrize("case", CASES)
def test_a_golden_lies_in_the_folder_of_its_code_and_changes_few_files(case: str) -> None:
    files = [path for path in (BAD / case).rglob("*") if path.is_file() and path.name != "expected.yaml"]
    assert expected_of(case)["code"] == case.partition("/")[0]
    # The good checkout adds no terms: a file of terms comes with the card that names it.
    changed = [path for path in files if path.name != "dataset.yaml" or len(files) == 1]
    assert len(changed) == 1 or (case in MADE and not files)


def test_every_code_has_a_golden_and_a_page_and_no_other_has() -> None:
    assert {case.partition("/")[0] for case in CASES} == {path.name for path in BAD.iterdir()} == set(CODES)
    assert {page.stem for page in PAGES.glob("*.md")} == set(CODES)


def test_what_is_made_at_run_time_is_expected() -> None:
    assert set(MADE) <= set(CASES)


@pytest.mark.parametrize("code", CODES)
def test_a_page_has_its_title_and_its_sections(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert page.splitlines()[0] == f"# {code}: {CODES[code].title}"
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == ["What", "Why", "Wrong", "Right"]
    assert 15 <= len(page.splitlines()) <= 30


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_a_page_stand_in_the_goldens(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    wrong, right = page.split("## Wrong")[1].split("## Right")
    good = lines_of(GOOD)
    bad = {line for case in CASES if case.startswith(code) for line in lines_of(BAD / case)}
    assert example_lines(wrong) - good <= bad
    if code == "DC811":  # of which the good checkout has nothing: what is right there is a golden that was mended
        fixes = yaml.safe_load((HERE / "validation/fixes.yaml").read_text(encoding="utf-8")).values()
        good = bad | {line.strip() for fix in fixes for _, new in fix.get("edits", ()) for line in new.splitlines()}
    assert example_lines(right) <= good


def lines_of(folder: Path) -> set[str]:
    files = [path for path in folder.rglob("*.yaml") if path.is_file() and path.name != "expected.yaml"]
    return {line.strip() for path in files for line in path.read_text(encoding="utf-8", errors="replace").split("\n")}


def example_lines(section: str) -> set[str]:
    blocks = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    return {line.strip() for block in blocks for line in block.splitlines() if line.strip() not in {"", "…"}}
