"""What defcoop uses of the FollowTheMoney model: its schemata, their properties and the types of these."""

from __future__ import annotations

import json

from defcoop.exports._data import pairs, text

SCHEMATA: dict[str, dict[str, str]] = json.loads(text("ftm_schemata.json"))
"""The properties of each schema, with their types; what defcoop does not use is left out."""

ORGANISATIONS = {"PublicBody", "Organization", "Company"}
"""The schemata that can employ and have members."""


def language(tag: str) -> str:
    """Give the three-letter code of a BCP 47 language, empty if it is not known here.

    >>> language("ar"), language("tr-TR"), language("nv")
    ('ara', 'tur', '')
    """
    return pairs("iso639.csv").get(tag.partition("-")[0], "")


def countries() -> dict[str, str]:
    """Give FollowTheMoney's code of each country by its alpha-3 code: ISO 3166-1 alpha-2, small, or ISO 3166-3."""
    return pairs("iso3166.csv")
