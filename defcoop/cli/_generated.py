"""Writing generated files, or checking that they are up to date."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from defcoop.io.files import holds_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def settle(files: Mapping[str, str], folder: Path, *, check: bool) -> None:
    """Write files by name to a folder, or with `check` exit with 1 if one of them differs."""
    stale = [name for name, text in files.items() if not holds_text(folder / name, text)]
    for name in stale:
        if check:
            click.echo(f"{folder / name} is not what the models say; run the command without --check")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(files[name], encoding="utf-8", newline="\n")
            click.echo(str(folder / name))
    sys.exit(1 if check and stale else 0)
