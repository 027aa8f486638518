"""ATOP: agreements in the columns of the Alliance Treaty Obligations and Provisions data; an approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.exports._flat import Columns, Flat, write_flat
from defcoop.exports._treaties import Omission, Treaty, date_columns, treaties
from defcoop.models.agreement import Laterality, ObligationKind
from defcoop.models.parts import TimeUnit

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.exports._treaties import State
    from defcoop.package import Package

_OBLIGATIONS = {kind.atop: kind for kind in ObligationKind}
_ID = "The record of defcoop, a text: never the number of an alliance in ATOP."
_BEGIN = "{} of `signed`, else of `entry_into_force`, if the date settles it."
_END = "{} of `ends`, if the date settles it."

ALLIANCES: Columns = (
    ("atopid", _ID),
    *((name, _BEGIN.format(part)) for name, part in (("begyr", "Year"), ("begmo", "Month"), ("begday", "Day"))),
    *((name, _END.format(part)) for name, part in (("endyr", "Year"), ("endmo", "Month"), ("endday", "Day"))),
    ("ineffect", "Empty: how long an agreement holds is seldom told; see `status`."),
    ("bilat", "1 if bilateral, 0 if multilateral."),
    ("estmode", "Empty: ATOP's codes rest on the treaty; see `instrument`."),
    ("length", "`term` in months, if it is told in years or months."),
    *(
        (name, f"1 if an obligation of {kind} is told for any party; else empty.")
        for name, kind in _OBLIGATIONS.items()
    ),
    ("milaid", "`provisions.milaid`."),
    ("milcon", "`provisions.milcon`."),
    ("base", "`provisions.base`."),
    ("instrument", "Its form. Not in ATOP."),
    ("status", "The furthest stage that the texts tell. Not in ATOP."),
    ("possibly_same_as", "Records that may be about the same agreement. Not in ATOP."),
    ("certainty", "`asserted`: what nobody tells as a fact is left out. Not in ATOP."),
    (
        "cluster_id",
        "The same for records that may be about the same agreement, so that each is counted once. Not in ATOP.",
    ),
    ("contested", "Fields with more than one reading; only what all readings have stands here. Not in ATOP."),
)
_MEMBER = "COW code of a party at the date of the agreement; without a date, the only code that the state ever had."
MEMBERS: Columns = (
    ("atopid", _ID),
    ("member", _MEMBER),
    *((name, _BEGIN.format(part)) for name, part in (("yrent", "Year"), ("moent", "Month"), ("dayent", "Day"))),
    *((name, _END.format(part)) for name, part in (("yrexit", "Year"), ("moexit", "Month"), ("dayexit", "Day"))),
    *(
        (name, f"1 if an obligation of {kind} is told for this party; else empty.")
        for name, kind in _OBLIGATIONS.items()
    ),
    ("defcoop_actor", "The state's record. Not in ATOP."),
)


def write(package: Package, out: Path) -> None:
    """Write agreements and their members, with notes, to a folder."""
    made, omitted = treaties(package)
    kept = [treaty for treaty in made if treaty.agreement.obligations or treaty.agreement.provisions]
    omitted += [
        Omission(treaty.agreement.id, "", "no obligation or provision that ATOP codes is told")
        for treaty in made
        if treaty not in kept
    ]
    most = max((len(treaty.states) for treaty in kept), default=2)
    columns = (*ALLIANCES, *((f"mem{number}", _MEMBER) for number in range(1, most + 1)))
    flats = (
        Flat("atop_alliances.csv", "One row per agreement.", columns, [_alliance(treaty) for treaty in kept]),
        Flat(
            "atop_members.csv",
            "One row per agreement and state.",
            MEMBERS,
            [_member(treaty, state) for treaty in kept for state in treaty.states],
        ),
    )
    write_flat(out, "atop.md", flats, omitted)


def _alliance(treaty: Treaty) -> dict[str, object]:
    agreement = treaty.agreement
    provisions = agreement.provisions.model_dump(exclude_none=True) if agreement.provisions else {}
    kinds = {obligation.kind for obligation in agreement.obligations}
    return {
        "atopid": agreement.id,
        **date_columns(treaty.begins, "begyr", "begmo", "begday"),
        **date_columns(agreement.ends, "endyr", "endmo", "endday"),
        "bilat": int(agreement.laterality is Laterality.BILATERAL),
        "length": _months(treaty),
        **{name: 1 for name, kind in _OBLIGATIONS.items() if kind in kinds},
        **provisions,
        "instrument": agreement.instrument.value if agreement.instrument else "",
        "status": agreement.status.value,
        "possibly_same_as": " ".join(duplicate.record for duplicate in agreement.possibly_same_as),
        "certainty": agreement.certainty.value if agreement.certainty else "",
        "cluster_id": treaty.cluster_id,
        "contested": treaty.contested,
        **{f"mem{number}": state.code for number, state in enumerate(treaty.states, 1)},
    }


def _member(treaty: Treaty, state: State) -> dict[str, object]:
    agreement, sides = treaty.agreement, {state.actor, *state.parties}
    kinds = {obligation.kind for obligation in agreement.obligations if obligation.party in sides}
    return {
        "atopid": agreement.id,
        "member": state.code,
        **date_columns(treaty.begins, "yrent", "moent", "dayent"),
        **date_columns(agreement.ends, "yrexit", "moexit", "dayexit"),
        **{name: 1 for name, kind in _OBLIGATIONS.items() if kind in kinds},
        "defcoop_actor": state.actor,
    }


def _months(treaty: Treaty) -> object:
    term = treaty.agreement.term
    months = {TimeUnit.YEARS: 12, TimeUnit.MONTHS: 1}.get(term.unit) if term else None
    return term.length * months if term and months else ""
