"""The ATOP export: obligations and provisions that the texts tell, in ATOP's columns, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from defcoop.exports import export
from defcoop.exports.atop import ALLIANCES, MEMBERS
from defcoop.models.agreement import Laterality
from defcoop.package import build, open_package
from defcoop.values import Edtf
from tests.exports.treaties import AGREEMENT, changed, term

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.package import Package

OBLIGATIONS = ["defense", "offense", "neutral", "nonagg", "consul"]


def frames(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    alliances, members, left_out = (
        pd.read_csv(folder / name, dtype=str, keep_default_na=False)
        for name in ("atop_alliances.csv", "atop_members.csv", "left_out.csv")
    )
    return alliances.set_index("atopid", drop=False), members, left_out


def exported(dataset: defcoop.Dataset, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    build(dataset, folder / "package")
    return frames(export("atop", open_package(folder / "package"), folder / "atop"))


@pytest.fixture(scope="module")
def folder(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("atop", package, tmp_path_factory.mktemp("export") / "atop")


def test_every_agreement_has_one_row_or_a_reason_for_having_none(folder: Path, shipped: defcoop.Dataset) -> None:
    alliances, _, left_out = frames(folder)
    assert alliances["atopid"].is_unique
    refused = set(left_out[left_out["party"] == ""]["record_id"])
    assert refused.isdisjoint(alliances["atopid"])
    assert refused | set(alliances["atopid"]) == set(shipped.agreements)


def test_a_row_has_the_values_of_its_record(folder: Path) -> None:
    alliances, members, _ = frames(folder)
    row = alliances.loc["agr-qat-tur-military-cooperation-2017"]
    assert {name: value for name, value in row.items() if value} == {
        "atopid": "agr-qat-tur-military-cooperation-2017",
        "begyr": "2017",
        "begmo": "6",
        "bilat": "1",
        "base": "3",
        "instrument": "agreement",
        "status": "in_force",
        "certainty": "asserted",
        "cluster_id": "agr-qat-tur-joint-defence-cooperation-2017",
        "possibly_same_as": "agr-qat-tur-joint-defence-cooperation-2017",
        "mem1": "640",
        "mem2": "694",
    }
    assert list(members[members["atopid"] == row["atopid"]]["member"]) == ["640", "694"]


def test_every_row_has_something_that_atop_codes(folder: Path) -> None:
    alliances, _, _ = frames(folder)
    assert (alliances[[*OBLIGATIONS, "milaid", "milcon", "base"]] != "").any(axis=1).all()


def test_obligations_stand_with_the_party_that_has_them(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    told = [{"party": "act-qat", "kind": "consultation"}, {"party": "act-tur", "kind": "defense"}]
    alliances, members, _ = exported(changed(shipped, obligations=told), tmp_path)
    assert [alliances.loc[AGREEMENT][name] for name in OBLIGATIONS] == ["1", "", "", "", "1"]
    own = members[members["atopid"] == AGREEMENT].set_index("defcoop_actor")
    assert [own.loc["act-tur"][name] for name in OBLIGATIONS] == ["1", "", "", "", ""]
    assert [own.loc["act-qat"][name] for name in OBLIGATIONS] == ["", "", "", "", "1"]


def test_an_organ_binds_its_state(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    changes: dict[str, Any] = {
        "parties": ("act-qat-mod", "act-tur"),
        "obligations": [{"party": "act-qat-mod", "kind": "neutrality"}],
    }
    _, members, _ = exported(changed(shipped, **changes), tmp_path)
    own = members[members["atopid"] == AGREEMENT].set_index("defcoop_actor")
    assert (own.loc["act-qat"]["neutral"], own.loc["act-tur"]["neutral"]) == ("1", "")


def test_there_are_as_many_columns_of_members_as_needed(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    changes: dict[str, Any] = {
        "parties": ("act-tur", "act-qat", "act-sau"),
        "laterality": Laterality.MULTILATERAL,
        "signed": Edtf("1985"),
    }
    alliances, members, _ = exported(changed(shipped, **changes), tmp_path)
    assert [alliances.loc[AGREEMENT][f"mem{number}"] for number in (1, 2, 3)] == ["640", "670", "694"]
    assert alliances.loc[AGREEMENT]["bilat"] == "0"
    assert len(members[members["atopid"] == AGREEMENT]) == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"signed": Edtf("2009-03-05"), "ends": Edtf("2012")}, ["2009", "3", "5", "2012", "", "", ""]),
        ({"entry_into_force": Edtf("2009-03"), "term": term(3, "years")}, ["2009", "3", "", "", "", "", "36"]),
        ({"signed": Edtf("2009?"), "term": term(18, "months")}, ["2009", "", "", "", "", "", "18"]),
        ({"signed": Edtf("[2009,2010]"), "term": term(90, "days")}, ["", "", "", "", "", "", ""]),
    ],
)
def test_dates_and_lengths_are_as_fine_as_they_are_told(
    changes: dict[str, Any], expected: list[str], shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    alliances, members, _ = exported(changed(shipped, **changes), tmp_path)
    names = ["begyr", "begmo", "begday", "endyr", "endmo", "endday"]
    assert [alliances.loc[AGREEMENT][name] for name in [*names, "length"]] == expected
    names = ["yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"]
    for _, member in members[members["atopid"] == AGREEMENT].iterrows():
        assert [member[name] for name in names] == expected[:6]


def test_what_tells_nothing_that_atop_codes_is_left_out(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    alliances, _, left_out = exported(changed(shipped, provisions=None), tmp_path)
    assert AGREEMENT not in alliances.index
    assert list(left_out[left_out["record_id"] == AGREEMENT]["reason"]) == [
        "no obligation or provision that ATOP codes is told"
    ]


def test_the_readme_says_what_each_column_holds(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "approximation" in readme
    for name, note in (*ALLIANCES, *MEMBERS):
        assert f"| `{name}` | {note} |" in readme


def test_a_column_that_is_said_to_be_empty_is_empty(folder: Path) -> None:
    alliances, _, _ = frames(folder)
    empty = [name for name, note in ALLIANCES if note.startswith("Empty: ")]
    assert {cell for name in empty for cell in alliances[name]} == {""}
