"""The check of views: they hold what the tables give, byte for byte."""

from __future__ import annotations

import csv
from hashlib import sha256
from typing import TYPE_CHECKING

from defcoop.package.described import library_views
from defcoop.package.verification.verdict import Failure, Tally, UnitKind
from defcoop.package.view_rows import view_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from defcoop.models import DatasetCard
    from defcoop.package.described import DescribedPackage
    from defcoop.package.verification.hashed_files import HashedFiles

_OTHER = "the views are those of another version of the library"
_SPOILT = "what they repeat fails elsewhere"


def views_tally(
    described: DescribedPackage, files: HashedFiles, before: Sequence[Tally], card: DatasetCard, *, ours: bool
) -> Tally:
    """Tally the views that are what the tables give.

    Args:
        described: the descriptor.
        files: the files of the package.
        before: what the checks of tables came to.
        card: what the dataset says of itself.
        ours: whether the tables are those of this version of the library.
    """
    tally, expected = Tally("views", "view", UnitKind.FILE), library_views(card)
    if not described.views:
        return tally  # a package of an earlier version
    if not ours or described.views != expected:
        tally.skip(len(described.views), _OTHER)
    elif any(each.failed for each in before):
        tally.skip(len(described.views), _SPOILT)
    else:
        tally.total = len(expected)
        tally.fail(_view_failures(described, files, card))
    return tally


def _view_failures(described: DescribedPackage, files: HashedFiles, card: DatasetCard) -> Iterator[Failure]:
    def rows(table: str) -> Iterator[list[str]]:
        with files.open(described.tables[table].path) as reader:
            lines = csv.reader((f"{line.decode()}\n" for line in reader.lines()), strict=True)
            next(lines)
            yield from lines

    for path, pieces in view_pieces(rows, card):
        digest = sha256()
        for piece in pieces:
            digest.update(piece)
        if path not in files.names:
            yield Failure(path, None, None, "is missing")
        elif digest.hexdigest() != files.digest(path).sha256:
            yield Failure(path, None, None, "is not what the tables of the package give")
