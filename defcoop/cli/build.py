"""`defcoop build`: write the data package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defcoop.cli._checkout import DatasetOption, SeedsOption, summary, texts_folder
from defcoop.cli.formats import text


def build(
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("build/package"),
    dataset: DatasetOption = Path("dataset"),
    seeds: SeedsOption = None,
) -> None:
    """Check the dataset, then write it as a Frictionless data package.

    Nothing is written if there is an error; the package that was there stays.

    Example: defcoop build --out build/package
    """
    from defcoop.dataset import read_checkout
    from defcoop.package import build as write
    from defcoop.validation import validate

    report = validate(dataset, texts=texts_folder(dataset, seeds))
    if report.findings:
        typer.echo(text.render(report, dataset.absolute().parent))
    typer.echo(summary(report), err=True)
    if not report.ok:
        typer.echo("Nothing was written.", err=True)
        raise typer.Exit(1)
    write(read_checkout(dataset, dataset.absolute().parent / "seeds"), out)
    typer.echo(str(out / "datapackage.json"))
