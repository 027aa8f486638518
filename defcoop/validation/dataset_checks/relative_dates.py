"""Relative dates: a date that is told from another one is what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.validation.dataset_checks.linkage import circles
from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.validation.issues import DatasetIndex


def dates_follow(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """A date that is told from another one is what follows from it, and no chain of such dates runs in a circle."""
    anchors = {
        (own, field): (anchor, anchor_field)
        for own, summary in index.summaries.items()
        for field, anchor, anchor_field, _ in summary.counted
    }
    circular: set[tuple[str, str]] = set()
    for circle in circles({date: {anchor} for date, anchor in anchors.items()}):
        circular |= circle
        own, field = min(circle)
        message = f"{field} is counted in a circle: from {' of '.join(reversed(anchors[own, field]))} back to itself"
        yield CrossRecordIssue(own, "DC503", message, "Cut the circle.", field="relative_dates")
    for own, summary in index.summaries.items():
        for field, anchor, anchor_field, offset in summary.counted:
            # An anchor that is missing is told as such (DC301), and what is wrong in a broken file is not known.
            if anchor in index.summaries and (own, field) not in circular:
                yield from _following(index, (own, field), (anchor, anchor_field), offset)


def _following(
    index: DatasetIndex, date: tuple[str, str], anchor: tuple[str, str], offset: str
) -> Iterator[CrossRecordIssue]:
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
