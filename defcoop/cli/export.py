"""`defcoop export`: write a built package in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defcoop.exports import BY_NAME, EXPORTS


def _known(name: str | None) -> str | None:
    if name is not None and name not in BY_NAME:
        msg = f"{name} is none of {', '.join(BY_NAME)}"
        raise typer.BadParameter(msg)
    return name


def _list(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        width = max(map(len, BY_NAME))
        for form in EXPORTS:
            typer.echo(f"{form.name:{width}}  {form.what}")
        raise typer.Exit


def export(
    name: Annotated[str, typer.Argument(metavar="FORMAT", callback=_known, help=f"One of {', '.join(BY_NAME)}.")],
    package: Annotated[Path, typer.Option("--package", help="The package to read, a folder or a zip.")] = Path(
        "build/package"
    ),
    out: Annotated[
        Path | None, typer.Option("--out", help="The file or folder to write; by default build/, named by its format.")
    ] = None,
    _: Annotated[bool, typer.Option("--list", callback=_list, is_eager=True, help="List the formats.")] = False,
) -> None:
    """Write the built package in another format.

    What was there stays whole until the new file or folder is done.

    Example: defcoop export sqlite --out defcoop.sqlite
    """
    from defcoop.exports import export as write
    from defcoop.package import open_package

    try:
        opened = open_package(package)
    except FileNotFoundError:
        msg = f"there is no package in {package}; run `defcoop build` first"
        raise FileNotFoundError(msg) from None
    typer.echo(str(write(opened, name, out or Path("build") / f"{name}{BY_NAME[name].suffix}")))
