"""The run of a verification: the descriptor is read, every check checks every table, and every file is hashed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from defcoop.io.gc_pause import gc_paused
from defcoop.io.places import package_at
from defcoop.models import DatasetCard
from defcoop.models.dataset_card import UNTITLED
from defcoop.package.columns import SEEDS
from defcoop.package.described import UNDESCRIBED, broken_keys, library_tables, read_described
from defcoop.package.descriptor import CARD, DATA, DESCRIPTOR, SUMS
from defcoop.package.opener import PackageError
from defcoop.package.tables import CLAIMS
from defcoop.package.verification.claim_ids import ClaimIds
from defcoop.package.verification.claim_support import ClaimSupport
from defcoop.package.verification.cluster_ids import ClusterIds
from defcoop.package.verification.columns import Types, Vocabularies
from defcoop.package.verification.hashed_files import HashedFiles
from defcoop.package.verification.hashes import file_failures
from defcoop.package.verification.json_files import JsonFiles
from defcoop.package.verification.keys import Keys, References
from defcoop.package.verification.passages import Passages, texts_of
from defcoop.package.verification.rebuilding import rebuilding_failures
from defcoop.package.verification.repeated_views import views_tally
from defcoop.package.verification.row_blocks import RowBlock, Unreadable, row_blocks, unfit_cells
from defcoop.package.verification.tombstones import Tombstones
from defcoop.package.verification.verdict import Failure, Tally, UnitKind, Verdict
from defcoop.package.zip_layout import strange_part
from defcoop.package.zip_writer import is_canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from defcoop.package.described import DescribedPackage, DescribedTable
    from defcoop.package.verification.check import TableCheck

_MOST = 5_000_000
"""How many bytes the descriptor and the checksums may have; they have some hundred thousand."""

_OTHER = "the tables are those of another version of the schema"


def verify(package: str | Path = "build/package", texts: str | Path | None = None, *, deep: bool = False) -> Verdict:
    """Check a package by itself: its files, its tables, its claims, and with the texts its passages.

    Args:
        package: a folder, its descriptor or a zip.
        texts: the folder of seed texts; without it passages are not checked.
        deep: whether to build the package again from its records and compare.

    Raises:
        OSError: if the package cannot be read.
        PackageError: if there is nothing of a package in the folder or file.
    """
    place, folder = package_at(package), None if texts is None else Path(texts)
    with gc_paused(), HashedFiles(place) as files:
        if not {DESCRIPTOR, SUMS} & set(files.names) and not files.failures:
            msg = f"{place} is no package: it has neither {DESCRIPTOR} nor {SUMS}"
            raise PackageError(msg)
        source = files.small(DESCRIPTOR, _MOST)
        described = UNDESCRIBED if source is None else read_described(source)
        card, fault = _card(files)
        described = described._replace(faults=[*described.faults, *fault])
        ours = described.tables == library_tables(card)
        checks, skipped = _checks(described, files, folder, ours=ours)
        tables = [*_check_tables(described, files, checks), *(check.tally for check in checks), *skipped]
        tables.append(views_tally(described, files, tables, card, ours=ours))
        # The files come last, since most have been hashed by now, but stand first in the verdict.
        found = _files(described, files)
        tallies = [found, *([_archive(place, files, sound=not found.failed)] if place.is_file() else []), *tables]
        tallies.append(_rebuilding(place, files, tallies, deep=deep, ours=ours))
        return Verdict(tuple(tally.outcome() for tally in tallies))


def _card(files: HashedFiles) -> tuple[DatasetCard, list[str]]:
    """Give the card of the dataset, and what is wrong with its file."""
    source = files.small(CARD, _MOST) if CARD in files.names else None
    if source is None:
        return UNTITLED, []
    try:
        card = DatasetCard.model_validate_json(source)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return UNTITLED, [f"{CARD}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}"]
    return card, [f"{CARD}: {problem.message}" for problem in card.terms.problems[:1]]


def _checks(
    described: DescribedPackage, files: HashedFiles, folder: Path | None, *, ours: bool
) -> tuple[Sequence[TableCheck], Sequence[Tally]]:
    """List the checks of tables, and the tallies of those that cannot be made."""
    tables = described.tables.values()
    texts, refused = texts_of(described.tables.get(SEEDS), files, folder)
    passages = Passages(texts, {CLAIMS.name} if ours else ())  # there claims are known to repeat evidence
    passages.tally.fail(refused)
    general = (Types(), Keys(), References(tables), Vocabularies(), JsonFiles(files), ClaimIds())
    if ours:
        return (*general, ClaimSupport(tables, files), Tombstones(), ClusterIds(), passages), ()
    skipped = [Tally(check.name, check.unit) for check in (ClaimSupport, Tombstones, ClusterIds)]
    for tally in skipped:
        tally.skip(0, _OTHER)
    return (*general, passages), skipped


def _check_tables(described: DescribedPackage, files: HashedFiles, checks: Sequence[TableCheck]) -> tuple[Tally, Tally]:
    """Let the checks check all tables, and tally what the descriptor and the form of the files come to."""
    layout, form = Tally("schema", "table", UnitKind.FILE), Tally("form", "table", UnitKind.FILE)
    faults = (*described.faults, *broken_keys(described.tables))
    layout.fail(Failure(DESCRIPTOR, None, None, fault) for fault in faults)
    # Claims come last, for they are compared with all other tables.
    for table in sorted(described.tables.values(), key=lambda table: table.name == CLAIMS.name):
        layout.total += 1
        unreadable = _check_table(table, files, checks, form)
        if unreadable:
            layout.fail([unreadable])
            form.skip(1, f"{table.path} cannot be read")
        else:
            form.total += 1
        for check in checks:
            if unreadable:
                check.table_missing(table)
            else:
                check.tally.total += check.units(table)
                check.tally.fail(check.end(table))
    for check in checks:
        check.tally.fail(check.finish())
    return layout, form


def _check_table(
    table: DescribedTable, files: HashedFiles, checks: Sequence[TableCheck], form: Tally
) -> Failure | None:
    """Let the checks check a table; give the reason if it cannot be read to its end."""
    if table.path not in files.names:
        return Failure(table.path, None, None, "is missing")
    for check in checks:
        check.tally.fail(check.begin(table))
    with files.open(table.path) as reader:
        for item in row_blocks(table, reader):
            if isinstance(item, RowBlock):
                _check_rows(item, checks, form)
            elif isinstance(item, Unreadable):
                return item.failure
            else:
                form.fail([item])
    return None


def _check_rows(block: RowBlock, checks: Sequence[TableCheck], form: Tally) -> None:
    first, *rest = sorted(checks, key=lambda check: not isinstance(check, ClaimSupport))
    first.tally.fail(first.check_rows(block))
    # Claims repeat evidence; where all of a block do, their cells are not checked again: a fifth of the whole run.
    repeats = isinstance(first, ClaimSupport) and first.repeats(block)
    for check in rest:
        if not (repeats and check.of_cells):
            check.tally.fail(check.check_rows(block))
    if not repeats:
        form.fail(unfit_cells(block))


def _files(described: DescribedPackage, files: HashedFiles) -> Tally:
    tally = Tally("files", "file", UnitKind.FILE, total=len(files.names))
    sums = files.small(SUMS, _MOST)
    digests = {path: files.digest(path) for path in files.names}
    tally.fail(files.failures)
    tally.fail(file_failures(sums, described.digests, digests))
    return tally


def _archive(package: Path, files: HashedFiles, *, sound: bool) -> Tally:
    """Tell whether a zip is as released, packed anew by somebody, or holds what is none of its files."""
    tally = Tally("archive", "zip", UnitKind.FILE)
    if is_canonical(package) and not files.top:
        tally.total = 1
    elif part := strange_part(package):
        tally.total = 1
        tally.fail([Failure(package.name, None, None, f"is not packed as a release, and {part}")])
    else:
        inside = f" in the folder {files.top.rstrip('/')}" if files.top else ""
        aside = f"; left aside: {', '.join(files.aside)}" if files.aside else ""
        tally.skip(1, f"repacked{inside}{', contents as released' if sound else ''}{aside}")
    return tally


def _rebuilding(package: Path, files: HashedFiles, before: Sequence[Tally], *, deep: bool, ours: bool) -> Tally:
    tally = Tally("rebuilding", "file", UnitKind.FILE)
    paths = [path for path in files.names if path.startswith(f"{DATA}/")]
    if not deep:
        tally.skip(len(paths), "only a deep verification builds the package again")
    elif not ours:
        tally.skip(len(paths), _OTHER)
    elif any(tally_before.failed for tally_before in before):
        tally.skip(len(paths), "a package that fails elsewhere cannot be built again")
    else:
        tally.total = len(paths)
        tally.fail(rebuilding_failures(package, files, paths))
    return tally
