"""No number is firmer than its claims: bounds are those of all readings, each enumerated and counted by itself."""

from __future__ import annotations

import os
from itertools import combinations, product
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import defcoop
from defcoop.analysis.network import to_networkx
from defcoop.analysis.panel import panel
from defcoop.models.registry import BY_NAME
from defcoop.values import Edtf, derive
from defcoop.values.edtf_parts import is_all_of, is_one_of
from tests.analysis._naive_days import ISO, happenings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Record

STATES = ("act-a", "act-b", "act-c")
YEARS = range(2016, 2021)
NUMBER = int(os.environ.get("READINGS", "40"))
"""How many datasets; 200 of them take some minutes (READINGS=200), which not every run of the tests need spend."""
DATES = (
    "2017",
    "2017-06",
    "2017-12-31",
    "2018-01-01",
    "2018?",
    "[2017-12,2018-12]",
    "[2017-12-31..2018-01-01]",
    "[2017-12..2018-01]",
    "[2016,2018,2019-06]",
    "2018-XX-31",
    "2019-12-31/2020-01-01",
    "{2016-05,2018}",
)
LATER = ("2018", "2019-06", "[2018-12,2019-12]", "[2019..2020]")
FAMILIES = {
    "agreements_signed": ("agr", "signed", {"signed", "in_force", "ended"}, False),
    "agreements_in_force": ("agr", "entry_into_force", {"in_force", "ended"}, True),
    "deployments": ("dep", "start", {"deployed", "ended"}, True),
    "deployments_troops": ("dep", "start", {"deployed", "ended"}, True),
    "exercises": ("exe", "period", {"held"}, False),
}
ENDS = {"agreements_in_force": "ends", "deployments": "end", "deployments_troops": "end"}
FOREVER = 10**6


class Act(NamedTuple):
    """What a reading of a record tells: days from a first to a last one between pairs; how many if it is a set."""

    record: str
    pairs: frozenset[tuple[str, str]]
    spans: tuple[tuple[int, int], ...]
    size: int | None


def evidence(*stances: str, supports: tuple[str, ...]) -> list[dict[str, Any]]:
    cited = {"seed": "seed-000", "passage": (0, 9), "quote": "Words", "digest": "0" * 64, "voice": "seed"}
    return [cited | {"basis": "explicit", "stance": stance, "supports": supports} for stance in stances]


def small_world(number: int) -> defcoop.Dataset:
    """Give a dataset of two to four records about few days, of which much is open."""
    chance = Random(number)  # noqa: S311 - no secret depends on it
    ids = [f"{chance.choice(('agr', 'agr', 'dep', 'exe'))}-{place}" for place in range(chance.randint(2, 4))]
    actors = [made("actor", state, {"kind": "state"}, ["asserted"], chance, ids) for state in STATES]
    return defcoop.Dataset([*actors, *(act(name, ids, chance) for name in ids)], [])


def act(name: str, ids: list[str], chance: Random) -> Record:
    """Make a record of which much is open."""
    pair = chance.sample(STATES, 2)
    stances = chance.choice((["asserted"], ["asserted"], ["asserted", "denied"], ["alleged"], ["denied"]))
    if name.startswith("agr"):
        fields: dict[str, Any] = {
            "parties": chance.choice((pair, list(STATES))), "laterality": "multilateral",
            "status": chance.choice(("signed", "in_force", "in_force", "planned")),
        }  # fmt: skip
        for field, dates in (("signed", DATES), ("entry_into_force", DATES[:10]), ("ends", LATER)):
            if chance.random() < 1 / 2:
                fields[field] = chance.choice(dates)
        if chance.random() < 1 / 5:
            fields["aggregate"] = {"best": 3, "bound": "exact", "unit": "agreements"}
        return made("agreement", name, fields, stances, chance, ids)
    if name.startswith("dep"):
        fields = {
            "sender": pair[0], "hosts": [pair[1]], "status": chance.choice(("deployed", "permitted")),
            "personnel": chance.choice(("troops", "police")), "start": chance.choice(DATES[:10]),
        }  # fmt: skip
        if chance.random() < 1 / 2:
            fields["end"] = chance.choice(LATER)
        return made("deployment", name, fields, stances, chance, ids)
    people = [{"actor": actor, "role": "participant"} for actor in pair]
    fields = {"kind": "ftx", "participants": people, "status": "held", "period": chance.choice(DATES)}
    return made("exercise", name, fields, stances, chance, ids)


def made(kind: str, name: str, fields: dict[str, Any], stances: list[str], chance: Random, ids: list[str]) -> Record:  # noqa: PLR0913, PLR0917 - all of a record
    """Make a record, some of whose dates and sides are contested, and which may be the same as another."""
    told = {"id": name, "names": [{"text": name, "lang": "en", "kind": "editorial"}], "summary": "X."}
    cited = evidence("asserted", supports=())[0]
    cited.pop("supports")
    conflicts = []
    others = {
        "entry_into_force": DATES[:10],
        "signed": DATES[:10],
        "start": DATES[:10],
        "period": DATES,
        "status": ("planned", "deployed"),
    }
    for field, values in others.items():
        if field in fields and field != "status" and chance.random() < 1 / 4:
            conflicts.append((field, chance.choice(values)))
        if field == "status" and kind == "deployment" and chance.random() < 1 / 5:
            conflicts.append((field, chance.choice(values)))
    if kind == "deployment" and chance.random() < 1 / 5:
        conflicts.append(("personnel", "troops"))
    told["alternatives"] = [
        {"field": field, "value": value, "evidence": [cited], "rationale": "None."}
        for field, value in conflicts[1:]
        if value != fields[field]
    ]
    told |= {
        "conflicts": [
            {"field": field, "value": value, "evidence": [cited], "resolution": "unresolved", "rationale": "None."}
            for field, value in conflicts[:1]
            if value != fields[field]
        ],
        "evidence": evidence(*stances, supports=tuple(fields)),
    }
    others_like_it = [other for other in ids if other[:3] == name[:3] and other < name]
    if others_like_it and chance.random() < 1 / 3:
        told["possibly_same_as"] = [{"record": chance.choice(others_like_it), "reason": "Alike."}]
    return BY_NAME[kind].model.model_validate(told | fields)


# --- every reading ---------------------------------------------------------------------------------------------------


def days(text: str) -> list[int]:
    """Give days for all that a moment allows: of each month in it the first and the last."""
    [told] = happenings(text)
    by_month: dict[str, list[int]] = {}
    for day in told.begins:
        by_month.setdefault(ISO[day][:7], []).append(day)
    return sorted({day for month in by_month.values() for day in (month[0], month[-1])})


def is_moment(text: str) -> bool:
    return is_one_of(text) or not ("/" in str(text) or is_all_of(text))


def readings(record: Any) -> Iterator[Any]:
    """Yield each reading of a record: contested values this way or that, and each date on each of its days."""
    contested = {other.field: [other.text, str(getattr(record, other.field))] for _, other in record.set_beside}
    for chosen in product(*contested.values()):
        fields = dict(zip(contested, chosen, strict=True))
        kept = record.model_dump(exclude={"conflicts", "alternatives"}, by_alias=True) | fields
        yield from dated(type(record).model_validate(kept))


def dated(record: Any) -> Iterator[Any]:
    """Yield a record with each of its dates on each of its days, in their order wherever that is possible."""
    order = [name for name in ("signed", "entry_into_force", "start", "ends", "end") if getattr(record, name, None)]
    loose = [name for name in order if is_moment(getattr(record, name))]
    choices = list(product(*(days(getattr(record, name)) for name in loose)))
    in_order = [choice for choice in choices if list(choice) == sorted(choice)] or choices
    for choice in in_order:
        yield record.model_copy(
            update={name: Edtf(ISO[day]) for name, day in zip(loose, choice, strict=True)} | {"conflicts": ()}
        )


def acts(record: Any, family: str) -> set[Act | None]:
    """Give all that a record may be in a family; None if it may be nothing of it."""
    prefix, field, done, lasts = FAMILIES[family]
    stances = {entry.stance for entry in record.evidence}
    if not record.id.startswith(prefix) or "asserted" not in stances:
        return {None}
    found: set[Act | None] = {None} if "denied" in stances else set()
    for reading in readings(record):
        date = getattr(reading, field)
        is_it = family != "deployments_troops" or reading.personnel == "troops"
        if reading.status not in done or not date or not is_it:
            found.add(None)
            continue
        size = reading.aggregate.best if getattr(reading, "aggregate", None) else None
        names = getattr(reading, "parties", ()) or (
            (reading.sender, *reading.hosts) if prefix == "dep" else [one.actor for one in reading.participants]
        )
        pairs = frozenset(combinations(sorted(names), 2))
        for spans in going(date, str(getattr(reading, ENDS.get(family, ""), None) or ""), lasts=lasts):
            found.add(Act(record.id, pairs, spans, size))
    return found


def going(date: str, ends: str, *, lasts: bool) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield the days on which something was going on, for each reading of what a date tells."""
    each: list[list[tuple[int, int]]] = []
    for told in happenings(date):
        if lasts:
            begun = told.begins[0]
            closed = happenings(ends)[0].begins if ends else [begun, FOREVER]
            each.append([(begun, max(end, begun)) for end in closed])
        else:
            pairs = [(day, day) for day in told.begins] if told.moment else list(product(told.begins, told.ends))
            each.append([pair for pair in pairs if pair[0] <= pair[1]])
    yield from product(*each)


def groupings(dataset: defcoop.Dataset) -> list[dict[str, str]]:
    """Give for each way of taking links as the same thing or not the name of what each record is about."""
    links = [(record.id, twin.record) for record in dataset for twin in record.possibly_same_as]
    found = []
    for taken in product((True, False), repeat=len(links)):
        names = {record.id: record.id for record in dataset}
        for (one, other), same in zip(links, taken, strict=True):
            if same:
                old, new = names[one], names[other]
                names = {name: new if whose == old else whose for name, whose in names.items()}
        found.append(names)
    return found


def bounds(dataset: defcoop.Dataset, family: str, pair: tuple[str, str], first: int, last: int) -> tuple[int, int]:
    """Give the least and the greatest number of acts with a day in a period over all joint readings."""
    each = []
    for record in dataset:
        if not record.id.startswith("act"):
            there = set()
            for told in acts(record, family):
                inside = told and pair in told.pairs and any(a <= last and b >= first for a, b in told.spans)
                there.add((record.id, told.size if told else None) if inside else None)
            each.append(there)
    least, most = [], []
    for joint, names in product(product(*each), groupings(dataset)):
        here = [one for one in joint if one]
        sizes = [size for _, size in here if size is not None]
        singles = {names[name] for name, size in here if size is None}
        least.append(max([len(singles), *sizes]))
        most.append(len(singles) + sum(sizes))
    return min(least), max(most)


def first_and_last(year: int) -> tuple[int, int]:
    return days(str(year))[0], days(str(year))[-1]


@pytest.mark.parametrize("number", range(NUMBER))
def test_low_and_high_are_the_least_and_the_greatest_of_all_readings(number: int) -> None:
    dataset = small_world(number)
    every = [(family, pair) for family in FAMILIES for pair in combinations(STATES, 2)]
    found = {(row["a"], row["b"], row["year"]): row for row in panel(dataset, years=YEARS, backend="polars").to_dicts()}
    for (family, pair), year in product(every, YEARS):
        low, high = bounds(dataset, family, pair, *first_and_last(year))
        row = found[*pair, year]
        where = f"{family} {pair} {year}"
        assert (row[f"{family}_low"] or 0, row[f"{family}_high"] or 0) == (low, high), where
        assert row[f"any_{family}"] == (True if low else None), where
        if row[f"{family}_best"] is not None:
            assert low <= row[f"{family}_best"] <= high, where
        if f"{family}_stock_low" in row:
            begun = bounds(dataset, family, pair, 0, first_and_last(year)[1])
            assert (row[f"{family}_stock_low"] or 0) == begun[0], where
            assert row[f"{family}_stock_high"] in {None, begun[1]}, where  # none where nobody looked in between
        if row.get(f"{family}_expected") is not None:
            assert low <= row[f"{family}_expected"] <= high, where


@pytest.mark.parametrize("number", range(0, NUMBER, 4))
def test_every_draw_lies_within_the_bounds(number: int) -> None:
    dataset = small_world(number)
    whole = panel(dataset, years=YEARS, backend="polars").to_dicts()
    for drawn in dataset.sample(5, seed=number):
        for row, inside in zip(whole, panel(drawn, years=YEARS, backend="polars").to_dicts(), strict=True):
            for name in (column.removesuffix("_low") for column in row if column.endswith("_low")):
                low, high = row[f"{name}_low"] or 0, row[f"{name}_high"]
                assert low <= (inside[f"{name}_low"] or 0), name
                assert (inside[f"{name}_high"] or 0) <= (high if high is not None else inside[f"{name}_high"] or 0), (
                    name
                )
            for name in (column for column in row if column.startswith("any_")):
                assert row[name] is None or row[name] == inside[name], name


OFFSETS = ("last-03", "last-08", "last-12", "this-year", "P-2M")


@pytest.mark.parametrize("number", range(8))
def test_what_hangs_on_one_date_is_read_together(number: int, shipped: defcoop.Dataset) -> None:
    chance = Random(number)  # noqa: S311 - no secret depends on it
    published = Edtf(chance.choice(("2018-12/2019-03", "2017-06/2019-09", "[2018-01,2019-01]")))
    card = shipped.seeds["seed-000"].model_copy(update={"published": published})
    offsets = {f"agr-{place}": chance.choice(OFFSETS) for place in range(chance.randint(2, 3))}

    def told_from(day: Edtf, *, tied: bool) -> defcoop.Dataset:
        records = []
        for name, offset in offsets.items():
            fields = {
                "parties": STATES[:2],
                "laterality": "bilateral",
                "status": "signed",
                "signed": derive(day, offset),
            }
            record = made("agreement", name, fields, ["asserted"], Random(0), [])  # noqa: S311 - likewise
            hanging = ({"field": "signed", "seed": "seed-000", "offset": offset},) if tied else ()
            told = record.model_dump(by_alias=True) | {"conflicts": (), "relative_dates": hanging}
            records.append(type(record).model_validate(told))
        return defcoop.Dataset([*actors, *records], [card])

    actors = [made("actor", state, {"kind": "state"}, ["asserted"], chance, []) for state in STATES]
    whole = panel(told_from(published, tied=True), years=YEARS, backend="polars").to_dicts()
    each = [
        panel(told_from(Edtf(ISO[day]), tied=False), years=YEARS, backend="polars").to_dicts()
        for told in happenings(str(published).replace("/", ".."))
        for day in range(told.begins[0], (told.ends or told.begins)[-1] + 1, 7)
        if told.ends or day in told.begins
    ]
    for place, row in enumerate(whole):
        for name in ("agreements_signed", "agreements_signed_stock"):
            assert (row[f"{name}_low"] or 0) == min(one[place][f"{name}_low"] or 0 for one in each)
            highest = max(one[place][f"{name}_high"] or one[place][f"{name}_low"] or 0 for one in each)
            assert (row[f"{name}_high"] or 0) == highest or (name.endswith("stock") and row[f"{name}_high"] is None)
        assert row["any_agreements_signed"] == (
            True if all(one[place]["any_agreements_signed"] for one in each) else None
        )


@pytest.mark.parametrize("number", range(NUMBER))
def test_edges_are_those_of_all_readings_and_settled_where_every_reading_has_them(number: int) -> None:
    dataset = small_world(number)
    found = to_networkx(dataset).edges(keys=True, data=True)
    for record in dataset:
        if record.id.startswith("act"):
            continue
        told: Any = record
        names = getattr(told, "parties", ()) or getattr(told, "hosts", ()) or [one.actor for one in told.participants]
        expected = set(combinations(sorted({*names, getattr(told, "sender", names[0])}), 2))
        own = [(a, b, data) for a, b, key, data in found if key == record.id]
        assert {tuple(sorted((a, b))) for a, b, _ in own} == expected
        is_denied = {"asserted", "denied"} <= {entry.stance for entry in record.evidence}
        fields = [name for name in ("signed", "entry_into_force", "start", "period") if hasattr(record, name)]
        dates = [next((date for name in fields if (date := getattr(one, name))), None) for one in readings(record)]
        for _, _, data in own:
            assert data["settled"] is not is_denied
            assert data["certainty"] == record.certainty
            limits = [(date.earliest.isoformat(), date.latest.isoformat()) for date in dates if date]
            if None not in dates:
                assert data["earliest"] == min(first for first, _ in limits)
                assert data["latest"] == max(last for _, last in limits)
