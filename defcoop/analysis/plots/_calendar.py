"""The calendar along which dates are drawn: from which day to which, and how it is labelled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis.plots import _look

if TYPE_CHECKING:
    from collections.abc import Iterable

    import altair as alt

    from defcoop.analysis.plots._stretches import Stretch
    from defcoop.analysis.plots._words import Lang
    from defcoop.values import Edtf
else:
    from defcoop.analysis.plots import _altair as alt

_YEARS, _EACH = 3, 20
"""Over how many years the years alone are labelled, and below how many each of them."""


class Calendar(NamedTuple):
    """The first day that is drawn, and the day after the last."""

    first: date
    last: date

    @classmethod
    def of(cls, dates: Iterable[Edtf]) -> Calendar:
        """Make a calendar of whole years that holds some dates, with room for arrows at its ends."""
        days = [day for when in dates for day in (when.earliest, when.latest) if day]
        first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
        room = timedelta(days=round((last - first).days * 0.03))
        return cls(first - room, last + room)

    def within(self, stretch: Stretch) -> tuple[date, date]:
        """Give the first day of a stretch and the day after its last; the ends of the calendar where it has none."""
        if stretch.first and stretch.first == stretch.last and not stretch.throughout:
            return stretch.first, stretch.first
        return stretch.first or self.first, stretch.last + timedelta(days=1) if stretch.last else self.last

    def is_late(self, first: date, last: date) -> bool:
        """Tell whether there is more room before some days than after them."""
        return first - self.first > self.last - last

    def x(self, field: str, lang: Lang) -> alt.X:
        """Make the axis; it is read in UTC, so that a day is the same day on every machine."""
        many = self.last.year - self.first.year > _YEARS
        axis = _look.axis(
            "year" if many else "year and month",
            lang,
            format="%Y" if many else "%Y-%m",
            tickCount="year" if many and self.last.year - self.first.year < _EACH else 8,
            labelOverlap=True,
            labelSeparation=4,
            grid=True,
        )
        ends = [alt.DateTime(year=day.year, month=day.month, date=day.day, utc=True) for day in self]
        return alt.X(field, scale=alt.Scale(type="utc", domain=ends, nice=False), axis=axis)
