"""`defcoop export`: write a built package in another format."""

from __future__ import annotations

from pathlib import Path

import click

from defcoop.cli._options import PATH, list_option, one_of
from defcoop.exports import formats

_FORMATS = formats()


@click.command
@click.argument("name", metavar="FORMAT", callback=one_of(_FORMATS))
@click.option("--package", type=PATH, default=Path("build/package"), help="The package to read, a folder or a zip.")
@click.option("--out", type=PATH, help="The file or folder to write; by default build/, named by its format.")
@list_option("formats", {form.name: form.what for form in _FORMATS.values()})
def export(name: str, package: Path, out: Path | None) -> None:
    """Write the built package in another format.

    FORMAT is one of those that `--list` shows. What was there stays whole until the new file or folder is done.

    Example: defcoop export sqlite --out defcoop.sqlite
    """
    from defcoop.exports import export as write

    click.echo(str(write(name, package, out)))
