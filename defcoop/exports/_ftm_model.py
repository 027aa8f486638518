"""What defcoop uses of the FollowTheMoney model: its schemata, their properties and the types of these."""

from __future__ import annotations

from defcoop.exports._data import pairs

_THING = {
    "name": "name",
    "alias": "name",
    "country": "country",
    "summary": "text",
    "notes": "text",
    "keywords": "string",
    "address": "address",
    "wikidataId": "identifier",
    "proof": "entity",
}
_LEGAL_ENTITY = _THING | {"classification": "string", "parent": "entity"}
_INTERVAL = {"date": "date", "startDate": "date", "endDate": "date", "description": "text", "proof": "entity"}
_INTEREST = _INTERVAL | {"role": "string"}

SCHEMATA = {
    "PublicBody": _LEGAL_ENTITY,
    "Organization": _LEGAL_ENTITY,
    "Company": _LEGAL_ENTITY,
    "Person": _LEGAL_ENTITY | {"title": "string"},
    "Event": _THING | _INTERVAL | {"location": "address", "involved": "entity"},
    "RealEstate": _THING | {"propertyType": "string", "createDate": "date", "parent": "entity"},
    "Article": _THING
    | {
        "fileName": "string",
        "language": "language",
        "publisher": "string",
        "publishedAt": "date",
    },
    "Employment": _INTEREST | {"employer": "entity", "employee": "entity"},
    "Membership": _INTEREST | {"member": "entity", "organization": "entity"},
    "UnknownLink": _INTEREST | {"subject": "entity", "object": "entity"},
    "Similar": {"candidate": "entity", "match": "entity", "criteria": "string"},
}
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
    """Give FollowTheMoney's code of each country (ISO 3166-1 alpha-2, small) by its alpha-3 code."""
    return pairs("iso3166.csv")
