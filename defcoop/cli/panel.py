"""`defcoop panel`: write a table of dyad-years."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Any, TextIO

import click

from defcoop.cli._options import PATH, data, data_option, package_option

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from defcoop.analysis.panel import Covered


@click.command
@click.option("--actors", help="Ids or codes, such as TUR,QAT,cow:645; by default all states.")
@click.option("--years", help="Such as 2014-2018,2020; by default all in which an act is dated.")
@click.option("--directed", is_flag=True, help="A row for each order of a dyad.")
@click.option("--order", default="cow", help="Whose lower code comes first in a dyad: cow or gw.")
@click.option("--months", is_flag=True, help="Dyad-months and not dyad-years.")
@click.option("--dates", default="best", help="best, with low and high; or earliest or latest for all dates.")
@click.option("--draws", type=int, help="How many draws of what is uncertain to count.")
@click.option("--seed", type=int, help="The seed of the draws.")
@click.option("--stances", default="asserted", help="What counts, such as asserted,planned,alleged.")
@click.option("--any-actor", is_flag=True, help="Actors of any kind, for whom nobody else stands, and not states.")
@click.option(
    "--covered",
    multiple=True,
    help="What you vouch to have looked for, such as TUR/QAT/2014-2018/exercises,deployments (no families: all); "
    "only there is nothing found a 0. May be given again.",
)
@click.option("--out", type=PATH, help="The file to write; by default the table is shown.")
@data_option
@package_option
def panel(
    actors: str | None,
    years: str | None,
    stances: str,
    covered: tuple[str, ...],
    out: Path | None,
    dataset: Path | None,
    package: Path | None,
    *,
    any_actor: bool,
    **options: Any,  # noqa: ANN401 - those that go on as they are
) -> None:
    """Write a table with a row for each pair of states and each year, as CSV.

    A cell is empty where nothing is told, and 0 only where somebody vouches to have looked.

    Example: defcoop panel --actors TUR,QAT --years 2014-2018
    """
    from defcoop.analysis.panel import rows
    from defcoop.io.atomic_file import replacing

    options |= {
        "states": not any_actor,
        "actors": actors or None,
        "years": years or None,
        "stances": stances,
        "coverage": [_covered(text) for text in covered],
    }
    table = rows(data(dataset, package), **options)
    if out is None:
        _write(table, sys.stdout)
        return
    with replacing(out) as place:
        text = io.TextIOWrapper(place, "utf-8", newline="")
        _write(table, text)
        text.detach()  # the file is closed by whoever opened it
    click.echo(str(out))


def _write(table: Iterable[tuple[str, ...]], place: TextIO) -> None:
    csv.writer(place, lineterminator="\n").writerows(table)


def _covered(text: str) -> Covered:
    from defcoop.analysis.panel import Covered

    parts = text.split("/")
    if len(parts) not in {3, 4}:  # the last may be left out
        msg = f"{text} is no coverage, such as TUR/QAT/2014-2018/exercises"
        raise click.BadParameter(msg)
    one, other, years, *families = parts
    return Covered(one, other, years, *families)
