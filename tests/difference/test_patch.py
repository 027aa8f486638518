"""Steps lead from any JSON document to any other, as JSON Patch has them."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings

from defcoop.difference import Edit, PatchError
from defcoop.difference.patch import edits, patched, same
from tests.difference.editions_of import json_objects, json_values


def canonical(value: Any) -> str:
    """Write JSON so that equal values have one text: 1 and 1.0 are one number, true is none."""

    def plain(inner: Any) -> Any:
        if isinstance(inner, dict):
            return {name: plain(one) for name, one in inner.items()}
        if isinstance(inner, list):
            return [plain(one) for one in inner]
        return int(inner) if isinstance(inner, float) and inner.is_integer() else inner

    return json.dumps(plain(value), sort_keys=True)


@settings(max_examples=300)
@given(json_objects(), json_objects())
def test_the_steps_from_one_document_lead_to_the_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    before = deepcopy(old)
    assert canonical(patched(old, edits(old, new))) == canonical(new)
    assert old == before
    assert bool(edits(old, new)) is (canonical(old) != canonical(new))


@given(json_values(), json_values())
def test_values_are_the_same_if_json_says_so(one: Any, other: Any) -> None:
    assert same(one, other) is (canonical(one) == canonical(other))
    assert same(one, deepcopy(one))


def test_true_is_not_one_but_one_is_one() -> None:
    assert edits({"a": 1}, {"a": 1.0}) == ()
    assert edits({"a": [1]}, {"a": [True]}) == (Edit("replace", "/a/0", True, 1),)


@pytest.mark.parametrize(
    ("old", "new", "steps"),
    [
        ({"a": 1}, {}, [Edit("remove", "/a", old=1)]),
        ({}, {"a": None}, [Edit("add", "/a", None)]),
        ({"a/b": {"~": 1}}, {"a/b": {"~": 2}}, [Edit("replace", "/a~1b/~0", 2, 1)]),
        ({"a": [1, 2, 3]}, {"a": [1, 3]}, [Edit("remove", "/a/1", old=2)]),
        ({"a": [1, 3]}, {"a": [1, 2, 3, 4]}, [Edit("add", "/a/2", 4), Edit("add", "/a/1", 2)]),
        ({"a": [1, 2]}, {"a": [1, [2]]}, [Edit("replace", "/a/1", [2], 2)]),
        (
            {"a": [{"x": 1, "y": 2}, {"z": 3}]},
            {"a": [{"x": 1, "y": 3}, {"w": 4}]},
            [Edit("replace", "/a/1", {"w": 4}, {"z": 3}), Edit("replace", "/a/0/y", 3, 2)],
        ),
    ],
)
def test_steps_say_no_more_than_what_changed(old: dict[str, Any], new: dict[str, Any], steps: list[Edit]) -> None:
    found = list(edits(old, new))
    assert sorted(found, key=lambda step: step.path) == sorted(steps, key=lambda step: step.path)
    assert patched(old, found) == new


def test_a_long_list_is_compared_place_by_place() -> None:
    old, new = {"a": list(range(400))}, {"a": list(range(1, 401))}
    assert patched(old, edits(old, new)) == new
    assert len(edits(old, new)) == 400


@pytest.mark.parametrize(
    "step",
    [
        Edit("replace", "/a", 3, old=2),
        Edit("replace", "/a", 3, old=True),
        Edit("remove", "/b", old=1),
        Edit("add", "/a", 1),
        Edit("add", "/list/9", 1),
        Edit("add", "/list/-", 1),
        Edit("replace", "/list/-1", 1, old=2),
        Edit("remove", "/a/b", old=1),
        Edit("replace", "", {}, old={}),
    ],
    ids=str,
)
def test_a_step_that_does_not_fit_is_refused(step: Edit) -> None:
    with pytest.raises(PatchError, match="does not fit what stands there"):
        patched({"a": 1, "list": [1, 2]}, [step])
