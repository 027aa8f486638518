"""Sources: what of a text is cited or dismissed, where, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from defcoop.analysis.plots.sources import COLOURS, PassageRuns, passages, shares, sources
from defcoop.models.evidence import Stance, Voice
from defcoop.models.record import Withdrawn
from tests.analysis.plots.drawings import LONG, WITHDRAWN, card, dataset, evidence, record, rows, texts

if TYPE_CHECKING:
    import defcoop


def told(*passages_: tuple[int, int], dismissed: tuple[int, int] | None = None, **more: Any) -> defcoop.Dataset:
    """A dataset with one record that is told by these passages of its text, of which another may be dismissed."""
    entries = [evidence(passage=list(passage), **more) for passage in passages_]
    left = {"digest": "0" * 64, "reason": "opinion", "note": "Praise."}
    dropped = [left | {"passage": list(dismissed)}] if dismissed else []
    state = {"evidence": [evidence(passage=list(passages_[0]), **more)]}
    return dataset(
        record("actor", "a", "A", evidence=entries),
        record("actor", "b", "B", **state),
        cards=(card(dismissed=dropped),),
    )


def test_passages_that_overlap_are_joined_and_others_are_not() -> None:
    assert passages(told((0, 10), (5, 20), (30, 40))) == [PassageRuns("seed-000", "asserted", ((0, 20), (30, 40)))]


def test_passages_that_meet_are_one() -> None:
    assert passages(
        told(
            (0, 20),
        )
    )[0].runs == ((0, 20),)


def test_passages_are_told_apart_by_stance_or_by_voice() -> None:
    data = told((0, 10), voice="quoted", speaker="act-b", stance="planned")
    assert [one.kind for one in passages(data)] == ["planned"]
    assert [one.kind for one in passages(data, "voice")] == ["quoted"]
    with pytest.raises(ValueError, match="told apart by stance or voice, not by 'mood'"):
        sources(data, by="mood")


def test_every_stance_and_voice_has_a_colour_of_its_own() -> None:
    assert list(COLOURS["stance"]) == [one.value for one in Stance]
    assert list(COLOURS["voice"]) == [one.value for one in Voice]
    assert all(len(set(colours.values())) == len(colours) for colours in COLOURS.values())


def test_a_passage_that_contradicts_a_value_is_cited_too() -> None:
    cited = {
        name: value for name, value in evidence(passage=[100, 110], stance="alleged").items() if name != "supports"
    }
    conflict = {"field": "kind", "value": "igo", "evidence": [cited], "resolution": "unresolved", "rationale": "None."}
    found = passages(dataset(record("actor", "a", "A", conflicts=[conflict])))
    assert PassageRuns("seed-000", "alleged", ((100, 110),)) in found


def test_evidence_of_a_withdrawn_record_and_of_a_text_without_card_is_left_out() -> None:
    gone = record("actor", "c", evidence=[evidence(passage=[100, 110])])
    gone = gone.model_copy(update={"withdrawn": Withdrawn.model_validate(WITHDRAWN)})
    elsewhere = record("actor", "d", evidence=[evidence(passage=[200, 210], seed="seed-009")])
    assert passages(dataset(gone, elsewhere)) == [PassageRuns("seed-000", "asserted", ((0, 10),))]


def test_the_shares_of_a_text_are_of_its_length_and_what_is_both_counts_as_cited() -> None:
    data = told((0, 100), dismissed=(50, 300))
    assert shares(data.seeds["seed-000"], passages(data)) == pytest.approx((0.1, 0.2, 0.7))
    assert {"10% cited", "20% dismissed", "70% neither"} <= set(texts(sources(data)))


def test_a_passage_is_drawn_where_it_stands_in_a_lane_of_its_kind() -> None:
    chart = sources(told((0, 100), dismissed=(50, 300)))
    ground, cited, dismissed = rows(chart, "rect")
    assert (ground["start"], ground["end"]) == (0, LONG)
    assert (cited["start"], cited["end"], cited["kind"]) == (0, 100, "asserted")
    assert (dismissed["start"], dismissed["end"], dismissed["kind"]) == (50, 300, "dismissed")
    assert ground["top"] <= cited["top"] < cited["bottom"] <= dismissed["top"] < dismissed["bottom"] <= ground["bottom"]


def test_what_lies_beyond_the_end_of_a_text_is_cut_off() -> None:
    data = told((990, 1100), (1200, 1300))
    assert [(row["start"], row["end"]) for row in rows(sources(data), "rect")[1:]] == [(990, LONG)]
    assert shares(data.seeds["seed-000"], passages(data)) == pytest.approx((0.01, 0, 0.99))


def test_a_text_says_what_it_is_and_how_reliable() -> None:
    assert {"seed-000", "news report, reliability C"} <= set(texts(sources(told((0, 9)))))


def test_a_text_of_which_nothing_is_cited_is_drawn_empty() -> None:
    data = dataset(cards=(card(), card("seed-001")))
    assert len([row for row in rows(sources(data), "rect") if "kind" not in row]) == 2
    assert "100% neither" in texts(sources(data))


def test_two_texts_stand_one_below_the_other() -> None:
    chart = sources(dataset(cards=(card(), card("seed-001"))))
    first, second = (row for row in rows(chart, "rect") if "kind" not in row)
    assert first["bottom"] < second["top"]
