"""`defcoop codebook`: write the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defcoop.cli._generated import settle


def codebook(
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("schema"),
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if it is out of date.")] = False,
) -> None:
    """Write the codebook: every table, field and term, generated from the models.

    Example: defcoop codebook --check
    """
    from defcoop.codebook import codebook as write

    settle({"codebook.md": write()}, out, check=check)
