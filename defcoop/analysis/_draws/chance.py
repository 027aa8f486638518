"""Chance that can be had again: numbers that depend on a seed and on what they are for, and on nothing else."""

from __future__ import annotations

from hashlib import blake2b

_AT_ONCE = 8
"""How many numbers of eight bytes a hash of 64 bytes gives."""


def chance(seed: int, draw: int, *what: str) -> float:
    """Give a number from 0 to just below 1 for a draw of a thing.

    The numbers of one seed are as good as independent and uniform over draws and things (BLAKE2b as a keyed random
    function). Since a number depends on nothing else, a record is drawn alike whatever other records there are, in
    any order, on any machine.

    >>> chance(1, 0, "agr-x", "signed") == chance(1, 0, "agr-x", "signed") != chance(1, 1, "agr-x", "signed")
    True
    """
    block, place = divmod(draw, _AT_ONCE)
    digest = blake2b("\x1f".join((str(seed), str(block), *what)).encode(), digest_size=64).digest()
    return (int.from_bytes(digest[8 * place : 8 * place + 8], "big") >> 11) * 2.0**-53
