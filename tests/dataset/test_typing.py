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

ANALYSIS = """
from collections.abc import Iterator
from pathlib import Path
from typing import assert_type

import pandas as pd
import polars as pl
from altair.typing import ChartType

import defcoop
from defcoop import Dataset
from defcoop.analysis.agreement import Report, Source, Standing, Support, report, support
from defcoop.analysis.draws import Summary, summarise
from defcoop.analysis.dyads import dyads
from defcoop.analysis.frames import ColumnMeta, frame, frame_meta, frames
from defcoop.analysis.merging import LAYOUTS, Layout, keyed, with_actors, with_codes
from defcoop.analysis.network import to_networkx
from defcoop.analysis.panel import Contribution, contributions, panel, panel_meta
from defcoop.analysis.plots import PLOTS
from defcoop.analysis.plots.saving import save
from defcoop.analysis.plots.timeline import timeline
from defcoop.analysis.sql import sql

ds = defcoop.load()

found: tuple[Support, ...] = ds.support("act-qat") + support(ds, "act-qat", "kind")
assert_type(found[0].sources, tuple[Source, ...])
assert_type(found[0].independent, int)
assert_type(found[0].value, str | None)
assert_type(found[0].standing, Standing)
told: Report = ds.report("act-qat")
text: str = str(report(ds)) + told._repr_html_()

assert_type(ds.frame("claims", "pandas"), pd.DataFrame)
assert_type(frame(ds, "claims", "polars"), pl.DataFrame)
tables: list[str] = [*frames(ds, names=["actors"]), *ds.frames("pyarrow", ["claims"])]
assert_type(frame_meta("agreements"), dict[str, ColumnMeta])
query = "SELECT id FROM agreements WHERE status = ?"
assert_type(sql(ds, query, ["signed"], backend="polars"), pl.DataFrame)
assert_type(ds.sql(query, ("signed",), backend="pandas"), pd.DataFrame)

cells = ds.panel(actors=["TUR", 694], years=range(2016, 2019), dates="latest", backend="polars")
again = panel(ds, actors=["TUR", 694], years=[2017], directed=True, stances=["asserted", "planned"])
behind: list[Contribution] = list(contributions(ds, "TUR", "QAT", 2017, "agreements_in_force_best"))
assert_type(panel_meta(), dict[str, ColumnMeta])

draws: Iterator[Dataset] = ds.sample(2, seed=1)
summary: Summary = summarise(ds, lambda one: len(one.agreements), 2, seed=1)

layout: Layout = LAYOUTS["dcad"]
theirs = pd.DataFrame({"ccode1": [640], "ccode2": [694], "year": [2017]})
assert_type(keyed(theirs, ds, layout), pd.DataFrame)
assert_type(with_codes(with_actors(theirs, ds, "ccode1", when="year"), ds), pd.DataFrame)
pairs = dyads(ds, ["agreements"], "polars")

graph = to_networkx(ds, ["agreements"])
chart: ChartType = timeline(ds, lang="ar")
chart = PLOTS["network"](ds, most=5)
save(chart, Path("chart.svg"))
print(text, tables, cells, again, behind, summary, pairs, graph, chart)
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
ds.support("act-qat")[0].independant
ds.report().firm = ()
ds.frame("claims", "pandes")
ds.sql("SELECT 1", backend="polars").no_such_method()
ds.panel(dates="middle")
ds.sample(2)
ds.to_networkx(state=True)
"""


SCRIPTS = {"sound": SOUND, "analysis": ANALYSIS, "wrong": WRONG}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Run mypy as a user has it, without our settings, on the installed library; give what it says of each script."""
    folder = tmp_path_factory.mktemp("scripts")
    for name, code in SCRIPTS.items():
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
    cache = CHECKOUT / ".mypy_cache" / "of-users"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--config-file=",
            f"--cache-dir={cache}",
            *(f"{name}.py" for name in SCRIPTS),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return {name: [line for line in done.stdout.splitlines() if line.startswith(f"{name}.py")] for name in SCRIPTS}


def test_the_whole_of_it_passes_and_mistakes_are_told(complaints: dict[str, list[str]]) -> None:
    assert complaints["sound"] == complaints["analysis"] == []
    lines = {number for number, line in enumerate(WRONG.splitlines(), 1) if line.startswith("ds.")}
    assert lines <= {int(line.split(":")[1]) for line in complaints["wrong"]}


@pytest.mark.parametrize(
    ("code", "start"), [(SOUND, "<Dataset: "), (ANALYSIS, "# What the sources agree on")], ids=["dataset", "analysis"]
)
def test_and_it_runs(tmp_path: Path, code: str, start: str) -> None:
    (tmp_path / "script.py").write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(start)
