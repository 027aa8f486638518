"""Text that cannot act: what a terminal, a log or a parser would obey is shown as an escape."""

from __future__ import annotations

from unicodedata import category


def acts(letter: str) -> bool:
    """Tell controls, bidi controls, surrogates and the like, and separators of lines from letters that are seen."""
    kind = category(letter)
    return kind[0] == "C" or kind in {"Zl", "Zp"}


def visible(text: str, keep: str = "") -> str:
    r"""Write every character that acts instead of being seen as its escape, except those to keep.

    >>> print(visible("red \x1b[31m, reversed \u202e, two\nlines"))
    red \x1b[31m, reversed \u202e, two\nlines
    """
    if text.isprintable():
        return text
    return "".join(
        letter.encode("unicode_escape").decode() if acts(letter) and letter not in keep else letter for letter in text
    )
