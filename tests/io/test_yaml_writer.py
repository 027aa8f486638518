from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defcoop.io.yaml_reader import read
from defcoop.io.yaml_writer import write_yaml
from defcoop.models.registry import TYPES, type_of
from defcoop.values import Money
from tests.strategies import LARGE, records, source_cards

if TYPE_CHECKING:
    import defcoop
    from defcoop.models import Record, SourceCard
    from defcoop.models.registry import RecordType


def back(model: Record | SourceCard, type_name: str) -> Record | SourceCard:
    return type(model).model_validate(read(write_yaml(model, type_name).encode()))


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@LARGE
def test_a_record_of_any_type_is_read_back_as_it_was(kind: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    assert back(record, kind.name) == record


@given(source_cards())
@LARGE
def test_a_source_card_is_read_back_as_it_was(card: SourceCard) -> None:
    assert back(card, "source_card") == card


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
@given(data=st.data())
@LARGE
def test_writing_what_was_read_back_changes_nothing(kind: RecordType, data: st.DataObject) -> None:
    record = data.draw(records(kind))
    written = write_yaml(record, kind.name)
    assert write_yaml(kind.model.model_validate(read(written.encode())), kind.name) == written


def test_the_shipped_dataset_is_read_back_as_it_was(shipped: defcoop.Dataset) -> None:
    for record in shipped:
        assert back(record, type_of(record).name) == record
    for card in shipped.seeds.values():
        assert back(card, "source_card") == card


def test_the_first_line_names_the_schema(shipped: defcoop.Dataset) -> None:
    record, card = next(iter(shipped)), next(iter(shipped.seeds.values()))
    assert write_yaml(record, "actor").startswith(
        "# yaml-language-server: $schema=../../schema/actor.schema.json\nid: "
    )
    start = "# yaml-language-server: $schema=../schema/source_card.schema.json\nid: "
    assert write_yaml(card, "source_card").startswith(start)


MONEY = Money(best=5, bound="exact", currency="USD", currency_stated=False)
DOCUMENT = {
    "id": "trd-aaa-bbb-trade-2031",
    "names": [{"text": "تجارة", "lang": "ar", "kind": "reported"}, {"text": "no", "lang": "en", "kind": "editorial"}],
    "summary": "Trade: 5 dollars # and more.",
    "measure": "order",
    "partners": ["act-aaa", "act-bbb"],
    "direction": "total",
    "amount": MONEY,
    "period": "2031-04",
    "as_reported": "1_000",
    "absent": {"price_basis": "unknown"},
    "note": "2031-04-05",
    "evidence": [
        {
            "seed": "seed-900",
            "passage": [1, 20],
            "quote": "تجارة",
            "digest": "a" * 64,
            "voice": "seed",
            "stance": "asserted",
            "basis": "explicit",
            "supports": ["measure", "names[تجارة]"],
        }
    ],
}


def figure(**changes: object) -> Record:
    return FIGURE.model_validate(DOCUMENT | changes)


FIGURE = next(kind.model for kind in TYPES if kind.name == "trade_figure")


def test_the_layout_is_the_canonical_one() -> None:
    assert (
        write_yaml(figure(), "trade_figure")
        == f"""\
# yaml-language-server: $schema=../../schema/trade_figure.schema.json
id: trd-aaa-bbb-trade-2031
names:
  - {{text: تجارة, lang: ar, kind: reported}}
  - {{text: 'no', lang: en, kind: editorial}}
summary: 'Trade: 5 dollars # and more.'
measure: order
partners: [act-aaa, act-bbb]
direction: total
period: "2031-04"
amount: {{best: 5, bound: exact, currency: USD, currency_stated: false}}
as_reported: "1_000"
absent: {{price_basis: unknown}}
note: '2031-04-05'
evidence:
  - seed: seed-900
    passage: [1, 20]
    quote: تجارة
    digest: {"a" * 64}
    voice: seed
    stance: asserted
    basis: explicit
    supports: [measure, 'names[تجارة]']
"""
    )


def test_no_line_is_longer_than_its_longest_word_needs() -> None:
    text = write_yaml(figure(summary="word " * 200 + "end"), "trade_figure")
    assert max(len(line) for line in text.splitlines()) <= 126


@pytest.mark.parametrize(("length", "lines"), [(57, 1), (58, 4)])
def test_a_mapping_stands_on_one_line_if_it_is_short(length: int, lines: int) -> None:
    name = {"text": "x" * length, "lang": "en", "kind": "official", "scheme": "own"}
    text = write_yaml(figure(names=[name]), "trade_figure")
    assert len(text.split("names:\n")[1].split("summary:")[0].splitlines()) == lines


@pytest.mark.parametrize(
    "text", ["null", "~", "true", "1", "017", "0x1F", "1:30", "1_000", "1e3", ".5", "no", "yes", "2031-04-05"]
)
def test_a_text_that_a_reader_could_take_otherwise_is_quoted(text: str) -> None:
    written = write_yaml(figure(note=text), "trade_figure")
    assert f"\nnote: '{text}'\n" in written or f'\nnote: "{text}"\n' in written


@pytest.mark.parametrize("number", ["0.5", "2.50", "1234567890.000001", "100000000000.0"])
def test_decimals_are_written_in_plain_digits(number: str) -> None:
    amount = MONEY.model_copy(update={"best": Decimal(number)})
    assert f"amount: {{best: {number}, bound" in write_yaml(figure(amount=amount), "trade_figure")


def test_what_is_the_default_is_not_written() -> None:
    written = write_yaml(figure(), "trade_figure")
    for name in ("credibility", "conflicts", "figures", "withdrawn", "stage", "possibly_same_as"):
        assert f"{name}:" not in written


@pytest.mark.parametrize("number", [Decimal(3), Decimal("1E+3"), Decimal("-0.0"), Decimal("0E-6")])
def test_a_decimal_without_decimal_places_is_read_back(number: Decimal) -> None:
    record = figure(amount=MONEY.model_copy(update={"best": number}))
    assert back(record, "trade_figure") == record
