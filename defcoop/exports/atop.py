"""ATOP: agreements in the columns of the Alliance Treaty Obligations and Provisions data; an approximation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.exports._flat import Columns, Flat, write_flat
from defcoop.exports._treaties import LeftOut, Treaty, split, treaties
from defcoop.models._shared import TimeUnit
from defcoop.models.agreement import Laterality, ObligationKind

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.exports._treaties import State
    from defcoop.package import Package

_PREFACE = """# Agreements in the columns of ATOP

These files have column names of the Alliance Treaty Obligations and Provisions data 5.1 (Leeds and others 2002), so
that they can be set beside them. **They are an approximation and no part of ATOP.** ATOP codes the texts of treaties;
defcoop codes what news texts tell of agreements. A value that the texts do not tell is empty, never 0.

A row is an agreement of two or more states, or of organs of theirs, that the texts tell as signed, ratified, in force
or ended, and of which they tell an obligation or a provision that ATOP codes. **An agreement without one of the five
obligations is no alliance in ATOP's sense**: keep the rows in which `defense`, `offense`, `neutral`, `nonagg` or
`consul` is 1 if you want alliances only. ATOP ends with 2018.
"""

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
    found, left_out = treaties(package)
    kept = [treaty for treaty in found if treaty.agreement.obligations or treaty.agreement.provisions]
    left_out += [
        LeftOut(treaty.agreement.id, "", "no obligation or provision that ATOP codes is told")
        for treaty in found
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
    write_flat(out, _PREFACE, flats, left_out)


def _alliance(treaty: Treaty) -> dict[str, object]:
    told = treaty.agreement
    provisions = told.provisions.model_dump(exclude_none=True) if told.provisions else {}
    kinds = {obligation.kind for obligation in told.obligations}
    return {
        "atopid": told.id,
        **dict(zip(("begyr", "begmo", "begday"), split(treaty.begins), strict=True)),
        **dict(zip(("endyr", "endmo", "endday"), split(told.ends), strict=True)),
        "bilat": int(told.laterality is Laterality.BILATERAL),
        "length": _months(treaty),
        **{name: 1 for name, kind in _OBLIGATIONS.items() if kind in kinds},
        **provisions,
        "instrument": told.instrument.value if told.instrument else "",
        "status": told.status.value,
        "possibly_same_as": " ".join(other.record for other in told.possibly_same_as),
        **{f"mem{number}": state.code for number, state in enumerate(treaty.states, 1)},
    }


def _member(treaty: Treaty, state: State) -> dict[str, object]:
    told, sides = treaty.agreement, {state.actor, *state.parties}
    kinds = {obligation.kind for obligation in told.obligations if obligation.party in sides}
    return {
        "atopid": told.id,
        "member": state.code,
        **dict(zip(("yrent", "moent", "dayent"), split(treaty.begins), strict=True)),
        **dict(zip(("yrexit", "moexit", "dayexit"), split(told.ends), strict=True)),
        **{name: 1 for name, kind in _OBLIGATIONS.items() if kind in kinds},
        "defcoop_actor": state.actor,
    }


def _months(treaty: Treaty) -> object:
    term = treaty.agreement.term
    months = {TimeUnit.YEARS: 12, TimeUnit.MONTHS: 1}.get(term.unit) if term else None
    return term.length * months if term and months else ""
