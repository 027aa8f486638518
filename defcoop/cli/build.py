"""`defcoop build`: write the data package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH, dataset_option, jobs_option, seeds_option, texts_folder
from defcoop.cli._summary import summary
from defcoop.cli.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.models import Record, SourceCard
    from defcoop.package import RowBatch


@click.command
@click.option("--out", type=PATH, default=Path("build/package"), help="The folder to write.")
@dataset_option
@seeds_option
@jobs_option
def build(out: Path, dataset: Path, seeds: Path | None, jobs: int) -> None:
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
            click.echo(FORMATS["text"](report, dataset.absolute().parent))
        click.echo(summary(report), err=True)
        if not report.ok:
            click.echo("Nothing was written.", err=True)
            sys.exit(1)
        writer.finish()
    click.echo(str(out / "datapackage.json"))


def _page(models: Sequence[Record | SourceCard], cards: Mapping[str, SourceCard]) -> RowBatch:
    from defcoop.package import row_batch

    try:
        return row_batch(models, cards)
    except KeyError:
        return {}  # a seed without a card, which is a finding; nothing will be published
