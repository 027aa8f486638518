"""Passages at their bounds, and names in them."""

from __future__ import annotations

import re
import shutil
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from defcoop.io.seed_texts import digest
from defcoop.validation.codes import CODES
from tests.checkouts import GOOD, QATAR, REGIMENT, TRAINING, edit, report_of, told

if TYPE_CHECKING:
    from pathlib import Path

CARD = "seeds/seed-901.yaml"


@pytest.mark.parametrize(("end", "code"), [(346, "DC405"), (347, "DC405"), (348, "DC403")])
def test_a_passage_may_reach_the_end_of_the_text_and_no_further(end: int, code: str, tree: Path) -> None:
    edit(tree, CARD, ("passage: [0, 22]", f"passage: [1, {end}]"))
    assert [found for found, _ in told(tree)] == [code]


@pytest.mark.parametrize(("passage", "sound"), [("[29, 30]", True), ("[30, 30]", False), ("[31, 30]", False)])
def test_a_passage_holds_one_character_at_least(passage: str, *, sound: bool, tree: Path) -> None:
    shutil.rmtree(tree / "texts")
    edit(tree, TRAINING, ("passage: [73, 105]", f"passage: {passage}"))
    findings = [code for code, _ in told_without_texts(tree)]
    assert findings == ([] if sound else ["DC403"])


def told_without_texts(tree: Path) -> list[tuple[str, str]]:
    (tree / "texts").mkdir(exist_ok=True)
    return told(tree)


def test_without_the_text_bounds_are_checked_and_digests_quotes_and_names_are_not(tree: Path) -> None:
    (tree / "texts" / "900_invented.txt").unlink()
    edit(tree, TRAINING, ("digest: afb5e6", "digest: bfb5e6"), ("quote: وصادقت", "quote: وصدقت"))
    edit(tree, REGIMENT, ("text: فوج النورس", "text: فوج النوارس"))
    assert told(tree) == []
    edit(tree, TRAINING, ("[73, 105]", "[73, 528]"))
    message = (
        "agr-coast-league-qat-training-2031: evidence[1].passage: [73, 528) goes beyond the 527 characters of seed-900"
    )
    assert told(tree) == [("DC403", message)]


def test_a_name_may_be_attested_by_any_of_its_passages(tree: Path) -> None:
    edit(tree, QATAR, ("supports: ['names[الدوحة]']", "supports: ['names[الدوحة]', 'names[قطر]']"))
    assert told(tree) == []


def test_a_name_is_compared_letter_for_letter(tree: Path) -> None:
    edit(tree, QATAR, ("{text: الدوحة", "{text: الدوحه"), ("names[الدوحة]", "names[الدوحه]"))
    assert told(tree) == [("DC408", "act-qat: names[1].text: الدوحه is in none of the passages that support it")]


@pytest.mark.parametrize("slipped", ["[74, 106]", "[0, 32]", "[73, 106]", "[60, 105]", "[105, 73]", "[73, 9999]"])
def test_a_slipped_passage_is_told_where_its_digest_holds(slipped: str, tree: Path) -> None:
    edit(tree, TRAINING, ("[73, 105]", slipped))
    (finding,) = report_of(tree).findings
    start, end = map(int, re.findall(r"\d+", finding.hint))
    text = (GOOD / "texts" / "900_invented.txt").read_text(encoding="utf-8")
    assert digest(text[start:end]) == "afb5e6d3d2432f2a8fdbf773a2dda9b64a9451847c25b57b7d79184660a09038"


def test_where_no_place_has_the_digest_the_quote_is_told_with_its_own(tree: Path) -> None:
    edit(tree, TRAINING, ("[73, 105]", "[0, 20]"), ("afb5e6", "ffffff"))
    (finding,) = report_of(tree).findings
    assert (finding.code, finding.pointer[-1]) == ("DC405", "passage")
    assert finding.hint == f"The quote is [73, 105), of digest {digest('وصادقت عليه الرابطة في مايو 2031')}."


def test_a_quote_that_is_nowhere_in_the_text_gets_the_usual_hint(tree: Path) -> None:
    edit(
        tree,
        TRAINING,
        ("[73, 105]", "[74, 106]"),
        ("quote: وصادقت عليه الرابطة", "quote: كلام آخر"),
        ("afb5e6", "ffffff"),
    )
    (finding,) = report_of(tree).findings
    assert (finding.code, finding.hint) == ("DC405", CODES["DC405"].remedy)


@pytest.mark.parametrize(
    ("in_the_text", "name"),
    [
        ("قوات النورس", "قوات النورس"),
        ("قوات\u200f النو\u00adرس", "قوات النورس"),
        ("فوج می\u200cخواهم", "فوج می\u200cخواهم"),
        ("فوج می\u200cخواهم", "فوج می\u200cخواهم".replace("\u200c", "\\u200c")),
        (unicodedata.normalize("NFD", "أركان Müdafaa"), "أركان Müdafaa"),
        ("أركان Müdafaa", unicodedata.normalize("NFD", "أركان Müdafaa")),
        ("Protocol [No. 2]", "Protocol [No. 2]"),
        ("=النورس", "=النورس"),
    ],
)
def test_a_name_is_what_is_seen_in_its_passage(in_the_text: str, name: str, tree: Path) -> None:
    text = (tree / "texts" / "900_invented.txt").read_text(encoding="utf-8") + f" {in_the_text}"
    start, end = len(text) - len(in_the_text), len(text)
    (tree / "texts" / "900_invented.txt").write_text(text, encoding="utf-8")
    edit_card(tree, text)
    digest = sha256(in_the_text.encode()).hexdigest()
    entry = (
        f'  - {{seed: seed-900, passage: [{start}, {end}], quote: "{first_word(in_the_text)}",'
        f' digest: {digest}, voice: seed, stance: asserted, basis: explicit, supports: ["names[{name}]"]}}\n'
    )
    record = (tree / REGIMENT).read_text(encoding="utf-8")
    record = record.replace("names:\n", f'names:\n  - {{text: "{name}", lang: und, kind: alias}}\n')
    (tree / REGIMENT).write_text(record.replace("evidence:\n", f"evidence:\n{entry}"), encoding="utf-8")
    assert told(tree) == []


def first_word(text: str) -> str:
    return text.split(maxsplit=1)[0].replace("\u200f", "")


def edit_card(tree: Path, text: str) -> None:
    card = (tree / "seeds/seed-900.yaml").read_text(encoding="utf-8")
    measured = {"sha256": sha256(text.encode()).hexdigest(), "bytes": len(text.encode()), "code_points": len(text)}
    for field, value in measured.items():
        card = re.sub(rf"(?m)^{field}: .*$", f"{field}: {value}", card)
    (tree / "seeds/seed-900.yaml").write_text(card, encoding="utf-8")
