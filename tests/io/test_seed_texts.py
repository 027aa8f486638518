"""Seed texts: where they are looked for, which are taken, and what a passage's digest is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import defcoop
from defcoop.io.seed_texts import Refusal, digest, find_folder, read_texts

GOOD = Path(__file__).parents[1] / "good"
CARD = defcoop.load(GOOD).seeds["seed-900"]


def test_the_texts_of_the_cards_are_read() -> None:
    found = read_texts(defcoop.load(GOOD).seeds.values(), GOOD / "texts")
    assert {seed: len(text) for seed, text in found.texts.items()} == {"seed-900": 527, "seed-901": 347}
    assert found.refused == {}


def test_without_a_folder_there_is_no_text_and_nothing_is_refused() -> None:
    assert read_texts([CARD], None) == ({}, {})


def test_a_text_that_is_not_there_is_not_refused(tmp_path: Path) -> None:
    assert read_texts([CARD], tmp_path) == ({}, {})


def test_a_text_with_another_digest_is_refused(tmp_path: Path) -> None:
    (tmp_path / CARD.file).write_text("another", encoding="utf-8")
    refusal = Refusal("DC901", "the text 900_invented.txt has another SHA-256 than the card")
    assert read_texts([CARD], tmp_path) == ({}, {"seed-900": refusal})


def test_a_text_that_is_not_utf8_is_refused_even_with_the_right_digest(tmp_path: Path) -> None:
    (tmp_path / CARD.file).write_bytes(b"\xff")
    card = CARD.model_copy(update={"sha256": hashlib.sha256(b"\xff").hexdigest()})
    found = read_texts([card], tmp_path)
    assert found.texts == {}
    assert found.refused["seed-900"] == Refusal("DC902", "the text 900_invented.txt is not UTF-8")


@pytest.mark.parametrize("name", ["../texts/900_invented.txt", "/etc/hostname", "folder/900.txt", "."])
def test_a_card_cannot_lead_out_of_the_folder(name: str) -> None:
    card = CARD.model_copy(update={"file": name})
    refusal = Refusal("DC902", f"{name!r} is not a plain file name")
    (refused,) = read_texts([card], GOOD / "texts").refused.values()
    assert refused._replace(hint="") == refusal


def test_one_refused_text_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    cards = list(defcoop.load(GOOD).seeds.values())
    (tmp_path / cards[0].file).write_text("another", encoding="utf-8")
    (tmp_path / cards[1].file).write_bytes((GOOD / "texts" / cards[1].file).read_bytes())
    found = read_texts(cards, tmp_path)
    assert (list(found.texts), list(found.refused)) == (["seed-901"], ["seed-900"])


@pytest.mark.parametrize("text", ["abcdef", "قطر وقعت", "a\U0001f6a2b\u0301c", "\r\n\r\nab"])
def test_a_digest_counts_code_points_and_hashes_their_utf8(text: str) -> None:
    assert digest(text[1:3]) == hashlib.sha256((text[1] + text[2]).encode()).hexdigest()
    assert digest(text) == hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("given", "named", "checkout/seeds/text", "shared/seeds"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path / "checkout"


def test_the_folder_given_goes_before_all_others(checkout: Path) -> None:
    given, named = checkout.parent / "given", checkout.parent / "named"
    assert find_folder(checkout, {"DEFCOOP_SEEDS": str(named)}, given) == given


def test_the_variable_goes_before_the_usual_folders(checkout: Path) -> None:
    named = checkout.parent / "named"
    assert find_folder(checkout, {"DEFCOOP_SEEDS": str(named)}) == named


@pytest.mark.parametrize("environment", [{}, {"DEFCOOP_SEEDS": ""}])
def test_the_usual_folders_are_looked_for_in_order(environment: dict[str, str], checkout: Path) -> None:
    own, shared = checkout / "seeds" / "text", checkout.parent / "shared" / "seeds"
    assert find_folder(checkout, environment) == own
    own.rmdir()
    assert find_folder(checkout, environment) == shared
    shared.rmdir()
    assert find_folder(checkout, environment) is None


def test_a_folder_that_was_asked_for_and_is_not_there_is_an_error(checkout: Path) -> None:
    nowhere = checkout / "nowhere"
    with pytest.raises(FileNotFoundError, match="nowhere"):
        find_folder(checkout, {}, nowhere)
    with pytest.raises(FileNotFoundError, match="nowhere"):
        find_folder(checkout, {"DEFCOOP_SEEDS": str(nowhere)})
