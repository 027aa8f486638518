"""`defcoop init` and `defcoop update`: options, answers in a file, what is refused, exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.validation.dataset_card import read_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go where nothing is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_dataset_validates_and_is_up_to_date(
    defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert defcoop("init", "north").code == 0
    monkeypatch.chdir("north")
    assert defcoop("validate", "--strict").code == 0
    assert defcoop("update", "--check").code == 0


def test_options_are_said_in_the_card(defcoop: Callable[..., Result]) -> None:
    who = "Ada Holm 0000-0002-1825-0097"
    assert (
        defcoop("init", "n", "--title", "North", "--language", "en", "--language", "no", "--contributor", who).code == 0
    )
    card = read_card(Path("n")).card
    assert (card.title, card.languages) == ("North", ("en", "no"))
    assert [(one.name, one.orcid) for one in card.contributors] == [("Ada Holm", "0000-0002-1825-0097")]


def test_nothing_is_written_over(defcoop: Callable[..., Result]) -> None:
    Path("north").mkdir()
    Path("north/Makefile").write_text("ours\n")
    found = defcoop("init", "north")
    assert (found.code, found.out) == (2, "")
    assert "Makefile already; nothing was written" in found.err
    assert [path.name for path in Path("north").iterdir()] == ["Makefile"]


@pytest.mark.parametrize("text", ["titel: North\n", "name: North!\n", "- a\n", "name: [\n"])
def test_answers_that_cannot_stand_are_refused(text: str, defcoop: Callable[..., Result]) -> None:
    Path("answers.yaml").write_text(text)
    assert defcoop("init", "north", "--from", "answers.yaml").code == 2
    assert not Path("north").exists()


def test_an_edit_leaves_a_newer_file_beside_it_and_exit_code_1(defcoop: Callable[..., Result]) -> None:
    defcoop("init", "north")
    readme, card = Path("north/README.md"), Path("north/dataset.yaml")
    readme.write_text("ours\n")
    card.write_text(card.read_text().replace("title: North", "title: South"))
    checked = defcoop("update", "north", "--check")
    assert (checked.code, Path("north/README.md.new").exists()) == (1, False)
    found = defcoop("update", "north")
    assert found.code == 1
    assert "+# South" in found.out
    assert readme.read_text() == "ours\n"
    assert Path("north/README.md.new").read_text().startswith("# South\n")
    Path("north/README.md.new").unlink()
    assert defcoop("update", "north").code == 0
