"""`defcoop validate`: check records and source cards."""

from __future__ import annotations

import os
import sys
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH, dataset_option, format_option, jobs_option, seeds_option, texts_folder
from defcoop.cli._summary import summary
from defcoop.cli.formats import FORMATS

if TYPE_CHECKING:
    from defcoop.validation.findings import Report


@click.command
@click.argument("paths", nargs=-1, type=PATH)
@dataset_option
@seeds_option
@format_option(FORMATS, "findings")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@jobs_option
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was found before.")
@click.option("--changed-since", metavar="REV", help="Check only files changed since a git revision in full.")
def validate(
    paths: tuple[Path, ...],
    dataset: Path,
    seeds: Path | None,
    output: str,
    jobs: int,
    changed_since: str | None,
    *,
    strict: bool,
    no_cache: bool,
) -> None:
    """Check records, references, evidence and passages.

    The whole dataset is read in any case, for a record is only as sound as what it refers to. With PATHS only what is
    found in these files or folders is shown.

    Example: defcoop validate dataset/actors/act-qat.yaml
    """
    from defcoop.validation import Run
    from defcoop.validation import validate as check
    from defcoop.validation.cache import Cache, cache_file, is_own

    texts = texts_folder(dataset, seeds)
    place = None if no_cache else cache_file(dataset, os.environ)
    cache = Cache(place, texts) if place and is_own(place.parent) else None
    report = _only(check(dataset, texts=texts, run=Run(jobs, cache, _changed(dataset, changed_since))), paths, dataset)
    shown = FORMATS[output](report, dataset.absolute().parent)
    if shown:
        click.echo(shown)
    if output == "github":
        from defcoop.cli.formats import job_summary

        job_summary.append(report)
    click.echo(summary(report), err=True)
    sys.exit(0 if report.ok and not (strict and report.findings) else 1)


def _changed(dataset: Path, revision: str | None) -> set[str] | None:
    if revision is None:
        return None
    from defcoop.cli._git import changed_files

    return changed_files(dataset, revision)


def _only(report: Report, paths: tuple[Path, ...], dataset: Path) -> Report:
    """Keep the findings in the paths, if any are given."""
    if not paths:
        return report
    # Links are left as they are, for findings are shown by the names that files have in the checkout.
    checkout = Path(os.path.abspath(dataset)).parent  # noqa: PTH100 - as below
    held = (checkout / dataset.name, checkout / "seeds")
    wanted = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - Path.resolve would follow links
    for path in wanted:
        if not path.exists():
            raise FileNotFoundError(ENOENT, "no such file or folder", str(path))
        if not any(path.is_relative_to(folder) or folder.is_relative_to(path) for folder in held):
            msg = f"{path} lies outside the records in {held[0]} and the source cards in {held[1]}; nothing was checked"
            raise click.BadParameter(msg)

    def inside(shown: str) -> bool:
        return any((checkout / shown).is_relative_to(path) for path in wanted)

    return report._replace(findings=tuple(finding for finding in report.findings if inside(finding.path)))
