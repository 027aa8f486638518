"""States that the library brings, in the index of a dataset that names them and has no records of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.validation.issues import DatasetIndex
from defcoop.validation.summary import RecordSummary

if TYPE_CHECKING:
    from collections.abc import Mapping


def states_named(summaries: Mapping[str, RecordSummary], ids: Mapping[str, object]) -> list[str]:
    """Give the ids of the states of the library that the records name and that are not among the ids."""
    targets = {target for summary in summaries.values() for target, _ in summary.links}
    if targets <= ids.keys():
        return []
    from defcoop.reference.states import referenced  # noqa: PLC0415 - who has records of all need no table

    return referenced(targets, ids)


def with_states(index: DatasetIndex) -> DatasetIndex:
    """Add the states that are named and have no record of their own."""
    named = states_named(index.summaries, index.ids)
    if not named:
        return index
    return DatasetIndex(
        {**index.ids, **dict.fromkeys(named, "actor")},
        {**index.summaries, **{state: _summary(state) for state in named}},
    )


def _summary(state: str) -> RecordSummary:
    from defcoop.reference.states import is_state, state_names  # noqa: PLC0415 - as above
    from defcoop.values import fold  # noqa: PLC0415 - as above

    names = tuple(sorted({fold(name.text) for name in state_names()[state]}))
    return RecordSummary((), names=names, called=names, what="state" if is_state(state) else "igo")
