"""Texts as records may hold them: visible characters, no edges of white space, nothing that starts a formula."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

HIDDEN = (
    r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u2069\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
)
"""Characters that nobody sees (controls, bidi controls, fillers), as the inside of a regular expression's class."""

_LINE = rf"\r\n\t{HIDDEN}"
# A cell that began with one of these would be a formula to a spreadsheet.
_FIRST = r"=+\-@"


def _pattern(also_refused: str = "") -> str:
    inner, edge = f"{_LINE}{also_refused}", rf"\s{HIDDEN}{also_refused}"
    return f"^[^{edge}{_FIRST}](?:[^{inner}]*[^{edge}])?$"


Text = Annotated[str, Field(pattern=_pattern(), max_length=2000)]
"""A text of one line."""

Label = Annotated[str, Field(pattern=_pattern(), max_length=160)]
"""A short text, such as a name or a path."""

Key = Annotated[str, Field(pattern=_pattern(r"\[\]"), max_length=160)]
"""A label that names an item of a list and so stands in brackets in paths."""

Quote = Annotated[str, Field(pattern=_pattern(), max_length=80)]
"""A phrase of a source, at most 80 characters."""
