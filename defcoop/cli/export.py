"""`defcoop export`: write a built package in another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH, list_option, one_of, package_or_installed
from defcoop.exports import formats

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = formats()


@click.command
@click.argument("name", metavar="FORMAT", callback=one_of(_FORMATS))
@click.option("--package", type=PATH, help="The package to read; by default build/package, else the library's data.")
@click.option("--out", type=PATH, help="The file or folder to write; by default build/, named by its format.")
@list_option("formats", {form.name: form.what for form in _FORMATS.values()})
def export(name: str, package: Path | None, out: Path | None) -> None:
    """Write the built package in another format.

    FORMAT is one of those that `--list` shows. What was there stays whole until the new file or folder is done.

    Example: defcoop export sqlite --out defcoop.sqlite
    """
    from defcoop.exports import export as write

    with package_or_installed(package) as place:
        click.echo(str(write(name, place, out)))
