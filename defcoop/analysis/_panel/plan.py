"""The plan of a panel: its columns, what each of them counts, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from defcoop.analysis._coding import SCHEMES
from defcoop.analysis._panel.families import BY_NAME, FAMILIES, TRADE
from defcoop.models.agreement import Instrument
from defcoop.package.columns import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.analysis._panel.cells import Bound
    from defcoop.analysis._panel.families import Family

    How = Literal["count", "any", "term", "days", "stock", "persons", "money"]

_LEVELS: dict[Bound, str] = {"low": "Certainly", "best": "As placed", "high": "Possibly"}


class Plan(NamedTuple):
    """A column that is counted.

    Attributes:
        column: its name, type and meaning.
        family: whose acts it counts.
        acts: the name under which these acts are found: that of the family or, for trade, the prefix of the column.
        how: what is done with them.
        bound: on which of their days.
        term: the instrument that it is about, if it is about one.
    """

    column: Column
    family: Family
    acts: str
    how: How
    bound: Bound
    term: str | None = None

    @property
    def onwards(self) -> bool:
        """Whether acts count in all periods after their beginning."""
        return self.how == "stock"


def plans(prefixes: Iterable[str]) -> list[Plan]:
    """List the columns that are counted, in their order.

    Args:
        prefixes: the prefixes of the columns of trade.
    """
    found: list[Plan] = []
    for family in FAMILIES:
        found += _counts(family)
    found += _terms(BY_NAME["agreements_signed"])
    found += _days(BY_NAME["agreements_in_force"])
    for family in FAMILIES:
        if not family.lasts:
            found += _stocks(family)
    found += _persons(BY_NAME["deployments"])
    for prefix in prefixes:
        found += _money(prefix)
    return found


def keys(*, directed: bool, months: bool, draws: bool) -> list[Column]:
    """List the columns that tell rows apart, and those that lead to other data."""
    found = [Column("draw", "integer", "Which of the draws, from 0.", required=True)] if draws else []
    order = "The source of what is directed." if directed else "The one whose id comes first."
    found += [
        Column("a", "string", f"An actor. {order}", required=True, target="actors"),
        Column("b", "string", "The other actor.", required=True, target="actors"),
        Column("year", "integer", "The year.", required=True),
    ]
    if months:
        found.append(Column("month", "integer", "The month, 1 to 12.", required=True))
    for scheme, kind, source in SCHEMES:
        for side in "ab":
            text = f"Code of `{side}` on the last day of the period on which it has one. ({source})"
            found.append(Column(f"{scheme}_{side}", kind, text))
    return found


POSSIBLE, UNSETTLED, UNDATED = "records", "records_unsettled", "records_undated"

RECORDS = (
    Column(POSSIBLE, "integer", "How many records possibly bear on the row.", required=True),
    Column(UNSETTLED, "integer", "How many of them do so in some readings of their dates alone.", required=True),
    Column(
        UNDATED, "integer", "How many records of the dyad tell of acts without a date, which may belong anywhere.", True
    ),
)
"""What is known of the records behind a row; never missing, for it is about the data and not about the world."""


def _counts(family: Family) -> Iterator[Plan]:
    for bound, level in _LEVELS.items():
        column = Column(f"{family.name}_{bound}", "integer", f"{level}: {family.what}. ({family.source})")
        yield Plan(column, family, family.name, "count", bound)
    column = Column(f"any_{family.name}", "boolean", f"As placed: whether there are {family.what}. ({family.source})")
    yield Plan(column, family, family.name, "any", "best")


def _terms(family: Family) -> Iterator[Plan]:
    for term in Instrument:
        text = f"As placed: {family.what} of the form {term.value}. (ATOP ESTMODE)"
        yield Plan(Column(f"signed_{term.value}", "integer", text), family, family.name, "term", "best", term.value)


def _days(family: Family) -> Iterator[Plan]:
    for bound, level in _LEVELS.items():
        column = Column(f"days_in_force_{bound}", "integer", f"{level}: days on which an agreement was in force.")
        yield Plan(column, family, family.name, "days", bound)


def _stocks(family: Family) -> Iterator[Plan]:
    for bound, level in _LEVELS.items():
        text = f"{level}: {family.what}, from the first that is told to the end of the period."
        yield Plan(Column(f"{family.name}_stock_{bound}", "integer", text), family, family.name, "stock", bound)


def _persons(family: Family) -> Iterator[Plan]:
    for bound, level in _LEVELS.items():
        what = "the sum of the numbers told" if bound == "high" else "the largest number told"
        text = f"{level}: persons deployed, {what}. (troopdata personnel; UCDP {bound} estimate)"
        yield Plan(Column(f"personnel_{bound}", "number", text), family, family.name, "persons", bound)


def _money(prefix: str) -> Iterator[Plan]:
    for bound, level in _LEVELS.items():
        what = "the sum of the amounts told" if bound == "high" else "the largest amount told"
        text = f"{level}: {what}, in units of the currency. (UCDP {bound} estimate)"
        yield Plan(Column(f"{prefix}_{bound}", "number", text), TRADE, prefix, "money", bound)
