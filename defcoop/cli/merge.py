"""`defcoop merge`: two datasets into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH

if TYPE_CHECKING:
    from pathlib import Path


@click.command
@click.argument("first", type=PATH)
@click.argument("second", type=PATH)
@click.option("--out", type=PATH, required=True, help="The folder to write: a whole checkout.")
@click.option("--base", type=PATH, help="A common ancestor of the two: what only one of them changed is taken.")
@click.option("--proposals", type=PATH, help="A file of proposals, of which the confirmed are carried out.")
def merge(first: Path, second: Path, out: Path, base: Path | None, proposals: Path | None) -> None:
    """Merge two datasets into one, and propose which of their records may be one.

    FIRST and SECOND are checkouts. The ids of FIRST stay; a record of SECOND whose id is taken by another gets the name
    of its dataset into its id. Nothing of either is left out: origins.yaml says where each record came from, and
    proposals.yaml which may be one, for a person to confirm.

    Example: defcoop merge . theirs --out merged
    """
    from defcoop.merging import merge as merge_checkouts
    from defcoop.merging.proposals import PROPOSALS_FILE

    merged = merge_checkouts(first, second, out, base, proposals)
    click.echo(str(out))
    click.echo(f"{merged.same} files of {second} are in {first} too, {merged.added} were added.", err=True)
    if merged.proposals:
        count = len(merged.proposals)
        click.echo(f"{count} pairs of records may be one: {out / PROPOSALS_FILE} names them.", err=True)
