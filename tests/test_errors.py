"""All errors of defcoop have one base, and keep the kinds of Python by which they were caught before."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from defcoop.errors import DefcoopError, InputError, MissingLibraryError, UnknownIdError
from tests.test_layers import TREES

if TYPE_CHECKING:
    import defcoop


def test_every_error_has_the_one_base() -> None:
    classes = {
        kind
        for module in TREES
        if module not in {"defcoop.__main__", "defcoop.editions"}
        for _, kind in inspect.getmembers(import_module(module), inspect.isclass)
        if kind.__module__.startswith("defcoop") and issubclass(kind, Exception) and not kind.__name__.startswith("_")
    }
    assert {kind for kind in classes if not issubclass(kind, DefcoopError)} == set()
    assert len(classes) > 8


@pytest.mark.parametrize(
    ("kind", "base"), [(InputError, ValueError), (UnknownIdError, KeyError), (MissingLibraryError, ImportError)]
)
def test_each_kind_is_one_of_pythons(kind: type[Exception], base: type[Exception]) -> None:
    assert issubclass(kind, base)
    assert issubclass(kind, DefcoopError)


def test_a_wrong_value_is_caught_by_either_name(shipped: defcoop.Dataset) -> None:
    for kind in (DefcoopError, KeyError):
        with pytest.raises(kind, match="no act-nobody among the actors"):
            shipped.actors["act-nobody"]
