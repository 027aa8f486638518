"""What tests of checks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import copy_of_the_good

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copy_of_the_good(tmp_path / "checkout")
