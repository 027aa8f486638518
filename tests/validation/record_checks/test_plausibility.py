"""Plans that lie in the past of their only source, and offices held together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.io.record_files import RecordFile
from defcoop.validation.issues import Sources
from defcoop.validation.reading import read_record_file
from defcoop.validation.record_checks.plausibility import one_office_at_a_time, plans_lie_ahead
from defcoop.values import Edtf
from tests.checkouts import GOOD, MEETING

if TYPE_CHECKING:
    from defcoop.models import Actor, Engagement, SourceCard
    from defcoop.models.actor import Office


def model_at(path: str, kind: str) -> Any:
    return read_record_file(RecordFile(str(GOOD / path), path, kind, Path(path).stem)).model


def planned(period: str, *seeds: str) -> Engagement:
    """Give a meeting that was expected for a time, by so many texts."""
    meeting: Engagement = model_at(MEETING, "engagement")
    entry = next(entry for entry in meeting.evidence if "status" in entry.supports)
    entries = tuple(entry.model_copy(update={"seed": seed}) for seed in seeds)
    return meeting.model_copy(update={"period": Edtf(period), "evidence": entries})


def cards(published: str | None) -> Sources:
    """Give cards of three texts, of which all were published at a time."""
    card: SourceCard = model_at("seeds/seed-900.yaml", "seed")
    date = Edtf(published) if published else None
    return Sources({f"seed-90{n}": card.model_copy(update={"published": date}) for n in range(3)}, {}, {})


@pytest.mark.parametrize(
    ("period", "published", "is_past"),
    [
        ("2031-05-31", "2031-06-01", True),
        ("2031-06-01", "2031-06-01", False),
        ("2031-06-02", "2031-06-01", False),
        ("2031-05", "2031-06", True),
        ("2031", "2031-06", False),
        ("2031-05/..", "2031-06", False),
        ("2031-05-31", "../2031-06", False),
        ("2031-05-31", None, False),
    ],
)
def test_a_plan_is_past_only_if_all_of_it_lies_before_the_text(
    period: str, published: str | None, *, is_past: bool
) -> None:
    issues = list(plans_lie_ahead(planned(period, "seed-900"), cards(published)))
    assert [issue.code for issue in issues] == ["DC702"] * is_past


def test_a_plan_that_several_texts_tell_is_not_held_against_one_of_them() -> None:
    assert list(plans_lie_ahead(planned("2030", "seed-900", "seed-900"), cards("2031")))
    assert not list(plans_lie_ahead(planned("2030", "seed-900", "seed-901"), cards("2031")))
    assert not list(plans_lie_ahead(planned("2030"), cards("2031")))
    assert not list(plans_lie_ahead(planned("2030", "seed-909"), cards("2031")))


def test_what_was_done_is_no_plan() -> None:
    held = planned("2030", "seed-900").model_copy(update={"status": type(planned("2030").status)("held")})
    assert not list(plans_lie_ahead(held, cards("2031")))


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("2029", "2030", False),
        ("2030", "2029", False),
        ("2029/2030-06-01", "2030-06-01/2031", True),
        ("2029/2030-05-31", "2030-06-01/2031", False),
        ("2029/..", "2030", True),
        (None, "2030", True),
        (None, None, True),
    ],
)
def test_offices_are_held_together_unless_their_dates_say_otherwise(
    first: str | None, second: str | None, *, together: bool
) -> None:
    person: Actor = model_at("dataset/actors/act-layla-al-wadi.yaml", "actor")
    office: Office = person.offices[0]
    offices = tuple(
        office.model_copy(update={"title": title, "held": Edtf(held) if held else None})
        for title, held in (("Minister", first), ("Ambassador", second))
    )
    issues = list(one_office_at_a_time(person.model_copy(update={"offices": offices}), cards(None)))
    assert [(issue.code, issue.pointer) for issue in issues] == [("DC703", ("offices", 1))] * together
