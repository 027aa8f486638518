"""What a user writes passes `mypy --strict`, and what is misspelt does not."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """
from datetime import date
from typing import assert_type

import defcoop
from defcoop import Claim, Collection, Contradiction, DataError, Dataset, Linked, Losses
from defcoop.models import Actor, Agreement, Record, SourceCard
from defcoop.values import Edtf

try:
    ds = defcoop.load()
except DataError as error:
    raise SystemExit(str(error)) from None
assert_type(ds, Dataset)

agreement = ds.agreements["agr-qat-tur-military-cooperation-2017"]
assert_type(agreement, Agreement)
assert_type(agreement.entry_into_force, Edtf | None)
if agreement.entry_into_force is not None:
    assert_type(agreement.entry_into_force.earliest, date | None)

states: Collection[Actor] = ds.actors.where(kind="state")
for actor_id, actor in states.items():
    assert_type(actor_id, str)
    assert_type(actor, Actor)
assert_type(ds.actors.get("act-qat"), Actor | None)
assert_type([ds.actors[party].kind.value for party in agreement.parties], list[str])
recent = ds.agreements.where(lambda one: one.signed is not None and one.status == "signed")
assert_type(next(iter(recent.values()), None), Agreement | None)
assert_type(ds.seeds["seed-000"], SourceCard)
assert_type([record for record in ds], list[Record])
assert_type(ds["act-qat"], Record)

view: Linked = ds.linked(agreement)
name: str = view.parties[0].name

part: Dataset = ds.as_of("2018", "latest").at_least(stance="asserted", basis="explicit", credibility=6)
part = ds.only(["seed-000", "seed-001"]).without("seed-000").only("seed-001").as_of(date(2018, 1, 1))
lost: Losses = ds.lost_without("seed-000", "seed-001")
ids: tuple[str, ...] = lost.records
causes = {value.cause.value for value in lost.values}
assert_type(causes, set[str])

claims: list[Claim] = ds.claims(agreement, "entry_into_force") + ds.trace("agreements", agreement.id, "signed")
conflicts: list[Contradiction] = ds.conflicts() + ds.conflicts(agreement)
told = [(one.value, one.other, one.supporting[0].quote) for one in conflicts if one.supporting]
print(ds, name, part, ids, told, hash(ds), ds == part, len(ds), "act-qat" in ds)
"""

WRONG = """
import defcoop

ds = defcoop.load()
ds.agreementz
ds.agreements["agr-x"].entry_in_force
ds.agreements["agr-x"].status = "signed"
ds.actors.where(lambda actor: actor.parties)
ds.as_of("2018", "best")
ds.at_least(credibility="high")
ds.actors = {}
"""


@pytest.fixture
def check(tmp_path: Path) -> object:
    """Run mypy as a user has it: without our settings, on the installed library."""

    def run(code: str) -> list[str]:
        (tmp_path / "script.py").write_text(code, encoding="utf-8")
        cache = CHECKOUT / ".mypy_cache" / "of-users"
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", "script.py"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.stderr
        return [line for line in done.stdout.splitlines() if "script.py" in line]

    return run


def test_the_whole_of_it_passes(check: object) -> None:
    assert check(SOUND) == []  # type: ignore[operator]


def test_and_it_runs(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SOUND, encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<Dataset: ")


def test_mistakes_are_told(check: object) -> None:
    found = [line.partition(": ")[0] for line in check(WRONG)]  # type: ignore[operator]
    lines = {number for number, line in enumerate(WRONG.splitlines(), 1) if line.startswith("ds.")}
    assert lines <= {int(place.split(":")[1]) for place in found}
