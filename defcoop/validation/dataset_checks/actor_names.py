"""Names of actors: the passage of an explicit value names the actor that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.validation.issues import DatasetIndex


def actors_are_named(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """The passage has a name of the actor, or the adjective of a state; a pronoun, an office or a capital has none."""
    for own, summary in index.summaries.items():
        for path, actor, passage in summary.named:
            known = index.summaries.get(actor)
            if (
                known
                and actor != own
                and index.ids[actor] == "actor"
                and not _is_named(passage, known.called, known.what)
            ):
                from defcoop.models.leaves import field_of  # noqa: PLC0415 - only who errs needs the models

                message = f"no name of {actor} is in a passage of {path}"
                yield CrossRecordIssue(own, "DC414", message, target=actor, field=field_of(path))


def _is_named(passage: str, names: tuple[str, ...], what: str) -> bool:
    # Only who reads texts needs the tables of words.
    from defcoop.validation.wording import says_name  # noqa: PLC0415 - as above

    kind = what.partition(" ")[0]
    return says_name(passage, names, adjective=kind != "person", shortened=kind == "person")
