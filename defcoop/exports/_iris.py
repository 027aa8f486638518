"""The names of things on the web: which address a record, a claim or a term has in the JSON-LD export."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from defcoop.models import DatasetCard

_OWN = "defcoop"
"""The name of the dataset that has had its addresses since before others could be named."""

TERM = "urn:defcoop:term:"
"""What the addresses of properties, classes and terms begin with, which are the library's in any dataset.

The project has no domain that it could promise to keep, and takes none that is not its own. A URN resolves nowhere but
is the same in every release, so that what others say about a term stays said of it. Should the project get an address
that lasts, it changes here and nowhere else.
"""


class Addresses(NamedTuple):
    """What the addresses of a dataset's records, source cards and claims begin with, and the short form of it."""

    prefix: str
    base: str

    def of_thing(self, name: str) -> str:
        """Give the address of a record or a source card, shortened by the context.

        >>> Addresses("defcoop", "urn:defcoop:").of_thing("act-qat")
        'defcoop:act-qat'
        """
        return f"{self.prefix}:{name}"

    def of_claim(self, claim_id: str) -> str:
        """Give the address of a claim, shortened by the context."""
        return f"{self.prefix}:claim:{claim_id}"


def addresses(card: DatasetCard) -> Addresses:
    """Give the addresses of a dataset: below its homepage if it has one, else a URN of its name.

    No other key of the context and no field has a hyphen, so that a short form with one is none of these.
    """
    name = re.sub(r"[._]", "-", card.name)
    base = f"urn:{name}:"
    # Parts of a thing stand behind a # in its address, which can have but one.
    if card.homepage and card.name != _OWN and not re.search("[?#]", card.homepage):
        base = f"{card.homepage.rstrip('/')}/"
    return Addresses(name if name == _OWN or "-" in name else f"{name}-data", base)


def of_term(vocabulary: str, term: str) -> str:
    """Give the address of a term of a vocabulary, shortened by the context.

    >>> of_term("Stance", "asserted")
    'dcv:Stance:asserted'
    """
    return f"dcv:{vocabulary}:{term}"
