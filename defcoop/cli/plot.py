"""`defcoop plot`: draw a picture of the data."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the types of options at run time
from typing import Annotated

import typer

from defcoop.analysis.plots import PLOTS
from defcoop.cli._data import DatasetOption, PackageOption, data


def _known(name: str | None) -> str | None:
    if name is not None and name not in PLOTS:
        msg = f"{name} is none of {', '.join(PLOTS)}"
        raise typer.BadParameter(msg)
    return name


def _list(wanted: bool) -> None:  # noqa: FBT001 - typer's signature
    if wanted:
        width = max(map(len, PLOTS))
        for one in PLOTS.values():
            typer.echo(f"{one.name:{width}}  {one.what}")
        raise typer.Exit


def plot(
    name: Annotated[str, typer.Argument(metavar="NAME", callback=_known, help=f"One of {', '.join(PLOTS)}.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: .svg, .png, .html or .json (Vega-Lite).")],
    dataset: DatasetOption = None,
    package: PackageOption = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of the labels: en or ar.")] = "en",
    most: Annotated[int | None, typer.Option("--most", min=1, help="How many rows or states to draw at most.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="For sources: tell passages apart by stance or voice.")] = None,
    _: Annotated[bool, typer.Option("--list", callback=_list, is_eager=True, help="List the plots.")] = False,
) -> None:
    """Draw a picture of the data, as a file that needs no network.

    Example: defcoop plot timeline --out timeline.svg
    """
    from defcoop.analysis.plots.saving import format_of, save

    if by is not None and name != "sources":
        msg = f"{name} tells no passages apart; --by is for sources"
        raise typer.BadParameter(msg)
    format_of(out)  # a wrong ending is told before the work
    wanted = {"most": most, "by": by}
    options = {option: value for option, value in wanted.items() if value is not None}
    save(PLOTS[name](data(dataset, package), lang=lang, **options), out)
    typer.echo(str(out))
