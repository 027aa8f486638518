"""Support told bit by bit: the quick look at it and the thorough one say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.models.leaves import leaves, steps
from defcoop.models.registry import TYPES, RecordType
from defcoop.validation.issues import Sources
from defcoop.validation.record_checks import evidence
from tests.strategies import records

if TYPE_CHECKING:
    from defcoop.models import Record
    from defcoop.validation.issues import Issue

NOTHING = Sources({}, {}, {})


def issues(record: Record, *, quick: bool) -> list[Issue]:
    with pytest.MonkeyPatch.context() as patch:
        if not quick:
            patch.setattr(evidence, "_is_carried_in_parts", lambda *_: False)
        return list(evidence.values_have_evidence(record, NOTHING))


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
def test_whatever_is_supported_the_quick_look_says_what_the_thorough_one_does(
    kind: RecordType, data: st.DataObject
) -> None:
    record = data.draw(records(kind))
    paths = sorted({path for leaf in leaves(record) for path in steps(leaf.path)})
    told = data.draw(st.sets(st.sampled_from(paths))) if paths else set()
    told |= data.draw(st.sampled_from([set(), set(), {"nothing.such"}, {"names[None]"}, {"parties.actor"}]))
    # Whatever is still bare is carried by a path drawn for it, or once in a while left so.
    for leaf in leaves(record):
        if told.isdisjoint(steps(leaf.path)) and data.draw(st.integers(0, 9)):
            told.add(data.draw(st.sampled_from(steps(leaf.path))))
    entry = record.evidence[0].model_copy(update={"supports": tuple(sorted(told))})
    changed = record.model_copy(update={"evidence": (entry,)})
    assert issues(changed, quick=True) == issues(changed, quick=False)
