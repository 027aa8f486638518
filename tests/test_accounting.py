"""Every passage of every text is cited by a record or dismissed with a reason, and no text leaks into the project."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from defcoop.validation.record_checks.evidence import citations
from tests.processes import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import defcoop

_PREFIX = r"(?:[وفبلك]|ال|وال|بال|فال|كال|لل|ولل)?"
NUMBER_WORDS = """
    واحد واحدة الواحد الواحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان
    ثماني ثمانية تسع تسعة عشر عشرة عشرين عشرون ثلاثين ثلاثون أربعين أربعون خمسين خمسون ستين ستون سبعين سبعون
    ثمانين ثمانون تسعين تسعون مئة مائة مئتان مئتي مئات ألف ألفا ألفي ألفان آلاف ألوف مليون مليونا مليوني ملايين
    مليار ملياري مليارا مليارات نصف ثلث ربع أول أولى ثاني ثانية ثالث ثالثة عام عاما عامين عامان سنة سنتين سنتان
    سنوات أعوام عقد عقدين عدة
""".split()
MONTHS = """
    يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار
    حزيران تموز آب أيلول تشرين محرم صفر رجب شعبان رمضان شوال شتاء صيف خريف منتصف
""".split()
TOLD = re.compile(rf"[0-9\u0660-\u0669]+|(?<!\w){_PREFIX}(?:{'|'.join([*NUMBER_WORDS, *MONTHS])})(?!\w)")
WORD = re.compile(r"\w+")


def cited_or_dismissed(dataset: defcoop.Dataset, seed: str) -> Iterator[tuple[int, int]]:
    for record in dataset:
        for _, cited in citations(record):
            if cited.seed == seed:
                yield cited.passage
    for dismissed in dataset.seeds[seed].dismissed:
        yield dismissed.passage


def unaccounted(pattern: re.Pattern[str], text: str, passages: list[tuple[int, int]]) -> list[str]:
    return [
        f"{found.group()} at {found.start()}"
        for found in pattern.finditer(text)
        if not any(start <= found.start() and found.end() <= end for start, end in passages)
    ]


@pytest.mark.texts
@pytest.mark.parametrize("pattern", [TOLD, WORD], ids=["numbers, months and years", "every word"])
def test_everything_in_a_text_is_cited_or_dismissed(
    pattern: re.Pattern[str], living: defcoop.Dataset, living_texts: Mapping[str, str]
) -> None:
    for seed, text in living_texts.items():
        assert unaccounted(pattern, text, list(cited_or_dismissed(living, seed))) == [], seed


@pytest.mark.texts
@pytest.mark.parametrize("pattern", [TOLD, WORD], ids=["numbers, months and years", "every word"])
def test_the_accounting_notices_a_passage_that_is_gone(
    pattern: re.Pattern[str], shipped: defcoop.Dataset, texts: Mapping[str, str]
) -> None:
    text, passages = texts["seed-001"], list(cited_or_dismissed(shipped, "seed-001"))
    assert unaccounted(pattern, text, passages) == []
    fewer = [spot for spot in passages if "2010" not in text[slice(*spot)]]
    assert any(found.startswith("2010") for found in unaccounted(pattern, text, fewer))


@pytest.mark.texts
def test_every_digit_group_is_told_by_a_record_that_cites_it_or_dismissed(
    living: defcoop.Dataset, living_texts: Mapping[str, str]
) -> None:
    for seed, text in living_texts.items():
        dismissed = [entry.passage for entry in living.seeds[seed].dismissed]
        for found in re.finditer(r"[0-9]+", text):
            if not any(start <= found.start() < end for start, end in dismissed):
                told = numbers_told(living, seed, found.start())
                assert any(number.startswith(found.group()) for number in told), (seed, found.group())


def numbers_told(dataset: defcoop.Dataset, seed: str, place: int) -> set[str]:
    """The numbers, without zeros before them, in the values and summaries of the records that cite a place."""
    told: set[str] = set()
    for record in dataset:
        claims = [
            claim for claim in dataset.claims(record) if claim.seed_id == seed and claim.start <= place < claim.end
        ]
        for text in [claim.value for claim in claims] + [record.summary] * bool(claims):
            told.update(re.findall(r"0*([0-9]+)", text))
    return told


@pytest.mark.texts
def test_no_run_of_a_text_longer_than_80_characters_is_in_the_project(living_texts: Mapping[str, str]) -> None:
    grams = {gram for text in living_texts.values() for gram in runs(" ".join(text.split()), 81)}
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    names = [name for name in listed.stdout.split("\0") if name]
    if not names:
        pytest.skip("not a git checkout")
    for name in names:
        path = REPOSITORY / name
        if path.is_file() and not path.is_symlink():
            body = " ".join(path.read_bytes().decode(errors="replace").split())
            assert not any(gram in grams for gram in runs(body, 81)), name


def runs(text: str, length: int) -> Iterator[str]:
    # Only runs that begin or end in Arabic can be from the texts; this spares most of a file.
    for start in range(len(text) - length + 1):
        if text[start] > "\u05ff" or text[start + length - 1] > "\u05ff":
            yield text[start : start + length]
