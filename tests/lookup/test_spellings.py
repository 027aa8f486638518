"""Names of states as people write them, each of which is understood, or refused where it may mean several or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from defcoop.errors import InputError

if TYPE_CHECKING:
    import defcoop

REFUSED = "?"
TABLE = Path(__file__).with_name("spellings.tsv").read_text(encoding="utf-8").splitlines()
SPELLINGS = [tuple(line.split("\t")) for line in TABLE if not line.startswith("#")]


def test_the_table_is_long_and_says_everything_once() -> None:
    assert len(SPELLINGS) >= 300
    assert len({text for text, _ in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize(("text", "meant"), SPELLINGS)
def test_a_spelling_is_understood_or_refused(shipped: defcoop.Dataset, text: str, meant: str) -> None:
    matches = shipped.actors.find(text)
    if meant == REFUSED:
        with pytest.raises(InputError):
            matches.single()
    else:
        assert matches.single().id == meant
