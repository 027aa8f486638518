"""Cluster marks: what stands in the place of a cluster's id while records are still coming.

A record knows those that it may be the same as, but not those that they may be the same as. A package is written as
records come, so the ids are put in once the last is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from defcoop.models.clusters import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models import Record

_SIGN = "\x1d"
"""A control character, which no cell can hold, as it stands in CSV and, escaped, in JSON."""
_MARK = re.compile(rb"(?:\x1d|\\u001d)([^\x1d\\]*)(?:\x1d|\\u001d)")


def mark(record: Record) -> str:
    """Give the id of a record that can only be itself, or a mark that names it and those that it may be."""
    twins = [twin.record for twin in record.possibly_same_as]
    return f"{_SIGN}{' '.join((record.id, *twins))}{_SIGN}" if twins else record.id


def has_marks(lines: bytes) -> bool:
    """Tell whether marks stand in lines of CSV."""
    return _SIGN.encode() in lines


def clusters_of(lines: Iterable[bytes]) -> Mapping[str, str]:
    """Give the ids of the clusters of all records that lines mark."""
    marks = (mark.decode().split() for line in lines for mark in _MARK.findall(line))
    return joined((record, twin) for record, *twins in marks for twin in twins)


def resolved(line: bytes, clusters: Mapping[str, str]) -> bytes:
    """Put the ids of clusters in the place of the marks in a line."""
    return _MARK.sub(lambda found: clusters[found[1].decode().split()[0]].encode(), line)
