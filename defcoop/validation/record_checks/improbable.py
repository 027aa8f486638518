"""Improbable records: an actor on both sides, too few who take part, numbers beyond what there is, mistagged names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from defcoop.models.leaves import field_of
from defcoop.models.meaning import fewest_sides, number_field, side_ids, side_names, sides, sides_are_opposed
from defcoop.validation.issues import Issue
from defcoop.values import plain
from defcoop.values.meaning import SOURCE, TARGET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record
    from defcoop.models.leaves import Pointer
    from defcoop.models.meaning import Side
    from defcoop.models.record import Name
    from defcoop.validation.issues import Sources
    from defcoop.values import Amount, Unit

_NUMBERS = ("low", "best", "high")

_SCRIPTS = {
    "ARABIC": "ar arc azb bal ckb fa glk ks lrc mzn pnb prs ps sd ug ur",
    "CYRILLIC": "ab av ba be bg ce cv kk ky mk mn os ru tg tt uk",
    "GREEK": "el",
    "HEBREW": "he yi",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "ETHIOPIC": "am ti",
    "DEVANAGARI": "hi mr ne sa",
    "LATIN": (
        "af ca cs cy da de en es et eu fi fr ga gl ha hr hu id is it lb lt lv ms mt nb nl nn no pl pt ro sk sl so sq sv"
        " sw tr vi"
    ),
}
"""The languages that are written in one script, by the word with which the names of its letters begin."""

_SCRIPT_OF = {language: script for script, languages in _SCRIPTS.items() for language in languages.split()}
_NORWEGIAN = {"nb", "nn", "no"}
_ENGLISH = re.compile(
    r"\b(?:the|and|with|between|from|agreement|treaty|cooperation|defence|defense|army|military|joint|exercise|ministry"
    r"|embassy|council|committee)\b",
    re.IGNORECASE,
)
"""Words of English names that no other language of the table has."""


def sides_are_others(record: Record, _: Sources) -> Iterator[Issue]:
    """Nobody sends to, or supplies, itself."""
    if sides_are_opposed(type(record)):
        placed = list(sides(record))
        senders = {side.actor for side in placed if side.rank == SOURCE}
        for side in placed:
            if side.rank == TARGET and side.actor in senders:
                yield Issue("DC706", _pointer(record, side), f"{side.actor} is on both sides")


def enough_take_part(record: Record, _: Sources) -> Iterator[Issue]:
    """What is done together has at least two who do it."""
    fewest = fewest_sides(record)
    # Of actors in an order that is not theirs nobody stands on a side.
    acting = ([side.actor for side in sides(record)] or list(side_ids(record))) if fewest else []
    if acting and len(acting) < fewest:
        yield Issue("DC708", (min(side_names(type(record))),), f"{acting[0]} is alone in it")


def things_are_counted_whole(record: Record, _: Sources) -> Iterator[Issue]:
    """No number of persons or things has decimals: `1.234` of them is mostly a thousand and more."""
    for pointer, amount in _counts(record):
        unit: Unit | None = getattr(amount, "unit", None)
        for name in _NUMBERS if unit and unit.is_whole else ():
            number = getattr(amount, name)
            if number is not None and number % 1:
                yield Issue(
                    "DC606", (*pointer, name), f"{plain(number)} is no number of {unit}, which are counted whole"
                )


def numbers_are_possible(record: Record, _: Sources) -> Iterator[Issue]:
    """No number is greater than all that there are of its unit."""
    field = number_field(type(record))
    amount = getattr(record, field.attribute) if field else None
    unit: Unit | None = getattr(amount, "unit", None)
    if not field or unit is None or unit.most is None:
        return
    for name in _NUMBERS:
        number = getattr(amount, name)
        if number is not None and number > unit.most:
            yield Issue("DC709", (field.name, name), f"{number:,} {unit} are more than {unit.most:,}")
            return


def names_are_in_their_language(record: Record, sources: Sources) -> Iterator[Issue]:
    """A name is in a script of its language, and no English name has the tag of another one."""
    for number, name in enumerate(record.names):
        if reason := _mistagged(name, record, sources):
            yield Issue("DC710", ("names", number, "lang"), reason)


def _counts(record: Record) -> Iterator[tuple[Pointer, Amount]]:
    """Yield the numbers of a record that have a unit, each with its place."""
    field = number_field(type(record))
    amount: Amount | None = getattr(record, field.attribute) if field else None
    if field and amount:
        yield (field.name,), amount
    yield from ((("figures", place), figure) for place, figure in enumerate(record.figures))


def _mistagged(name: Name, record: Record, sources: Sources) -> str:
    language, *subtags = name.lang.split("-")
    known = _SCRIPT_OF.get(language)
    # A subtag of four letters is another script, such as that of ar-Latn.
    if known is None or any(len(subtag) == 4 for subtag in subtags):  # noqa: PLR2004 - as BCP 47 has it
        return ""
    script = _script_of(name.text)
    if script and script != known:
        return f"{name.text} is in {script.title()} letters, but {language} is written in {known.title()} ones"
    if script == "LATIN" and language != "en" and _ENGLISH.search(name.text):
        return f"{name.text} is English and not {language}"
    if language == "no" and not _NORWEGIAN.intersection(_languages(record, sources)):
        return f"{name.text} is tagged as Norwegian, in which none of its texts is"
    return ""


def _script_of(text: str) -> str:
    """Give the script of most letters, by the first word of their names; nothing if there are none of ours."""
    if text.isascii():
        return "LATIN" if any(map(str.isalpha, text)) else ""
    words = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    script = words.most_common(1)[0][0] if words else ""
    return script if script in _SCRIPTS else ""


def _languages(record: Record, sources: Sources) -> set[str]:
    cards = (sources.cards.get(entry.seed) for entry in record.evidence)
    return {card.language.partition("-")[0] for card in cards if card}


def _pointer(record: Record, side: Side) -> Pointer:
    name = field_of(side.path)
    value = getattr(record, name)
    return (name, value.index(side.actor)) if isinstance(value, tuple) and side.actor in value else (name,)
