"""Proposals: records of two datasets that may be one, for a person to confirm."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from defcoop.errors import InputError
from defcoop.io.yaml_reader import YamlError, read
from defcoop.models.registry import SEED
from defcoop.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.merging.contents import CheckoutContents, RecordSource

PROPOSALS_FILE = "proposals.yaml"


class MergeProposal(NamedTuple):
    """A record that may be another one, and what speaks for it."""

    record: str
    same_as: str
    reason: str


def proposals(merged: CheckoutContents) -> Iterator[MergeProposal]:
    """Yield the pairs of records from different datasets that may be one.

    Actors of one kind are proposed if they share a code or a folded name, others if they had the same id at first.
    """
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, record in merged.records.items():
        if record.type != SEED and "withdrawn" not in record.data:
            for sign in sorted(set(_signs(merged, record))):
                groups[sign].append(name)
    seen: set[tuple[str, str]] = set()
    for (_, *reason), names in sorted(groups.items()):
        for pair in combinations(
            sorted(names, key=lambda name: (name in merged.origins, merged.origin(name), name)), 2
        ):
            same_as, other = pair
            if pair not in seen and merged.origins.get(same_as, ("",))[0] != merged.origins.get(other, ("",))[0]:
                seen.add(pair)
                yield MergeProposal(other, same_as, f"Both have the {' '.join(reason)}.")


def _signs(merged: CheckoutContents, record: RecordSource) -> Iterator[tuple[str, ...]]:
    """Yield what a record shares with one that may be the same: its group, and what that is in words."""
    data = record.data
    yield record.type, "id", merged.origin(record.id).id
    if record.type == "actor":
        group = f"actor {data.get('kind')}"
        yield from ((group, "code", f"{code.get('scheme')} {code.get('code')}") for code in _parts(data.get("codes")))
        yield from ((group, "name", fold(str(name.get("text")))) for name in _parts(data.get("names")))


def _parts(value: object) -> list[dict[str, object]]:
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def as_yaml(rows: list[MergeProposal]) -> str:
    """Write proposals, none of them confirmed."""
    head = "# Records that may be one. Where they are, write confirmed: true, and merge again with --proposals.\n"
    return head + "".join(
        f'- record: {row.record}\n  same_as: {row.same_as}\n  reason: "{_quoted(row.reason)}"\n  confirmed: false\n'
        for row in rows
    )


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def confirmed_in(path: Path) -> dict[str, str]:
    """Give the confirmed proposals of a file, as the record that stands by the one that is withdrawn.

    Raises:
        InputError: if it holds none.
        OSError: if it cannot be read.
    """
    try:
        rows = cast("list[dict[str, Any]]", read(path.read_bytes()))
        return {row["record"]: row["same_as"] for row in rows if row["confirmed"] in (True, "true")}
    except YamlError as error:
        msg = f"{path}:{error.line}: {error.message}"
        raise InputError(msg) from None
    except (TypeError, KeyError):
        msg = f"{path} holds no proposals: a list of record, same_as, reason and confirmed"
        raise InputError(msg) from None
