"""What a value says, its words say: the counts of changed values, and what is not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.readability import trials
from defcoop.validation import validate
from tests.checkouts import TRAINING, WAVE, edit

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop

DATE = ('date: "2031-05"', 'date: "2031-06"')


def codes(tree: Path, texts: Path | None) -> list[str]:
    return [finding.code for finding in validate(tree / "dataset", texts=texts).findings]


def test_without_the_text_the_quote_alone_is_judged_and_actors_are_not(tree: Path) -> None:
    edit(tree, TRAINING, DATE)
    edit(tree, WAVE, ("actor: act-gull-regiment", "actor: act-mirsah"))
    assert codes(tree, tree / "texts") == ["DC413", "DC414"]
    assert codes(tree, None) == ["DC413"]


def test_an_inferred_value_need_not_be_readable(tree: Path) -> None:
    edit(
        tree,
        TRAINING,
        DATE,
        (
            "    basis: explicit\n    supports: [ratified]",
            "    basis: inferred\n    reasoning: X.\n    supports: [ratified]",
        ),
    )
    assert codes(tree, None) == []


def test_nearly_all_changes_are_reported_and_no_kind_is_passed_over(shipped: defcoop.Dataset) -> None:
    judged = [trial for trial in trials(shipped, {}) if trial.judged]
    kinds = {trial.kind for trial in judged}
    assert kinds >= {"number", "date", "stance (told as denied)"}
    reported = [found for trial in judged for found in trial.reported]
    assert sum(reported) >= 0.99 * len(reported)
