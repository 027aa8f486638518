"""`defcoop release`: make a release of what is committed, or say why not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defcoop.cli._checkout import CORES, SeedsOption, texts_folder

if TYPE_CHECKING:
    from defcoop.release import Plan


def release(
    version: Annotated[
        str | None, typer.Argument(help="The version; by default the next one that the changes call for.")
    ] = None,
    checkout: Annotated[Path, typer.Option("--checkout", help="The checkout to release.")] = Path(),
    out: Annotated[Path, typer.Option("--out", help="The folder for the archive and its hash.")] = Path("dist"),
    date: Annotated[str | None, typer.Option("--date", help="The day of the release; by default today (UTC).")] = None,
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
        _day(date),
        texts_folder(checkout.absolute() / "dataset", seeds),
        jobs,
        version,
    )
    try:
        if dry_run:
            typer.echo(_told(plan(request)))
            return
        made = make(request, out)
    except RefusalError as error:
        for reason in error.reasons:
            typer.echo(f"refused: {reason}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Released {made.version} as commit {made.commit[:12]}. To publish it: git push --follow-tags", err=True)
    for file in made.files:
        typer.echo(str(file))


def _day(date: str | None) -> str:
    return str(datetime.strptime(date, "%Y-%m-%d").date()) if date else str(datetime.now(UTC).date())  # noqa: DTZ007


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
