"""Names that are imported when they are first used, and what installed packages add to defcoop."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.metadata import EntryPoint


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the `__getattr__` of a package from its public names and the modules in which they live."""

    def get(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        return getattr(import_module(homes[name]), name)

    return get


def entry_points(kind: str) -> dict[str, EntryPoint]:
    """Find what installed packages offer of a kind (`checks`: group `defcoop.checks`), by name and in its order.

    Where nobody offers anything, which is the rule, the slow `importlib.metadata` is not even imported.
    """
    group = f"defcoop.{kind}"
    if not any(_names(folder, f"[{group}]".encode()) for folder in sys.path):
        return {}
    from importlib.metadata import entry_points as points  # noqa: PLC0415 - it takes as long as all else of a start

    return {point.name: point for point in sorted(points(group=group), key=lambda point: point.name)}


def _names(folder: str, heading: bytes) -> bool:
    """Tell whether a package that is installed in a folder has a group of entry points."""
    with suppress(OSError):
        for name in os.listdir(folder or "."):  # noqa: PTH208 - Path is slow
            if name.endswith((".dist-info", ".egg-info")):
                with suppress(OSError), open(f"{folder}/{name}/entry_points.txt", "rb") as file:  # noqa: PTH123 - as above
                    if heading in file.read():
                        return True
    return False
