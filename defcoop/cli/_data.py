"""The data that a command computes from: a checkout, a package, or those of the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from defcoop.dataset import Dataset

DatasetOption = Annotated[
    Path | None,
    typer.Option("--dataset", help="The folder of records; by default dataset/, else the data of the library."),
]
PackageOption = Annotated[Path | None, typer.Option("--package", help="A built package instead, a folder or a zip.")]


def data(dataset: Path | None, package: Path | None) -> Dataset:
    """Read the data that the options name; by default those of the checkout, else those of the library.

    Raises:
        BadParameter: if both a folder and a package are named.
    """
    from defcoop.dataset import load, read_checkout

    if dataset and package:
        msg = "the data are read from --dataset or from --package, not from both"
        raise typer.BadParameter(msg)
    if package:
        return load(package)
    here = dataset or Path("dataset")
    return read_checkout(here, here.absolute().parent / "seeds") if dataset or here.is_dir() else load()
