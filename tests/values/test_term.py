from __future__ import annotations

import copy
import json
import pickle

import pytest

from defcoop.models.evidence import Stance
from defcoop.models.field_layout import layout
from defcoop.models.registry import TYPES
from defcoop.values import Term

TERMS = sorted(
    {field.type for kind in TYPES for field in layout(kind.model) if issubclass(field.type, Term)},
    key=lambda vocabulary: vocabulary.__qualname__,
)


def test_a_term_is_its_text_and_knows_its_definition() -> None:
    term = Stance("alleged")
    assert term is Stance.ALLEGED
    assert term == "alleged" == f"{term}" == term.value
    assert term.definition == "Said to be so, on hearsay that the text does not vouch for."


@pytest.mark.parametrize("wrong", ["ALLEGED", "Said to be so, on hearsay that the text does not vouch for.", "", None])
def test_only_the_text_of_a_term_names_it(wrong: object) -> None:
    with pytest.raises(ValueError, match="is not a valid Stance"):
        Stance(wrong)


def test_a_term_survives_json_copying_and_pickling() -> None:
    assert json.dumps(Stance.ALLEGED) == '"alleged"'
    assert copy.deepcopy(Stance.ALLEGED) is Stance.ALLEGED
    assert pickle.loads(pickle.dumps(Stance.ALLEGED)) is Stance.ALLEGED  # noqa: S301 - our own pickle


@pytest.mark.parametrize("vocabulary", TERMS)
def test_every_term_is_lower_case_and_defined_in_a_sentence(vocabulary: type[Term]) -> None:
    for term in vocabulary:
        assert term.value == term.name.lower()
        assert term.definition[0].isupper()
        assert term.definition.endswith(".")
    assert len({term.definition for term in vocabulary}) == len(vocabulary)
