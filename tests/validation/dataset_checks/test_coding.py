"""How much of a text is cited or dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.validation import Run, validate
from defcoop.validation.cache import Cache
from defcoop.validation.dataset_checks.coding import texts_are_coded
from defcoop.validation.issues import DatasetIndex
from defcoop.validation.summary import RecordSummary
from tests.checkouts import GOOD, copy_of_the_good

if TYPE_CHECKING:
    from pathlib import Path

CARD = RecordSummary((), sentences=((0, 50), (51, 100), (102, 200)))


def told(*passages: tuple[int, int], coverage: float = 0.9) -> list[str]:
    record = RecordSummary((), passages=tuple(("seed-900", *span) for span in passages))
    ids = {"seed-900": "seed", "agr-a": "agreement"}
    index = DatasetIndex(ids, {"seed-900": CARD, "agr-a": record}, coverage)
    return [issue.message for issue in texts_are_coded(index)]


@pytest.mark.parametrize("passages", [[(0, 200)], [(0, 60), (40, 100), (102, 198)], [(0, 200), (10, 20)], [(0, 190)]])
def test_a_text_that_is_coded_is_not_warned_of(passages: list[tuple[int, int]]) -> None:
    assert told(*passages) == []


def test_a_text_of_which_a_third_is_left_is_warned_of_with_the_sentences() -> None:
    assert told((0, 40), (51, 150)) == [
        "30% of the text is neither cited nor dismissed, in 2 of its sentences: [0, 50), [102, 200)"
    ]


def test_the_dataset_says_how_much_is_asked_for() -> None:
    assert told((0, 190), coverage=0.99) != []
    assert told(coverage=0) == []


def test_nothing_is_said_without_the_text_or_while_a_file_is_broken() -> None:
    known = {"seed-900": CARD}
    assert list(texts_are_coded(DatasetIndex({"seed-900": "seed", "agr-a": "agreement"}, known))) == []
    assert list(texts_are_coded(DatasetIndex({"seed-900": "seed"}, {"seed-900": RecordSummary(())}))) == []
    assert len(list(texts_are_coded(DatasetIndex({"seed-900": "seed"}, known)))) == 1


def test_the_good_texts_are_coded_to_the_last_word() -> None:
    assert validate(GOOD, texts=GOOD / "texts", run=Run(coverage=1)).findings == ()


@pytest.mark.parametrize(("threshold", "codes"), [("", ["DC903"]), ("coverage_threshold: 0.8\n", [])])
def test_the_card_of_the_dataset_sets_the_threshold(threshold: str, codes: list[str], tmp_path: Path) -> None:
    tree = copy_of_the_good(tmp_path / "checkout")
    card, seed = tree / "dataset.yaml", tree / "seeds/seed-901.yaml"
    seed.write_text(seed.read_text(encoding="utf-8").split("dismissed:")[0], encoding="utf-8")
    cache = Cache(tree / "cache", tree / "texts")
    assert len(validate(tree, texts=tree / "texts", run=Run(cache=cache)).findings) == 1
    card.write_text(card.read_text(encoding="utf-8") + threshold, encoding="utf-8")
    found = validate(tree, texts=tree / "texts", run=Run(cache=cache)).findings
    assert [finding.code for finding in found] == codes
