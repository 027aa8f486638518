"""Relative dates: a date that is told from another one is what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.validation.dataset_checks.linkage import circles
from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.validation.issues import DatasetIndex

    _Date = tuple[str, str]


def dates_follow(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """A date that is told from another one is what follows from it, and no chain of such dates runs in a circle.

    Two records of which each is counted from the other are a circle too, by whatever fields: a draw begins with one.
    """
    ties = [(own, *counted) for own, summary in index.summaries.items() for counted in summary.counted]
    links: dict[_Date, set[_Date]] = {}
    for own, field, anchor, anchor_field, _ in ties:
        within = anchor == own
        links.setdefault((own, field if within else ""), set()).add((anchor, anchor_field if within else ""))
    circular: set[_Date] = set()
    for circle in circles(links):
        circular |= circle
        own, field = min(circle)
        back = f"{field} of {own}" if field else own
        yield CrossRecordIssue(
            own, "DC503", f"leads in a circle back to {back}", "Cut the circle.", field="relative_dates"
        )
    for own, field, anchor, anchor_field, offset in ties:
        # An anchor that is missing is told as such (DC301), and what is wrong in a broken file is not known.
        in_circle = {(own, field), (anchor, anchor_field)} <= circular or {(own, ""), (anchor, "")} <= circular
        if anchor in index.summaries and not in_circle:
            yield from _following(index, (own, field), (anchor, anchor_field), offset)


def _following(index: DatasetIndex, date: _Date, anchor: _Date, offset: str) -> Iterator[CrossRecordIssue]:
    """Compare a date, given by record and field, with what follows from its anchor."""
    from defcoop.values import Edtf, derive  # noqa: PLC0415 - where no date is counted from another it is not needed

    (own, field), (other, other_field) = date, anchor
    from_text = dict(index.summaries[other].dated).get(other_field)
    if from_text is None:
        message = f"{field} is counted from {other_field} of {other}, where no date stands"
        yield CrossRecordIssue(own, "DC503", message, field="relative_dates")
        return
    told = dict(index.summaries[own].dated).get(field)
    try:
        follows = derive(Edtf(from_text), offset)
    except InputError as error:
        message = f"{field} is counted from {other_field} of {other}, but {error}"
        hint = "Take the entry out, or give the anchor a date with two sides."
        yield CrossRecordIssue(own, "DC503", message, hint, field="relative_dates")
        return
    if told != follows:
        stands = f"is {told}" if told else f"{field} has no date"
        message = f"{stands}, but {offset} from {other_field} of {other}, {from_text}, is {follows}"
        hint = f'Write {field}: "{follows}".'
        yield CrossRecordIssue(own, "DC503", message, hint, field=field if told else "relative_dates")
