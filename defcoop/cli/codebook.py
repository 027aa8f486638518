"""`defcoop codebook`: write the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defcoop.cli._generated import settle


def codebook(
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("schema"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file is out of date.")
    ] = False,
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", help="The folder of records to count, else none is counted."),
    ] = None,
) -> None:
    """Write the codebook: every table, field and term, in Markdown and HTML; with data, how they use it.

    Example: defcoop codebook --check
    """
    from defcoop.dataset import read_checkout
    from defcoop.docgen.codebook import codebook as write

    counted = read_checkout(dataset, dataset.absolute().parent / "seeds") if dataset else None
    settle(write(counted), out, check=check)
