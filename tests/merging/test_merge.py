"""Two datasets into one: nothing is lost, in whatever order, and merging again changes nothing."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import defcoop
from defcoop.cli import main
from defcoop.errors import InputError
from defcoop.io.yaml_reader import read
from defcoop.io.yaml_writer import write_yaml
from defcoop.merging import merge
from defcoop.models.registry import type_of
from defcoop.validation import validate
from tests import sound
from tests.checkouts import GOOD, HARBOUR, QATAR, REGIMENT, TRAINERS, copy_of_the_good, edit

CARD = (GOOD / "dataset.yaml").read_text(encoding="utf-8")
NAMES = ("north", "south", "west")


def files(folder: Path, *aside: str) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*.yaml") if path.name not in aside]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def named(folder: Path, name: str) -> Path:
    """Give a checkout the card of a dataset of a name."""
    card = re.sub("^name: .*$", f"name: {name}", CARD, flags=re.MULTILINE)
    card = card.replace("The coast team", f"Makers of {name}")
    (folder / "dataset.yaml").write_text(card, encoding="utf-8")
    return folder


def checkout(folder: Path, name: str, number: int) -> Path:
    """Write a dataset that comes of a number."""
    made = sound.dataset(number, 4)
    for record in [*made, *made.seeds.values()]:
        kind = type_of(record) if hasattr(record, "evidence") else None
        place = folder / "dataset" / kind.folder if kind else folder / "seeds"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{record.id}.yaml").write_text(write_yaml(record, kind.name if kind else "source_card"), "utf-8")
    (folder / "dataset").mkdir(parents=True, exist_ok=True)
    (folder / "seeds").mkdir(exist_ok=True)
    return named(folder, name)


IDS = re.compile(r"(?<![\w-])(?:seed-[0-9]+|[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])")


def told(folder: Path) -> set[str]:
    """What a checkout tells: each piece of evidence of each record, with what it supports, ids aside."""
    pieces: set[str] = set()
    for path in (folder / "dataset").rglob("*.yaml"):
        data: Any = read(path.read_bytes())
        for field in ("evidence", "conflicts", "alternatives"):
            pieces |= {IDS.sub("ID", json.dumps(item, default=str, sort_keys=True)) for item in data.get(field, ())}
        values = {key: value for key, value in data.items() if key not in {"id", "evidence", "withdrawn"}}
        pieces.add(IDS.sub("ID", json.dumps(values, default=str, sort_keys=True)))
    return pieces


FEW = settings(max_examples=10, deadline=None)
NUMBERS = st.integers(0, 2**32)


@FEW
@given(NUMBERS, NUMBERS)
def test_no_claim_is_lost_and_merging_again_changes_nothing(one: int, two: int) -> None:
    with TemporaryDirectory() as room:
        first, second = (checkout(Path(room, name), name, n) for name, n in zip(NAMES, (one, two), strict=False))
        out, again = Path(room, "out"), Path(room, "again")
        merge(first, second, out)
        assert told(first) | told(second) == told(out)
        assert files(first, "dataset.yaml").items() <= files(out).items()
        for other in (first, second, out):
            merge(out, other, again)
            assert files(again) == files(out)


@FEW
@given(NUMBERS)
def test_merging_with_itself_changes_nothing(number: int) -> None:
    with TemporaryDirectory() as room:
        folder = checkout(Path(room, "north"), "north", number)
        assert merge(folder, folder, Path(room, "out")).added == 0
        assert files(Path(room, "out")) == files(folder)


@FEW
@given(st.lists(st.integers(0, 3), min_size=3, max_size=3), NUMBERS)
def test_it_does_not_matter_which_two_of_three_are_merged_first(picks: list[int], number: int) -> None:
    with TemporaryDirectory() as room:
        one, two, three = (checkout(Path(room, name), name, number + n) for name, n in zip(NAMES, picks, strict=True))
        merge(one, two, Path(room, "left"))
        merge(Path(room, "left"), three, Path(room, "lefts"))
        merge(two, three, Path(room, "right"))
        merge(one, Path(room, "right"), Path(room, "rights"))
        assert files(Path(room, "lefts")) == files(Path(room, "rights"))


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return named(copy_of_the_good(tmp_path / "ours"), "ours")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    return named(copy_of_the_good(tmp_path / "theirs"), "theirs")


def test_what_is_the_same_stands_once_and_what_is_another_gets_a_name(ours: Path, theirs: Path, tmp_path: Path) -> None:
    edit(theirs, REGIMENT, ("kind: reported", "kind: alias"))
    merged = merge(ours, theirs, tmp_path / "out")
    new = REGIMENT.replace("act-", "act-theirs-")
    assert (tmp_path / "out" / new).is_file()
    assert "act-theirs-gull-regiment" in (tmp_path / "out/origins.yaml").read_text(encoding="utf-8")
    assert next((row.record, row.same_as) for row in merged.proposals) == (
        "act-theirs-gull-regiment",
        "act-gull-regiment",
    )
    # What refers to it is another record too.
    assert len(list((tmp_path / "out/dataset/exercises").glob("exe-theirs-*"))) >= 1
    assert "Makers of theirs" in (tmp_path / "out/dataset.yaml").read_text(encoding="utf-8")


def test_what_a_person_confirmed_is_withdrawn_in_favour_of_the_other(ours: Path, theirs: Path, tmp_path: Path) -> None:
    edit(theirs, QATAR, ("kind: state", "kind: state\nnote: As the other dataset sees it."))
    out, again = tmp_path / "out", tmp_path / "again"
    merge(ours, theirs, out)
    path = out / "proposals.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            'reason: "Both have the id act-qat."\n  confirmed: false', "reason: x\n  confirmed: true"
        ),
        encoding="utf-8",
    )
    confirmed = shutil.copyfile(path, tmp_path / "confirmed.yaml")
    merged = merge(ours, theirs, again, confirmed=confirmed)
    assert (merged.added, merged.proposals) == (1, ())
    record = defcoop.load(again).actors["act-theirs-qat"]
    assert record.withdrawn is not None
    assert record.withdrawn.replaced_by == "act-qat"
    assert validate(again).findings == ()
    third = tmp_path / "third"
    merge(again, theirs, third)
    assert files(third) == files(again)


def test_cards_of_one_number_and_two_texts_are_two(ours: Path, theirs: Path, tmp_path: Path) -> None:
    for path in (theirs / "seeds").iterdir():
        path.write_text(re.sub("sha256: ....", "sha256: ffff", path.read_text(encoding="utf-8")), encoding="utf-8")
    merged = merge(ours, theirs, tmp_path / "out")
    assert merged.same == 0
    assert len(list((tmp_path / "out/seeds").iterdir())) == 4
    assert validate(tmp_path / "out").records == 40


def test_what_either_card_of_a_text_dismisses_stays_dismissed(ours: Path, theirs: Path, tmp_path: Path) -> None:
    card = "seeds/seed-901.yaml"
    for tree, part in ((ours, 0), (theirs, 1)):
        head, *dismissed = (tree / card).read_text(encoding="utf-8").split("  - ")
        (tree / card).write_text(f"{head}  - {dismissed[part]}", encoding="utf-8")
    assert merge(ours, theirs, tmp_path / "out").added == 0
    assert read((tmp_path / "out" / card).read_bytes()) == read((GOOD / card).read_bytes())


def test_a_common_ancestor_lets_changes_of_both_sides_stand(ours: Path, theirs: Path, tmp_path: Path) -> None:
    base = named(copy_of_the_good(tmp_path / "base"), "ours")
    edit(ours, QATAR, ("kind: state", "kind: state\nnote: Ours."))
    edit(theirs, HARBOUR, ("\nevidence:", "\nnote: Theirs.\nevidence:"))
    edit(ours, TRAINERS, ("\nevidence:", "\nnote: Ours.\nevidence:"))
    edit(theirs, TRAINERS, ("kind: editorial", "kind: official"))
    merged = merge(ours, theirs, tmp_path / "out", base)
    assert merged.added == 0
    data = defcoop.load(tmp_path / "out")
    assert data["act-qat"].note == "Ours."
    assert data[Path(HARBOUR).stem].note == "Theirs."
    assert data[Path(TRAINERS).stem].note == "Ours."
    assert data[Path(TRAINERS).stem].names[0].kind == "official"
    edit(theirs, QATAR, ("kind: state", "kind: state\nnote: Theirs."))
    assert "act-theirs-qat" in {row.record for row in merge(ours, theirs, tmp_path / "out", base).proposals}


def test_what_cannot_be_read_is_refused_and_nothing_is_written(ours: Path, theirs: Path, tmp_path: Path) -> None:
    (theirs / QATAR).write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="act-qat"):
        merge(ours, theirs, tmp_path / "out")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    with pytest.raises(InputError, match="not empty"):
        merge(ours, ours, tmp_path / "full")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "ours", "theirs"]


def test_the_command(
    ours: Path, theirs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(theirs, REGIMENT, ("kind: reported", "kind: alias"))
    monkeypatch.setattr("sys.argv", ["defcoop", "merge", str(ours), str(theirs), "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code or 0, out) == (0, f"{tmp_path / 'out'}\n")
    assert "pairs of records may be one" in err
