"""What all tests share: a checkout, its dataset, and the seed texts where they are at hand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

# First, for it says from where the code is imported that all else is about.
from tests.processes import CHECKOUT, REPOSITORY

# isort: split
import defcoop
from defcoop.io.seed_texts import find_folder, read_texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Shrinking a failing record of many fields can take minutes; ask for it with HYPOTHESIS_PROFILE=shrink.
settings.register_profile(
    "quick", deadline=None, max_examples=40, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.register_profile("shrink", deadline=None, max_examples=400)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

TEXTS = find_folder(REPOSITORY, os.environ)
pytest_plugins = ["tests.progress"]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """A checkout whose data are the frozen edition's."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shipped() -> defcoop.Dataset:
    """What `defcoop.load()` gives in tests."""
    return defcoop.load()


def _texts_of(dataset: defcoop.Dataset) -> Mapping[str, str]:
    found = read_texts(dataset.seeds.values(), TEXTS)
    assert not found.refused
    return found.texts


@pytest.fixture(scope="session")
def texts(shipped: defcoop.Dataset) -> Mapping[str, str]:
    found = _texts_of(shipped)
    if found.keys() != shipped.seeds.keys():
        pytest.skip("the seed texts are not here; they are not part of the project")
    return found


@pytest.fixture(scope="session")
def texts_folder(texts: Mapping[str, str]) -> Path:
    """The folder that holds all texts of the edition."""
    assert texts
    assert TEXTS
    return TEXTS


@pytest.fixture(scope="session")
def living() -> defcoop.Dataset:
    """The data of the repository, which grow: no test names a record of theirs or says how many there are."""
    return defcoop.load(REPOSITORY)


@pytest.fixture(scope="session")
def living_texts(living: defcoop.Dataset) -> Mapping[str, str]:
    """The texts of the living data, as far as they are at hand."""
    return _texts_of(living) or pytest.skip("no text of the data is here")
