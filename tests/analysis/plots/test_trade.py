"""Trade: the amounts as told, with their bounds, a panel for each currency."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.analysis.plots._labels import DASH, RTL
from defcoop.analysis.plots.trade import COLOURS, amounts, trade
from defcoop.models.trade_figure import Measure
from tests.analysis.plots.drawings import dataset, layers, record, rows, subtitle, texts

if TYPE_CHECKING:
    import defcoop

Document = dict[str, Any]


def money(**more: Any) -> Document:
    return {"bound": "exact", "currency": "USD", "currency_stated": True} | more


def one(**more: Any) -> defcoop.Dataset:
    return dataset(record("trade_figure", "order", "Order", amount=money(**more)))


def bars(data: defcoop.Dataset) -> list[tuple[float, float]]:
    return [(row["from"], row["to"]) for row in rows(trade(data), "rule")]


def points(data: defcoop.Dataset) -> list[tuple[float, str]]:
    """The points of a chart: where each is, and its shape, or whether it is filled."""
    return [
        (row["from"], row.get("shape") or ("dot" if layer["mark"]["filled"] else "ring"))
        for kind, layer, drawn in layers(trade(data))
        if kind == "point"
        for row in drawn
    ]


def test_an_exact_amount_is_a_dot_alone() -> None:
    assert (bars(one(best=5)), points(one(best=5))) == ([], [(5, "dot")])


def test_a_range_is_a_bar_with_the_best_as_its_dot() -> None:
    data = one(low=10, best=20, high=40, bound="about")
    assert (bars(data), points(data)) == ([(10, 40)], [(20, "ring")])
    assert f"about 20 (10 {DASH} 40)" in texts(trade(data))


@pytest.mark.parametrize(
    ("bound", "number", "shape", "bar", "told"),
    [
        ("at_least", {"low": 100}, "triangle-right", (100, 109), "at least 100"),
        ("more_than", {"low": 100}, "triangle-right", (100, 109), "more than 100"),
        ("at_most", {"high": 100}, "triangle-left", (91, 100), "at most 100"),
        ("less_than", {"high": 100}, "triangle-left", (91, 100), "less than 100"),
    ],
)
def test_an_open_bound_is_an_arrow_away_from_the_number(
    bound: str, number: Document, shape: str, bar: tuple[float, float], told: str
) -> None:
    data = one(bound=bound, **number)
    assert bars(data) == [bar]
    assert [found for _, found in points(data)] == [shape]
    assert points(data)[0][0] in bar
    assert told in texts(trade(data))


def test_an_arrow_to_less_never_passes_zero() -> None:
    data = dataset(
        record("trade_figure", "small", amount=money(high=1, bound="at_most")),
        record("trade_figure", "great", amount=money(best=100)),
    )
    assert bars(data) == [(0, 1)]


def test_a_bound_with_a_best_tells_both() -> None:
    data = one(low=100, best=120, bound="at_least")
    assert "at least 100 (best 120)" in texts(trade(data))
    assert (120, "dot") in points(data)


def test_a_range_without_a_best_is_a_bar_alone() -> None:
    data = one(low=10, high=40, bound="between")
    assert (bars(data), points(data)) == ([(10, 40)], [])
    assert f"10 {DASH} 40" in texts(trade(data))
    assert f"about 10 {DASH} 40" in texts(trade(one(low=10, high=40, bound="about")))


def test_an_about_without_other_ends_is_a_ring_alone() -> None:
    data = one(best=20, bound="about")
    assert (bars(data), points(data)) == ([], [(20, "ring")])
    assert "about 20" in texts(trade(data))


def test_an_about_with_one_end_leaves_the_other_open() -> None:
    assert f"about 20 (… {DASH} 40)" in texts(trade(one(best=20, high=40, bound="about")))


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0"),
        (999, "999"),
        (1500, "1.5 thousand"),
        (2_000_000, "2 million"),
        (2_500_000_000, "2.5 billion"),
        (3_000_000_000_000, "3 trillion"),
        ("1234567.89", "1.23456789 million"),
    ],
)
def test_a_number_is_short_and_loses_no_digit(number: int | str, told: str) -> None:
    assert told in texts(trade(one(best=Decimal(number))))


def test_in_arabic_numbers_have_arabic_words() -> None:
    found = texts(trade(one(low=2_000_000_000, bound="more_than"), lang="ar"))
    assert any(text.startswith(f"{RTL}أكثر من 2 مليار") for text in found)


def test_each_currency_has_a_panel_and_nothing_is_converted() -> None:
    data = dataset(
        record("trade_figure", "one", amount=money(best=1000)),
        record("trade_figure", "two", amount=money(best=3, currency="TRY")),
    )
    spec = trade(data).to_dict()
    domains = [panel["layer"][0]["encoding"]["x"]["scale"]["domain"] for panel in spec["vconcat"]]
    assert [domain[0] for domain in domains] == [0, 0]
    assert [domain[1] for domain in domains] == pytest.approx([3 * 1.36, 1000 * 1.36])
    assert {"Amount in TRY", "Amount in USD"} <= set(texts(trade(data)))


def test_a_currency_whose_state_is_not_told_is_starred() -> None:
    starred = one(best=5, currency_stated=False)
    assert "5 *" in texts(trade(starred))
    assert subtitle(trade(starred))[-1] == "* The text does not say whose currency it is."
    assert "*" not in " ".join(subtitle(trade(one(best=5))))


def test_figures_stand_by_measure_and_then_by_time() -> None:
    data = dataset(
        record("trade_figure", "a", measure="delivery", period="2010", amount=money(best=1)),
        record("trade_figure", "b", measure="order", period="2012", amount=money(best=1)),
        record("trade_figure", "c", measure="order", period="2011", amount=money(best=1)),
    )
    assert [found.record for found in amounts(data)] == ["trd-c", "trd-b", "trd-a"]
    colours = next(layer["encoding"]["color"]["scale"] for kind, layer, _ in layers(trade(data)) if kind == "rule")
    assert colours == {"domain": ["order", "delivery"], "range": [COLOURS["order"], COLOURS["delivery"]]}


def test_every_measure_has_a_colour_of_its_own() -> None:
    assert list(COLOURS) == [measure.value.replace("_", " ") for measure in Measure]
    assert len(set(COLOURS.values())) == len(Measure)


def test_a_period_is_written_unless_the_name_has_it() -> None:
    named = record("trade_figure", "one", "Order of 2010", period="2010", amount=money(best=1))
    unnamed = record("trade_figure", "two", "Order", period="2011", amount=money(best=1))
    assert {"Order of 2010", "Order (2011)"} <= set(texts(trade(dataset(named, unnamed))))
