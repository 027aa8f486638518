"""Codes and names lead to actors at a time, and back; what is not clear leads nowhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from defcoop import Dataset
from defcoop.alignment.coding import Coding, Scheme
from defcoop.alignment.marks import plain
from defcoop.alignment.times import span_of
from defcoop.models.actor import ActorKind, Code
from tests.analysis._worlds import STATES, world


def coded(*codes: tuple[str, str, str, str], **changed: Any) -> Dataset:
    """Make a dataset whose states have codes: actor, scheme, code, validity."""
    told = world(3)
    held = {
        name: tuple(
            Code.model_validate({"scheme": scheme, "code": code, "valid": valid})
            for actor, scheme, code, valid in codes
            if actor == name
        )
        for name in told.actors
    }
    records = [
        one.model_copy(update={"codes": held[one.id], **(changed if one.id == STATES[0] else {})})
        if one.id in held
        else one
        for one in told
    ]
    return Dataset(records, told.seeds.values())


YEMEN = coded(
    ("act-0", "cow", "678", "1926/1990-05-21"),
    ("act-0", "cow", "679", "1990-05-22/.."),
    ("act-1", "cow", "680", "1967/1990-05-21"),
    ("act-2", "cow", "678", "2000/2001"),
)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (1980, "678"),
        ("1990", "679"),
        (date(1990, 5, 21), "678"),
        (date(1990, 5, 22), "679"),
        (datetime(1990, 5, 21, 12, tzinfo=UTC), "678"),
        ("1990-05-21", "678"),
        (2024.0, "679"),
        (1900, None),
        (None, None),
    ],
)
def test_an_actor_has_the_code_that_holds_at_the_time(when: object, code: str | None) -> None:
    assert Coding(YEMEN, "cow").code("act-0", when) == code


@pytest.mark.parametrize(
    ("code", "when", "actor"),
    [
        (680, 1980, "act-1"),
        ("680", None, "act-1"),
        (678.0, 1980, "act-0"),
        ("678", 2000, "act-2"),
        ("678", None, None),  # two had it
        (680, 1995, None),
        (None, 1995, None),
        ("999", 1995, None),
    ],
)
def test_a_code_is_that_of_the_actor_that_had_it_at_the_time(code: object, when: object, actor: str | None) -> None:
    assert Coding(YEMEN, "cow").actor(code, when) == actor


def test_two_codes_on_the_last_day_are_none() -> None:
    dataset = coded(("act-0", "gw", "1", "2000/.."), ("act-0", "gw", "2", "2001/.."), ("act-0", "gw", "3", "../2000"))
    assert [Coding(dataset, "gw").code("act-0", year) for year in (1999, 2000, 2001)] == ["3", None, None]


def test_a_withdrawn_actor_has_no_code(shipped: Dataset) -> None:
    reason = {"reason": "error", "since": "0.1.0"}
    records = [
        type(one).model_validate(one.model_dump(by_alias=True) | {"withdrawn": reason}) if one.id == "act-tur" else one
        for one in shipped
    ]
    dataset = Dataset(records, shipped.seeds.values())
    assert (Coding(shipped, "cow").actor(640), Coding(dataset, "cow").actor(640)) == ("act-tur", None)


def test_names_of_states_are_found_in_any_spelling(shipped: Dataset) -> None:
    names = Coding(shipped, "name")
    assert {names.actor(name) for name in ("Türkiye", "TURKIYE", " türkiye ")} == {"act-tur"}
    state = next(one for one in shipped.actors.values() if one.kind is ActorKind.STATE)
    company = next(one for one in shipped.actors.values() if one.kind is ActorKind.COMPANY)
    assert names.actor(state.names[0].text, 2019) == state.id
    assert names.actor(company.names[0].text) is None


@pytest.mark.parametrize(("wrong", "hint"), [("wikidat", "Did you mean wikidata?"), ("un", "There are .*name")])
def test_a_system_that_is_not_there_is_refused(wrong: Any, hint: str, shipped: Dataset) -> None:
    with pytest.raises(ValueError, match=f"there is no system of codes {wrong}. {hint}"):
        Coding(shipped, wrong)


def test_all_systems_of_the_records_are_there(shipped: Dataset) -> None:
    schemes: tuple[Scheme, ...] = ("cow", "gw", "iso3", "wikidata")
    assert [Coding(shipped, scheme).code("act-tur", 2019) for scheme in schemes] == ["640", "640", "TUR", "Q43"]


def test_what_is_no_time_is_none() -> None:
    assert [span_of(when) for when in (None, "soon", "0", 10**5, "2019-13-32-1", 80, "80", "5/16/80", "-9")] == [
        None
    ] * 9
    assert span_of("(2019)") == (date(2019, 1, 1), date(2019, 12, 31))


def test_codes_are_compared_as_texts() -> None:
    assert (plain(2.5), plain(" 7 "), plain(640.0)) == ("2.5", "7", "640")
