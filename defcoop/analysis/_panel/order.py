"""Order: the days that the dates of a record leave each other, since one stage cannot come before another."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from defcoop.analysis._days import FIRST_DAY, LAST_DAY, Runs, clip, happenings
from defcoop.models.field_layout import Shape
from defcoop.models.meaning import ordered_fields
from defcoop.values.meaning import TIME_ORDER

if TYPE_CHECKING:
    from defcoop.models import Record

_NONE: dict[str, Runs] = {}


def days_in_order(record: Record) -> dict[str, Runs]:
    """Give the days of the dates of a record that fall in an order, by field: those that every other date leaves them.

    Dates that are open on a side, intervals and sets of several are left as they are told, and so are all dates of a
    record in which no order is possible.
    """
    dates = tuple(
        (name, TIME_ORDER.index(inner.time), date)
        for name, (field, inner) in ordered_fields(type(record)).items()
        if field is inner and field.shape is Shape.SCALAR and (date := getattr(record, field.attribute)) is not None
    )
    return _left(dates) if len(dates) > 1 else _NONE


@lru_cache(maxsize=65536)
def _left(dates: tuple[tuple[str, int, str], ...]) -> dict[str, Runs]:
    moments = [
        (name, place, told[0].begins)
        for name, place, text in dates
        if len(told := happenings(text)) == 1 and told[0].moment and told[0].bounded
    ]
    left = {}
    for name, place, days in moments:
        first, last = FIRST_DAY, LAST_DAY
        for _, _, other in (moment for moment in moments if moment[1] < place):
            first = max(first, next((max(a, first) for a, b in other if b >= first), LAST_DAY + 1))
        for _, _, other in reversed([moment for moment in moments if moment[1] > place]):
            last = min(last, next((min(b, last) for a, b in reversed(other) if a <= last), FIRST_DAY - 1))
        left[name] = clip(days, first, last)
    return left if all(left.values()) else _NONE
