"""A few kills at random moments; `python -m tests.release.kills` makes as many as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.release import kills

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("scene", [kills.small_build_scene, kills.small_release_scene], ids=["build", "release"])
def test_a_kill_at_any_moment_loses_nothing(scene: Callable[[Path], kills.Scene], tmp_path: Path) -> None:
    found = kills.campaign(scene(tmp_path), 3, seed=1)
    assert found.kills >= 3
    assert sum(found.states.values()) == found.kills
