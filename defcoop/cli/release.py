"""`defcoop release`: make a release of what is committed, or say why not."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.cli._checkout import CORES, SeedsOption, summary, texts_folder

if TYPE_CHECKING:
    from defcoop.release import Plan


def release(
    version: Annotated[
        str | None, typer.Argument(help="The version; by default the next one that the changes call for.")
    ] = None,
    checkout: Annotated[Path, typer.Option("--checkout", help="The checkout to release.")] = Path(),
    out: Annotated[Path, typer.Option("--out", help="The folder for the archive and its hash.")] = Path("dist"),
    day: Annotated[
        str | None, typer.Option("--date", help="The day of the release; else that of $SOURCE_DATE_EPOCH, else today.")
    ] = None,
    seeds: SeedsOption = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes to use; by default one per core.")] = CORES,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show everything and change nothing.")] = False,
) -> None:
    """Release the data: version, changelog, citation, codebook, commit, tag, archive and its hash.

    It is refused while there is a finding, while something is not committed, when the version says less than the
    changes call for, and when a record is gone without a tombstone. Broken off at any moment, it can be run again.
    Nothing is pushed.

    Example: defcoop release --dry-run
    """
    from defcoop.release import RefusalError, Request, make, plan

    request = Request(
        checkout.absolute(),
        _day(day),
        texts_folder(checkout.absolute() / "dataset", seeds),
        jobs,
        version,
    )
    try:
        if dry_run:
            planned = plan(request)
            typer.echo(summary(planned.report), err=True)
            typer.echo(_told(planned))
            return
        made = make(request, out)
    except RefusalError as error:
        for reason in error.reasons:
            typer.echo(f"refused: {reason}", err=True)
        raise typer.Exit(1) from None
    if made.report:
        typer.echo(summary(made.report), err=True)
    typer.echo(f"Released {made.version} as commit {made.commit[:12]}. To publish it: git push --follow-tags", err=True)
    for file in made.files:
        typer.echo(str(file))


def _day(given: str | None) -> str:
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if given is not None:
            return str(date.fromisoformat(given))
        return str((datetime.fromtimestamp(int(moment), UTC) if moment else datetime.now(UTC)).date())
    except (ValueError, OverflowError, OSError):
        msg = f"$SOURCE_DATE_EPOCH is {moment!r}" if given is None else f"{given!r} is no day such as 2031-04-30"
        raise typer.BadParameter(msg) from None


def _told(planned: Plan) -> str:
    before = f"after {planned.previous}" if planned.previous else "the first"
    files = [f"  {'writes' if text is not None else 'removes'} {name}" for name, text in planned.files.items()]
    lines = [
        f"Version {planned.version}, {before}, on {planned.date}; data {planned.digest[:8]}.",
        *(f"  {reason}" for reason in planned.difference.reasons),
        *files,
        f"  commits them and tags the commit v{planned.version}",
        f"  writes defcoop-data-{planned.version}.zip, release-notes-{planned.version}.md, SHA256SUMS",
        "",
        planned.notes,
    ]
    return "\n".join(lines)
