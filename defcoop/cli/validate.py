"""`defcoop validate`: check records and source cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.cli._checkout import DatasetOption, SeedsOption, summary, texts_folder
from defcoop.cli.formats import FORMATS

if TYPE_CHECKING:
    from defcoop.findings import Report


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
) -> None:
    """Check records, references, evidence and passages.

    The whole dataset is read in any case, for a record is only as sound as what it refers to.

    Example: defcoop validate dataset/actors/act-qat.yaml
    """
    from defcoop.validation import validate as check  # noqa: PLC0415 - keeps --help quick

    texts = texts_folder(dataset, seeds)
    report = _only(check(dataset, texts=texts), paths or [], dataset)
    shown = FORMATS[output](report)
    if shown:
        typer.echo(shown)
    typer.echo(summary(report), err=True)
    raise typer.Exit(0 if report.ok else 1)


def _only(report: Report, paths: list[Path], dataset: Path) -> Report:
    """Keep the findings in the paths, if any are given."""
    if not paths:
        return report
    checkout = dataset.resolve().parent
    wanted = [path.resolve() for path in paths]
    for path in wanted:
        if not path.exists():
            raise FileNotFoundError(path)

    def inside(shown: str) -> bool:
        return any((checkout / shown).is_relative_to(path) for path in wanted)

    return report._replace(findings=tuple(found for found in report.findings if inside(found.path)))
