"""A panel counted as its rules read, record by record and day by day, without arrays and without the panel's code."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis.readings import Readings
from defcoop.models.agreement import Instrument
from tests.analysis._naive_days import CALENDAR, ISO, Going, Happening, days_of, happenings
from tests.seasons import season_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop import Dataset
    from defcoop.models import Record

    Row = dict[str, Any]

BOUNDS = ("low", "best", "high")
AHEAD = {
    "planned": "planned",
    "announced": "planned",
    "agreed": "planned",
    "permitted": "planned",
    "expected": "possible",
}
SIGNED = {**AHEAD, **dict.fromkeys(("signed", "ratified", "in_force", "ended"), "asserted")}
DEPLOYED = {**AHEAD, "deployed": "asserted", "ended": "asserted"}
FAMILIES: dict[str, tuple[str, str, dict[str, str], bool]] = {
    "agreements_signed": ("agreements", "signed", SIGNED, False),
    "agreements_in_force": ("agreements", "entry_into_force", {"in_force": "asserted", "ended": "asserted"}, True),
    "deployments": ("deployments", "start", DEPLOYED, True),
    "deployments_troops": ("deployments", "start", DEPLOYED, True),
    "exercises": ("exercises", "period", {"held": "asserted", "under_way": "asserted", **AHEAD}, False),
    "engagements": ("engagements", "period", {"held": "asserted", "ongoing": "asserted", **AHEAD}, False),
    "facilities": ("facilities", "opened", {"open": "asserted", "closed": "asserted", **AHEAD}, True),
    "transfers": (
        "transfers",
        "ordered",
        {**dict.fromkeys(("ordered", "in_delivery", "delivered"), "asserted"), **AHEAD},
        False,
    ),
    "trade": ("trade_figures", "period", {}, False),
}
ENDS = {"agreements": "ends", "deployments": "end", "facilities": "closed"}
ORDER = ("agreed", "signed", "ordered", "delivered", "entry_into_force", "start", "opened", "ends", "end", "closed")
STAGE = (0, 1, 1, 2, 3, 3, 3, 4, 4, 4)
STOCKS = ("agreements_signed", "exercises", "engagements", "transfers")
ORGANS = {"government", "ministry", "legislature", "armed_service", "agency", "person"}
RANKS = {"initiator": 1, "visitor": 1, "provider": 1, "host": -1, "recipient": -1, "participant": 0, "announcer": 0}


class Reading(NamedTuple):
    """A reading of a record in a family, between some pairs, at some times; or without a date."""

    columns: str
    pairs: set[tuple[str, str]]
    goings: list[Going]
    times: list[range]
    size: tuple[float | None, ...] | None
    amount: tuple[float | None, ...]
    kind: str | None
    is_disputed: bool

    @property
    def is_dated(self) -> bool:
        return bool(self.goings or self.times)

    def counts(self, bound: str, period: range) -> bool:
        """Tell whether it counts in a period."""
        if bound == "low" and self.is_disputed:
            return False
        if self.times:
            held = [time[0] >= period[0] and time[-1] <= period[-1] for time in self.times]
            return any(held) if bound == "high" else all(held)
        if bound == "low":
            return any(going.is_certain(period) for going in self.goings)
        return any(day in going.possible() for going in self.goings for day in period)

    def had_begun(self, bound: str, last: int) -> bool:
        """Tell whether it had begun by a day."""
        side = -1 if bound == "low" else 0
        return not (bound == "low" and self.is_disputed) and any(going.begins[side] <= last for going in self.goings)


class Act(NamedTuple):
    """A record in a family, with its readings, None where it is none in one, seen from a pair and under a name."""

    record: Record
    family: str
    readings: list[Reading | None]

    @property
    def is_dated(self) -> bool:
        return any(reading.is_dated for reading in self.known)

    @property
    def known(self) -> list[Reading]:
        return [reading for reading in self.readings if reading]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        return {pair for reading in self.known for pair in reading.pairs}

    @property
    def columns(self) -> set[str]:
        return {reading.columns for reading in self.known if reading.is_dated}

    def seen(self, pair: tuple[str, str], columns: str) -> Act:
        """Keep of its readings those that tell of a pair with a date under the name of some columns."""
        kept = [
            reading if reading and pair in reading.pairs and reading.is_dated and reading.columns == columns else None
            for reading in self.readings
        ]
        return self._replace(readings=kept)

    def counts(self, bound: str, period: range) -> bool:
        """Tell whether it counts in a period, in every reading or in any."""
        held = [reading is not None and reading.counts(bound, period) for reading in self.readings]
        return all(held) if bound == "low" else any(held)

    def had_begun(self, bound: str, last: int) -> bool:
        held = [reading is not None and reading.had_begun(bound, last) for reading in self.readings]
        return all(held) if bound == "low" else any(held)

    def days(self, bound: str) -> set[int]:
        """Give the days on which it was going on, in every reading or in any."""
        days = [
            {day for going in reading.goings for day in (going.certain() if bound == "low" else going.possible())}
            if reading and not (bound == "low" and reading.is_disputed)
            else set()
            for reading in self.readings
        ]
        return set.intersection(*days) if bound == "low" else set.union(*days)

    @property
    def kind(self) -> str | None:
        kinds = {reading.kind for reading in self.known}
        return kinds.pop() if len(kinds) == 1 else None

    @property
    def size(self) -> tuple[float | None, ...] | None:
        sizes = [reading.size for reading in self.known]
        return None if all(size is None for size in sizes) else widest([size or (1.0, 1.0, 1.0) for size in sizes])

    @property
    def amount(self) -> tuple[float | None, ...]:
        return widest([reading.amount for reading in self.known])


def widest(many: list[tuple[float | None, ...]]) -> tuple[float | None, ...]:
    """Take the numbers of several readings together."""
    low, best, high = ([numbers[place] for numbers in many] for place in range(3))
    return (
        None if None in low else min(number for number in low if number is not None),
        best[0] if len(set(best)) == 1 else None,
        None if None in high else max(number for number in high if number is not None),
    )


def naive(dataset: Dataset, actors: list[str], years: list[int], **asked: Any) -> list[Row]:
    """Give the rows of a panel."""
    directed, months = asked.get("directed", False), asked.get("months", False)
    covered = asked.get("covered", set())
    acts = acts_of(dataset, actors, **asked)
    twins = _twins(dataset)
    trades = sorted({name for act in acts if act.family == "trade" for name in act.columns})
    rows = []
    for pair in (permutations if directed else combinations)(sorted(actors), 2):
        here = [act for act in acts if pair in act.pairs]
        for year in sorted(set(years)):
            for month in range(1, 13) if months else (None,):
                period = period_of(year, month)
                head = {"a": pair[0], "b": pair[1], "year": year} | ({"month": month} if months else {})
                codes = {
                    f"{scheme}_{side}": _code(dataset, actor, scheme, period)
                    for scheme in ("cow", "gw", "iso3")
                    for side, actor in zip("ab", pair, strict=True)
                }
                vouched: dict[str, set[int]] = {}
                for one, two, when, family in covered:
                    if {one, two} == set(pair):
                        vouched.setdefault(family, set()).add(when)
                rows.append(head | codes | _cells(here, pair, period, twins, vouched, trades))
    return rows


def year_of(period: range) -> int:
    return date.fromordinal(period[0]).year


def _is_bounded(acts: list[Act], period: range, vouched: set[int]) -> bool:
    """Tell whether every period from the first act that is told to this one is told of, or vouched for.

    A period is a year if it has more days than a month; an open side of a date tells of none.
    """

    def number(day: int) -> int:
        when = date.fromordinal(day)
        return when.year if len(period) > 31 else when.year * 12 + when.month - 1

    looked = {number(date(year, month, 1).toordinal()) for year in vouched for month in range(1, 13)}
    told: set[int] = set()
    for first, last in (run for act in acts for run in _runs_of(act)):
        if (first, last) != (CALENDAR[0], CALENDAR[-1]):
            begin, end = last if first == CALENDAR[0] else first, first if last == CALENDAR[-1] else last
            told.update(range(number(begin), number(end) + 1))
    here = number(period[0])
    return bool(told) and min(told) <= here and told | looked >= set(range(min(told), here + 1))


def _runs_of(act: Act) -> Iterator[tuple[int, int]]:
    """Give the days on which an act was possibly going on as runs; several readings are taken together."""
    goings = [going for one in act.known for going in one.goings]
    if len(act.readings) > 1 or any(one.is_disputed for one in act.known):
        many: list[set[int] | range] = [set().union(*(going.possible() for going in goings))]
    else:
        many = [going.possible() for going in goings]
    for days in many:
        if len(days) == max(days) - min(days) + 1:  # all of the calendar is not looked through
            yield min(days), max(days)
            continue
        ordered = sorted(days)
        first = last = ordered[0]
        for day in ordered:
            if day > last + 1:
                yield first, last
                first = day
            last = day
        yield first, last


def acts_of(dataset: Dataset, actors: list[str], **asked: Any) -> list[Act]:
    """List what records that stand tell of the actors, as acts."""
    standing = [record for record in dataset if not record.withdrawn]
    readings = Readings(standing, dataset)
    found = []
    for record in standing:
        each = [_acts(dataset, reading, actors, asked) if reading else {} for reading in readings.of(record)]
        families = {family: None for acts in each for family in acts}
        found += [Act(record, family, [acts.get(family) for acts in each]) for family in families]
    return found


def _cells(  # noqa: PLR0913, PLR0917 - all that a cell depends on
    acts: list[Act],
    pair: tuple[str, str],
    period: range,
    twins: dict[str, str],
    vouched: dict[str, set[int]],
    trades: list[str],
) -> Row:
    found: Row = {}
    undated = {
        (act.family, act.record.id) for act in acts for one in act.known if not one.is_dated and pair in one.pairs
    }
    seen = {family: [act.seen(pair, family) for act in acts if act.family == family] for family in FAMILIES}
    for family in FAMILIES.keys() - {"trade"}:
        zero = (
            0 if year_of(period) in vouched.get(family, set()) and family not in {name for name, _ in undated} else None
        )
        mine = [act for act in seen[family] if act.known]
        there = {bound: [act for act in mine if act.counts(bound, period)] for bound in ("low", "high")}
        begun = {bound: [act for act in mine if act.had_begun(bound, period[-1])] for bound in ("low", "high")}
        sure = set() if family in {name for name, _ in undated} else vouched.get(family, set())
        is_bounded = family not in STOCKS or _is_bounded(mine, period, sure)
        for bound in BOUNDS:
            found[f"{family}_{bound}"] = _each(there, bound, _count, twins, zero)
            if family in STOCKS:
                number = _each(begun, bound, _count, twins, None)
                found[f"{family}_stock_{bound}"] = number if bound == "low" or is_bounded else None
        if family in STOCKS:
            found[f"{family}_expected"] = _expected(there, period, twins, zero)
        found[f"any_{family}"] = True if there["low"] else (False if zero == 0 and not there["high"] else None)
        if family == "agreements_signed":
            for term in Instrument:
                of_it = {
                    "low": [act for act in there["low"] if act.kind == term],
                    "high": [act for act in there["high"] if act.kind in {term, None}],
                }
                found[f"signed_{term}"] = _each(of_it, "best", _count, twins, zero)
        if family == "agreements_in_force":
            days = {bound: _days(there[bound], bound, period, zero) for bound in ("low", "high")}
            found |= {f"days_in_force_{bound}": number for bound, number in days.items()}
            same = days["low"] == days["high"] and there["low"]
            found["days_in_force_best"] = days["low"] if same else _placed_days(there, period, zero)
        if family.startswith("deployments"):
            name = family.replace("deployments", "personnel")
            found |= {f"{name}_{bound}": _each(there, bound, _most, None, zero) for bound in BOUNDS}
    for prefix in trades:
        held = [act.seen(pair, prefix) for act in acts if act.family == "trade"]
        amounts = {bound: [act for act in held if act.known and act.counts(bound, period)] for bound in ("low", "high")}
        found |= {f"{prefix}_{bound}": _each(amounts, bound, _most, None, None) for bound in BOUNDS}
    seen["trade"] = [act.seen(pair, name) for act in acts if act.family == "trade" for name in act.columns]
    possible = {
        (act.family, act.record.id)
        for many in seen.values()
        for act in many
        if act.known and act.counts("high", period)
    }
    certain = {
        (act.family, act.record.id) for many in seen.values() for act in many if act.known and act.counts("low", period)
    }
    found["records"] = len({name for _, name in possible})
    found["records_unsettled"] = len({name for _, name in possible - certain})
    found["records_undated"] = len({name for _, name in undated})
    return found


def _each(there: dict[str, list[Act]], bound: str, number: Any, twins: Any, zero: int | None) -> Any:
    """Give the number of a bound; the best is that to which what is certain and what is possible come alike."""
    if bound != "best":
        return number(there[bound], bound, twins, zero)
    certain, possible = (number(there[side], bound, twins, zero) for side in ("low", "high"))
    return certain if certain == possible and bool(there["low"]) == bool(there["high"]) else None


def _count(acts: list[Act], bound: str, twins: dict[str, str], zero: int | None) -> int | None:
    """Count single acts, those that may be the same once; sets stand for themselves, or add to the highest count."""
    if not acts:
        return zero
    single = [act.record.id for act in acts if act.size is None]
    sizes = [act.size[BOUNDS.index(bound)] for act in acts if act.size is not None]
    if None in sizes:
        return None
    whole = [int(size) for size in sizes if size is not None]
    if bound == "high":
        return len(set(single)) + sum(whole)
    return max([len({twins[name] for name in single}), *whole])


def _expected(  # noqa: C901 - as long as the rule
    there: dict[str, list[Act]], period: range, twins: dict[str, str], zero: int | None
) -> float | None:
    """Weigh every way in which what is loose may be there or not."""
    if not there["high"]:
        return zero
    missing: dict[str, float] = {}
    sizes: dict[str, int | None] = {}
    for act in there["high"]:
        name = twins[act.record.id] if act.size is None else act.record.id
        sizes[act.record.id] = None
        if act.size is not None:
            if act.size[1] is None:
                return None
            name = f"set {name}"
            sizes[name] = int(act.size[1])
        if act in there["low"]:
            missing[name] = 0.0
        else:
            missing.setdefault(name, 1.0)
    for act in there["high"]:
        name = twins[act.record.id] if act.size is None else f"set {act.record.id}"
        if missing[name] and act not in there["low"]:
            chances = [going.chance(period) for going in act.readings[0].goings] if act.readings[0] else [None]
            if None in chances or len(act.readings) > 1 or act.readings[0] is None or act.readings[0].is_disputed:
                return None
            for chance in chances:
                missing[name] *= 1 - (chance or 0)
    expected = 0.0
    for inside in product((True, False), repeat=len(missing)):
        names = [name for name, is_in in zip(missing, inside, strict=True) if is_in]
        weight = 1.0
        for (_, without), is_in in zip(missing.items(), inside, strict=True):
            weight *= 1 - without if is_in else without
        singles = sum(sizes.get(name) is None for name in names)
        expected += weight * max([singles, *(size for name in names if (size := sizes.get(name)) is not None)])
    return expected


def _most(acts: list[Act], bound: str, _: object, zero: int | None) -> float | None:
    amounts = [act.amount[BOUNDS.index(bound)] for act in acts]
    known = [amount for amount in amounts if amount is not None]
    if not acts:
        return zero
    if bound == "low":
        return max(known) if known else None
    if len(known) < len(amounts):
        return None
    return sum(known) if bound == "high" else max(known)


def _days(acts: list[Act], bound: str, period: range, zero: int | None) -> int | None:
    if not acts:
        return zero
    days = set().union(*(act.days(bound) for act in acts))
    every = sum(day in days for day in period)
    return max(every, 1) if bound == "low" else every


def _placed_days(there: dict[str, list[Act]], period: range, zero: int | None) -> int | None:
    if not there["high"]:
        return zero
    if len(there["low"]) < len(there["high"]) or any(len(act.readings) > 1 for act in there["high"]):
        return None
    placed = [going.placed(period) for act in there["high"] for one in act.known for going in one.goings]
    if None in placed:
        return None
    return sum(any(day in days for days in placed if days is not None) for day in period)


def _acts(  # noqa: C901 - as long as the rules
    dataset: Dataset, record: Record, actors: list[str], asked: dict[str, Any]
) -> dict[str, Reading]:
    """Give what a reading of a record tells, by family."""
    stances, dates = asked["stances"], asked.get("dates", "best")
    told = {path for entry in record.evidence if entry.stance in stances for path in entry.supports}
    found = {}

    def is_told(path: str) -> bool:
        return any(covers(one, path) or one.startswith(f"{path}.") for one in told)

    def value(name: str) -> Any:
        return getattr(record, name, None) if is_told(name) else None

    for family, (folder, dated, stages, lasts) in FAMILIES.items():
        if record.id not in getattr(dataset, folder):
            continue
        telling = "amount" if family == "trade" else "status"
        stage = None if family == "trade" else stages.get(record.status)
        if not is_told(telling) or (family != "trade" and stage not in {"asserted", *stances}):
            continue
        if family == "deployments_troops" and record.personnel != "troops":
            continue
        sides = [side[:1] + side[2:] for side in sides_of(record) if is_told(side[1])]
        across = folder in {"deployments", "facilities", "transfers"}
        pairs = _pairs(dataset, sides, actors, asked, across=across)
        if not pairs:
            continue
        when, goings, times = value(dated), [], []
        is_on = getattr(record, "status", "") in {"in_force", "deployed", "open"}
        as_of = happenings(value("as_of"))[0].begins if is_on and value("as_of") else None
        if when and family == "trade":
            times = times_of(when, dates)
        elif lasts and (when or as_of):
            going = _in_force((when, _left(record, dated)), value(ENDS[folder]), value("term"), as_of)
            goings = [Going(going, dates, as_of)]
            if not value(ENDS[folder]) and not as_of and (term := value("term")):
                begins = goings[0].begins
                if begins[-1] - begins[0] >= len(begins):
                    days = {day for begun in begins for day in range(begun, _after(begun, term.length, term.unit) + 1)}
                    goings[0].possible = lambda days=days: days
        elif when:
            lasting = getattr(record, "status", "") in {"ongoing", "under_way", "in_delivery"}
            left = _left(record, dated)
            goings = [
                Going(one._replace(moment=one.moment and not lasting, begins=left or one.begins), dates)
                for one in happenings(when)
            ]
        found[family] = Reading(
            *(_columns(record, family), pairs, goings, times),
            _size(record, told=is_told("aggregate")),
            _amount(record, told=is_told({"deployments": "size", "trade_figures": "amount"}.get(folder, ""))),
            getattr(record, "instrument", None),
            _is_disputed(record, telling),
        )
    return found


def _left(record: Record, dated: str) -> list[int] | None:
    """Give the days that the other dates of a record leave one of them; None if that is all, or there are no such."""
    days = {}
    for place, name in enumerate(ORDER):
        text = getattr(record, name, None)
        told = happenings(text) if text else []
        if len(told) == 1 and told[0].moment and told[0].bounded:
            days[place] = told[0].begins
    before = None
    while before != days:
        before = dict(days)
        for one, other in product(days, repeat=2):
            if STAGE[one] < STAGE[other]:
                days[one] = [day for day in days[one] if days[other] and day <= days[other][-1]]
                days[other] = [day for day in days[other] if days[one] and day >= days[one][0]]
    return days.get(ORDER.index(dated)) if dated in ORDER and all(days.values()) else None


def _is_disputed(record: Record, telling: str) -> bool:
    """Tell whether the evidence for what tells of a record, or for anything in it, both denies and tells it."""
    stances = {
        entry.stance
        for entry in record.evidence
        if any(covers(path, telling) or path.startswith(f"{telling}.") for path in entry.supports)
    } - {"opinion"}
    return "denied" in stances and len(stances) > 1


def covers(one: str, path: str) -> bool:
    """Tell whether a path in `supports` carries another: the same, what it stands in, or the same without items."""
    bare = "".join(part.partition("]")[2] if place else part for place, part in enumerate(path.split("[")))
    return one in {path, bare} or path.startswith((f"{one}.", f"{one}["))


def sides_of(record: Any) -> Iterator[tuple[str, str, int, bool]]:  # noqa: C901 - a branch for each type
    """Give who has a part in a record: actor, path, side, and whether in an office."""
    for party in getattr(record, "parties", ()):
        yield party, f"parties[{party}]", 0, False
    if hasattr(record, "sender"):
        yield record.sender, "sender", 1, False
        for host in record.hosts:
            yield host, f"hosts[{host}]", -1, False
    for one in getattr(record, "participants", ()):
        if one.role != "observer":
            in_office = getattr(one, "office", None) is not None
            yield one.actor, f"participants[{one.actor}].actor", RANKS[one.role], in_office
    if hasattr(record, "supplier"):
        yield record.supplier, "supplier", 1, False
        yield record.recipient, "recipient", -1, False
    if hasattr(record, "users"):
        yield record.host, "host", -1, False
        for user in record.users:
            yield user, f"users[{user}]", 1, False
    if len(getattr(record, "partners", ())) == 2:
        ranks = (1, -1) if record.direction == "first_to_second" else (0, 0)
        for partner, rank in zip(record.partners, ranks, strict=True):
            yield partner, f"partners[{partner}]", rank, False


def _pairs(
    dataset: Dataset, sides: list[tuple[Any, ...]], actors: list[str], asked: dict[str, Any], *, across: bool
) -> set[tuple[str, str]]:
    found = set()
    for (one, rank, office), (two, its_rank, its_office) in permutations(sides, 2):
        a = stands_for(dataset, one, actors, asked, in_office=office)
        b = stands_for(dataset, two, actors, asked, in_office=its_office)
        if a is None or b is None or a == b or rank < its_rank or (across and rank == its_rank):
            continue
        found.add((a, b) if asked.get("directed") or a < b else (b, a))
    return found


def stands_for(dataset: Dataset, name: str, actors: list[str], asked: dict[str, Any], *, in_office: bool) -> str | None:
    if name in actors:
        return name
    actor = dataset.actors[name]
    if not asked.get("states", True) or actor.kind not in ORGANS:
        return None
    if actor.kind == "person" and not actor.offices and not in_office:
        return None
    seen = set()
    while actor.kind != "state":
        seen.add(actor.id)
        above = actor.country or actor.parent
        if above is None or above in seen:
            return None
        actor = dataset.actors[above]
    return actor.id if actor.id in actors else None


def _in_force(
    beginning: tuple[str | None, list[int] | None], ends: str | None, term: Any, as_of: list[int] | None
) -> Happening:
    begun, left = beginning
    told = happenings(begun)[0] if begun else None
    begins, bounded = (left or told.begins, told.bounded) if told else (list(CALENDAR), False)
    last: list[int] = []
    if as_of:
        begins = [day for day in begins if day <= as_of[-1]] or as_of
    if ends:
        told = happenings(ends)[0]
        last = (told.begins if told.bounded else []) if told.moment else told.ends
    elif term and begun:
        last = _run_out(begins, term)
    if as_of and last:
        last = [day for day in last if day >= as_of[0]] or as_of
    last = [day for day in last if day >= begins[0]]
    begins = [day for day in begins if not last or day <= last[-1]]
    return Happening(begins, last, moment=False, goes_on=False, bounded=bounded)


def _run_out(begins: list[int], term: Any) -> list[int]:
    """List the days on which a term may run out; what begins on days in a row may end on any day between."""
    found: set[int] = set()
    for place, day in enumerate(begins):
        ended = _after(day, term.length, term.unit)
        before = place and begins[place - 1] == day - 1
        found.update(range(_after(day - 1, term.length, term.unit) if before else ended, ended + 1))
    return sorted(found)


def _after(day: int, length: int, unit: str) -> int:
    """Give the last day of a term of whole years, months or days, in the calendar of the data."""
    if unit == "days":
        return min(day + length - 1, CALENDAR[-1])
    start = date.fromordinal(day)
    months = start.month - 1 + length * (12 if unit == "years" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    if year > date.fromordinal(CALENDAR[-1]).year:
        return CALENDAR[-1]
    anniversary = date(year, month, min(start.day, monthrange(year, month)[1]))
    return anniversary.toordinal() - 1


def times_of(text: str, dates: str) -> list[range]:
    """List the times that an amount may cover, shortest first where several begin together."""
    text = str(text)
    if "/" in text or text.startswith("{"):
        told = happenings(text)
        if any(not one.bounded or (not one.moment and not one.ends) for one in told):
            return []
        first, last = min(one.begins[0] for one in told), max((one.ends or one.begins)[-1] for one in told)
        return [range(first, last + 1)]
    found = set()
    for part in text.strip("[]").split(","):
        if part.startswith("..") or part.endswith(".."):
            return []
        if season := season_in(part):
            found |= _seasons(*season)
            continue
        ends = part.split("..")
        width = 10 if any(map(season_in, ends)) else max(len(end.rstrip("?~%")) for end in ends)
        by_text: dict[str, list[int]] = {}
        for day in days_of(part):
            by_text.setdefault(ISO[day][:width], []).append(day)
        found |= {(days[0], days[-1]) for days in by_text.values()}
    every = [range(first, last + 1) for first, last in sorted(found)]
    return {"best": every, "earliest": every[:1], "latest": every[-1:]}[dates]


def _seasons(year: str, season: str) -> set[tuple[int, int]]:
    """List the runs of days on which one of the seasons of a name may be, year by year."""
    shape = re.compile(year.replace("X", "[0-9]"))
    found = set()
    for named in filter(shape.fullmatch, map(str, range(1800, 2101))):
        days = days_of(f"{named}-{season}")
        first = [day for day in days if day - 1 not in days]
        last = [day for day in days if day + 1 not in days]
        found |= set(zip(first, last, strict=True))
    return found


def _columns(record: Any, family: str) -> str:
    if family != "trade":
        return family
    way = ["one_way"] if record.direction == "first_to_second" else []
    prices = ["constant"] if record.price_basis == "constant" else []
    stage = [record.stage] if record.stage else []
    return "_".join(["trade", record.measure, record.amount.currency.lower(), *way, *prices, *stage])


def _numbers(amount: Any) -> tuple[float | None, ...]:
    if amount.bound == "exact":
        return (float(amount.best),) * 3
    low, best, high = (None if one is None else float(one) for one in (amount.low, amount.best, amount.high))
    return low, low if best is None and low == high else best, high


def _size(record: Any, *, told: bool) -> tuple[float | None, ...] | None:
    """Give how many acts a set holds, if the record is of a set."""
    if not hasattr(record, "aggregate") or (record.aggregate is None and "aggregate" not in record.absent):
        return None
    low, best, high = _numbers(record.aggregate) if record.aggregate and told else (None, None, None)
    return (1.0 if low is None else low), best, high


def _amount(record: Any, *, told: bool) -> tuple[float | None, ...]:
    amount = getattr(record, "size", None) or getattr(record, "amount", None)
    if amount is None or not told or getattr(amount, "unit", "persons") != "persons":
        return None, None, None
    low, best, high = _numbers(amount)
    return (None, None, high) if len(getattr(record, "hosts", "x")) > 1 else (low, best, high)


def _twins(dataset: Dataset) -> dict[str, str]:
    """Name for each record one of those that may be the same, by way of others too."""
    groups = {record.id: {record.id} for record in dataset if not record.withdrawn}
    for name in list(groups):
        for twin in dataset[name].possibly_same_as:
            if twin.record in groups:
                joined = groups[name] | groups[twin.record]
                for one in joined:
                    groups[one] = joined
    return {name: min(group) for name, group in groups.items()}


def period_of(year: int, month: int | None) -> range:
    first, last = date(year, month or 1, 1), date(year, month or 12, 31 if not month else monthrange(year, month)[1])
    return range(first.toordinal(), last.toordinal() + 1)


def _code(dataset: Dataset, actor: str, scheme: str, period: range) -> int | str | None:
    """Give the code that an actor has on the last day of a period on which it has one."""
    codes = [
        (one.valid.latest or date.max, one.valid.earliest or date.min, one.code)
        for one in dataset.actors[actor].codes
        if one.scheme == scheme
    ]
    for day in reversed(period if codes else ()):
        held = [code for last, first, code in sorted(codes) if first <= date.fromordinal(day) <= last]
        if held:
            return held[-1] if scheme == "iso3" else int(held[-1])
    return None
