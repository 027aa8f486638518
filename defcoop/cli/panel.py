"""`defcoop panel`: write a table of dyad-years."""

from __future__ import annotations

import csv
import io
import re
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from defcoop.cli._data import DatasetOption, PackageOption, data

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.analysis.panel import Covered

_RUN = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?", re.ASCII)


def panel(
    actors: Annotated[
        str | None, typer.Option("--actors", help="Ids or codes, such as TUR,QAT,cow:645; by default all states.")
    ] = None,
    years: Annotated[
        str | None, typer.Option("--years", help="Such as 2014-2018,2020; by default all in which an act is dated.")
    ] = None,
    directed: Annotated[bool, typer.Option("--directed", help="A row for each order of a dyad.")] = False,
    months: Annotated[bool, typer.Option("--months", help="Dyad-months and not dyad-years.")] = False,
    dates: Annotated[
        str, typer.Option("--dates", help="best, with low and high; or earliest or latest for all dates.")
    ] = "best",
    draws: Annotated[int | None, typer.Option("--draws", help="How many draws of what is uncertain to count.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The seed of the draws.")] = None,
    stances: Annotated[
        str, typer.Option("--stances", help="What counts, such as asserted,planned,alleged.")
    ] = "asserted",
    any_actor: Annotated[
        bool, typer.Option("--any-actor", help="Actors of any kind, for whom nobody else stands, and not states.")
    ] = False,
    covered: Annotated[
        list[str] | None,
        typer.Option(
            "--covered",
            help="What you vouch to have looked for, such as TUR/QAT/2014-2018/exercises,deployments (no families: "
            "all); only there is nothing found a 0. May be given again.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write; by default the table is shown.")] = None,
    dataset: DatasetOption = None,
    package: PackageOption = None,
) -> None:
    """Write a table with a row for each pair of states and each year, as CSV.

    A cell is empty where nothing is told, and 0 only where somebody vouches to have looked.

    Example: defcoop panel --actors TUR,QAT --years 2014-2018
    """
    from defcoop.analysis.panel import rows
    from defcoop.io.atomic_file import replacing

    asked: dict[str, Any] = {
        "actors": actors.split(",") if actors else None,
        "years": _years(years) if years else None,
        "stances": stances.split(","),
        "coverage": [_covered(one) for one in covered or ()],
    }
    asked |= {"directed": directed, "months": months, "dates": dates, "draws": draws, "seed": seed}
    found = rows(data(dataset, package), states=not any_actor, **asked)
    if out is None:
        _write(found, sys.stdout)
        return
    with replacing(out) as place:
        text = io.TextIOWrapper(place, "utf-8", newline="")
        _write(found, text)
        text.detach()  # the file is closed by whoever opened it
    typer.echo(str(out))


def _write(found: Iterable[tuple[str, ...]], place: TextIO) -> None:
    csv.writer(place, lineterminator="\n").writerows(found)


def _years(text: str) -> list[int]:
    """Read years and runs of them."""
    found: list[int] = []
    for part in text.split(","):
        told = _RUN.fullmatch(part.strip())
        if told is None:
            msg = f"{part} is no year, such as 2014, and no run of years, such as 2014-2018"
            raise typer.BadParameter(msg)
        found += range(int(told[1]), int(told[2] or told[1]) + 1)
    return found


def _covered(text: str) -> Covered:
    from defcoop.analysis.panel import Covered

    parts = text.split("/")
    if len(parts) not in {3, 4}:  # the last may be left out
        msg = f"{text} is no coverage, such as TUR/QAT/2014-2018/exercises"
        raise typer.BadParameter(msg)
    one, other, years, *families = parts
    told = Covered(one, other, _years(years))
    return told._replace(families=tuple(families[0].split(","))) if families else told
