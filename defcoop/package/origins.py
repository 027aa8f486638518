"""Origins: the datasets and standards whose terms defcoop uses, and where a description names them."""

from __future__ import annotations

import re

_NAMED = re.compile(r"(?P<meaning>.*[.!?]) \((?P<origin>[^()]+)\)", re.DOTALL)

ORIGINS = {
    "ATOP": "Alliance Treaty Obligations and Provisions, a dataset of alliances",
    "Admiralty": "the Admiralty code, by which services grade sources (A to F) and information (1 to 6)",
    "BCP 47": "the tags of languages on the internet",
    "DCAD": "Defense Cooperation Agreement Dataset (Kinne)",
    "EDTF": "Extended Date/Time Format, part of ISO 8601-2",
    "ISO 4217": "the codes of currencies",
    "JME": "Joint Military Exercises, a dataset",
    "Kiel": "the Ukraine Support Tracker of the Kiel Institute",
    "PLOVER": "Political Language Ontology for Verifiable Event Records",
    "SIPRI": "the arms transfers data of the Stockholm International Peace Research Institute",
    "Security Force Monitor": "a research project on the command of security forces",
    "UCDP": "Uppsala Conflict Data Program",
    "Vine": "David Vine's list of military bases abroad",
    "W3C": "the selectors of the Web Annotation Data Model",
    "World Treaty Index": "an index of treaties",
    "troopdata": "a dataset of deployments of United States forces, as an R package",
}
"""What the first words of an origin stand for."""


def split(description: str) -> tuple[str, str]:
    """Split a description into its meaning and the term that it comes from, if it names one.

    >>> split("When it was signed. (DCAD signature)")
    ('When it was signed.', 'DCAD signature')
    """
    match = _NAMED.fullmatch(description)
    return (match["meaning"], match["origin"]) if match else (description, "")
