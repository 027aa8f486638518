"""`defcoop show`: one record with its evidence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import defcoop as library
    from tests.cli.conftest import Result

POLICE = "dep-tur-qat-world-cup-police"


@pytest.mark.usefixtures("copied")
def test_the_record_is_shown_as_its_file_has_it(defcoop: Callable[..., Result]) -> None:
    found = defcoop("show", POLICE)
    assert (found.code, found.err) == (0, "")
    written = (CHECKOUT / f"dataset/deployments/{POLICE}.yaml").read_text(encoding="utf-8")
    assert found.out.partition("\n\n")[0] == written.partition("\n")[2].partition("\nevidence:")[0]


@pytest.mark.usefixtures("copied")
def test_each_value_is_followed_by_who_tells_it_where_and_how_firmly(defcoop: Callable[..., Result]) -> None:
    lines = defcoop("show", POLICE).out.partition("\n\n")[2].splitlines()
    at = lines.index("size.best: 3000")
    assert lines[at + 1] == "  seed-004 [1532, 1689) quoted Süleyman Soylu, planned, explicit"
    at = lines.index("posture: temporary")
    assert lines[at + 3] == "    They are to serve at the tournament, so in its year and for its length."


@pytest.mark.usefixtures("copied")
def test_what_is_told_otherwise_is_shown_as_that(defcoop: Callable[..., Result]) -> None:
    found = defcoop("show", "act-khalid-al-attiyah").out
    assert (
        "offices[Minister of State for Defence Affairs/act-qat-mod].title, told otherwise: Minister of Defence" in found
    )


@pytest.mark.usefixtures("copied")
def test_the_json_holds_the_whole_record_and_all_its_claims(
    defcoop: Callable[..., Result], shipped: library.Dataset
) -> None:
    told = json.loads(defcoop("show", POLICE, "--json").out)
    assert told["record"]["evidence"]
    assert type(shipped[POLICE]).model_validate_json(json.dumps(told["record"])) == shipped[POLICE]
    assert [list(claim.values()) for claim in told["claims"]] == [list(claim) for claim in shipped.claims(POLICE)]


def test_a_package_is_read_where_one_is_named(copied: Path, defcoop: Callable[..., Result]) -> None:
    shown = defcoop("show", "act-qat")
    assert defcoop("build").code == 0
    (copied / "dataset").rename(copied / "gone")
    assert defcoop("show", "act-qat", "--package", "build/package") == shown


@pytest.mark.usefixtures("copied")
def test_a_record_that_is_not_there_is_told_with_the_nearest(defcoop: Callable[..., Result]) -> None:
    found = defcoop("show", "act-katar")
    assert found == (2, "", "defcoop: there is no record act-katar. Did you mean act-qat?\n")
