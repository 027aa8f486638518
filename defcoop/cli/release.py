"""`defcoop release`: make a release of what is committed, or say why not."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH, jobs_option, seeds_option, texts_folder
from defcoop.cli._summary import summary

if TYPE_CHECKING:
    from defcoop.release import Plan


@click.command
@click.argument("version", required=False)
@click.option("--checkout", type=PATH, default=Path(), help="The checkout to release, or its folder of records.")
@click.option("--out", type=PATH, default=Path("dist"), help="The folder for the archive and its hash.")
@click.option("--date", "day", help="The day of the release; else that of $SOURCE_DATE_EPOCH, else today.")
@seeds_option
@jobs_option
@click.option("--dry-run", is_flag=True, help="Show everything and change nothing.")
def release(
    version: str | None, checkout: Path, out: Path, day: str | None, seeds: Path | None, jobs: int, *, dry_run: bool
) -> None:
    """Release the data: version, changelog, citation, codebook, commit, tag, archive and its hash.

    VERSION is by default the next one that the changes call for. It is refused while there is a finding, while
    something is not committed, when the version says less than the changes call for, and when a record is gone without
    a tombstone. Broken off at any moment, it can be run again. Nothing is pushed.

    Example: defcoop release --dry-run
    """
    from defcoop.io.places import needed_checkout
    from defcoop.release import RefusalError, Request, make, plan

    root = needed_checkout(checkout).dataset.absolute().parent
    request = Request(
        root,
        _day(day),
        texts_folder(root / "dataset", seeds),
        jobs,
        version,
    )
    try:
        if dry_run:
            planned = plan(request)
            click.echo(summary(planned.report), err=True)
            click.echo(_plan_lines(planned))
            return
        made = make(request, out)
    except RefusalError as error:
        for reason in error.reasons:
            click.echo(f"refused: {reason}", err=True)
        sys.exit(1)
    if made.report:
        click.echo(summary(made.report), err=True)
    click.echo(f"Released {made.version} as commit {made.commit[:12]}. To publish it: git push --follow-tags", err=True)
    for file in made.files:
        click.echo(str(file))


def _day(given: str | None) -> str:
    moment = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if given is not None:
            return str(date.fromisoformat(given))
        return str((datetime.fromtimestamp(int(moment), UTC) if moment else datetime.now(UTC)).date())
    except (ValueError, OverflowError, OSError):
        msg = f"$SOURCE_DATE_EPOCH is {moment!r}" if given is None else f"{given!r} is no day such as 2031-04-30"
        raise click.BadParameter(msg) from None


def _plan_lines(planned: Plan) -> str:
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
