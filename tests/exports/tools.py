"""Foreign programs that cannot be installed beside ours: `make tools` puts each into a folder of `build/tools`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "build" / "tools"


def tool(name: str) -> Path:
    """Give the folder of a program; without it a test is skipped, or fails with CI=true."""
    folder = TOOLS / name
    if not (folder / ".made").is_file():
        missing(f"{name} is not here; `make tools` installs it")
    return folder


def program(name: str) -> str:
    """Give the path of a program of the system; without it a test is skipped, or fails with CI=true."""
    return shutil.which(name) or missing(f"{name} is not here")


def missing(reason: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def run(command: list[str | Path], folder: Path | None = None) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
