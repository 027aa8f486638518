"""`import defcoop` is light and offers its public names when they are asked for."""

from __future__ import annotations

from importlib import import_module

import pytest

import defcoop
from tests.processes import python

HEAVY = "pydantic pydantic_core yaml click rich duckdb pandas csv json decimal"


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); import defcoop; "
        f"print(*(set(sys.modules) - before) & set({HEAVY.split()!r}))"
    )
    found = python("-c", code)
    assert (found.returncode, found.stdout, found.stderr) == (0, "\n", "")


def test_using_it_loads_only_what_it_needs() -> None:
    code = "import sys, defcoop; defcoop.load; print(*({'pydantic', 'yaml', 'click', 'rich'} & set(sys.modules)))"
    found = python("-c", code)
    assert (found.stdout.split(), found.stderr) == (["pydantic"], "")


@pytest.mark.parametrize("name", defcoop.__all__)
def test_every_public_name_resolves(name: str) -> None:
    found = getattr(defcoop, name)
    assert name in dir(defcoop)
    if name != "__version__":
        assert found is getattr(import_module(found.__module__), name)
        assert found.__name__ == name


def test_the_public_names_are_listed_in_order() -> None:
    assert dir(defcoop) == sorted(defcoop.__all__)
    assert {"Dataset", "load", "validate", "Report", "Finding", "Claim", "DataError"} < set(defcoop.__all__)


@pytest.mark.parametrize("name", ["lod", "_HOME", "__path"])
def test_an_unknown_name_is_an_attribute_error(name: str) -> None:
    with pytest.raises(AttributeError, match=f"module 'defcoop' has no attribute '{name}'"):
        getattr(defcoop, name)


def test_the_version_is_that_of_the_library() -> None:
    assert defcoop.__version__ == import_module("defcoop.version").LIBRARY
