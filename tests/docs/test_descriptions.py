"""The descriptions that python -OO cannot strip are the docstrings as they stand."""

from __future__ import annotations

from defcoop.models import Agreement
from defcoop.values._described import restore_description
from docs import descriptions


def test_the_descriptions_are_up_to_date() -> None:
    assert descriptions.PLACE.read_text(encoding="utf-8") == descriptions.descriptions(), "run `make fix`"


def test_a_class_without_its_docstring_gets_it_back() -> None:
    stripped = type("Agreement", (), {"__module__": Agreement.__module__, "__doc__": None})
    restore_description(stripped)
    assert stripped.__doc__ == Agreement.__doc__


def test_a_class_of_others_stays_as_it_is() -> None:
    others = type("Agreement", (), {"__module__": "others", "__doc__": None})
    restore_description(others)
    assert others.__doc__ is None
