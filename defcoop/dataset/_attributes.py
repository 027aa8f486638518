"""Attributes that a dataset or a collection does not have: what does the same, or is spelt almost so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

_FRAME = 'Use ds.frame("agreements") for a data frame of pandas, polars or Arrow.'
_WHERE = 'Use where(status="signed"), or where(lambda record: ...).'
_VALUES = "Iterate over values(), or take list(values())[:5]."

_ELSEWHERE = {
    **dict.fromkeys(("to_frame", "to_pandas", "to_polars", "to_arrow", "to_df", "df", "dtypes", "describe"), _FRAME),
    **dict.fromkeys(("filter", "query", "loc", "iloc", "select"), _WHERE),
    **dict.fromkeys(("head", "tail", "first", "records", "rows", "all"), _VALUES),
}
"""What those who come from other libraries look for, and what does it here."""


def no_attribute(owner: type, name: str, more: Iterable[str] = ()) -> AttributeError:
    """Give the error for an attribute that a class does not have."""
    public = [each for each in (*dir(owner), *more) if not each.startswith("_")]
    hint = "" if name.startswith("_") else _ELSEWHERE.get(name) or did_you_mean(name, public)
    return AttributeError(f"{owner.__name__} has no attribute {name}. {hint}".rstrip())
