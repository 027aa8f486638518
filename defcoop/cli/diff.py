"""`defcoop diff`: what changed between two states of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defcoop.cli._checkout import DatasetOption  # noqa: TC001 - typer needs it at run time
from defcoop.cli.diff_formats import FORMATS

_EDITION = "a package's folder or zip, a checkout's folder, `installed`, or a git revision"


def _known(name: str) -> str:
    if name not in FORMATS:
        msg = f"{name} is none of {', '.join(FORMATS)}"
        raise typer.BadParameter(msg)
    return name


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=f"What to compare with: {_EDITION}.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help=f"What to compare: {_EDITION}.")],
    dataset: DatasetOption = Path("dataset"),
    output: Annotated[
        str, typer.Option("--format", callback=_known, help=f"How to show the changes: {', '.join(FORMATS)}.")
    ] = "text",
) -> None:
    """Say what changed between two states of the data, and which step of the version that calls for.

    A name that is a path means that path, even if it is a revision too; `installed` means the data that come with
    this library. A revision is read without touching the working tree. The exit code is 0 if nothing changed, 1 if
    something did, and 2 if the two cannot be compared.

    Example: defcoop diff installed .
    """
    from defcoop.difference import compare, find_both
    from defcoop.io.gc_pause import gc_paused

    with gc_paused():
        found = compare(*find_both(old, new, dataset))
    typer.echo(FORMATS[output](found))
    raise typer.Exit(1 if found.bump else 0)
