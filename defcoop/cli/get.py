"""`defcoop get`: the package of the data that came with the library."""

from __future__ import annotations

from pathlib import Path

import click

from defcoop.cli._options import PATH
from defcoop.errors import InputError


@click.command
@click.argument("version", required=False)
@click.option("--out", type=PATH, default=Path("package"), help="The folder to write.")
def get(version: str | None, out: Path) -> None:
    """Unpack the package of the data that came with the library, as it was released.

    VERSION is that of the data; each version of the library brings the data of its own.

    Example: defcoop get --out package
    """
    from defcoop.dataset import load
    from defcoop.publishing import publish

    installed = load()
    held = installed.card.version
    if version is not None and version.removeprefix("v") != held:
        wanted = version.removeprefix("v")
        msg = f"this library brings the data of version {held}; those of {wanted} come with defcoop=={wanted}"
        raise InputError(msg)
    publish(installed, out)
    click.echo(str(out / "datapackage.json"))
