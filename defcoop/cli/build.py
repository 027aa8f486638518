"""`defcoop build`: write the data package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.cli._checkout import CORES, DatasetOption, SeedsOption, summary, texts_folder
from defcoop.cli.formats import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.models import Record, SourceCard
    from defcoop.package import RowBatch


def build(
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("build/package"),
    dataset: DatasetOption = Path("dataset"),
    seeds: SeedsOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes to use; by default one per core.")] = CORES,
) -> None:
    """Check the dataset and write it as a Frictionless data package.

    Nothing is written if there is an error; the package that was there stays.

    Example: defcoop build --out build/package
    """
    from defcoop.package import package_writer
    from defcoop.validation import Run, validate
    from defcoop.validation.pool import Side

    with package_writer(out) as writer:
        run = Run(jobs, side=Side(_page, writer.add))
        report = validate(dataset, texts=texts_folder(dataset, seeds), run=run)
        if report.findings:
            typer.echo(text.render(report, dataset.absolute().parent))
        typer.echo(summary(report), err=True)
        if not report.ok:
            typer.echo("Nothing was written.", err=True)
            raise typer.Exit(1)
        writer.finish()
    typer.echo(str(out / "datapackage.json"))


def _page(models: Sequence[Record | SourceCard], cards: Mapping[str, SourceCard]) -> RowBatch:
    from defcoop.package import row_batch

    try:
        return row_batch(models, cards)
    except KeyError:
        return {}  # a seed without a card, which is a finding; nothing will be published
