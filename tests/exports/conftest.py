"""The packages of the frozen edition and of the good checkout, built once and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import load
from defcoop.package import Package, build, open_package
from tests.checkouts import copy_of_the_good

if TYPE_CHECKING:
    import defcoop


@pytest.fixture(scope="session")
def package(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("built") / "package"
    build(shipped, folder)
    return open_package(folder)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Give the package of the good checkout, which has every type, for what does not depend on how much there is."""
    folder = tmp_path_factory.mktemp("small")
    build(load(copy_of_the_good(folder / "checkout")), folder / "package")
    return open_package(folder / "package")
