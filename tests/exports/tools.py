"""Foreign programs that cannot be installed beside ours: each gets a place in `build/tools` when it is first needed."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLS = Path(__file__).parents[2] / "build" / "tools"


def python_tool(name: str, *requirements: str, headers: str = "") -> Path:
    """Give the bin folder of a virtual environment with some packages.

    `headers` names a library, as pkg-config knows it, that one of them is compiled against.
    """
    place = TOOLS / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    with only_one(place) as made:
        if not made:
            if headers and not has_headers(headers) and "CI" not in os.environ:
                pytest.skip(
                    f"{name} is compiled against {headers}, which is not here (Debian: libicu-dev pkg-config g++)"
                )
            run([sys.executable, "-m", "venv", "--clear", place])
            install([place / "bin" / "python", "-m", "pip", "install", "--quiet", *requirements], "pypi.org")
    return place / "bin"


def node_tool(*requirements: str) -> Path:
    """Give the folder into which packages of npm are installed."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not here")
    place = TOOLS / "node"
    with only_one(place) as made:
        if not made:
            install(
                ["npm", "install", "--prefix", place, "--no-audit", "--no-fund", *requirements], "registry.npmjs.org"
            )
    return place


@contextmanager
def only_one(place: Path) -> Iterator[bool]:
    """Keep others from making the same place at the same time, and tell whether it has been made."""
    place.mkdir(parents=True, exist_ok=True)
    mark = place / ".made"
    with (place.parent / f".{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield mark.exists()
        mark.touch()


def install(command: list[str | Path], registry: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if not can_reach(registry):
            pytest.skip(f"{registry} cannot be reached")
        pytest.fail(f"{command} failed:\n{done.stderr[-2000:]}")


def run(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def has_headers(library: str) -> bool:
    found = shutil.which("pkg-config")
    return bool(found) and subprocess.run([found, "--exists", library], check=False).returncode == 0


def can_reach(host: str) -> bool:
    try:
        socket.create_connection((host, 443), timeout=10).close()
    except OSError:
        return False
    return True
