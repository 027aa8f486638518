"""The registry is the one list of record types; what an eighth needs stands in `tests/test_extending.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.models import Record
from defcoop.models.registry import BY_FOLDER, BY_NAME, TYPES, type_of
from tests.checkouts import GOOD

if TYPE_CHECKING:
    from defcoop.models.registry import RecordType


def test_names_folders_and_prefixes_tell_types_apart() -> None:
    assert list(BY_NAME) == [kind.name for kind in TYPES]
    assert list(BY_FOLDER) == [kind.folder for kind in TYPES]
    assert len(TYPES) == len(BY_NAME) == len(BY_FOLDER) == len({kind.prefix for kind in TYPES})
    assert len({kind.model for kind in TYPES}) == len(TYPES)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_the_model_of_a_type_is_found_by_its_name(kind: RecordType) -> None:
    assert kind.model.__module__ == f"defcoop.models.{kind.name}"
    assert kind.model.__name__ == kind.class_name
    assert {type_of(record) for record in getattr(defcoop.load(GOOD), kind.folder).values()} == {kind}


def test_a_name_of_two_words_is_one_word_as_a_class() -> None:
    assert BY_NAME["trade_figure"].class_name == "TradeFigure"


def test_a_record_of_no_type_has_none() -> None:
    with pytest.raises(KeyError, match="Record"):
        type_of(Record.model_construct())


def test_every_type_has_a_folder_of_records_and_every_folder_a_type() -> None:
    assert {path.name for path in (GOOD / "dataset").iterdir()} == set(BY_FOLDER)
