"""The package of the shipped dataset, built once and opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from defcoop.package import Package, build, open_package

if TYPE_CHECKING:
    import defcoop


@pytest.fixture(scope="session")
def package(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Package:
    folder = tmp_path_factory.mktemp("built") / "package"
    build(shipped, folder)
    return open_package(folder)
