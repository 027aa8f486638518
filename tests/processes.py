"""The checkout that tests stand on, and running Python there as a user does: another process, its own environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).parent.parent
"""The repository itself, whose data grow: for tests of its files, and of living data in general terms."""

EDITION = REPOSITORY / "tests/edition"
"""The data of release 0.1.0, which no contribution changes: what tests may name and count."""

_TEMPORARY = tempfile.TemporaryDirectory(prefix="defcoop-checkout-")


def _standing_on_the_edition(folder: Path) -> Path:
    """Make a checkout of this code whose data are those of the edition."""
    for path in REPOSITORY.iterdir():
        if path.name not in {"dataset", "seeds", "tests", "build", ".git", ".venv"}:
            (folder / path.name).symlink_to(path)
    (folder / "tests").mkdir()
    (folder / "tests/good").symlink_to(REPOSITORY / "tests/good")  # which documents load
    for name in ("dataset", "seeds"):  # copies, for a dataset that is a link is refused
        shutil.copytree(EDITION / name, folder / name)
    return folder


CHECKOUT = _standing_on_the_edition(Path(_TEMPORARY.name))
"""What `defcoop.load()` reads in tests, here and in other processes: this code, but the data of the edition."""

sys.path.insert(0, str(CHECKOUT))
os.environ["PYTHONPATH"] = str(CHECKOUT)

CACHE = tempfile.TemporaryDirectory(prefix="defcoop-tests-")
"""Where the processes keep their caches; it goes when the tests end."""


def python(
    *args: str, cwd: Path = CHECKOUT, env: Mapping[str, str] | None = None, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments; seed texts that the machine may have stay out of sight of a copied checkout."""
    clean = {name: value for name, value in os.environ.items() if name != "DEFCOOP_SEEDS"}
    return subprocess.run(
        [sys.executable, *args],
        cwd=cwd,
        env=clean | {"XDG_CACHE_HOME": CACHE.name} | dict(env or {}),
        umask=umask,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
