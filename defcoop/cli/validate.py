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
    from collections.abc import Callable

    from defcoop.validation.changes import CheckoutChange


@click.command
@click.argument("paths", nargs=-1, type=PATH)
@dataset_option
@seeds_option
@format_option(FORMATS, "findings")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
@jobs_option
@click.option("--no-cache", is_flag=True, help="Neither use nor keep what was found before.")
@click.option("--changed-since", metavar="REV", help="Show what changed since a git revision, and what that caused.")
@click.option("--staged", is_flag=True, help="Show what the next commit changes and causes; PATHS are part of it.")
def validate(
    paths: tuple[Path, ...],
    dataset: Path,
    seeds: Path | None,
    output: str,
    jobs: int,
    changed_since: str | None,
    *,
    staged: bool,
    strict: bool,
    no_cache: bool,
) -> None:
    """Check records, references, evidence and passages.

    The whole dataset is read in any case, for a record is only as sound as what it refers to. With PATHS only what is
    found in these files or folders is shown. In a git repository a record that was deleted since the last commit, or
    since REV, is an error too, unless a tombstone is left.

    Example: defcoop validate dataset/actors/act-qat.yaml
    """
    from defcoop.validation import Run
    from defcoop.validation import validate as check
    from defcoop.validation.cache import Cache, cache_file, is_own

    if staged and changed_since is not None:
        msg = "--staged compares with the last commit, --changed-since with another: name one of the two"
        raise click.UsageError(msg)
    texts = texts_folder(dataset, seeds)
    place = None if no_cache else cache_file(dataset, os.environ)
    cache = Cache(place, texts) if place and is_own(place.parent) else None
    is_named = _inside(paths, dataset)
    change = _change(dataset, changed_since, staged=staged)
    report = check(dataset, texts=texts, run=Run(jobs, cache))
    if staged and paths:
        change = change.including(finding.path for finding in report.findings if is_named(finding.path))
    report = change.caused(report, dataset, texts)
    if not staged:
        report = report._replace(findings=tuple(finding for finding in report.findings if is_named(finding.path)))
    shown = FORMATS[output](report, dataset.absolute().parent)
    if shown:
        click.echo(shown)
    if output == "github":
        from defcoop.cli.formats import job_summary

        job_summary.append(report)
    click.echo(summary(report), err=True)
    sys.exit(0 if report.ok and not (strict and report.findings) else 1)


def _change(dataset: Path, revision: str | None, *, staged: bool) -> CheckoutChange:
    """Give the change that is meant; by default everything, beside which the last commit tells what was deleted."""
    from defcoop.cli import _git

    if revision is not None:
        return _git.change_since(dataset, revision)
    return _git.staged_change(dataset, os.environ) if staged else _git.everything(dataset)


def _inside(paths: tuple[Path, ...], dataset: Path) -> Callable[[str], bool]:
    """Make the test whether a file, by its path relative to the checkout, is in the paths; all are if there are none.

    Raises:
        BadParameter: if a path lies outside the dataset.
        FileNotFoundError: if there is nothing.
    """
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

    def is_named(shown: str) -> bool:
        return not paths or any((checkout / shown).is_relative_to(path) for path in wanted)

    return is_named
