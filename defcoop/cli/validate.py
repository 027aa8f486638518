"""`defcoop validate`: check records and source cards."""

from __future__ import annotations

import os
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.cli._checkout import CORES, DatasetOption, SeedsOption, summary, texts_folder
from defcoop.cli._git import changed_files
from defcoop.cli.formats import FORMATS, job_summary

if TYPE_CHECKING:
    from defcoop.validation.findings import Report


def _known(name: str) -> str:
    if name not in FORMATS:
        msg = f"{name} is none of {', '.join(FORMATS)}"
        raise typer.BadParameter(msg)
    return name


def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Show only what is found in these files or folders.")
    ] = None,
    dataset: DatasetOption = Path("dataset"),
    seeds: SeedsOption = None,
    output: Annotated[
        str, typer.Option("--format", callback=_known, help=f"How to show the findings: {', '.join(FORMATS)}.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes to use; by default one per core.")] = CORES,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep what was found before.")] = False,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", metavar="REV", help="Check only files changed since a git revision in full."),
    ] = None,
) -> None:
    """Check records, references, evidence and passages.

    The whole dataset is read in any case, for a record is only as sound as what it refers to.

    Example: defcoop validate dataset/actors/act-qat.yaml
    """
    from defcoop.validation import Run
    from defcoop.validation import validate as check
    from defcoop.validation.cache import Cache, cache_file

    texts = texts_folder(dataset, seeds)
    cache = None if no_cache else Cache(cache_file(dataset, os.environ), texts)
    changed = changed_files(dataset, changed_since) if changed_since is not None else None
    report = _only(check(dataset, texts=texts, run=Run(jobs, cache, changed)), paths or [], dataset)
    shown = FORMATS[output](report, dataset.absolute().parent)
    if shown:
        typer.echo(shown)
    if output == "github":
        job_summary.append(report)
    typer.echo(summary(report), err=True)
    raise typer.Exit(0 if report.ok and not (strict and report.findings) else 1)


def _only(report: Report, paths: list[Path], dataset: Path) -> Report:
    """Keep the findings in the paths, if any are given."""
    if not paths:
        return report
    # Links are left as they are, for findings are shown by the names that files have in the checkout.
    checkout = dataset.absolute().parent
    wanted = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - Path.resolve would follow links
    for path in wanted:
        if not path.exists():
            raise FileNotFoundError(ENOENT, "no such file or folder", str(path))

    def inside(shown: str) -> bool:
        return any((checkout / shown).is_relative_to(path) for path in wanted)

    return report._replace(findings=tuple(found for found in report.findings if inside(found.path)))
