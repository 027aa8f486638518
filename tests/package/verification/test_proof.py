"""The quick proof of the claims says of them what a look at each cell does."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.package.verification import verify
from defcoop.package.verification.support import Support
from tests.checkouts import GOOD
from tests.package.verification.tampering import failing, put, reseal

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package.verification.shape import Table

_FLIPS = 80


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """Note what each attempt at a proof gives."""
    found: list[int | None] = []
    prove = Support.prove

    def noting(check: Support, table: Table) -> int | None:
        answer = prove(check, table)
        if table.name == "claims":
            found.append(answer)
        return answer

    monkeypatch.setattr(Support, "prove", noting)
    return found


@pytest.mark.parametrize("name", ["package", "invented"])
def test_sound_claims_are_proven(name: str, counted: list[int | None], request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(name)
    assert verify(folder).ok
    assert counted == [len(json.loads((folder / "data" / "claims.json").read_bytes()))]


def test_with_and_without_the_proof_the_same_is_verified(invented: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = GOOD / "texts"
    proven = verify(invented, texts)
    monkeypatch.setattr(Support, "prove", lambda *_: None)
    assert verify(invented, texts) == proven


@pytest.mark.parametrize("way", ["proof", "look"])
def test_a_byte_of_the_claims_that_is_another_is_caught_though_all_hashes_agree(
    way: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "look":
        monkeypatch.setattr(Support, "prove", lambda *_: None)
    path = copy / "data" / "claims.csv"
    source = path.read_bytes()
    chance = random.Random(way)  # noqa: S311 - bytes to flip, no secrets
    for _ in range(_FLIPS):
        spoilt = bytearray(source)
        place = chance.randrange(len(source))
        # Separators and marks are what a parser goes by.
        spoilt[place] = chance.choice([spoilt[place] ^ chance.randrange(1, 256), *b',"\n\r\x1f'])
        if spoilt == source:
            continue
        path.write_bytes(spoilt)
        reseal(copy)
        told = failing(verify(copy))
        assert told, place
        assert "files" not in told


@pytest.mark.parametrize("part", ["evidence", "conflict_evidence"])
def test_a_citation_that_claims_do_not_repeat_is_caught(part: str, copy: Path, counted: list[int | None]) -> None:
    put(copy, part, "credibility", "1")
    assert list(failing(verify(copy))) == ["claims"]
    assert counted == [None]


def test_any_byte_of_a_table_that_is_another_is_caught_by_building_again(package: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(package, tmp_path / "package")
    chance = random.Random(0)  # noqa: S311 - bytes to flip, no secrets
    tables = {path: path.read_bytes() for path in sorted((copy / "data").glob("*.csv"))}
    for _ in range(40):
        path = chance.choice(list(tables))
        spoilt = bytearray(tables[path])
        spoilt[chance.randrange(len(spoilt))] ^= chance.randrange(1, 256)
        path.write_bytes(spoilt)
        reseal(copy)
        assert not verify(copy, deep=True).ok, path
        path.write_bytes(tables[path])
