"""The names of things on the web: which address a record, a claim or a term has in the JSON-LD export."""

from __future__ import annotations

BASE = "urn:defcoop:"
"""What every address of ours begins with.

The project has no domain that it could promise to keep, and takes none that is not its own. A URN resolves nowhere but
is the same in every release, so that what others say about a record or a claim stays said of it. Should the project
get an address that lasts, it changes here and nowhere else.
"""

TERM = f"{BASE}term:"
"""What the addresses of properties, classes and terms begin with."""


def of_thing(name: str) -> str:
    """Give the address of a record or a source card, shortened by the context.

    >>> of_thing("act-qat")
    'defcoop:act-qat'
    """
    return f"defcoop:{name}"


def of_claim(claim_id: str) -> str:
    """Give the address of a claim, shortened by the context."""
    return f"defcoop:claim:{claim_id}"


def of_term(vocabulary: str, term: str) -> str:
    """Give the address of a term of a vocabulary, shortened by the context.

    >>> of_term("Stance", "asserted")
    'dcv:Stance:asserted'
    """
    return f"dcv:{vocabulary}:{term}"
