"""How much of a text is cited or dismissed."""

from __future__ import annotations

import pytest

from defcoop.validation import Run, validate
from defcoop.validation.dataset_checks.coding import texts_are_coded
from defcoop.validation.issues import DatasetIndex
from defcoop.validation.summary import RecordSummary
from tests.checkouts import GOOD

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
