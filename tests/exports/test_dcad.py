"""The DCAD export: what the texts tell of agreements of two states, in DCAD's columns, and nothing more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from defcoop.exports import export
from defcoop.exports.dcad import DYADIC, MAIN
from defcoop.models.actor import ActorKind
from defcoop.models.agreement import AgreementStatus, DcadCategory, Laterality
from defcoop.models.record import AbsenceReason, Conflict, Withdrawn
from defcoop.package import build, open_package
from defcoop.values import Edtf
from tests.exports.treaties import AGREEMENT, changed, term

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.package import Package

# The columns of DCAD-v1.0-main.csv and DCAD-v1.0-dyadic.csv, in their order.
DCAD_MAIN = """ccode1 cowName1 ccode2 cowName2 signDay signMonth signYear EIFDay EIFMonth EIFYear type category1
    category2 category3 span renewType renewYears terminated durationActual endYearEstimate asymmetry categoryConf
    UNTS fullText sourceType source factivaConf factivaSign factivaEIF DCAid""".split()
DCAD_DYADIC = """ccode1 abbrev1 ccode2 abbrev2 year dcaGeneralV1 dcaGeneralV2 dcaSectorV1 dcaSectorV2 dcaAnyV1
    dcaAnyV2""".split()


def conflict(field: str, value: str) -> Conflict:
    cited = {"seed": "seed-000", "passage": (0, 9), "quote": "Words", "digest": "0" * 64}
    cited |= {"voice": "seed", "stance": "asserted", "basis": "explicit"}
    told = {"field": field, "value": value, "resolution": "unresolved", "rationale": "None."}
    return Conflict.model_validate(told | {"evidence": [cited]})


def frames(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    main, dyadic, left_out = (
        pd.read_csv(folder / name, dtype=str, keep_default_na=False)
        for name in ("dcad_main.csv", "dcad_dyadic.csv", "left_out.csv")
    )
    return main, dyadic, left_out


def exported(dataset: defcoop.Dataset, folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    build(dataset, folder / "package")
    return frames(export("dcad", open_package(folder / "package"), folder / "dcad"))


@pytest.fixture(scope="module")
def folder(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export("dcad", package, tmp_path_factory.mktemp("export") / "dcad")


def test_the_columns_of_dcad_stand_first_and_in_its_order(folder: Path) -> None:
    main, dyadic, _ = frames(folder)
    assert list(main)[: len(DCAD_MAIN)] == DCAD_MAIN
    assert list(dyadic)[: len(DCAD_DYADIC)] == DCAD_DYADIC


def test_every_agreement_has_one_row_or_reasons_for_having_none(folder: Path, shipped: defcoop.Dataset) -> None:
    main, _, left_out = frames(folder)
    assert main["defcoop_id"].is_unique
    whole = left_out[left_out["party"] == ""]
    refused = set(whole["record_id"][~whole["reason"].str.startswith("no year from which")])
    assert refused.isdisjoint(main["defcoop_id"])
    assert refused | set(main["defcoop_id"]) == set(shipped.agreements)


def test_only_what_is_told_as_made_has_a_row(folder: Path, shipped: defcoop.Dataset) -> None:
    main, _, _ = frames(folder)
    for name in main["defcoop_id"]:
        told = shipped.agreements[name]
        assert told.status.value in {"signed", "ratified", "in_force", "ended"}
        assert not told.aggregate
    assert len(main)


def test_a_row_has_the_values_of_its_record(folder: Path) -> None:
    main, _, _ = frames(folder)
    row = main.set_index("defcoop_id").loc["agr-qat-tur-defence-industry-2007"]
    assert {name: value for name, value in row.items() if value} == {
        "ccode1": "640",
        "cowName1": "Turkey",
        "ccode2": "694",
        "cowName2": "Qatar",
        "signYear": "2007",
        "type": "general",
        "category1": "exercises",
        "category2": "research_development",
        "category3": "training_exchange",
        "more_categories": "working_group",
        "source": "seed-000",
        "status": "signed",
        "certainty": "asserted",
        "cluster_id": "agr-qat-tur-defence-industry-2007",
    }
    other = main.set_index("defcoop_id").loc["agr-qat-tur-military-cooperation-2017"]
    assert (other["EIFYear"], other["EIFMonth"], other["EIFDay"], other["signYear"]) == ("2017", "6", "", "")


def test_the_cells_of_a_date_are_as_fine_as_the_date(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    main, _, _ = exported(changed(shipped, signed=Edtf("2009-03-05"), entry_into_force=Edtf("2009-04/2010")), tmp_path)
    row = main.set_index("defcoop_id").loc[AGREEMENT]
    assert [row[name] for name in ("signYear", "signMonth", "signDay")] == ["2009", "3", "5"]
    assert [row[name] for name in ("EIFYear", "EIFMonth", "EIFDay")] == ["", "", ""]


@pytest.mark.parametrize(
    ("changes", "years", "open_ended"),
    [
        ({"signed": Edtf("2009")}, ["2009"], "1"),
        ({"signed": Edtf("2009"), "entry_into_force": Edtf("2011-01")}, ["2011"], "1"),
        ({"signed": Edtf("2009"), "ends": Edtf("2011-06")}, ["2009", "2010", "2011"], ""),
        ({"signed": Edtf("2009-12-31"), "term": term(2, "years")}, ["2009", "2010", "2011"], ""),
        ({"signed": Edtf("2009"), "term": term(18, "months")}, ["2009"], ""),
        ({"signed": Edtf("2009"), "term": term(2, "years")}, ["2009", "2010"], ""),
        ({"signed": Edtf("2009"), "ends": Edtf("[2011,2013]")}, ["2009", "2010", "2011"], ""),
        ({"signed": Edtf("2009"), "entry_into_force": Edtf("[2010,2012]")}, [], None),
        ({"signed": Edtf("2009"), "conflicts": (conflict("signed", "2010"),)}, [], None),
        ({"signed": Edtf("[2009,2010]")}, [], None),
        ({}, [], None),
    ],
)
def test_a_pair_has_the_years_that_are_told_and_no_others(
    changes: dict[str, Any], years: list[str], open_ended: str | None, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    _, dyadic, left_out = exported(changed(shipped, **changes), tmp_path)
    told = dyadic[dyadic["defcoop_ids"].str.contains(AGREEMENT)]
    assert list(told["year"]) == years
    if open_ended is None:
        assert "no year from which it holds" in " ".join(left_out[left_out["record_id"] == AGREEMENT]["reason"])
    else:
        assert set(told["open_ended"]) == {open_ended}


def test_the_count_of_a_pair_is_1_or_empty_and_never_0(folder: Path) -> None:
    _, dyadic, _ = frames(folder)
    counts = dyadic[[name for name in DCAD_DYADIC if name.startswith("dca")]]
    assert set(counts.to_numpy().ravel()) == {"", "1"}
    assert set(dyadic["dcaAnyV2"]) == {"1"}
    assert dyadic[["ccode1", "ccode2", "year"]].drop_duplicates().shape[0] == len(dyadic)


@pytest.mark.parametrize(
    ("scope", "subjects", "expected"),
    [
        ((DcadCategory.EXERCISES, DcadCategory.TRAINING_EXCHANGE), (), "general"),
        ((), ("defence_cooperation",), "general"),
        ((DcadCategory.EXERCISES,), ("exercises",), "sector"),
        ((), ("event_security",), None),
    ],
)
def test_the_type_follows_from_what_is_told(
    scope: Any, subjects: Any, expected: str | None, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    main, _, left_out = exported(changed(shipped, scope=scope, subjects=subjects), tmp_path)
    assert list(main[main["defcoop_id"] == AGREEMENT]["type"]) == ([expected] if expected else [])
    assert (AGREEMENT in set(left_out[left_out["reason"].str.startswith("no field of defence")]["record_id"])) == (
        expected is None
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": AgreementStatus.UNSTATED}, "its status is unstated"),
        ({"status": AgreementStatus.AGREED}, "its status is agreed"),
        ({"absent": {"aggregate": AbsenceReason.UNKNOWN}}, "it is a set of agreements"),
        ({"conflicts": (conflict("parties[act-tur]", "act-sau"),)}, "leave open what holds of it: parties"),
        ({"withdrawn": Withdrawn(reason="Wrong.", since="0.2.0")}, "the record is withdrawn"),
        ({"parties": ("act-qat", "act-tur-havelsan")}, "fewer than two states"),
        ({"parties": ("act-qat", "act-qat-mod")}, "fewer than two states"),
        ({"parties": ("act-qat", "act-tur", "act-sau"), "laterality": Laterality.MULTILATERAL}, "more than two states"),
        ({"parties": ("act-qat", "act-syr"), "signed": Edtf("1959-01")}, "fewer than two states"),
    ],
)
def test_what_is_no_such_agreement_is_left_out_with_its_reason(
    changes: dict[str, Any], reason: str, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    main, _, left_out = exported(changed(shipped, **changes), tmp_path)
    assert AGREEMENT not in set(main["defcoop_id"])
    assert reason in " ".join(left_out[left_out["record_id"] == AGREEMENT]["reason"])
    readme = (tmp_path / "dcad" / "README.md").read_text(encoding="utf-8")
    [told] = left_out[left_out["reason"].str.contains(reason, regex=False)]["reason"].unique()
    assert f"| {sum(left_out['reason'] == told)} | {told} |" in readme


def test_an_organ_signs_for_its_state(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    assert shipped.actors["act-tur-mod"].kind is ActorKind.MINISTRY
    main, _, _ = exported(changed(shipped, parties=("act-qat-mod", "act-tur-mod")), tmp_path)
    row = main.set_index("defcoop_id").loc[AGREEMENT]
    assert (row["ccode1"], row["ccode2"]) == ("640", "694")


def test_a_code_holds_at_the_date_of_the_agreement(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    main, _, _ = exported(changed(shipped, parties=("act-tur", "act-syr"), signed=Edtf("1962")), tmp_path)
    assert main.set_index("defcoop_id").loc[AGREEMENT]["ccode2"] == "652"


def test_the_readme_says_what_each_column_holds(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert "approximation" in readme
    for name, note in (*MAIN, *DYADIC):
        assert f"| `{name}` | {note} |" in readme


def test_a_column_that_is_said_to_be_empty_is_empty(folder: Path) -> None:
    main, dyadic, _ = frames(folder)
    empty = [name for name, note in (*MAIN, *DYADIC) if note.startswith("Empty: ")]
    assert {cell for frame in (main, dyadic) for name in empty if name in frame for cell in frame[name]} == {""}
    assert "renewType" in empty


def test_spans_are_years(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    main, _, _ = exported(changed(shipped, term=term(Decimal("2.5"), "years")), tmp_path)
    assert main.set_index("defcoop_id").loc[AGREEMENT]["span"] == "2.5"
