"""What all tests share: the checkout, the shipped dataset, and the seed texts where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

import defcoop
from defcoop.seeds import find_folder, read_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

# Shrinking a failing record of many fields can take minutes; ask for it with HYPOTHESIS_PROFILE=shrink.
settings.register_profile(
    "quick", deadline=None, max_examples=40, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
settings.register_profile("shrink", deadline=None, max_examples=400)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

pytest_plugins = ["tests.progress"]

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def checkout() -> Path:
    return CHECKOUT


@pytest.fixture(scope="session")
def shipped() -> defcoop.Dataset:
    return defcoop.load(CHECKOUT)


@pytest.fixture(scope="session")
def texts_folder() -> Path:
    folder = find_folder(CHECKOUT, os.environ)
    if folder is None:
        pytest.skip("the seed texts are not here; they are not part of the project")
    return folder


@pytest.fixture(scope="session")
def texts(shipped: defcoop.Dataset, texts_folder: Path) -> Mapping[str, str]:
    found = read_texts(shipped.seeds.values(), texts_folder)
    assert not found.refused
    return found.texts
