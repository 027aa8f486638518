"""Records that are sound in form and improbable all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import REGIMENT, TRAINERS, edit, told

if TYPE_CHECKING:
    from pathlib import Path

TRANSFER = "dataset/transfers/trf-mirsah-qat-contract.yaml"
CONTRACT = "dataset/trade_figures/trd-mirsah-qat-contract.yaml"
WAVE = "dataset/exercises/exe-coast-league-qat-wave-2031.yaml"
VISIT = "dataset/engagements/eng-coast-league-qat-doha-visit.yaml"


def codes(tree: Path) -> list[str]:
    return [code for code, _ in told(tree)]


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ("[act-coast-league]", ["DC706"]),
        ("[act-qat, act-coast-league]", ["DC706"]),
        ("[act-qat]", []),
    ],
)
def test_nobody_is_sent_to_the_sender(hosts: str, expected: list[str], tree: Path) -> None:
    edit(tree, TRAINERS, ("hosts: [act-qat]", f"hosts: {hosts}"))
    assert codes(tree) == expected


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (TRAINERS, "sender: act-coast-league", "sender: act-layla-al-wadi"),
        (TRAINERS, "hosts: [act-qat]", "hosts: [act-layla-al-wadi]"),
        (TRANSFER, "recipient: act-qat", "recipient: act-layla-al-wadi"),
        (TRANSFER, "supplier: act-mirsah", "supplier: act-al-shiraa"),
        (CONTRACT, "partners: [act-mirsah, act-qat]", "partners: [act-mirsah, act-layla-al-wadi]"),
        (WAVE, "actor: act-coast-league", "actor: act-layla-al-wadi"),
        (REGIMENT, "country: act-qat", "country: act-al-shiraa"),
    ],
)
def test_persons_and_outlets_are_no_sides(path: str, old: str, new: str, tree: Path) -> None:
    edit(tree, path, (old, new))
    assert codes(tree) == ["DC707"]


def test_persons_meet(tree: Path) -> None:
    edit(tree, VISIT, ("actor: act-coast-league", "actor: act-layla-al-wadi"))
    assert "DC707" not in codes(tree)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (WAVE, "  - {actor: act-coast-league, role: participant}\n"),
        (CONTRACT, "act-mirsah, "),
    ],
)
def test_it_takes_two(path: str, line: str, tree: Path) -> None:
    edit(tree, path, (line, ""))
    assert codes(tree) == ["DC708"]


def test_who_only_watches_is_none_of_the_two(tree: Path) -> None:
    edit(tree, WAVE, ("{actor: act-coast-league, role: participant}", "{actor: act-coast-league, role: observer}"))
    assert codes(tree) == ["DC708"]


@pytest.mark.parametrize(
    ("size", "is_possible"),
    [
        ("{best: 250000000, bound: exact, unit: persons}", False),
        ("{low: 3000, high: 30000000, bound: between, unit: persons}", False),
        ("{low: 3000000, bound: more_than, unit: persons}", False),
        ("{best: 500000, bound: exact, unit: persons}", True),
        ("{best: 40000, bound: exact, unit: vessels}", False),
        ("{best: 40, bound: exact, unit: vessels}", True),
        ("{best: 900, bound: exact, unit: years}", False),
        ("{best: 250000000, bound: exact, unit: units}", True),
    ],
)
def test_a_number_has_a_most(size: str, *, is_possible: bool, tree: Path) -> None:
    edit(tree, TRAINERS, ("size: {best: 40, bound: exact, unit: persons}", f"size: {size}"))
    assert ("DC709" in codes(tree)) is not is_possible


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("{best: 40.5, bound: exact, unit: persons}", ["DC606"]),
        ("{low: 3, high: 4.25, bound: between, unit: vessels}", ["DC606"]),
        ("{best: 1.234, bound: exact, unit: meetings}", ["DC606"]),
        ("{best: 40.000, bound: exact, unit: persons}", ["DC606"]),
        ("{best: 40.5, bound: exact, unit: percent}", []),
        ("{best: 2.5, bound: about, unit: years}", []),
        ("{best: 40.0, bound: exact, unit: persons}", []),
    ],
)
def test_persons_and_things_are_counted_whole(size: str, expected: list[str], tree: Path) -> None:
    edit(tree, TRAINERS, ("size: {best: 40, bound: exact, unit: persons}", f"size: {size}"))
    assert codes(tree) == expected


def test_figures_are_counted_whole_too(tree: Path) -> None:
    edit(tree, WAVE, ("- {best: 3, bound: exact", "- {best: 3.5, bound: exact"))
    assert codes(tree) == ["DC606"]


@pytest.mark.parametrize(
    ("text", "lang", "is_sound"),
    [
        ("Gull Regiment", '"no"', False),
        ("Gull Regiment", "en", True),
        ("Gull Regiment", "ar", False),
        ("Gull Regiment", "ar-Latn", True),
        ("Gull Regiment", "ru", False),
        ("Agreement on Gulls", "tr", False),
        ("Alay ve K\u0131şla", "tr", True),
        ("Måkeregimentet", "nb", True),
        ("Полк чаек", "ru", True),
        ("Полк чаек", "en", False),
        ("هنگ مرغ", "fa", True),
        ("هنگ مرغ", "de", False),
        ("NATO 2031", "xx", True),
        ('"2031"', "ar", True),
    ],
)
def test_a_name_is_in_its_language(text: str, lang: str, *, is_sound: bool, tree: Path) -> None:
    edit(tree, REGIMENT, ("text: Gull Regiment, lang: en", f"text: {text}, lang: {lang}"))
    assert codes(tree) == ([] if is_sound else ["DC710"])


@pytest.mark.parametrize(
    ("currency", "period", "was_in_use"),
    [
        ("DEM", "2005", False),
        ("DEM", "2002", True),
        ("DEM", "[1999,2007]", True),
        ("HRK", "2024", False),
        ("EUR", "1998", False),
        ("EUR", "1998/1999", True),
        ("USD", "1801", True),
        ("TRL", "2004/2005", True),
        ("TRY", "2003", False),
    ],
)
def test_a_currency_was_in_use_in_the_period(currency: str, period: str, *, was_in_use: bool, tree: Path) -> None:
    edit(
        tree,
        CONTRACT,
        ("currency: USD", f"currency: {currency}"),
        ("absent: {period: not_reported, price_basis", f'period: "{period}"\nabsent: {{price_basis'),
        ("supports: [amount.currency,", "supports: [period, amount.currency,"),
    )
    assert codes(tree) == ([] if was_in_use else ["DC605"])
