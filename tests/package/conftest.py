"""The package of the shipped dataset, built once."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.package import build, tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import defcoop


@pytest.fixture(scope="session")
def package(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "package"
    build(shipped, folder)
    return folder


@pytest.fixture(scope="session")
def described(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "datapackage.json").read_bytes())
    return found


@pytest.fixture(scope="session")
def rows(package: Path) -> Mapping[str, list[dict[str, str]]]:
    found = {}
    for table in tables():
        with (package / "data" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            found[table.name] = list(csv.DictReader(file, strict=True))
    return found
