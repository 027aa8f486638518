"""`defcoop codebook`: write the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.cli._generated import settle

if TYPE_CHECKING:
    from defcoop.dataset import Dataset


def codebook(
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("schema"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file is out of date.")
    ] = False,
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", help="The folder of records to count; else dataset, else what came with defcoop."),
    ] = None,
) -> None:
    """Write the codebook: every table, field and term, with what the data hold, in Markdown and HTML.

    Example: defcoop codebook --check
    """
    from defcoop.docgen.codebook import codebook as write

    settle(write(_counted(dataset)), out, check=check)


def _counted(given: Path | None) -> Dataset:
    from defcoop.dataset import load, read_checkout

    usual = Path("dataset")
    folder = given or (usual if usual.is_dir() else None)
    return read_checkout(folder, folder.absolute().parent / "seeds") if folder else load()
