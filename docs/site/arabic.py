"""Arabic in pages: every run of it is marked as Arabic that reads from right to left."""

from __future__ import annotations

import re

_LETTER = r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"
_BETWEEN = r"[^\u0600-\u06ffA-Za-z<>&;|`\[\]]{0,12}"
_NUMBER = r"[0-9][0-9.,]*"
_BEFORE, _AFTER = rf"(?:(?:^|(?<=['\"(;\u00ab\u201c])){_NUMBER} )?", rf"(?: {_NUMBER}(?=$|['\")&\u00bb\u201d]))?"
_RUN = re.compile(rf"{_BEFORE}{_LETTER}+(?:{_BETWEEN}{_LETTER}+)*{_AFTER}")
_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = {"script", "style"}


def on_page_content(html: str, **_: object) -> str:
    """Mark the Arabic of a page."""
    return marked(html)


def marked(html: str) -> str:
    """Put each run of Arabic in an element of its own, so that what stands around it keeps its place.

    The numbers, spaces and signs between two words belong to it, and a number at its end where quotation marks or
    brackets show that the quotation includes it.
    """
    parts, inside = [], ""
    for part in _TAG.split(html):
        if part.startswith("<"):
            name = part.strip("</>").split(None, 1)[0].lower() if part.strip("</>") else ""
            if name in _VERBATIM:
                inside = "" if part.startswith("</") else name
            parts.append(part)
        else:
            parts.append(part if inside else _RUN.sub(r'<bdi lang="ar" dir="rtl">\g<0></bdi>', part))
    return "".join(parts)
