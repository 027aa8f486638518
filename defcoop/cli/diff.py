"""`defcoop diff`: what changed between two states of the data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import dataset_option, format_option
from defcoop.cli.diff_formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


@click.command
@click.argument("old")
@click.argument("new")
@dataset_option
@format_option(FORMATS, "changes")
def diff(old: str, new: str, dataset: Path, output: str) -> None:
    """Say what changed between two states of the data, and which step of the version that calls for.

    OLD and NEW are each a package's folder or zip, a checkout's folder, `installed`, or a git revision. A name that is
    a path means that path, even if it is a revision too; `installed` means the data that come with this library. A
    revision is read without touching the working tree. The exit code is 0 if nothing changed, 1 if something did, and
    2 if the two cannot be compared.

    Example: defcoop diff installed .
    """
    from defcoop.difference import diff as compare

    difference = compare(old, new, dataset)
    click.echo(FORMATS[output](difference))
    sys.exit(1 if difference.bump else 0)
