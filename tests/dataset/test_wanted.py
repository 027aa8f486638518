"""What is asked is understood or refused: an unknown value is never no result."""

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import defcoop
from defcoop.analysis.panel import Covered
from defcoop.errors import InputError, UnknownIdError

PARTIES = {"agr-lby-qat-tur-misrata-naval-base", "agr-qat-tur-fifty-treaties"}
FIFTY = "agr-qat-tur-fifty-treaties"


@pytest.fixture(scope="module")
def ds(shipped: defcoop.Dataset) -> defcoop.Dataset:
    return shipped


@pytest.mark.parametrize(
    "turkey", ["act-tur", "TUR", "tur", "iso3:TUR", 640, "640", "cow:640", "Turkey", "TURKEY", "تركيا"]
)
def test_an_actor_goes_by_id_code_or_name(ds: defcoop.Dataset, turkey: Any) -> None:
    asked = ds.agreements.where(parties=turkey)
    assert set(asked) >= PARTIES
    assert asked == ds.agreements.where(lambda agreement: "act-tur" in agreement.parties)


@pytest.mark.parametrize(
    "asked", [["signed", "agreed"], ("signed", "agreed"), {"signed", "agreed"}, iter(["signed", "agreed"])]
)
def test_of_several_values_one_is_enough(ds: defcoop.Dataset, asked: Any) -> None:
    kept = ds.agreements.where(status=asked)
    assert {agreement.status.value for agreement in kept.values()} == {"signed", "agreed"}
    assert len(kept) == len(ds.agreements.where(status="signed")) + len(ds.agreements.where(status="agreed"))


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"status": "In force"}, {"status": "in_force"}),
        ({"signed": 2007}, {"signed": "2007"}),
        ({"aggregate__best": "50"}, {"aggregate__best": Decimal(50)}),
        ({"aggregate__best": 50.0}, {"aggregate__best": 50}),
        ({"names": "Turkey"}, {"names__text": "Turkey"}),
    ],
)
def test_what_is_meant_is_accepted(ds: defcoop.Dataset, fields: dict[str, Any], same: dict[str, Any]) -> None:
    records = ds.actors if "names" in fields else ds.agreements
    assert records.where(**fields) == records.where(**same)
    assert len(records.where(**fields))


def test_parts_are_asked_for_by_what_they_are_known_by(ds: defcoop.Dataset) -> None:
    assert ds.engagements.where(participants="TUR") == ds.engagements.where(participants__actor="act-tur")
    assert ds.engagements.where(participants="TUR")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "inforce"}, "Did you mean in_force?"),
        ({"status": ["signed", "agred"]}, "Did you mean agreed?"),
        ({"status": 7}, "Use one of"),
        ({"parties": "TUX"}, "no actor has the id or code TUX"),
        ({"parties": "act-turr"}, "Did you mean act-tur?"),
        ({"parties": "Turkyie"}, "Did you mean"),
        ({"parties": FIFTY}, "is the id of a record of the type actor"),
        ({"relations__agreement": "act-tur"}, "is the id of a record of the type agreement"),
        ({"signed": "20o7"}, "is no date"),
        ({"signed": 3.5}, "is no date"),
        ({"aggregate__best": "many"}, "is no number"),
        ({"aggregate__best": True}, "is no number"),
        ({"aggregate__best": float("nan")}, "is no number"),
        ({"aggregate": "50"}, "ask for aggregate__low"),
        ({"absent": "sined"}, "Did you mean signed?"),
        ({"names__text": 5}, "is no text"),
    ],
)
def test_what_no_record_could_have_is_refused(ds: defcoop.Dataset, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        ds.agreements.where(**fields)


def test_a_seed_that_is_not_there_is_refused(ds: defcoop.Dataset) -> None:
    with pytest.raises(UnknownIdError, match="Did you mean seed-001"):
        ds.agreements.where(evidence__seed="seed-01")


def test_a_predicate_is_a_function(ds: defcoop.Dataset) -> None:
    with pytest.raises(InputError, match="where\\(field=value\\)"):
        ds.agreements.where("TUR")


def test_a_code_of_several_actors_is_refused(ds: defcoop.Dataset) -> None:
    other = ds["act-qat"].model_copy(update={"codes": ds["act-tur"].codes})
    twice = ds.with_records([*(record for record in ds if record.id != "act-qat"), other])
    with pytest.raises(InputError, match=r"act-qat.*act-tur"):
        twice.agreements.where(parties="TUR")
    with pytest.raises(InputError, match=r"act-qat.*act-tur"):
        twice.panel(actors=["TUR", "act-lby"])


def test_a_value_that_no_record_has_is_no_mistake(ds: defcoop.Dataset) -> None:
    assert len(ds.agreements.where(parties="act-lby", status="signed")) == 0
    assert len(ds.agreements.where(status=[])) == 0


def test_a_pickled_collection_still_knows_names(ds: defcoop.Dataset) -> None:
    assert pickle.loads(pickle.dumps(ds.agreements)).where(parties="TUR") == ds.agreements.where(parties="TUR")  # noqa: S301 - our own


@pytest.mark.parametrize(
    ("record", "field", "said"),
    [
        ("dep-tur-qat-world-cup-police", "size.bst", "Did you mean best"),
        ("act-qat", "kin", "Did you mean kind"),
        (FIFTY, "parties[act-tr]", "Did you mean parties"),
        (FIFTY, "parties[act-tur].role", "single values|holds"),
    ],
)
def test_claims_of_a_path_that_is_none_are_refused(ds: defcoop.Dataset, record: str, field: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ds.claims(record, field)


def test_claims_of_a_path_as_where_writes_it(ds: defcoop.Dataset) -> None:
    police = "dep-tur-qat-world-cup-police"
    assert ds.claims(police, "size__best") == ds.claims(police, "size.best") != []
    assert ds.claims(FIFTY, "certainty") == ds.claims(FIFTY, "status") != []
    assert ds.claims(FIFTY, "ends") == []


@pytest.mark.parametrize(
    ("key", "meant"), [("TUR", "act-tur"), ("Turkey", "act-tur"), ("act-qta", "act-qat"), (640, "act-tur")]
)
def test_an_unknown_key_names_the_one_that_is_meant(ds: defcoop.Dataset, key: Any, meant: str) -> None:
    for records in (ds, ds.actors):
        with pytest.raises(UnknownIdError, match=f"Did you mean {meant}"):
            records[key]


@pytest.mark.parametrize(
    ("name", "said"),
    [("to_frame", "ds.frame"), ("head", "values"), ("filter", "where"), ("wher", "Did you mean where")],
)
def test_an_attribute_of_others_says_what_does_the_same(ds: defcoop.Dataset, name: str, said: str) -> None:
    with pytest.raises(AttributeError, match=said):
        getattr(ds.agreements, name)


def test_a_misspelt_attribute_of_a_dataset_says_so(ds: defcoop.Dataset) -> None:
    with pytest.raises(AttributeError, match="Did you mean agreements"):
        getattr(ds, "agrements")  # noqa: B009 - a type checker would refuse it


def test_a_day_may_be_a_year(ds: defcoop.Dataset) -> None:
    assert ds.as_of(2018) == ds.as_of("2018") == ds.as_of(date(2018, 12, 31))
    for day in (3.5, True, None, "then"):
        with pytest.raises(InputError, match="is no date"):
            ds.as_of(day)
    assert ds.with_published("seed-004", 2022) == ds.with_published("seed-004", "2022")


def test_seeds_may_be_listed(ds: defcoop.Dataset) -> None:
    assert ds.without(["seed-003", "seed-004"]) == ds.without("seed-003", "seed-004")


@pytest.mark.parametrize("years", [2017, "2017", [2017], ["2017"], 2017.0, "2017-2017", date(2017, 1, 1)])
def test_the_years_of_a_panel_are_one_or_several(ds: defcoop.Dataset, years: Any) -> None:
    pytest.importorskip("polars")
    asked = ds.panel(actors="TUR,Qatar", years=years, stances="asserted", backend="polars")
    assert asked["year"].to_list() == [2017]
    covered = Covered("TUR", "QAT", years, "exercises")
    assert ds.panel(actors="TUR,QAT", years=years, coverage=covered, backend="polars")["exercises_low"].to_list() == [0]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"years": [2017.5]}, "no whole number"),
        ({"years": "20x7"}, "20x7 is no year"),
        ({"years": [None]}, "no whole number"),
        ({"stances": "assertd"}, "Did you mean asserted"),
        ({"draws": "many", "seed": 1}, "no whole number"),
        ({"draws": 2, "seed": "x"}, "no whole number"),
    ],
)
def test_a_panel_refuses_what_it_does_not_know(ds: defcoop.Dataset, asked: Any, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ds.panel(actors="TUR,QAT", **({"years": 2017} | asked))


@pytest.mark.parametrize(
    ("folder", "asked", "number"),
    [
        ("trade_figures", {"amount__currency": "usd"}, 2),
        ("trade_figures", {"amount__currency": "EUR"}, 0),
        ("actors", {"names__text": "TURKEY"}, 1),
        ("actors", {"names__lang": "AR"}, None),
    ],
)
def test_texts_are_taken_as_they_are_meant(
    shipped: defcoop.Dataset, folder: str, asked: dict[str, str], number: int | None
) -> None:
    kept = len(getattr(shipped, folder).where(**asked))
    assert kept == number if number is not None else kept > 1


@pytest.mark.parametrize(
    ("folder", "asked", "said"),
    [
        ("trade_figures", {"amount__currency": "USDD"}, "never 'USDD'. Did you mean USD"),
        ("trade_figures", {"amount__currency": "euro"}, "never 'euro'"),
        ("actors", {"names__lang": "eng"}, "Did you mean en"),
    ],
)
def test_a_text_that_is_none_is_refused(
    shipped: defcoop.Dataset, folder: str, asked: dict[str, str], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        getattr(shipped, folder).where(**asked)


def test_an_attribute_that_a_record_lacks_names_the_nearest(shipped: defcoop.Dataset) -> None:
    agreement = shipped.agreements["agr-qat-tur-fifty-treaties"]
    for record in (agreement, shipped.linked(agreement)):
        with pytest.raises(AttributeError, match=r"Agreement has no attribute sined\. Did you mean signed\?"):
            record.sined  # noqa: B018 - it is the asking that fails
    with pytest.raises(AttributeError, match=r"no attribute zzz\. It has id, names"):
        agreement.zzz  # noqa: B018 - as above
    assert not hasattr(agreement, "sined")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda ds: ds.support(field="sined"), "no field sined. Did you mean signed"),
        (lambda ds: ds.support("act-qat", "signed"), "no field signed"),
        (lambda ds: ds.report("act-qatt"), "Did you mean act-qat"),
        (lambda ds: ds.sample("3", seed=1), "n='3' is no whole number"),
        (lambda ds: ds.sample(3, seed="one"), "seed='one' is no whole number"),
        (lambda ds: ds.to_networkx("agreement"), "Did you mean agreements"),
        (lambda ds: ds.to_networkx([7]), "no layer 7"),
        (lambda ds: ds.trace("agreement", "x", "signed"), "Did you mean"),
        (lambda ds: ds.trace("agreements", "agr-qat-tur-fifty-treaties", "sined"), "Did you mean signed"),
        (lambda ds: ds.trace("agreement_parties", {"agreement_id": "x"}, "actor_id"), "the key has no actor_id"),
        (lambda ds: ds.trace("agreement_parties", ["x"], "actor_id"), "the key has 1"),
    ],
)
def test_what_no_analysis_knows_is_refused_with_what_is_near(
    shipped: defcoop.Dataset, ask: Callable[[defcoop.Dataset], object], said: str
) -> None:
    with pytest.raises((ValueError, KeyError), match=said):
        ask(shipped)


def test_a_record_stands_for_its_id_and_a_list_for_a_key(shipped: defcoop.Dataset) -> None:
    actor = shipped["act-qat-mod"]
    assert shipped.support(actor, "kind") == shipped.support("act-qat-mod", "kind") != ()
    assert str(shipped.report(actor)) == str(shipped.report("act-qat-mod"))
    key = ("agr-qat-tur-fifty-treaties", "act-tur")
    assert shipped.trace("agreement_parties", list(key), "actor_id") == shipped.trace(
        "agreement_parties", key, "actor_id"
    )
