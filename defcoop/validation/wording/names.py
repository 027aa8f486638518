"""Names: whether words name an actor, by a name of its own or, of a state, by the adjective of its people."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from defcoop.validation.wording.words import bare, tokens, word_list

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_SHORTEST = 3
_ARTICLE = "ال"


def says_name(text: str, names: Collection[str], *, adjective: bool = False, shortened: bool = False) -> bool:
    """Tell whether a text says one of several names.

    Args:
        text: the words.
        names: the names of an actor, in any language.
        adjective: whether an adjective made of a name will do, as of states.
        shortened: whether the last part of a name will do, as of persons.

    >>> says_name("القوات التركية", ["تركيا", "Turkey"], adjective=True), says_name("هاتان الدولتان", ["تركيا"])
    (True, False)
    """
    if not frozenset(names).isdisjoint(tokens(text)):
        return True  # most names are one word that stands there as it is
    words = _forms(text)
    return any(_says(words, name, adjective=adjective, shortened=shortened) for name in names)


@lru_cache(maxsize=1024)
def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    """Give of each word of a text what it may be."""
    return tuple([bare(word) for word in tokens(text)])


def _says(words: tuple[tuple[str, ...], ...], name: str, *, adjective: bool, shortened: bool) -> bool:
    parts = _parts(name)
    if not parts:
        return False
    if _in_order(words, parts):
        return True
    if shortened and len(parts) > 1 and len(parts[-1]) >= _SHORTEST and _in_order(words, parts[-1:]):
        return True
    if not adjective:
        return False
    own = _adjectives().get(parts, frozenset())
    stems = _stems(parts)
    return any(form in own or any(_is_adjective(form, stem) for stem in stems) for forms in words for form in forms)


@cache
def _adjectives() -> Mapping[tuple[str, ...], frozenset[str]]:
    """Give the adjectives that no ending makes of a country's name, by the parts of each of its names."""
    table = json.loads((files("defcoop.validation.wording") / "data" / "adjectives.json").read_text(encoding="utf-8"))
    return {_parts(name): frozenset(tokens(country["adjectives"])) for country in table for name in country["names"]}


def _in_order(words: tuple[tuple[str, ...], ...], parts: tuple[str, ...]) -> bool:
    """Tell whether all parts of a name stand in a text, in their order, whatever stands between them."""
    rest = iter(words)
    return all(any(part in forms for forms in rest) for part in parts)


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """Split a name into the words that make it, each without the article."""
    words = (word.removeprefix(_ARTICLE) for word in tokens(name))
    return tuple(word for word in words if word not in word_list("small"))


@lru_cache(maxsize=4096)
def _stems(parts: tuple[str, ...]) -> tuple[str, ...]:
    if len(parts) > 1:
        return ()
    word = parts[0]
    cut = {
        word,
        *(
            word[: -len(end)]
            for end in word_list("country_endings")
            if word.endswith(end) and len(word) - len(end) >= _SHORTEST
        ),
    }
    return tuple(sorted(cut))


def _is_adjective(form: str, stem: str) -> bool:
    """Tell whether a word is made of the stem of a country and the ending of an adjective."""
    return (
        len(stem) >= _SHORTEST and form.startswith(stem) and form[len(stem) :] in {"", *word_list("adjective_endings")}
    )
