"""Packages to verify: that of the shipped dataset, and that of the invented one, whose texts are at hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import read_checkout
from defcoop.package import build
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop


@pytest.fixture(scope="session")
def package(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "package"
    build(shipped, folder)
    return folder


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "package"
    build(read_checkout(GOOD / "dataset", GOOD / "seeds"), folder)
    return folder


@pytest.fixture
def copy(package: Path, tmp_path: Path) -> Path:
    return shutil.copytree(package, tmp_path / "package")


@pytest.fixture
def texted(invented: Path, tmp_path: Path) -> Path:
    return shutil.copytree(invented, tmp_path / "package")
