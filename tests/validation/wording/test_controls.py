"""Negative controls: what words do not say is not read in them, for every kind of value that is judged, counted."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from defcoop.validation.wording import says_currency, says_date, says_name, says_no, says_number
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Callable

CONTROLS: dict[str, list[tuple[str, str, list[str]]]] = yaml.safe_load(
    Path(__file__).with_name("controls.yaml").read_text(encoding="utf-8")
)

SAYS: dict[str, Callable[[str, str], bool]] = {
    "number": lambda text, value: says_number(text, Decimal(value)),
    "date": lambda text, value: says_date(text, Edtf(value)),
    "currency": says_currency,
    "actor": lambda text, value: says_name(text, [value], adjective=True),
    "denial": lambda text, _: says_no(text),
}


def test_what_words_say_is_read_and_what_they_do_not_say_is_not() -> None:
    wrong = [
        (kind, text, value)
        for kind, controls in CONTROLS.items()
        for text, said, unsaid in controls
        for value in (said, *unsaid)
        if value and SAYS[kind](text, str(value)) is not (value == said)
    ]
    assert wrong == []


def test_no_kind_is_skipped() -> None:
    unsaid = Counter({kind: sum(len(control[2]) for control in controls) for kind, controls in CONTROLS.items()})
    assert unsaid == {"number": 21, "date": 18, "currency": 15, "actor": 18, "denial": 3}
