"""`defcoop panel`: writes dyad-years as CSV, as the library counts them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.analysis.panel import Covered, panel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop as library
    from tests.cli.conftest import Result

PAIR = ("--actors", "TUR,QAT")


def told(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def as_text(value: Any) -> str:
    if value is None:
        return ""
    return (
        str(value).lower() if isinstance(value, bool) else f"{value:.15g}" if isinstance(value, float) else str(value)
    )


def expected(dataset: library.Dataset, **asked: Any) -> list[dict[str, str]]:
    found = panel(dataset, actors=["TUR", "QAT"], backend="polars", **asked).to_dicts()
    return [{name: as_text(value) for name, value in row.items()} for row in found]


@pytest.mark.parametrize(
    ("options", "asked"),
    [
        (["--years", "2014-2016,2019"], {"years": [2014, 2015, 2016, 2019]}),
        ([], {}),
        (["--years", "2019", "--directed", "--months"], {"years": [2019], "directed": True, "months": True}),
        (["--years", "2018-2019", "--dates", "earliest"], {"years": [2018, 2019], "dates": "earliest"}),
        (["--years", "2019", "--draws", "3", "--seed", "7"], {"years": [2019], "draws": 3, "seed": 7}),
        (["--years", "2022", "--stances", "asserted,planned"], {"years": [2022], "stances": ["asserted", "planned"]}),
        (
            ["--years", "2016-2017", "--covered", "TUR/QAT/2016/exercises,deployments", "--covered", "TUR/QAT/2017"],
            {
                "years": [2016, 2017],
                "coverage": [
                    Covered("TUR", "QAT", [2016], ("exercises", "deployments")),
                    Covered("TUR", "QAT", [2017]),
                ],
            },
        ),
    ],
)
def test_it_shows_the_panel_of_the_library(
    options: list[str],
    asked: dict[str, Any],
    copied: Path,
    shipped: library.Dataset,
    defcoop: Callable[..., Result],
) -> None:
    assert copied.is_dir()
    found = defcoop("panel", *PAIR, *options)
    assert (found.code, found.err) == (0, "")
    assert told(found.out) == expected(shipped, **asked)


def test_it_takes_actors_of_any_kind(copied: Path, defcoop: Callable[..., Result]) -> None:
    assert copied.is_dir()
    found = defcoop("panel", "--actors", "TUR,act-tur-parliament", "--years", "2019", "--any-actor")
    assert [row["b"] for row in told(found.out)] == ["act-tur-parliament"]


def test_it_writes_a_file_and_names_it(copied: Path, shipped: library.Dataset, defcoop: Callable[..., Result]) -> None:
    found = defcoop("panel", *PAIR, "--years", "2017", "--out", "tables/panel.csv")
    assert found == (0, "tables/panel.csv\n", "")
    written = (copied / "tables" / "panel.csv").read_bytes()
    assert b"\r" not in written
    assert told(written.decode()) == expected(shipped, years=[2017])
    assert [path.name for path in (copied / "tables").iterdir()] == ["panel.csv"]


def test_it_reads_a_package_or_another_folder_as_well(
    copied: Path, defcoop: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert defcoop("build").code == 0
    words = ("panel", *PAIR, "--years", "2017")
    shown = {defcoop(*words, *more).out for more in ((), ("--package", "build/package"), ("--dataset", "dataset"))}
    assert len(shown) == 1
    monkeypatch.chdir(copied.parent)
    assert defcoop(*words).out in shown  # those of the library


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--years", "20x4"], "20x4 is no year"),
        (["--years", "2014-"], "2014- is no year"),
        (["--covered", "TUR/QAT"], "TUR/QAT is no coverage"),
        (["--dataset", "dataset", "--package", "build/package"], "not from both"),
        (["--actors", "TUX,QAT"], "no actor has the id or code TUX"),
        (["--draws", "2"], "draws need a seed"),
        (["--dates", "middle"], "dates='middle' is none of"),
        (["--covered", "TUR/QAT/2016/treaties"], "there is no family of acts treaties"),
        (["--package", "nowhere"], "nowhere"),
    ],
)
def test_what_it_cannot_do_ends_with_2_and_the_reason(
    options: list[str], said: str, copied: Path, defcoop: Callable[..., Result]
) -> None:
    assert copied.is_dir()
    found = defcoop("panel", *PAIR, *options)
    assert (found.code, found.out) == (2, "")
    assert said in " ".join(found.err.split())


def test_a_file_that_was_there_stays_if_the_panel_fails(copied: Path, defcoop: Callable[..., Result]) -> None:
    (copied / "panel.csv").write_text("before")
    assert defcoop("panel", *PAIR, "--years", "1700", "--out", "panel.csv").code == 2
    assert (copied / "panel.csv").read_text() == "before"
