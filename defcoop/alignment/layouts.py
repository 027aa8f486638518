"""Layouts: which columns of the tables of the field name actors and times, and what their rows add up to.

The columns are those of the published files; nothing of theirs comes with defcoop.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from defcoop.errors import InputError
from defcoop.package.naming import check_known
from defcoop.validation.issues import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from defcoop.alignment.coding import Scheme

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Layout(NamedTuple):
    """Which columns of a table of others name its two actors and its time.

    Attributes:
        first: the column of the first actor; empty where it is the same in all rows.
        second: the column of the second; empty where a row names one actor.
        when: the column of the year, or of the day; empty where there is none.
        scheme: the system of codes in which they are named; `name` for names.
        directed: whether the order of the two means something.
        source: the file that has these columns, and whose it is.
        always: the id of the first actor of all rows, where no column names it.
        sums: the columns of numbers of which it matters how much is in rows without a partner.
        deal: the columns that tell of which deal or event a row is, where several rows may be of one.
        names: names that the file gives to actors in a sense of its own, with their ids.
        more: a regular expression of further columns that name actors of a row, which an alignment looks at too.
        no_state: a regular expression of what the file writes where it means something else than a state.
        outside: whether the file uses codes of states also for years in which their list has no such state.

    >>> import defcoop
    >>> import polars as pl
    >>> from defcoop.analysis.merging import keyed
    >>> renamed = LAYOUTS["dcad"]._replace(first="state_1", second="state_2")
    >>> invented = pl.DataFrame({"state_1": [694], "state_2": [640], "year": [2007]})
    >>> keyed(invented, defcoop.load(), renamed).select("a", "b").rows()
    [('act-tur', 'act-qat')]
    """

    first: str
    second: str
    when: str
    scheme: Scheme
    directed: bool
    source: str
    always: str = ""
    sums: tuple[str, ...] = ()
    deal: tuple[str, ...] = ()
    names: Mapping[str, str] = _NO_NAMES
    more: str = ""
    no_state: str = ""
    outside: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        """The columns that name actors."""
        return tuple(column for column in (self.first, self.second) if column)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a table has to have."""
        return (*self.sides, self.when) if self.when else self.sides


_SIPRI = Layout(
    "Supplier", "Recipient", "Year of order", "name", True,
    "SIPRI Arms Transfers, trade register, until 2023: a row per deal",
    sums=("SIPRI TIV of delivered weapons",),
    deal=("Recipient", "Supplier", "Year of order", "Weapon designation", "Weapon description", "Number ordered"),
    names=MappingProxyType({
        "Congo": "act-cog", "East Germany (GDR)": "act-ddr", "Saint Vincent": "act-vct",
        "Yemen Arab Republic (North Yemen)": "act-yem",
    }),
    no_state=r".*\*|unknown (supplier|recipient)\(s\)|unknown rebel group",
)  # fmt: skip
_TROOPS = Layout(
    "", "ccode", "year", "cow", True, "troopdata, US personnel by country and year (Allen, Flynn, Machain 2022)",
    always="act-usa", sums=("troops_ad", "troops"), no_state=r"[0-9]{4,}",
)  # fmt: skip

LAYOUTS: dict[str, Layout] = {
    "dcad": Layout("ccode1", "ccode2", "year", "cow", False, "DCAD 1.0, dyadic file (Kinne 2020)"),
    "dcad-main": Layout("ccode1", "ccode2", "signYear", "cow", False, "DCAD 1.0, main file (Kinne 2020)"),
    # Alliances have members before these were members of the system of states (Monaco, German states, the Emirates).
    "atop": Layout(
        "stateA", "stateB", "year", "cow", True, "ATOP 5.1, directed dyad-years (Leeds and others 2002)", outside=True
    ),
    "atop-members": Layout(
        "member", "", "begyr", "cow", True, "ATOP 5.1, members (Leeds and others 2002)", outside=True
    ),
    "cow": Layout(
        "ccode1", "ccode2", "year", "cow", False, "COW Formal Alliances 4.1, dyad-years (Gibler 2009)", outside=True
    ),
    "cow-dyads": Layout(
        "ccode1", "ccode2", "dyad_st_year", "cow", False, "COW Formal Alliances 4.1 (Gibler 2009)", outside=True
    ),
    "ucdp": Layout(
        "gwnoa", "gwnob", "date_start", "gw", True, "UCDP Georeferenced Event Dataset (Sundberg 2013)", sums=("best",)
    ),
    "ucdp-conflicts": Layout("gwno_a", "gwno_b", "year", "gw", True, "UCDP/PRIO Armed Conflict and Dyadic Datasets"),
    "sipri": _SIPRI,
    "sipri-deliveries": _SIPRI._replace(
        when="Delivery year",
        source="SIPRI Arms Transfers, trade register, since 2024: a row per deal and year of delivery",
        sums=("TIV delivery values", "Numbers delivered"),
        deal=("SIPRI AT Database ID",),
    ),
    "troops": _TROOPS,
    "bases": _TROOPS._replace(
        when="", source="troopdata, US bases abroad (Vine; Allen, Flynn, Machain 2022)", sums=("base", "lilypad")
    ),
    "bases-spending": _TROOPS._replace(
        source="troopdata, US construction abroad (Allen, Flynn, Machain 2022)", sums=("spend_construction",)
    ),
    "mme": Layout(
        "gwcode", "", "year", "gw", False, "MME 7, long form of troopdata: a row per exercise, state and year "
        "(D'Orazio and Galambos 2021)", deal=("MMEID",),
    ),
    "mme-states": Layout(
        "StateA", "StateB", "s.year", "name", False, "MME 7, a row per exercise (D'Orazio and Galambos 2021)",
        deal=("MMEID",), more="State[A-Z]{1,2}",
    ),
    "jme": Layout(
        "State A", "State B", "s.year", "iso3", False, "JME 3, a row per exercise (D'Orazio 2012)",
        more="State [A-Z]{1,2}",
    ),
}  # fmt: skip
"""Layouts that are known. A table whose columns are named otherwise has a `Layout` of its own."""


def layout_of(columns: Collection[str], wanted: str | None = None) -> Layout | None:
    """Give the layout of a table that has some columns; None if there is none.

    A name stands for all editions of a file: `sipri` for `sipri` and `sipri-deliveries`.

    Args:
        columns: the columns of the table.
        wanted: the name of the layout, or the first part of it; any by default, the one with the most columns.

    Raises:
        InputError: if there is no layout of that name.

    >>> layout_of(["Supplier", "Recipient", "Delivery year"], "sipri").when
    'Delivery year'
    """
    if wanted is not None and not any(name.startswith(f"{wanted}-") for name in LAYOUTS):
        check_known("layout", wanted, LAYOUTS)
    fitting = [
        layout
        for name, layout in LAYOUTS.items()
        if (wanted is None or name == wanted or name.startswith(f"{wanted}-")) and set(layout.columns) <= set(columns)
    ]
    if not fitting:
        return None
    known = set(columns)
    # Of several, the one that leaves the fewest columns unexplained.
    return max(fitting, key=lambda layout: len(known.intersection(layout.columns + layout.sums + layout.deal)))


def layout_for(columns: Collection[str], wanted: str) -> Layout:
    """Give the layout of that name for a table of some columns.

    Raises:
        InputError: if there is none of that name, or the table lacks its columns.
    """
    layout = layout_of(columns, wanted)
    if layout is None:
        lacking = next(column for column in LAYOUTS[wanted].columns if column not in columns)
        msg = f"the table has no column {lacking}. {did_you_mean(lacking, columns)}".rstrip()
        raise InputError(msg)
    return layout
