from __future__ import annotations

import csv
from importlib.resources import files

import pycountry
import pytest

from defcoop.models.actor import Code, CodeScheme
from defcoop.values import Edtf
from defcoop.reference.states import state_codes

ROWS = [(actor, *code) for actor, codes in sorted(state_codes().items()) for code in sorted(codes)]


def test_the_table_holds_each_row_once() -> None:
    with files("defcoop.values").joinpath("states.csv").open(encoding="utf-8") as lines:
        rows = [(row["actor"], row["scheme"], row["code"], row["valid"]) for row in csv.DictReader(lines)]
    assert sorted(rows) == sorted(ROWS)


@pytest.mark.parametrize(("actor", "scheme", "code", "valid"), ROWS)
def test_each_row_makes_a_code_of_an_actor(actor: str, scheme: str, code: str, valid: str) -> None:
    found = Code.model_validate({"scheme": scheme, "code": code, "valid": valid})
    assert (found.scheme.value, found.code, found.valid) == (scheme, code, Edtf(valid))
    assert actor.startswith("act-")


@pytest.mark.parametrize("actor", sorted(state_codes()))
def test_the_iso_code_is_the_countrys_and_stands_in_the_id(actor: str) -> None:
    (iso3,) = {code for scheme, code, _ in state_codes()[actor] if scheme == "iso3"}
    assert actor == f"act-{iso3.lower()}"
    assert pycountry.countries.get(alpha_3=iso3)


@pytest.mark.parametrize("actor", sorted(state_codes()))
def test_each_state_has_a_code_in_every_scheme(actor: str) -> None:
    assert {scheme for scheme, _, _ in state_codes()[actor]} == {scheme.value for scheme in CodeScheme}


def test_a_known_state_has_its_codes() -> None:
    assert ("cow", "640", "1816-01-01/..") in state_codes()["act-tur"]


def test_the_table_is_read_once() -> None:
    assert state_codes() is state_codes()
