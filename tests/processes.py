"""Running Python as a user does: another process, with an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).parent.parent
CACHE = tempfile.TemporaryDirectory(prefix="defcoop-tests-")
"""Where the processes keep their caches; it goes when the tests end."""


def python(
    *args: str, cwd: Path = CHECKOUT, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments; seed texts that the machine may have stay out of sight of a copied checkout."""
    clean = {name: value for name, value in os.environ.items() if name not in {"DEFCOOP_SEEDS", "PYTHONPATH"}}
    return subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        env=clean | {"XDG_CACHE_HOME": CACHE.name} | dict(env or {}),
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
