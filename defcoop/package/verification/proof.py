"""The quick proof of the claims: if each repeats what other tables say, all that is asked of a claim follows.

Claims are most of a package. Whether a cell is of its type, refers to something and so on need not be asked again of
one that stands in another table, where it is asked.
"""

from __future__ import annotations

from hashlib import sha256
from operator import itemgetter, lt
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.registry import TYPES
from defcoop.package.verification.blocks import header_of, pieces, quoted_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package.verification.members import Reading
    from defcoop.package.verification.shape import Table

PREFIX = itemgetter(slice(3))
TYPE_OF_PREFIX = frozenset((kind.prefix.encode(), kind.name.encode()) for kind in TYPES)
"""Pairs of the start of a record's id and the name of its type."""

_BEFORE = ("claim_id", "record_id", "record_type", "field", "value", "relation", "seed_id")
_BEHIND = ("reliability", "credibility")
_ID, _BEHIND_ID, _GRADE = itemgetter(slice(20)), itemgetter(slice(20, 21)), itemgetter(slice(-4, -2))


class Known(NamedTuple):
    """What other tables say: hashes of citations, and each seed with its reliability."""

    citations: set[int]
    reliability: set[tuple[bytes, bytes]]


class Claimed(NamedTuple):
    """What claims tell: how many they are, and hashes of record, field, value and relation."""

    number: int
    values: set[int]


def prove(table: Table, reading: Reading, known: Known) -> Claimed | None:
    """Give what the claims tell, or None if one of them is not as it should be.

    Its id is the hash of its cells, and ids are sorted; its type is that of its record's id; it cites what is cited in
    the record's evidence, and repeats the reliability of the seed. Whether it tells a value of the record is left open.
    """
    names = tuple(column.name for column in table.columns)
    if names[: len(_BEFORE)] != _BEFORE or names[-len(_BEHIND) :] != _BEHIND:
        return None
    count, values, last = 0, set[int](), b""
    grades = {(seed, b"\x1f" + grade) for seed, grade in known.reliability}
    for rows in _rows(table, reading):
        if rows is None:
            return None
        ids = list(map(_ID, rows))
        bodies = [row[21:-4] + row[-2:] for row in rows]  # all but the id and the reliability, which is one letter
        hashes = b"".join([sha256(body).digest()[:10] for body in bodies]).hex().encode()
        parts = [body.split(b"\x1f", 6) for body in bodies]
        if set(map(len, parts)) != {7} or set(map(_BEHIND_ID, rows)) != {b"\x1f"}:
            return None
        records, kinds, fields, told, relations, seeds, cited = zip(*parts, strict=True)
        if not (
            hashes == b"".join(ids)
            and all(map(lt, [last, *ids], ids))
            and TYPE_OF_PREFIX.issuperset(zip(map(PREFIX, records), kinds, strict=True))
            and grades.issuperset(zip(seeds, map(_GRADE, rows), strict=True))
            and known.citations.issuperset(map(hash, zip(records, relations, seeds, cited, strict=True)))
        ):
            return None
        values.update(map(hash, zip(records, fields, told, relations, strict=True)))
        count, last = count + len(rows), ids[-1]
    return Claimed(count, values)


def _rows(table: Table, reading: Reading) -> Iterator[list[bytes] | None]:
    """Yield rows, their cells joined by U+001F; None if there is anything odd."""
    header: bytes | None = header_of(table) + b"\n"
    for piece in pieces(reading):
        if piece is None or not piece.endswith(b"\n") or b"\x1f" in piece:
            yield None
            return
        if header is not None and not piece.startswith(header):
            yield None
            return
        rows = (piece.removeprefix(header) if header else piece).replace(b",", b"\x1f").split(b"\n")
        rows.pop()
        header = None
        if b'"' in piece:
            for spot, row in enumerate(rows):
                if b'"' in row:
                    cells = quoted_row(row.replace(b"\x1f", b","))
                    if cells is None:
                        yield None
                        return
                    rows[spot] = b"\x1f".join(cells[:-1])
        if rows:
            yield rows
    if header is not None:
        yield None
