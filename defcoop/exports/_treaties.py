"""Agreements of states as political scientists merge them: those that were made, with state codes and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis.readings import Readings, settled
from defcoop.exports._days import prefix
from defcoop.models.actor import Actor, ActorKind, CodeScheme
from defcoop.models.agreement import Agreement
from defcoop.models.certainty import Certainty
from defcoop.models.clusters import clusters
from defcoop.models.record import AbsenceReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.package import Package
    from defcoop.values import Edtf


_OPEN = "sources or passages leave open what holds of it: {}"


class State(NamedTuple):
    """A state with its COW code at the time, and the parties that are the state itself or organs of it."""

    code: int
    actor: str
    name: str
    parties: tuple[str, ...]


class Omission(NamedTuple):
    """An agreement or one of its parties that has no place in the format, and why."""

    record_id: str
    party: str
    reason: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement that was made, with the states that are its parties, each once, by code.

    Where sources or passages leave open what holds, `agreement` has what all of its `readings` have in common, and
    `contested` names the fields. `cluster_id` is the same for agreements that may be one.
    """

    agreement: Agreement
    states: tuple[State, ...]
    readings: tuple[Agreement, ...]
    contested: str
    cluster_id: str

    @property
    def begins(self) -> Edtf | None:
        """When it was signed, else when it entered into force."""
        return self.agreement.signed or self.agreement.entry_into_force


def treaties(package: Package) -> tuple[list[Treaty], list[Omission]]:
    """Give the agreements of at least two states with codes that the texts call made, and what is left out."""
    records, _ = package.contents()
    actors = {record.id: record for record in records if isinstance(record, Actor)}
    kept: list[Treaty] = []
    omitted: list[Omission] = []
    ids = {record.id for record in records}
    cluster_ids = clusters(records)
    readings = Readings((record for record in records if record.withdrawn is None), ids)
    for agreement in (record for record in records if isinstance(record, Agreement)):
        each, contested = readings.of(agreement), readings.contested(agreement)
        common = settled(each)
        if not isinstance(common, Agreement):
            omitted.append(Omission(agreement.id, "", _OPEN.format("whether it is one")))
            continue
        if reason := _refusal(agreement, contested):
            omitted.append(Omission(agreement.id, "", reason))
            continue
        states, missing = _states(common, actors)
        read = tuple(reading for reading in each if isinstance(reading, Agreement))
        treaty = Treaty(common, states, read, " ".join(contested), cluster_ids.get(agreement.id, agreement.id))
        omitted += missing
        if len(treaty.states) < 2:  # noqa: PLR2004 - it takes two
            omitted.append(Omission(agreement.id, "", "fewer than two states with a code are parties"))
        else:
            kept.append(treaty)
    return kept, omitted


def split(date: Edtf | None) -> tuple[str, str, str]:
    """Give the year, month and day of a date, each empty where the date does not settle it.

    >>> from defcoop.values import Edtf
    >>> split(Edtf("2017-06")), split(Edtf("[2017-05..2017-08]")), split(None)
    (('2017', '6', ''), ('2017', '', ''), ('', '', ''))
    """
    parts = [str(int(part)) for part in (prefix(date) if date else "").split("-") if part]
    year, month, day, *_ = (*parts, "", "", "")
    return year, month, day


def date_columns(date: Edtf | None, *names: str) -> dict[str, str]:
    """Give the year, month and day of a date by the names of their columns."""
    return dict(zip(names, split(date), strict=True))


def _refusal(agreement: Agreement, contested: Iterable[str]) -> str:
    if agreement.withdrawn:
        return "the record is withdrawn"
    if not agreement.status.phase.is_done:
        return f"it is not told as made: its status is {agreement.status.value}"
    if agreement.certainty is not Certainty.ASSERTED:
        return f"nobody tells as a fact that it was made: it is {agreement.certainty or 'an opinion'}"
    if agreement.aggregate or agreement.absent.get("aggregate") is AbsenceReason.UNKNOWN:
        return "it is a set of agreements, of which none is told by itself"
    if contested := sorted({"status", "parties", "aggregate"}.intersection(contested)):
        return _OPEN.format(", ".join(contested))
    return ""


def _states(agreement: Agreement, actors: Mapping[str, Actor]) -> tuple[tuple[State, ...], list[Omission]]:
    states: dict[int, State] = {}
    missing: list[Omission] = []
    when = agreement.signed or agreement.entry_into_force
    for party in agreement.parties:
        actor = actors[party]
        state = actors.get(actor.country or "") if actor.kind.nature.is_organ else actor
        if state is None or state.kind.known is not ActorKind.STATE:
            missing.append(Omission(agreement.id, party, "the party is neither a state nor an organ of one"))
            continue
        codes = cow_codes(state, when)
        if len(codes) == 1:
            [code] = codes
            organs = states[code].parties if code in states else ()
            states[code] = State(code, state.id, state.name, (*organs, party))
        else:
            missing.append(Omission(agreement.id, party, "the state has no single COW code for that time"))
    return tuple(states[code] for code in sorted(states)), missing


def cow_codes(state: Actor, when: Edtf | None) -> set[int]:
    """Give the COW codes that a state has on every day that a date allows, or ever had where there is no date."""
    return {
        int(code.code)
        for code in state.codes
        if code.scheme is CodeScheme.COW and (when is None or _covers(code.valid, when))
    }


def _covers(valid: Edtf, when: Edtf) -> bool:
    from_the_start = valid.earliest is None or (when.earliest is not None and valid.earliest <= when.earliest)
    to_the_end = valid.latest is None or (when.latest is not None and when.latest <= valid.latest)
    return from_the_start and to_the_end
