"""Dates for formats that know no EDTF: a year, a month or a day, as fine as the date allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.values.edtf import ranges

if TYPE_CHECKING:
    from defcoop.values import Edtf


def prefix(date: Edtf) -> str:
    """Give the year, month or day that holds every day a date allows; empty if it spans years or is open.

    >>> from defcoop.values import Edtf
    >>> prefix(Edtf("2017-06")), prefix(Edtf("[2017-05..2017-08]")), prefix(Edtf("2017-06/..")), prefix(Edtf("2020?"))
    ('2017-06', '2017', '', '2020')
    """
    if date.earliest is None or date.latest is None:
        return ""
    first, last = date.earliest.isoformat(), date.latest.isoformat()
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), "")


def ends(date: Edtf) -> dict[str, str]:
    """Give the start and the end of an interval as far as known; nothing if it is none or one of them is wider.

    >>> from defcoop.values import Edtf
    >>> ends(Edtf("2019-01/2020")), ends(Edtf("2017-06/..")), ends(Edtf("2017-06")), ends(Edtf("201X/2020"))
    ({'startDate': '2019-01', 'endDate': '2020'}, {'startDate': '2017-06'}, {}, {})
    """
    interval = ranges(date)[0]
    if interval.sign != "/":
        return {}
    bounds = {"startDate": interval.first, "endDate": interval.last}
    days = {name: prefix(bound) for name, bound in bounds.items() if bound}
    return days if all(days.values()) else {}
