"""Relative dates: what follows for a date that is told from another, such as "last March" from a text's own date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field

from defcoop.errors import InputError
from defcoop.values.edtf import Edtf, ranges
from defcoop.values.readings import alternatives, windows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

PATTERN = r"^(?:(?:last|next)-(?:0[1-9]|1[0-2])|(?:last|this|next)-year|P-?[0-9]{1,4}[YMWD])$"
"""The shape of an offset. The sign of a duration stands inside (ISO 8601-2), since no cell may begin like a formula."""

Offset = Annotated[str, Field(pattern=PATTERN)]
"""How far a date lies from its anchor.

`last-MM` is the latest month MM that was over before the month of the anchor began, `next-MM` the earliest that begins
after it; `last-year`, `this-year` and `next-year` are years. A duration of one unit, such as `P-3M` before or `P10D`
after the anchor, leads to a date as fine as its unit; of weeks to the seven days around.
"""

_SHAPE = re.compile(PATTERN[:-1] + r"\Z")
_DURATION = re.compile(r"P(-?[0-9]+)([YMWD])")


class _Unit(NamedTuple):
    """Years, months or days: the number of the one that a day lies in, and how one is written by its number."""

    number: Callable[[date], int]
    text: Callable[[int], str]


class _Rule(NamedTuple):
    """In which unit an offset counts, and which numbers may follow from a number of the anchor."""

    unit: _Unit
    told: Callable[[int], Iterable[int]]


_MONTHS, _WEEK = 12, 7
_UNITS = {
    "Y": _Unit(lambda day: day.year, "{:04d}".format),
    "M": _Unit(
        lambda day: day.year * _MONTHS + day.month - 1,
        lambda number: f"{number // _MONTHS:04d}-{number % _MONTHS + 1:02d}",
    ),
    "D": _Unit(date.toordinal, lambda number: date.fromordinal(number).isoformat()),
}
_YEARS = {"last": -1, "this": 0, "next": 1}
_QUALIFIERS = {(False, False): "", (True, False): "?", (False, True): "~", (True, True): "%"}


@lru_cache(maxsize=4096)
def derive(anchor: Edtf, offset: str) -> Edtf:
    """Give the date that follows from an anchor: one, or the one-of set over all days that the anchor allows.

    The set is written in one way only: in order, consecutive dates as a range, unless they have the anchor's qualifier.

    Args:
        anchor: the date from which it is counted; of an interval every day from its first to its last.
        offset: an `Offset`.

    Raises:
        ValueError: if the anchor is open or unknown on a side, if the offset is none, or if what follows may lie
            outside the years that dates have.

    >>> derive(Edtf("2019-12/2022"), "last-03"), derive(Edtf("2031-02"), "P-1M")
    (Edtf('[2019-03,2020-03,2021-03,2022-03]'), Edtf('2031-01'))
    """
    rule = _rule(offset)
    numbers = {
        told
        for first, last in _windows(anchor)
        for number in range(rule.unit.number(first), rule.unit.number(last) + 1)
        for told in rule.told(number)
    }
    return _written(sorted(numbers), rule.unit, _QUALIFIERS[anchor.uncertain, anchor.approximate])


def resolve(day: date, offset: str) -> Edtf:
    """Give the date that follows from one day: a year, month or day, or of weeks a set of seven days.

    Args:
        day: the day from which it is counted.
        offset: an `Offset`.

    Raises:
        ValueError: as `derive` does.

    >>> from datetime import date
    >>> resolve(date(2020, 3, 31), "last-03"), resolve(date(2020, 3, 1), "P-1D")
    (Edtf('2019-03'), Edtf('2020-02-29'))
    """
    return derive(Edtf(day.isoformat()), offset)


def _rule(offset: str) -> _Rule:
    """Read an offset."""
    if not _SHAPE.match(offset):
        msg = f"{offset!r} is not an offset"
        raise InputError(msg)
    if duration := _DURATION.match(offset):
        return _lasting(int(duration[1]), duration[2])
    which, what = offset.split("-")
    if what == "year":
        return _lasting(_YEARS[which], "Y")
    month = int(what) - 1
    if which == "last":
        return _Rule(_UNITS["M"], lambda number: (number - 1 - (number - 1 - month) % _MONTHS,))
    return _Rule(_UNITS["M"], lambda number: (number + 1 + (month - number - 1) % _MONTHS,))


def _lasting(count: int, unit: str) -> _Rule:
    """Count from the anchor; a week before is one of the seven days around the day a week before."""
    if unit == "W":
        middle, around = count * _WEEK, _WEEK // 2
        return _Rule(_UNITS["D"], lambda number: range(number + middle - around, number + middle + around + 1))
    return _Rule(_UNITS[unit], lambda number: (number + count,))


def _windows(anchor: Edtf) -> Iterator[tuple[date, date]]:
    """Yield the days that a date allows, as runs; of an interval or range all from its first to its last."""
    if anchor.earliest is None or anchor.latest is None:
        msg = f"{str(anchor)!r} is open or unknown on a side, so that no date follows from it"
        raise InputError(msg)
    for part in ranges(anchor):
        if part.sign:
            first, last = Edtf(part.start).earliest, Edtf(part.end).latest
            assert first is not None  # noqa: S101 - the whole is bounded
            assert last is not None  # noqa: S101 - likewise
            yield first, last
        else:
            yield from (window for numbers in alternatives(part.start) for window in windows_of(numbers))


def _written(numbers: list[int], unit: _Unit, qualifier: str) -> Edtf:
    """Write years, months or days, given in order, as one date or as a set with its runs as ranges."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        # No end of a range may have a qualifier.
        if runs and not qualifier and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    parts = ["..".join(unit.text(end) + qualifier for end in dict.fromkeys(run)) for run in runs]
    return Edtf(parts[0] if len(numbers) == 1 else f"[{','.join(parts)}]")
