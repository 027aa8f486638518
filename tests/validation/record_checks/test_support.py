"""Support: whatever the entries name, each bare value and each path without a value is told, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.models.leaves import covers, leaves, steps
from defcoop.models.registry import TYPES, RecordType
from defcoop.validation.issues import Sources
from defcoop.validation.record_checks.evidence import values_have_evidence
from tests.strategies import records

NOTHING = Sources({}, {}, {})


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
def test_whatever_is_supported_the_bare_values_and_the_stray_paths_are_told(
    kind: RecordType, data: st.DataObject
) -> None:
    record = data.draw(records(kind))
    coded = leaves(record)
    paths = sorted({path for leaf in coded for path in steps(leaf.path)})
    told = data.draw(st.sets(st.sampled_from(paths))) if paths else set()
    told |= data.draw(st.sampled_from([set(), set(), {"nothing.such"}, {"names[None]"}, {"parties.actor"}]))
    # Whatever is still bare is carried by a path drawn for it, or once in a while left so.
    for leaf in coded:
        if told.isdisjoint(steps(leaf.path)) and data.draw(st.integers(0, 9)):
            told.add(data.draw(st.sampled_from(steps(leaf.path))))
    entry = record.evidence[0].model_copy(update={"supports": tuple(sorted(told))})
    issues = list(values_have_evidence(record.model_copy(update={"evidence": (entry,)}), NOTHING))

    stray = told - set(paths)
    assert {entry.supports[issue.pointer[-1]] for issue in issues if issue.code == "DC402"} == stray
    reported = [issue.pointer for issue in issues if issue.code == "DC401"]
    under = {leaf.path for leaf in coded if any(leaf.pointer[: len(top)] == top for top in reported)}
    bare = {leaf.path for leaf in coded if not any(covers(path, leaf.path) for path in told)}
    # A stray path may be a bare value's, misspelt, which is then one mistake and not two.
    assert under <= bare if stray else under == bare
    assert len(issues) == len(stray) + len(reported)
