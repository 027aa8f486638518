"""The examples in docstrings and in the README do what they show."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from tests.processes import CHECKOUT

NAMES = sorted(
    ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
    for path in (CHECKOUT / "defcoop").rglob("*.py")
)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_the_examples_of_the_readme_hold() -> None:
    found = doctest.testfile(str(CHECKOUT / "README.md"), module_relative=False, encoding="utf-8")
    assert found.failed == 0
    assert found.attempted > 3


def test_there_are_examples() -> None:
    assert doctest.testmod(import_module("defcoop.dataset")).attempted > 3
