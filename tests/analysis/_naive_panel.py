"""A panel counted as its rules read, record by record and day by day, without arrays and without the panel's code."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.models.agreement import Instrument
from tests.analysis._naive_days import CALENDAR, ISO, Going, Happening, days_of, happenings
from tests.seasons import season_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop import Dataset
    from defcoop.models import Record

    Row = dict[str, Any]

BOUNDS = ("low", "best", "high")
SIGNED = {
    **dict.fromkeys(("signed", "ratified", "in_force", "ended"), "asserted"),
    **dict.fromkeys(("agreed_to_sign", "planned"), "planned"),
    "alleged": "alleged",
    "denied": "denied",
}
AHEAD = {"planned": "planned", "announced": "planned", "expected": "possible", "alleged": "alleged", "denied": "denied"}
FAMILIES: dict[str, tuple[str, str, dict[str, str], bool]] = {
    "agreements_signed": ("agreements", "signed", SIGNED, False),
    "agreements_in_force": (
        "agreements",
        "entry_into_force",
        {"in_force": "asserted", "ended": "asserted", "alleged": "alleged", "denied": "denied"},
        True,
    ),
    "deployments": (
        "deployments",
        "period",
        {"deployed": "asserted", "ended": "asserted", "permitted": "planned", **AHEAD},
        True,
    ),
    "exercises": ("exercises", "period", {"held": "asserted", **AHEAD}, False),
    "engagements": ("engagements", "period", {"held": "asserted", "ongoing": "asserted", **AHEAD}, False),
    "facilities": ("facilities", "opened", {"open": "asserted", "closed": "asserted", **AHEAD}, True),
    "trade": ("trade_figures", "period", {}, False),
}
STOCKS = ("agreements_signed", "exercises", "engagements")
ORGANS = {"government", "ministry", "legislature", "armed_service", "agency", "person"}
RANKS = {"initiator": 1, "visitor": 1, "provider": 1, "host": -1, "recipient": -1, "participant": 0, "announcer": 0}


class Act(NamedTuple):
    """A record in a family, between some pairs, at some times; or without a date."""

    record: Record
    family: str
    columns: str
    pairs: set[tuple[str, str]]
    goings: list[Going]
    times: list[range]
    size: tuple[float | None, ...] | None
    amount: tuple[float | None, ...]

    @property
    def is_dated(self) -> bool:
        return bool(self.goings or self.times)

    def counts(self, bound: str, period: range) -> bool:
        """Tell whether it counts in a period."""
        if self.family == "trade":
            chosen = {"low": self.times, "best": [self.times[(len(self.times) - 1) // 2]], "high": self.times}[bound]
            held = [time[0] >= period[0] and time[-1] <= period[-1] for time in chosen]
            return any(held) if bound == "high" else all(held)
        if bound == "low":
            return any(going.is_certain(period) for going in self.goings)
        return any(day in days for days in self.days(bound) for day in period)

    def days(self, bound: str) -> list[Any]:
        """Give the days on which it was going on, for each of its happenings."""
        return [{"low": going.certain, "best": going.placed, "high": going.possible}[bound]() for going in self.goings]

    def had_begun(self, bound: str, last: int) -> bool:
        """Tell whether it had begun by a day."""
        firsts = {
            "low": [going.begins[-1] for going in self.goings],
            "best": [days[0] for days in self.days("best") if days],
            "high": [going.begins[0] for going in self.goings],
        }
        return any(first <= last for first in firsts[bound])


def naive(dataset: Dataset, actors: list[str], years: list[int], **asked: Any) -> list[Row]:
    """Give the rows of a panel."""
    directed, months = asked.get("directed", False), asked.get("months", False)
    covered = asked.get("covered", set())
    acts = acts_of(dataset, actors, **asked)
    twins = _twins(dataset)
    trades = sorted({act.columns for act in acts if act.family == "trade" and act.is_dated})
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
                looked = {family for one, two, when, family in covered if {one, two} == set(pair) and when == year}
                rows.append(head | codes | _cells(here, period, twins, looked, trades))
    return rows


def acts_of(dataset: Dataset, actors: list[str], **asked: Any) -> list[Act]:
    """List what records that stand tell of the actors, as acts."""
    return [act for record in dataset if not record.withdrawn for act in _acts(dataset, record, actors, asked)]


def _cells(acts: list[Act], period: range, twins: dict[str, str], looked: set[str], trades: list[str]) -> Row:
    dated = [act for act in acts if act.is_dated]
    found: Row = {}
    sure = looked - {act.family for act in acts if not act.is_dated}
    for family in FAMILIES.keys() - {"trade"}:
        zero = 0 if family in sure else None
        mine = [act for act in dated if act.family == family]
        there = {bound: [act for act in mine if act.counts(bound, period)] for bound in BOUNDS}
        for bound in BOUNDS:
            found[f"{family}_{bound}"] = _count(there[bound], bound, twins, zero)
            if family in STOCKS:
                stock = [act for act in mine if act.had_begun(bound, period[-1])]
                found[f"{family}_stock_{bound}"] = _count(stock, bound, twins, None)
        found[f"any_{family}"] = True if there["best"] else (False if zero == 0 else None)
        if family == "agreements_signed":
            for term in Instrument:
                of_it = [act for act in there["best"] if act.record.instrument == term]
                found[f"signed_{term}"] = _count(of_it, "best", twins, zero)
        if family == "agreements_in_force":
            found |= {f"days_in_force_{bound}": _days(there[bound], bound, period, zero) for bound in BOUNDS}
        if family == "deployments":
            found |= {f"personnel_{bound}": _most(there[bound], bound, zero) for bound in BOUNDS}
    for prefix in trades:
        for bound in BOUNDS:
            held = [act for act in dated if act.columns == prefix and act.counts(bound, period)]
            found[f"{prefix}_{bound}"] = _most(held, bound, None)
    possible = {(act.family, act.record.id) for act in dated if act.counts("high", period)}
    certain = {(act.family, act.record.id) for act in dated if act.counts("low", period)}
    found["records"] = len({name for _, name in possible})
    found["records_unsettled"] = len({name for _, name in possible - certain})
    found["records_undated"] = len({act.record.id for act in acts if not act.is_dated})
    return found


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


def _most(acts: list[Act], bound: str, zero: int | None) -> float | None:
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
    every = sum(any(day in days for act in acts for days in act.days(bound)) for day in period)
    if bound == "low":
        return max(every, 1)
    placed = [going for act in acts for going in act.goings if any(day in going.placed() for day in period)]
    return None if bound == "best" and not all(going.is_ended() for going in placed) else every


def _acts(dataset: Dataset, record: Record, actors: list[str], asked: dict[str, Any]) -> Iterator[Act]:
    stances, dates = asked["stances"], asked.get("dates", "best")
    told = {path for entry in record.evidence if entry.stance in stances for path in entry.supports}

    def is_told(path: str) -> bool:
        return any(covers(one, path) or one.startswith(f"{path}.") for one in told)

    for family, (folder, dated, stages, lasts) in FAMILIES.items():
        if record.id not in getattr(dataset, folder):
            continue
        if family != "trade" and (stages.get(record.status) not in stances or not is_told("status")):
            continue
        if family == "trade" and not is_told("amount"):
            continue
        sides = [side[:1] + side[2:] for side in sides_of(record) if is_told(side[1])]
        pairs = _pairs(dataset, sides, actors, asked, across=folder in {"deployments", "facilities"})
        if not pairs:
            continue
        when = getattr(record, dated) if is_told(dated) else None
        goings, times = [], []
        if when and family == "trade":
            times = times_of(when, dates)
        elif when and family == "agreements_in_force":
            ends = record.ends if is_told("ends") else None
            goings = [Going(_in_force(when, ends, record.term if is_told("term") else None), dates)]
        elif when:
            lasting = lasts or getattr(record, "status", "") == "ongoing"
            goings = [Going(one._replace(moment=one.moment and not lasting), dates) for one in happenings(when)]
        yield Act(
            *(record, family, _columns(record, family), pairs, goings, times),
            _size(record, told=is_told("aggregate")),
            _amount(record, told=is_told({"deployments": "size", "trade": "amount"}.get(family, ""))),
        )


def covers(one: str, path: str) -> bool:
    """Tell whether a path in `supports` carries another: the same, what it stands in, or the same without items."""
    bare = "".join(part.partition("]")[2] if place else part for place, part in enumerate(path.split("[")))
    return one in {path, bare} or path.startswith((f"{one}.", f"{one}["))


def sides_of(record: Any) -> Iterator[tuple[str, str, int, bool]]:
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


def _in_force(force: str, ends: str | None, term: Any) -> Happening:
    begun = happenings(force)[0]
    last: list[int] = []
    if ends:
        told = happenings(ends)[0]
        last = (told.begins if told.bounded else []) if told.moment else told.ends
    elif term:
        last = _run_out(begun.begins, term)
    last = [day for day in last if day >= begun.begins[0]]
    begins = [day for day in begun.begins if not last or day <= last[-1]]
    return Happening(begins, last, moment=False, goes_on=False, bounded=begun.bounded)


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
    return tuple(None if one is None else float(one) for one in (amount.low, amount.best, amount.high))


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
