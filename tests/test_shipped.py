"""The shipped dataset is sound, and the validator notices when a single character of its evidence is not."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from defcoop.cli import app
from defcoop.models.leaves import leaves, steps
from defcoop.validation import validate
from defcoop.validation.codes import CODES
from defcoop.validation.issues import Sources
from defcoop.validation.record_checks import RECORD_CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import defcoop
    from defcoop.models import Record
    from defcoop.validation.issues import Issue


def faults(record: Record, sources: Sources) -> list[Issue]:
    """Give the errors of a record; warnings are accepted, record by record."""
    found = (fault for check in RECORD_CHECKS for fault in check(record, sources))
    return [fault for fault in found if CODES[fault.code].severity == "error"]


def changed(record: Record, number: int, **values: Any) -> Record:
    """Give the record with some values of one evidence entry changed."""
    entries = [entry.model_dump() for entry in record.evidence]
    entries[number] |= values
    body = record.model_dump(by_alias=True) | {"evidence": [entry for entry in entries if entry["supports"]]}
    return type(record).model_validate(body)


@pytest.fixture
def sources(shipped: defcoop.Dataset) -> Sources:
    return Sources(shipped.seeds, {}, {})


@pytest.fixture
def sources_with_texts(sources: Sources, texts: Mapping[str, str]) -> Sources:
    return sources._replace(texts=texts)


def entries(dataset: defcoop.Dataset) -> Iterator[tuple[Record, int]]:
    for record in dataset:
        for number in range(len(record.evidence)):
            yield record, number


def test_the_shipped_dataset_is_clean_without_the_texts(checkout: Path) -> None:
    report = validate(checkout / "dataset")
    assert report.findings == ()
    assert report.passages_checked == 0
    assert report.passages_unchecked > 200


@pytest.mark.texts
def test_every_passage_and_quote_verifies_with_the_texts(checkout: Path, texts_folder: Path) -> None:
    report = validate(checkout / "dataset", texts=texts_folder)
    assert report.findings == ()
    assert report.passages_unchecked == 0
    assert report.passages_checked > 200


def test_every_coded_value_has_a_claim(shipped: defcoop.Dataset) -> None:
    for record in shipped:
        claimed = {claim.field for claim in shipped.claims(record) if claim.relation == "supports"}
        assert claimed == {leaf.path for leaf in leaves(record)}, record.id


def test_taking_away_the_only_support_of_a_value_is_found_at_the_value(
    shipped: defcoop.Dataset, sources: Sources
) -> None:
    tried = 0
    for record, number in entries(shipped):
        support = Counter(path for entry in record.evidence for path in entry.supports)
        for path in record.evidence[number].supports:
            rest = tuple(other for other in record.evidence[number].supports if other != path)
            others = {p for p in support if p != path}
            bare = [leaf for leaf in leaves(record) if path in steps(leaf.path) and not others & set(steps(leaf.path))]
            if support[path] > 1 or not bare or (not rest and len(record.evidence) == 1):
                continue
            found = faults(changed(record, number, supports=rest), sources)
            assert {fault.code for fault in found} - {"DC409"} == {"DC401"}, (record.id, path)
            for leaf in bare:
                assert any(leaf.pointer[: len(fault.pointer)] == fault.pointer for fault in found), (record.id, path)
            tried += 1
    assert tried > 300


@pytest.mark.texts
@pytest.mark.parametrize("shift", [(-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1)], ids=str)
def test_moving_an_end_of_a_passage_by_one_character_is_found_at_the_passage(
    shift: tuple[int, int], shipped: defcoop.Dataset, sources_with_texts: Sources
) -> None:
    for record, number in entries(shipped):
        start, end = record.evidence[number].passage
        moved = (start + shift[0], end + shift[1])
        if moved[0] < 0:
            continue
        found = faults(changed(record, number, passage=moved), sources_with_texts)
        assert [fault.pointer for fault in found if fault.code != "DC408"] == [("evidence", number, "passage")]
        assert {fault.code for fault in found} <= {"DC403", "DC405", "DC408"}


@pytest.mark.texts
def test_altering_a_letter_of_a_quote_is_found_at_the_quote(
    shipped: defcoop.Dataset, sources_with_texts: Sources
) -> None:
    for record, number in entries(shipped):
        quote = record.evidence[number].quote
        middle = len(quote) // 2
        altered = f"{quote[:middle]}ژ{quote[middle + 1 :]}"
        found = faults(changed(record, number, quote=altered), sources_with_texts)
        assert [(fault.code, fault.pointer) for fault in found] == [("DC404", ("evidence", number, "quote"))]


@pytest.mark.texts
def test_the_command_exits_with_1_and_points_at_the_value(checkout: Path, texts_folder: Path, tmp_path: Path) -> None:
    for folder in ("dataset", "seeds"):
        shutil.copytree(checkout / folder, tmp_path / folder)
    record = tmp_path / "dataset/agreements/agr-qat-tur-military-cooperation-2017.yaml"
    sound = record.read_text(encoding="utf-8")
    arguments = ["validate", "--dataset", str(tmp_path / "dataset"), "--seeds", str(texts_folder)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    for old, new, where in [
        ("entry_into_force, ", "", 'entry_into_force: "2017-06"'),
        ("entry_into_force,\n", "\n", 'entry_into_force: "2017-06"'),
        ("[968, 1107]", "[969, 1107]", "[969, 1107]"),
        ("2017\n    digest", "2018\n    digest", "quote: ودخلت"),
    ]:
        if old not in sound:
            continue
        broken = sound.replace(old, new, 1)
        record.write_text(broken, encoding="utf-8")
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 1
        line = next(number for number, text in enumerate(broken.splitlines(), 1) if where in text)
        assert f"{record.name}:{line}:" in result.output
