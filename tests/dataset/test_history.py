"""What had happened by a day: by the dates in records, in two variants, and never less on a later day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import defcoop
from defcoop.dataset.history import Begin, begins, day_of
from defcoop.models import Actor, Agreement, Deployment, Engagement
from defcoop.models.leaves import leaves
from defcoop.models.references import references
from defcoop.models.registry import SEED
from defcoop.values import Edtf
from tests.sound import WIDE, datasets
from tests.strategies import edtf_strings

DAYS = st.dates(date(2015, 1, 1), date(2020, 12, 31))
VARIANTS = st.sampled_from(["earliest", "latest"])


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2017-06", "2017-06-01", "2017-06-30"),
        ("2017?", "2017-01-01", "2017-12-31"),
        ("2017-06/2019", "2017-06-01", "2017-06-30"),
        ("2017-06/..", "2017-06-01", "2017-06-30"),
        ("2017-06/", "2017-06-01", "2017-06-30"),
        ("../2019", None, "2019-12-31"),
        ("/2019-05", None, "2019-05-31"),
        ("/..", None, None),
        ("[2017,2019-03]", "2017-01-01", "2019-03-31"),
        ("[..2017]", None, "2017-12-31"),
        ("[2017..]", "2017-01-01", None),
        ("{2018,2016-05}", "2016-05-01", "2016-05-31"),
        ("{2016..2018}", "2016-01-01", "2016-12-31"),
        ("{..2018}", None, "2018-12-31"),
        ("{2016..,2015}", "2015-01-01", "2015-12-31"),
    ],
)
def test_a_date_tells_when_something_began(text: str, earliest: str | None, latest: str | None) -> None:
    days = [date.fromisoformat(day) if day else None for day in (earliest, latest)]
    assert begins(Edtf(text)) == Begin(*days)


@given(edtf_strings())
def test_the_first_day_is_not_after_the_last(text: str) -> None:
    begin = begins(Edtf(text))
    assert begin.earliest is None or begin.latest is None or begin.earliest <= begin.latest
    assert begin.earliest == Edtf(text).earliest
    if (last := Edtf(text).latest) is not None:
        assert begin.latest is not None
        assert begin.latest <= last


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        (date(2017, 6, 5), date(2017, 6, 5)),
        (datetime(2017, 6, 5, 23, tzinfo=UTC), date(2017, 6, 5)),
        ("2017-06-05", date(2017, 6, 5)),
        ("2017-06", date(2017, 6, 30)),
        ("2017", date(2017, 12, 31)),
    ],
)
def test_a_month_or_a_year_means_its_last_day(day: Any, meant: date) -> None:
    found = day_of(day)
    assert (type(found), found) == (date, meant)


@pytest.mark.parametrize("day", ["2017-06/..", "yesterday", "2017-13", ""])
def test_what_has_no_last_day_is_refused(day: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=r"has no last day|EDTF|calendar"):
        shipped.as_of(day)


def test_an_unknown_variant_is_refused(shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match=r"'best' is none of the variants earliest, latest"):
        shipped.as_of("2017", "best")  # type: ignore[arg-type]


def told(dataset: defcoop.Dataset) -> set[tuple[str, str, str]]:
    values = {(record.id, leaf.path, str(leaf.value)) for record in dataset for leaf in leaves(record)}
    links = {(one.id, str(link.pointer[0]), link.target) for one in dataset for link in references(one)}
    refuted = {(one.id, f"not {told.field}", told.value) for one in dataset for told in one.conflicts}
    return values | links | refuted | {(record.id, "", "") for record in dataset}


@WIDE
@given(datasets(), DAYS, st.integers(0, 900), VARIANTS)
def test_more_is_kept_the_later_the_day(dataset: defcoop.Dataset, day: date, more: int, variant: Any) -> None:
    """It is monotone: records, values, references and contradictions of a day are among those of any later day.

    Nor does it matter what was taken first: the history up to a later day, up to a day, is that up to the day.
    """
    before, after = dataset.as_of(day, variant), dataset.as_of(day + timedelta(more), variant)
    assert told(before) <= told(after) <= told(dataset)
    assert before.as_of(day + timedelta(more), variant) == before == after.as_of(day, variant)


@WIDE
@given(datasets(), DAYS)
def test_more_is_kept_by_the_earliest_days_than_by_the_latest(dataset: defcoop.Dataset, day: date) -> None:
    assert told(dataset.as_of(day, "latest")) <= told(dataset.as_of(day))


@WIDE
@given(datasets())
def test_in_the_end_everything_may_have_happened_and_in_the_beginning_nothing_dated_has(
    dataset: defcoop.Dataset,
) -> None:
    assert dataset.as_of("2100") == dataset
    for record in dataset.as_of("1800"):
        assert all(begins(leaf.value).earliest is None for leaf in leaves(record) if isinstance(leaf.value, Edtf))


@WIDE
@given(datasets(), DAYS, VARIANTS)
def test_no_later_date_is_left_and_no_reference_leads_nowhere(
    dataset: defcoop.Dataset, day: date, variant: Any
) -> None:
    left = dataset.as_of(day, variant)
    for record in left:
        for leaf in leaves(record):
            if isinstance(leaf.value, Edtf) and any(begin := begins(leaf.value)):
                limit = getattr(begin, variant)
                assert limit is not None or variant == "earliest"
                assert limit is None or limit <= day
        for link in references(record):
            assert link.target in (left.seeds if link.type == SEED else left)
        supported = {path for entry in record.evidence for path in entry.supports}
        assert supported
    assert left.seeds.keys() == dataset.seeds.keys()


@WIDE
@given(datasets(), DAYS, VARIANTS)
def test_actors_are_always_there(dataset: defcoop.Dataset, day: date, variant: Any) -> None:
    assert dataset.as_of(day, variant).actors.keys() == dataset.actors.keys()


def made(model: type[Any], **fields: Any) -> Any:
    evidence = {
        "seed": "seed-000", "passage": (0, 9), "quote": "Words", "digest": "0" * 64, "voice": "seed",
        "stance": "asserted", "basis": "explicit", "supports": ["status", "kind", "names", *fields],
    }  # fmt: skip
    names = [{"text": "X", "lang": "en", "kind": "editorial"}]
    return model.model_validate({"names": names, "summary": "X.", "evidence": [evidence], **fields})


STATE = made(Actor, id="act-a", kind="state")


def agreement(**fields: Any) -> Agreement:
    found: Agreement = made(
        Agreement, id="agr-a", laterality="bilateral", parties=["act-a"], status="in_force", **fields
    )
    return found


def kept(record: Any, day: str, variant: Any = "earliest") -> Any:
    return defcoop.Dataset([STATE, record], []).as_of(day, variant)._records.get(record.id)  # noqa: SLF001 - of any type, or None


@pytest.mark.parametrize("variant", ["earliest", "latest"])
def test_an_agreement_is_there_once_it_is_signed_and_its_force_once_it_has_it(variant: Any) -> None:
    found = agreement(signed="2016", entry_into_force="2017-06-05", ends="2019")
    assert kept(found, "2015", variant) is None
    signed = kept(found, "2016", variant)
    assert (signed.signed, signed.entry_into_force, signed.ends) == ("2016", None, None)
    assert kept(found, "2017-06-04", variant).entry_into_force is None
    assert kept(found, "2017-06-05", variant).entry_into_force == "2017-06-05"
    assert kept(found, "2018", variant).ends is None
    assert kept(found, "2019", variant) == found


def test_the_variants_differ_by_what_is_known_of_a_date() -> None:
    found = agreement(signed="2016")
    assert kept(found, "2016-01-01") == found
    assert kept(found, "2016-12-30", "latest") is None
    assert kept(found, "2016-12-31", "latest") == found


def test_an_end_alone_tells_of_no_beginning() -> None:
    found = agreement(ends="2019")
    assert kept(found, "1900").ends is None
    assert kept(found, "2018", "latest") is None
    assert kept(found, "2019", "latest") == found


def test_what_has_no_date_may_have_been_and_need_not() -> None:
    for found in (agreement(), agreement(signed="/..")):
        assert kept(found, "1900") == found
        assert kept(found, "2100", "latest") is None


def test_a_dated_part_comes_as_a_whole_and_an_undated_one_with_its_record() -> None:
    found = agreement(signed="2016", ratified=[{"by": "act-a", "date": "2018"}])
    assert kept(found, "2017").ratified == ()
    assert "ratified" not in {path for entry in kept(found, "2017").evidence for path in entry.supports}
    assert kept(found, "2018") == found
    undated = agreement(signed="2016", ratified=[{"by": "act-a"}])
    assert kept(undated, "2016", "latest") == undated
    person = made(
        Actor, id="act-b", kind="person", offices=[{"title": "Minister", "organisation": "act-a", "held": "2018/.."}]
    )
    assert kept(person, "2017").offices == ()
    assert kept(person, "2018") == person


def test_the_first_of_several_dates_counts() -> None:
    mandate = {"issuer": "act-a", "act": "granted", "date": "2016"}
    found = made(
        Deployment, id="dep-a", sender="act-a", hosts=["act-a"], personnel="troops", status="deployed", start="2018",
        mandate=mandate,
    )  # fmt: skip
    assert kept(found, "2015") is None
    assert (kept(found, "2016").start, kept(found, "2016").mandate) == (None, found.mandate)
    assert kept(found, "2018") == found


def test_a_reference_to_what_was_still_to_come_is_lost() -> None:
    later = agreement(signed="2018")
    meeting = made(
        Engagement, id="eng-a", kind="meeting", participants=[{"actor": "act-a", "role": "host"}], status="held",
        period="2017", outcomes=["agr-a"],
    )  # fmt: skip
    dataset = defcoop.Dataset([STATE, later, meeting], [])
    assert dataset.as_of("2017").engagements["eng-a"].outcomes == ()
    assert dataset.as_of("2018") == dataset


def test_a_contradicting_date_after_the_day_is_left_out() -> None:
    evidence = agreement().evidence[0].model_dump(exclude={"supports"})
    told = {"field": "signed", "evidence": [evidence], "resolution": "unresolved", "rationale": "None."}
    for fields in ({"signed": "2016"}, {"signed": "2016", "absent": {"term": "unknown"}}):
        found = agreement(**fields, conflicts=[{**told, "value": "2018"}])
        assert kept(found, "2017").conflicts == ()
        assert kept(found, "2018") == found
    absent = agreement(entry_into_force="2016", absent={"signed": "unknown"}, conflicts=[{**told, "value": "2018"}])
    assert kept(absent, "2017").conflicts == ()
    gone = agreement(entry_into_force="2016", signed="2018", conflicts=[{**told, "value": "2015"}])
    assert kept(gone, "2017").conflicts == ()
    other = agreement(signed="2016", conflicts=[{**told, "field": "status", "value": "signed"}])
    assert kept(other, "2016") == other


def test_the_shipped_data_as_of_a_day(shipped: defcoop.Dataset) -> None:
    left = shipped.as_of("2017")
    assert 0 < len(left.agreements) <= len(shipped.agreements)
    assert shipped.as_of("2016", "latest").agreements.keys() < left.agreements.keys()
    assert shipped.as_of(date(2100, 1, 1)) == shipped
