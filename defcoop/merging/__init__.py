"""Merging of datasets: two checkouts become one, and no claim of either is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.io.atomic_folder import replace_folder
from defcoop.io.places import CARD_FILE
from defcoop.io.temporary_sibling import temporary_sibling
from defcoop.merging.card import merged_card, with_dismissals, with_vocabularies
from defcoop.merging.contents import ORIGINS_FILE, CheckoutContents, Origin, RecordSource, contents_of
from defcoop.merging.matching import MERGED, match
from defcoop.merging.proposals import PROPOSALS_FILE, MergeProposal, as_yaml, confirmed_in, proposals
from defcoop.merging.three_way import settle
from defcoop.models.registry import SEED

if TYPE_CHECKING:
    from collections.abc import Mapping


class Merged(NamedTuple):
    """What a merging came to: how many records and source cards were the same, added, and what is proposed."""

    same: int
    added: int
    proposals: tuple[MergeProposal, ...]


def merge(
    first: str | Path,
    second: str | Path,
    out: str | Path,
    base: str | Path | None = None,
    confirmed: str | Path | None = None,
) -> Merged:
    """Merge two checkouts into a third, which is written in one step.

    Args:
        first: the checkout whose ids and whose card stay.
        second: the other.
        out: the folder to write; what is there is replaced if it is a checkout.
        base: a common ancestor of the two.
        confirmed: a file of proposals, of which those are carried out that a person confirmed.

    Raises:
        InputError: if a file cannot be read as what it should be, or something else stands at `out`.
        OSError: if there is no such checkout, or the system refuses to write.
    """
    ours, theirs = contents_of(first), contents_of(second)
    if base is not None:
        settle(contents_of(base), ours, theirs)
    merged, same = combined(ours, theirs, confirmed_in(Path(confirmed)) if confirmed else {})
    proposed = tuple(sorted(proposals(merged)))
    _write(merged, proposed, Path(out))
    return Merged(same, len(merged.records) - len(ours.records), proposed)


def combined(
    first: CheckoutContents, second: CheckoutContents, confirmed: Mapping[str, str]
) -> tuple[CheckoutContents, int]:
    """Add to one dataset what another has more, and count what they have in common."""
    matches = match(first, second, confirmed)
    unknown = sorted(other for other in confirmed.values() if other not in {*first.records, *matches.fresh.values()})
    if unknown:
        msg = f"a proposal was confirmed with {unknown[0]}, which is in neither dataset"
        raise InputError(msg)
    records, origins = dict(first.records), dict(first.origins)
    for name, own in matches.same.items():
        if records[own].type == SEED:
            records[own] = with_dismissals(records[own], second.records[name])
    for name, new in matches.fresh.items():
        record = second.records[name].renamed({**matches.references, name: new})
        records[new] = _withdrawn(record, confirmed[new], first.version) if new in confirmed else record
        origin = second.origin(name)
        if origin != Origin(first.name, new):
            origins[new] = origin
    vocabularies = with_vocabularies(first, second)
    card = merged_card(first, second, list(vocabularies))
    return first._replace(records=records, origins=origins, card=card, vocabularies=vocabularies), len(matches.same)


def _withdrawn(record: RecordSource, successor: str, version: str) -> RecordSource:
    """Leave the tombstone of a record that is another."""
    if "withdrawn" in record.data:
        return record
    stone = f"withdrawn:\n  reason: {MERGED}\n  since: {version}\n  replaced_by: {successor}\n"
    source = record.source if record.source.endswith(b"\n") else record.source + b"\n"
    return record._replace(source=source + stone.encode())


def _write(merged: CheckoutContents, proposed: tuple[MergeProposal, ...], out: Path) -> None:
    if out.exists() and not (out / "dataset").is_dir() and any(out.iterdir()):
        msg = f"{out} is not empty and no checkout; nothing was written"
        raise InputError(msg)
    files = {record.relative_path: record.source for record in merged.records.values()}
    files |= merged.vocabularies
    rows = sorted(merged.origins.items())
    if rows:
        files[ORIGINS_FILE] = "".join(
            f"- {{record: {name}, dataset: {origin.dataset}, id: {origin.id}}}\n" for name, origin in rows
        ).encode()
    if merged.card:
        files[CARD_FILE] = merged.card
    if proposed:
        files[PROPOSALS_FILE] = as_yaml(list(proposed)).encode()
    with temporary_sibling(out) as made:
        fresh = made / out.name
        for folder in ("dataset", "seeds"):
            (fresh / folder).mkdir(parents=True)
        for path, source in files.items():
            (fresh / path).parent.mkdir(exist_ok=True)
            (fresh / path).write_bytes(source)
        replace_folder(fresh, out)
