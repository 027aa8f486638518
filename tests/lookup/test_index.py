"""The index: who is meant by an id, code or name, at any time or at one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.errors import InputError
from defcoop.lookup.entries import Entry, HeldCode, Period, state_entries
from defcoop.lookup.index import Index
from defcoop.lookup.matches import AmbiguousNameError

if TYPE_CHECKING:
    import defcoop as library


@pytest.mark.parametrize(
    ("text", "at", "meant"),
    [
        (345, 1990, "act-yug"),
        (345, 2004, "act-scg"),
        (345, 2010, "act-srb"),
        (678, None, "act-yem"),
        ("cow:678", 1980, "act-yem"),
        ("VNM", None, "act-vnm"),
        ("VNM", 1960, "act-rvn"),
        ("TUR", 1950, "act-tur"),
        ("CS", 1985, "act-csk"),
        ("CS", 2004, "act-scg"),
        ("act-nor", None, "act-nor"),
    ],
)
def test_a_time_decides(shipped: library.Dataset, text: Any, at: Any, meant: str) -> None:
    assert shipped.actors.find(text, at=at).single().id == meant


@pytest.mark.parametrize(("text", "at"), [("Yugoslavia", 2010), ("cow:679", 1985), ("SUN", "2000-01-01")])
def test_what_was_not_then_is_refused_and_said(shipped: library.Dataset, text: str, at: Any) -> None:
    with pytest.raises(InputError, match="not at that time"):
        shipped.find(text, at=at).single()


def test_several_are_refused_with_the_candidates(shipped: library.Dataset) -> None:
    with pytest.raises(AmbiguousNameError) as refused:
        shipped.find("Congo").single()
    assert refused.value.candidates == ("act-cod", "act-cog")


def test_a_record_of_the_dataset_stands_for_the_state(shipped: library.Dataset) -> None:
    assert shipped.find("Turquie").single() is shipped["act-tur"], "a name that only the table of states has"


@pytest.mark.parametrize("near", ["Turky", "Emirats arabes", "Akar"])
def test_where_takes_nothing_that_is_only_near(shipped: library.Dataset, near: str) -> None:
    assert shipped.actors.find(near)
    with pytest.raises(InputError, match="Did you mean"):
        shipped.agreements.where(parties=near)


def test_a_state_without_a_record_is_no_mistake(shipped: library.Dataset) -> None:
    assert len(shipped.agreements.where(parties="Norway")) == 0


def test_types_are_named_in_one_number_or_the_other(shipped: library.Dataset) -> None:
    assert [m.record.id for m in shipped.find("Qatar", type="actors")] == ["act-qat"]
    with pytest.raises(InputError, match="Did you mean actor"):
        shipped.find("Qatar", type="actr")


def test_a_code_that_a_record_of_the_dataset_has_is_not_also_the_one_of_a_state_that_comes_with_us() -> None:
    own = Entry("act-northland", "actor", ("Northland",), (HeldCode("cow", "345", "2006-06/.."),))
    index = Index([own, *state_entries()])
    held = [
        [hit.id for hit in index.find("345", at=Period(date(year, 1, 1), date(year, 1, 1)))]
        for year in (1990, 2004, 2010)
    ]
    assert held == [["act-yug"], ["act-scg"], ["act-northland"]]
