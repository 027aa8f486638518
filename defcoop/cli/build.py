"""`defcoop build`: write the data package."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from defcoop.cli._options import PATH, dataset_option, is_by_default, jobs_option, seeds_option, texts_folder
from defcoop.cli._summary import summary
from defcoop.cli.formats import FORMATS
from defcoop.io.places import CARD_FILE, is_checkout


@click.command
@click.option("--out", type=PATH, default=Path("build/package"), help="The folder to write.")
@click.option("--zip", "as_zip", is_flag=True, help="Pack it too, as OUT.zip.")
@dataset_option
@seeds_option
@jobs_option
def build(out: Path, dataset: Path, seeds: Path | None, jobs: int, *, as_zip: bool) -> None:
    """Check the dataset and write it as a Frictionless data package.

    Nothing is written if there is an error; the package that was there stays. Outside a checkout, and where none is
    named, the data that came with the library are written.

    Example: defcoop build --out build/package
    """
    from defcoop.package.checked_build import build as check_and_write

    if is_by_default("dataset") and not is_checkout(Path()):
        from defcoop.dataset import load
        from defcoop.package import build as write

        write(load(), out)
        _tell(out, as_zip=as_zip)
        return
    report = check_and_write(dataset, out, texts_folder(dataset, seeds), jobs=jobs)
    if report.findings:
        click.echo(FORMATS["text"](report, dataset.absolute().parent))
    click.echo(summary(report), err=True)
    if not (dataset.absolute().parent / CARD_FILE).exists():
        click.echo(
            f"There is no {CARD_FILE} beside {dataset.name}, so the package bears no name; `defcoop init` writes one.",
            err=True,
        )
    if not report.ok:
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    _tell(out, as_zip=as_zip)


def _tell(out: Path, *, as_zip: bool) -> None:
    click.echo(str(out / "datapackage.json"))
    if as_zip:
        from defcoop.package import pack

        archive = out.with_name(f"{out.name}.zip")
        pack(out, archive)
        click.echo(str(archive))
