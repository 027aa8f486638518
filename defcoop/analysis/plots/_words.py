"""The words of charts in English and, from `arabic.json`, in Arabic; what is not there stays as it is."""

from __future__ import annotations

import json
from collections import ChainMap
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, get_args

from defcoop.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["en", "ar"]
"""A language that charts are labelled in."""

_ARABIC: Mapping[str, str] = ChainMap(
    *json.loads((files(__package__) / "arabic.json").read_text(encoding="utf-8")).values()
)


def checked(lang: str) -> Lang:
    """Take a language that charts can be labelled in.

    Raises:
        ValueError: if it is another.
    """
    for known in get_args(Lang):
        if lang == known:
            language: Lang = known
            return language
    msg = f"charts are labelled in {' or '.join(get_args(Lang))}, not in {lang!r}"
    raise InputError(msg)


def say(words: str, lang: Lang) -> str:
    """Say English words in a language.

    >>> say("agreements", "en"), say("agreements", "ar") != "agreements"
    ('agreements', True)
    """
    return _ARABIC.get(words, words) if lang == "ar" else words
