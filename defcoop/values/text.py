"""Texts as records may hold them: visible characters, no edges of white space, nothing that starts a formula."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticKnownError

HIDDEN = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
)
"""Characters that nobody sees (controls, bidi controls, fillers), as the inside of a regular expression's class."""

TAGS = r"\U000e0000-\U000e007f"
"""Invisible letters beyond the first plane, which the patterns of JSON Schema cannot name everywhere."""

_TAG = re.compile(f"[{TAGS}]")
_LINE = rf"\r\n\t{HIDDEN}"
# A cell that began with one of these would be a formula to a spreadsheet.
_FIRST = r"=+\-@"


def _pattern(also_refused: str = "") -> str:
    inner, edge = f"{_LINE}{also_refused}", rf"\s{HIDDEN}{also_refused}"
    return f"^[^{edge}{_FIRST}](?:[^{inner}]*[^{edge}])?$"


def _without_tags(text: str) -> str:
    if not text.isascii() and _TAG.search(text):
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": _pattern()})  # noqa: EM101 - its kind
    return text


_VISIBLE = AfterValidator(_without_tags)

Text = Annotated[str, Field(pattern=_pattern(), max_length=2000), _VISIBLE]
"""A text of one line."""

Label = Annotated[str, Field(pattern=_pattern(), max_length=160), _VISIBLE]
"""A short text, such as a name or a path."""

Key = Annotated[str, Field(pattern=_pattern(r"\[\]"), max_length=160), _VISIBLE]
"""A label that names an item of a list and so stands in brackets in paths."""

Quote = Annotated[str, Field(pattern=_pattern(), max_length=80), _VISIBLE]
"""A phrase of a source, at most 80 characters."""
