"""Stretches: the days on which a date says that something was, to be drawn as bars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis._days import happenings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.analysis._days import Happening
    from defcoop.values import Edtf

_MOST = 24
"""Of how many stretches a date may be drawn; beyond, it is drawn as one."""


class Stretch(NamedTuple):
    """Days from a first to a last one, None where no limit is told; `throughout` if it went on on each of them."""

    first: date | None
    last: date | None
    throughout: bool = False


def stretches(when: Edtf) -> tuple[Stretch, ...]:
    """Give the stretches of a date: first those in which it may have been, then those throughout which it was.

    A date without any limit has none.

    >>> from defcoop.values import Edtf
    >>> stretches(Edtf("2017/2018"))[1] == Stretch(date(2017, 12, 31), date(2018, 1, 1), throughout=True)
    True
    >>> len(stretches(Edtf("[2018-12,2019-12]"))), stretches(Edtf("2017/.."))[0].last is None, stretches(Edtf("/.."))
    (2, True, ())
    """
    if when.earliest is None and when.latest is None:
        return ()
    every = [stretch for happening in happenings(when) for stretch in _of(happening)]
    loose = sorted(
        {stretch for stretch in every if not stretch.throughout}, key=lambda stretch: stretch.first or date.min
    )
    sure = [stretch for stretch in every if stretch.throughout]
    if len(every) > _MOST:
        return (Stretch(when.earliest, when.latest),)
    if loose and when.earliest is None:
        loose[0] = loose[0]._replace(first=None)
    if loose and when.latest is None:
        loose[-1] = loose[-1]._replace(last=None)
    return (*loose, *sure)


def _of(happening: Happening) -> Iterator[Stretch]:
    if not happening.ends:
        runs = happening.begins if happening.moment else ((happening.begins[0][0], happening.begins[-1][1]),)
        for first, last in runs:
            yield _stretch(first, last)
        return
    begun, ended = happening.begins[-1][1], happening.ends[0][0]
    yield _stretch(happening.begins[0][0], happening.ends[-1][1])
    if begun <= ended:
        yield _stretch(begun, ended)._replace(throughout=True)


def _stretch(first: int, last: int) -> Stretch:
    return Stretch(date.fromordinal(first), date.fromordinal(last))
