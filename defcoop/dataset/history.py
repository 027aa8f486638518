"""History: what had happened by a day, as far as the dates in the records tell."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from defcoop.dataset._matching import route
from defcoop.dataset._wanted import day_or_date
from defcoop.dataset.selection import whole
from defcoop.dataset.trimming import TrimRule, trim
from defcoop.errors import InputError
from defcoop.models.field_layout import Shape, is_empty, layout
from defcoop.models.leaves import leaves, without_items
from defcoop.values import Edtf
from defcoop.values.edtf import ranges
from defcoop.values.edtf_parts import is_one_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from defcoop.dataset.core import Dataset
    from defcoop.dataset.selection import Selection
    from defcoop.models import Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.record import Conflict
    from defcoop.values import Frozen

Variant = Literal["earliest", "latest"]
"""Whether something counts from the first day on which it may have begun, or from the last."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

ENDINGS = frozenset({"ends"})
"""Fields whose date is that of an end: what ended had begun before, nobody says when."""


class Begin(NamedTuple):
    """The first and the last day on which something may have begun; None where nothing limits it."""

    earliest: date | None
    latest: date | None


def begins(when: Edtf) -> Begin:
    """Say when what a date tells of began; an interval begins at its start, a set of all its days with the first.

    >>> begins(Edtf("2017-06/2019")).latest
    datetime.date(2017, 6, 30)
    >>> begins(Edtf("../2019"))
    Begin(earliest=None, latest=datetime.date(2019, 12, 31))
    """
    if is_one_of(when):
        return Begin(when.earliest, when.latest)
    begun = [part.first or part.last for part in ranges(when)]
    lasts = [date.latest for date in (*begun, when) if date and date.latest]  # it began before it ended
    return Begin(when.earliest, min(lasts, default=None))


def day_of(day: date | str | int) -> date:
    """Give the day that is meant; of a month or year the last.

    Raises:
        ValueError: if it is no date, or has no last day.
    """
    last = Edtf(day_or_date("day", day)).latest
    if last is None:
        msg = f"{day!r} has no last day"
        raise InputError(msg)
    return last


def by(dataset: Dataset, day: date, variant: Variant) -> Selection:
    """Keep what had happened by the end of a day.

    Raises:
        ValueError: if there is no such variant.
    """
    if variant not in VARIANTS:
        msg = f"{variant!r} is none of the variants {', '.join(VARIANTS)}"
        raise InputError(msg)
    return whole({record.id: _by(record, day, variant) for record in dataset}, dataset.seeds.values())


def _by(record: Record, day: date, variant: Variant) -> Record | None:
    if not _has_begun(record, day, variant):
        return None
    left = trim(record, TrimRule(_dated, lambda _field, when, _path: _counts(when, day, variant), whole=True))
    return _without_later_conflicts(record, left, day, variant) if left and left.conflicts else left


def _has_begun(record: Record, day: date, variant: Variant) -> bool:
    if not any(field.shape is Shape.SCALAR for field in _dated(type(record))):
        return True  # an actor has no date of its own
    dates = list(_dates(record))
    starts = [begin for begin in (begins(when) for field, when in dates if field not in ENDINGS) if any(begin)]
    ends = [when.latest for field, when in dates if field in ENDINGS]
    if any(last is not None and last <= day for last in ends):
        return True  # what ended had begun, also where its other dates are later
    if variant == "earliest":
        return not starts or any(begin.earliest is None or begin.earliest <= day for begin in starts)
    return any(begin.latest is not None and begin.latest <= day for begin in starts)


def _counts(when: Edtf, day: date, variant: Variant) -> bool:
    """Tell whether a date, and what it dates, belongs to the time up to a day; what nothing limits does."""
    begin = begins(when)
    if not any(begin):
        return True
    if variant == "earliest":
        return begin.earliest is None or begin.earliest <= day
    return begin.latest is not None and begin.latest <= day


def _dates(part: Frozen) -> Iterator[tuple[str, Edtf]]:
    """Yield the dates of a record or part and of the parts in it, with the names of their fields."""
    for field in _dated(type(part)):
        value: Any = getattr(part, field.attribute)
        if is_empty(value):
            continue
        if isinstance(value, Edtf):
            yield field.name, value
            continue
        for inner in value if isinstance(value, tuple) else (value,):
            yield from _dates(inner)


def _without_later_conflicts(record: Record, left: Record, day: date, variant: Variant) -> Record:
    """Take out contradictions of values that are gone, and dates in contradiction that lie after the day."""
    lost = {leaf.path for leaf in leaves(record)} - {leaf.path for leaf in leaves(left)}
    kept = tuple(
        conflict
        for conflict in left.conflicts
        if conflict.field not in lost
        and ((when := _date_in(conflict, type(record))) is None or _counts(when, day, variant))
    )
    return left if len(kept) == len(left.conflicts) else left.model_copy(update={"conflicts": kept})


def _date_in(conflict: Conflict, model: type[Record]) -> Edtf | None:
    """Give the contradicting value if it is a date."""
    try:
        field = route(model, without_items(conflict.field).replace(".", "__"))[-1]
        return Edtf(conflict.value) if issubclass(field.type, Edtf) else None
    except ValueError:
        return None


@cache
def _dated(model: type[Frozen]) -> tuple[FieldLayout, ...]:
    """List the fields of a model that are dates or hold parts with dates."""
    return tuple(field for field in layout(model) if _is_dated(field))


def _is_dated(field: FieldLayout) -> bool:
    if field.shape in {Shape.PART, Shape.PARTS}:
        part: type[Frozen] = field.type
        return bool(_dated(part))
    return field.shape is Shape.SCALAR and issubclass(field.type, Edtf)
