"""The run of a verification: the descriptor is read, every check looks at every table, and every file is hashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.package import PackageError
from defcoop.package.descriptor import DESCRIPTOR, SUMS
from defcoop.package.tables import CLAIMS
from defcoop.package.verification._layout import is_canonical
from defcoop.package.verification.blocks import Block, NoTable, blocks
from defcoop.package.verification.claim_ids import ClaimIds
from defcoop.package.verification.columns import Types, Vocabularies
from defcoop.package.verification.hashes import file_failures
from defcoop.package.verification.keys import Keys, References
from defcoop.package.verification.members import open_members
from defcoop.package.verification.passages import Passages, texts_of
from defcoop.package.verification.rebuilding import rebuilt
from defcoop.package.verification.shape import NO_SHAPE, known_tables, read_shape
from defcoop.package.verification.support import Support
from defcoop.package.verification.tombstones import Tombstones
from defcoop.package.verification.twins import Twins
from defcoop.package.verification.verdict import Failure, Grain, Tally, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from defcoop.package.verification.check import Check
    from defcoop.package.verification.members import Members
    from defcoop.package.verification.shape import Shape, Table

_MOST = 5_000_000
"""How many bytes the descriptor and the checksums may have; they have some hundred thousand."""

_OTHER = "the tables are those of another version of the schema"


def verify(package: Path, texts: Path | None = None, *, deep: bool = False) -> Verdict:
    """Check a package by itself: its files, its tables, its claims, and with the texts its passages.

    Args:
        package: a folder or a zip.
        texts: the folder of seed texts; without it passages are not checked.
        deep: whether to build the package again from its records and compare.

    Raises:
        OSError: if the package cannot be read.
        PackageError: if there is nothing of a package in the folder or file.
    """
    with open_members(package) as members:
        if not {DESCRIPTOR, SUMS} & set(members.names) and not members.failures:
            msg = f"{package} is no package: it has neither {DESCRIPTOR} nor {SUMS}"
            raise PackageError(msg)
        described = members.small(DESCRIPTOR, _MOST)
        shape = NO_SHAPE if described is None else read_shape(described)
        ours = tuple(shape.tables) == known_tables()
        checks, skipped = _checks(shape, members, texts, ours=ours)
        looked_at = [*_look(shape, members, checks), *(check.tally for check in checks), *skipped]
        # The files come last, since most have been hashed by now, but are told of first.
        tallies = [_files(shape, members), *([_archive(package)] if package.is_file() else []), *looked_at]
        tallies.append(_rebuilding(package, members, tallies, deep=deep, ours=ours))
        return Verdict(tuple(tally.outcome() for tally in tallies))


def _checks(
    shape: Shape, members: Members, folder: Path | None, *, ours: bool
) -> tuple[Sequence[Check], Sequence[Tally]]:
    """List the checks of tables, and the tallies of those that cannot be made."""
    texts, strangers = texts_of(shape.tables, members, folder)
    passages = Passages(texts, {CLAIMS.name} if ours else ())  # there it is proven that claims repeat evidence
    passages.tally.fail(strangers)
    general = (Types(), Keys(), References(shape.tables), Vocabularies(), Twins(members), ClaimIds())
    if ours:
        return (*general, Support(shape.tables, members), Tombstones(), passages), ()
    skipped = [Tally(check.name, check.unit) for check in (Support, Tombstones)]
    for tally in skipped:
        tally.skip(0, _OTHER)
    return (*general, passages), skipped


def _look(shape: Shape, members: Members, checks: Sequence[Check]) -> tuple[Tally, Tally]:
    """Let the checks look at all tables, and tally what the descriptor and the form of the files come to."""
    layout, form = Tally("schema", "table", Grain.FILE), Tally("form", "table", Grain.FILE)
    layout.fail(shape.failures)
    # Claims come last, for they are compared with all other tables.
    for table in sorted(shape.tables, key=lambda table: table.name == CLAIMS.name):
        layout.total += 1
        if table.path not in members.names:
            lost: Failure | None = Failure(table.path, None, None, "is missing")
        else:
            lost = _look_at(table, members, checks, form)
        if lost:
            layout.fail([lost])
            form.skip(1, f"{table.path} cannot be read")
        else:
            form.total += 1
        for check in checks:
            if lost:
                check.lose(table)
            else:
                check.tally.total += check.units(table)
                check.tally.fail(check.end(table))
    for check in checks:
        check.tally.fail(check.finish())
    return layout, form


def _look_at(table: Table, members: Members, checks: Sequence[Check], form: Tally) -> Failure | None:
    """Let the checks look at a table; give the reason if it cannot be read to its end."""
    for check in checks:
        check.tally.fail(check.begin(table))
    proven = next((check.prove(table) for check in checks if isinstance(check, Support)), None)
    if proven is not None:
        for check in checks:
            check.take(table, proven)
        return None
    with members.open(table.path) as reading:
        for found in blocks(table, reading):
            if isinstance(found, Block):
                for check in checks:
                    check.tally.fail(check.look(found))
            elif isinstance(found, NoTable):
                return found.failure
            else:
                form.fail([found])
    return None


def _files(shape: Shape, members: Members) -> Tally:
    tally = Tally("files", "file", Grain.FILE, total=len(members.names))
    sums = members.small(SUMS, _MOST)
    found = {path: members.digest(path) for path in members.names}
    tally.fail(members.failures)
    tally.fail(file_failures(sums, shape.digests, found))
    return tally


def _archive(package: Path) -> Tally:
    tally = Tally("archive", "zip", Grain.FILE, total=1)
    if not is_canonical(package):
        tally.fail([Failure(package.name, None, None, "holds more, or otherwise, than the files packed as a release")])
    return tally


def _rebuilding(package: Path, members: Members, before: Sequence[Tally], *, deep: bool, ours: bool) -> Tally:
    tally = Tally("rebuilding", "file", Grain.FILE)
    paths = [path for path in members.names if path.startswith("data/")]
    if not deep:
        tally.skip(len(paths), "only a deep verification builds the package again")
    elif not ours:
        tally.skip(len(paths), _OTHER)
    elif any(one.failed for one in before):
        tally.skip(len(paths), "a package that fails elsewhere cannot be built again")
    else:
        tally.total = len(paths)
        tally.fail(rebuilt(package, members, paths))
    return tally
