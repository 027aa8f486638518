"""`defcoop search`: the records that a text may mean."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import data, data_option, package_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command
@click.argument("text", nargs=-1, required=True)
@click.option("--type", "kind", help="The type of the records, such as actor; all by default.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, which is also what a pipe gets.")
@data_option
@package_option
def search(
    text: tuple[str, ...], kind: str | None, dataset: Path | None, package: Path | None, *, as_json: bool
) -> None:
    """List the records whose id, code or name answers to a text, the surest first, each with the reason.

    Capitals, diacritics, vowel signs and punctuation do not matter. Exit code 1: there is none.

    Example: defcoop search Barzan
    """
    matches = data(dataset, package).search(" ".join(text), type=kind)
    if as_json or not sys.stdout.isatty():
        rows = [
            {"id": match.record.id, "name": match.record.name, "reason": match.reason, "why": match.why}
            for match in matches
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for match in matches:
            click.echo(f"{match.record.id}  {match.record.name}  ({match.why})")
    if not matches:
        click.get_current_context().exit(1)
