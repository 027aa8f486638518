"""`defcoop plot`: draw a picture of the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from defcoop.analysis.plots import Plot, plots
from defcoop.cli._options import PATH, data, data_option, list_option, one_of, package_option

if TYPE_CHECKING:
    from pathlib import Path

_PLOTS = plots()


@click.command
@click.argument("name", callback=one_of(_PLOTS))
@click.option("--out", type=PATH, required=True, help="The file to write: .svg, .png, .html or .json (Vega-Lite).")
@data_option
@package_option
@click.option("--lang", default="en", help="The language of the labels: en or ar.")
@click.option("--most", type=click.IntRange(min=1), help="How many rows or states to draw at most.")
@click.option("--by", help="For sources: tell passages apart by stance or voice.")
@list_option("plots", {name: form.what if isinstance(form, Plot) else str(form) for name, form in _PLOTS.items()})
def plot(
    name: str, out: Path, dataset: Path | None, package: Path | None, lang: str, most: int | None, by: str | None
) -> None:
    """Draw a picture of the data, as a file that needs no network.

    NAME is one of those that `--list` shows.

    Example: defcoop plot timeline --out timeline.svg
    """
    from defcoop.analysis.plots.saving import format_of, save

    form = _PLOTS[name]
    if not isinstance(form, Plot):
        raise form
    if by is not None and name != "sources":
        msg = f"{name} tells no passages apart; --by is for sources"
        raise click.BadParameter(msg)
    format_of(out)  # a wrong ending is told before the work
    wanted = {"most": most, "by": by}
    options = {option: value for option, value in wanted.items() if value is not None}
    save(form(data(dataset, package), lang=lang, **options), out)
    click.echo(str(out))
