"""The lower code comes first, at any time, in the list that decides."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

import defcoop
from defcoop.alignment.coding import known_actors
from defcoop.alignment.order import ranks


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_the_lower_code_comes_first_for_any_two_states_at_any_time(scheme: str) -> None:
    ds = defcoop.load()
    held = [
        (actor.id, int(code.code), code.valid.earliest or date.min, code.valid.latest or date.max)
        for actor in known_actors(ds).values()
        for code in actor.codes
        if code.scheme == scheme
    ]
    rank = ranks(ds, scheme)  # type: ignore[arg-type]
    ranked = {actor: rank(actor) for actor, *_ in held}
    wrong = {
        (one, other, code, its_code)
        for (one, code, first, last), (other, its_code, its_first, its_last) in combinations(held, 2)
        if one != other and first <= its_last and last >= its_first and code != its_code
        and (ranked[one] < ranked[other]) != (code < its_code)
    }  # fmt: skip
    assert wrong == set()


def test_a_system_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no order of dyads iso3"):
        ranks(defcoop.load(), "iso3")  # type: ignore[arg-type]
