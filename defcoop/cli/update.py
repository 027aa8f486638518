"""`defcoop update`: bring what `defcoop init` wrote up to this version."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from defcoop.cli._lines import changed_lines
from defcoop.cli._options import PATH
from defcoop.cli.formats._screen import screen
from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.cli.formats._screen import Span
    from defcoop.scaffold import FileChange


@click.command
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
def update(folder: Path, *, check: bool) -> None:
    """Bring what `defcoop init` wrote up to this version, and show how it changes.

    A file that nobody has changed is replaced. Beside one that somebody has changed, the newer one is put as FILE.new,
    and the exit code is 1 until that is gone. Records, cards and the changelog are never touched.

    Example: defcoop update nordic --check
    """
    from defcoop.scaffold import carry_out, plan_update

    planned = plan_update(folder)
    for change in planned.changes:
        click.echo(screen().paint(_spans(change)))
    if not check:
        carry_out(planned, folder)
    if not planned.changes:
        click.echo(f"All files are those of defcoop {planned.manifest.version}.", err=True)
    elif check:
        click.echo(f"{len(planned.changes)} to change; nothing was written.", err=True)
    sys.exit(1 if planned.needs_person or (check and planned.changes) else 0)


def _spans(change: FileChange) -> Iterator[Span]:
    yield f"{visible(change.path)}: {change.action.value.format(path=visible(change.path))}", "bold"
    if change.action.is_shown and change.old != change.new:
        yield "\n", ""
        yield from changed_lines(change.path, change.old, change.new)
