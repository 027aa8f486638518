"""Agreements of states as political scientists merge them: told as made, one by one, with state codes and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from defcoop.exports._days import prefix
from defcoop.models.actor import Actor, ActorKind, CodeScheme
from defcoop.models.agreement import Agreement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.package import Package
    from defcoop.values import Edtf


class State(NamedTuple):
    """A state with its COW code at the time, and the parties that are the state itself or organs of it."""

    code: int
    actor: str
    name: str
    parties: tuple[str, ...]


class LeftOut(NamedTuple):
    """An agreement or one of its parties that has no place in the format, and why."""

    record_id: str
    party: str
    reason: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """An agreement told as made, with the states that are its parties, each once, by code."""

    agreement: Agreement
    states: tuple[State, ...]

    @property
    def begins(self) -> Edtf | None:
        """When it was signed, else when it entered into force."""
        return self.agreement.signed or self.agreement.entry_into_force


def treaties(package: Package) -> tuple[list[Treaty], list[LeftOut]]:
    """Give the agreements of at least two states with codes that the texts tell as made, and what is left out."""
    records, _ = package.contents()
    actors = {record.id: record for record in records if isinstance(record, Actor)}
    found: list[Treaty] = []
    left_out: list[LeftOut] = []
    for agreement in (record for record in records if isinstance(record, Agreement)):
        if reason := _refusal(agreement):
            left_out.append(LeftOut(agreement.id, "", reason))
            continue
        treaty, missing = _treaty(agreement, actors)
        left_out += missing
        if len(treaty.states) < 2:  # noqa: PLR2004 - it takes two
            left_out.append(LeftOut(agreement.id, "", "fewer than two states with a code are parties"))
        else:
            found.append(treaty)
    return found, left_out


def split(date: Edtf | None) -> tuple[str, str, str]:
    """Give the year, month and day of a date, each empty where the date does not settle it.

    >>> from defcoop.values import Edtf
    >>> split(Edtf("2017-06")), split(Edtf("[2017-05..2017-08]")), split(None)
    (('2017', '6', ''), ('2017', '', ''), ('', '', ''))
    """
    parts = [str(int(part)) for part in (prefix(date) if date else "").split("-") if part]
    year, month, day = (*parts, "", "", "")[:3]
    return year, month, day


def _refusal(agreement: Agreement) -> str:
    if agreement.withdrawn:
        return "the record is withdrawn"
    if not agreement.status.phase.is_done:
        return f"it is not told as made: its status is {agreement.status.value}"
    if agreement.aggregate:
        return "it is a set of agreements, of which none is told by itself"
    return ""


def _treaty(agreement: Agreement, actors: Mapping[str, Actor]) -> tuple[Treaty, list[LeftOut]]:
    states: dict[int, State] = {}
    missing: list[LeftOut] = []
    when = agreement.signed or agreement.entry_into_force
    for party in agreement.parties:
        actor = actors[party]
        state = actors.get(actor.country or "") if actor.kind.nature.is_organ else actor
        if state is None or state.kind is not ActorKind.STATE:
            missing.append(LeftOut(agreement.id, party, "the party is neither a state nor an organ of one"))
            continue
        codes = cow_codes(state, when)
        if len(codes) == 1:
            [code] = codes
            others = states[code].parties if code in states else ()
            states[code] = State(code, state.id, state.name, (*others, party))
        else:
            missing.append(LeftOut(agreement.id, party, "the state has no single COW code for that time"))
    return Treaty(agreement, tuple(states[code] for code in sorted(states))), missing


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
