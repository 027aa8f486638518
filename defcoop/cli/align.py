"""`defcoop align`: what of a table of others has no partner among the states that we know."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from defcoop.cli._options import PATH, data, data_option, package_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.alignment.layouts import Layout
    from defcoop.alignment.report import Alignment

_SHOWN = 30
"""How many values without a partner are shown on a terminal."""


@click.command
@click.argument("file", type=PATH)
@click.option("--layout", help="dcad, atop, cow, ucdp, sipri, troops, bases, mme, jme; by default the one that fits.")
@click.option("--first", help="The column of the first actor, for a table of no known layout.")
@click.option("--second", default="", help="The column of the second.")
@click.option("--when", default="", help="The column of the year or day.")
@click.option("--scheme", default="cow", help="Whose codes they are: cow, gw, iso3, wikidata, or name.")
@click.option("--sum", "sums", multiple=True, help="A column of numbers to add up. May be given again.")
@click.option(
    "--also", multiple=True, help="A name or code and its actor, such as Atlantis=act-lby. May be given again."
)
@click.option(
    "--outside/--members-only",
    default=None,
    help="Whether a code leads to its only holder also when the list has no such state; as alliances need by default.",
)
@click.option("--out", type=PATH, help="Write the table there as CSV, with ids and codes to merge by.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, which is also what a pipe gets.")
@data_option
@package_option
def align(
    file: Path,
    layout: str | None,
    also: tuple[str, ...],
    out: Path | None,
    dataset: Path | None,
    package: Path | None,
    *,
    outside: bool | None,
    as_json: bool,
    **own: Any,  # noqa: ANN401 - the columns of a layout of one's own
) -> None:
    """Say which rows and sums of a table of others find no partner among the states that we know, and why.

    Exit code 1: something has none.

    Example: defcoop align trade-register.csv --layout sipri
    """
    from defcoop.alignment.foreign_file import opened
    from defcoop.alignment.report import align as aligned
    from defcoop.alignment.report import with_keys
    from defcoop.io.atomic_file import replacing

    known = data(dataset, package)
    named = dict(_named(each) for each in also)
    table = opened(file, _layout(**own) if own["first"] else layout)
    alignment = aligned(table, known, named, outside=outside)
    if out is not None:
        with replacing(out) as place:
            text = io.TextIOWrapper(place, "utf-8", newline="")
            csv.writer(text, lineterminator="\n").writerows(with_keys(table, known, named, outside=outside))
            text.detach()  # the file is closed by whoever opened it
    if as_json or not sys.stdout.isatty():
        click.echo(json.dumps(_plainly(alignment), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(alignment)))
    if not alignment.ok:
        click.get_current_context().exit(1)


def _layout(first: str, second: str, when: str, scheme: Any, sums: tuple[str, ...]) -> Layout:  # noqa: ANN401 - checked later
    from defcoop.alignment.layouts import Layout

    return Layout(first, second, when, scheme, directed=False, source="columns that were named", sums=sums)


def _named(text: str) -> tuple[str, str]:
    name, equals, actor = text.rpartition("=")
    if not equals:
        msg = f"{text} is no name with an actor, such as Atlantis=act-lby"
        raise click.BadParameter(msg)
    return name, actor


def _plainly(alignment: Alignment) -> dict[str, Any]:
    return {
        "file": str(alignment.path),
        "source": alignment.layout.source,
        "header_line": alignment.header,
        "rows": alignment.rows,
        "aligned": alignment.aligned,
        "not_then": alignment.not_then,
        "carried_on": alignment.carried_on,
        "sums": alignment.sums,
        "sums_without_partner": alignment.sums_without,
        "unpartnered": [
            {
                "column": each.column,
                "value": each.value,
                "reason": each.reason.value,
                "meaning": each.reason.definition,
                "detail": each.detail,
                "rows": each.rows,
                "lines": each.lines,
                "years": each.years,
                "sums": each.sums,
            }
            for each in alignment.unpartnered
        ],
        "unread_times": alignment.unread_times,
        "uneven_lines": alignment.uneven,
        "repeated_totals": [
            {
                "column": each.column,
                "deals": each.deals,
                "sum_of_rows": each.sum_of_rows,
                "sum_of_deals": each.sum_of_deals,
            }
            for each in alignment.repeated
        ],
    }


def _lines(alignment: Alignment) -> Iterator[str]:
    yield f"{alignment.path}: {alignment.layout.source}; header on line {alignment.header}"
    yield f"{alignment.aligned} of {alignment.rows} rows have a partner for each side"
    if alignment.not_then:
        yield f"{alignment.not_then} of them name a state that was none at the time"
    if alignment.carried_on:
        yield f"{alignment.carried_on} of them lie after the close of the list; its codes are carried on"
    for name, total in alignment.sums.items():
        yield f"{name}: {alignment.sums_without[name]:,.2f} of {total:,.2f} are in rows without a partner"
    for each in alignment.unpartnered[:_SHOWN]:
        years = f", {each.years[0]}-{each.years[1]}" if each.years else ""
        detail = f" ({each.detail})" if each.detail else ""
        yield f"  {each.rows} rows{years}, line {each.lines[0]}: {each.column} {each.value!r}: {each.reason}{detail}"
    if len(alignment.unpartnered) > _SHOWN:
        yield f"  and {len(alignment.unpartnered) - _SHOWN} more; --json has all"
    for when, rows in sorted(alignment.unread_times.items())[:_SHOWN]:
        yield f"  {rows} rows: {alignment.layout.when} {when!r} is no year of four digits and no day"
    if alignment.uneven:
        first = alignment.uneven[0]
        yield f"  {len(alignment.uneven)} rows have not as many cells as the header, first on line {first}"
    for repeated in alignment.repeated:
        yield (
            f"  {repeated.column} stands in each row of a deal: {repeated.sum_of_rows:,.2f} over rows, "
            f"{repeated.sum_of_deals:,.2f} over deals"
        )
