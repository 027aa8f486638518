"""The plan of a panel: its columns, what each of them counts, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from defcoop.alignment.coding import SCHEMES
from defcoop.analysis._panel.families import BY_NAME, FAMILIES, TRADE
from defcoop.models.actor import CodeScheme
from defcoop.models.agreement import Instrument
from defcoop.package.columns import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.analysis._panel.cells import Bound
    from defcoop.analysis._panel.families import Family

    How = Literal["count", "any", "expected", "term", "days", "stock", "persons", "money"]

_KINDS: dict[How, str] = {"persons": "number", "money": "number"}
_LEVELS: dict[Bound, str] = {"low": "Certainly", "best": "Where no open date matters", "high": "Possibly"}


class PlannedColumn(NamedTuple):
    """A column that is counted.

    Attributes:
        column: its name, type and meaning.
        family: whose acts it counts.
        acts: the name under which these acts are found: that of the family or, for trade, the prefix of the column.
        how: what is done with them.
        bound: which of its numbers it is.
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


def plans(prefixes: Iterable[str]) -> list[PlannedColumn]:
    """List the columns that are counted, in their order.

    Args:
        prefixes: the prefixes of the columns of trade.
    """
    columns = [column for family in FAMILIES for column in _counts(family)]
    columns += _terms(BY_NAME["agreements_signed"])
    text = "days on which an agreement was in force."
    columns += _by_bound("days_in_force", "days", BY_NAME["agreements_in_force"], text)
    for family in FAMILIES:
        if not family.lasts:
            text = f"{family.what}, from the first that is told to the end of the period."
            columns += _by_bound(f"{family.name}_stock", "stock", family, text)
    for name, what in (("deployments", "persons"), ("deployments_troops", "troops")):
        text = f"{what} deployed, {{number}}. (troopdata personnel; UCDP {{bound}} estimate)"
        columns += _by_bound(name.replace("deployments", "personnel"), "persons", BY_NAME[name], text)
    for prefix in prefixes:
        text = "{amount}, in units of the currency. (UCDP {bound} estimate)"
        columns += _by_bound(prefix, "money", TRADE, text, prefix)
    return columns


def keys(*, directed: bool, months: bool, draws: bool) -> list[Column]:
    """List the columns that tell rows apart, and those that lead to other data."""
    columns = [Column("draw", "integer", "Which of the draws, from 0.", required=True)] if draws else []
    order = "The source of what is directed." if directed else "The one with the lower code."
    columns += [
        Column("a", "string", f"An actor. {order}", required=True, target="actors"),
        Column("b", "string", "The other actor.", required=True, target="actors"),
        Column("year", "integer", "The year.", required=True),
    ]
    if months:
        columns.append(Column("month", "integer", "The month, 1 to 12.", required=True))
    for scheme, kind, source in SCHEMES:
        for side in "ab":
            closes = CodeScheme(scheme).closes
            later = f" The list closes on {closes}; codes of that day are carried on." if closes else ""
            text = f"Code of `{side}` on the last day of the period on which it has one. ({source}){later}"
            columns.append(Column(f"{scheme}_{side}", kind, text))
    return columns


POSSIBLE, UNSETTLED, UNDATED = "records", "records_unsettled", "records_undated"

RECORDS = (
    Column(POSSIBLE, "integer", "How many records possibly bear on the row.", required=True),
    Column(UNSETTLED, "integer", "How many of them do so in some readings of their dates alone.", required=True),
    Column(
        UNDATED, "integer", "How many records of the dyad tell of acts without a date, which may belong anywhere.", True
    ),
)
"""What is known of the records behind a row; never missing, for it is about the data and not about the world."""


def _counts(family: Family) -> Iterator[PlannedColumn]:
    meaning = f"{family.what}. ({family.source})"
    yield from _by_bound(family.name, "count", family, meaning)
    if not family.lasts:
        text = f"To be expected if every allowed day is as likely as another: {meaning}"
        yield PlannedColumn(Column(f"{family.name}_expected", "number", text), family, family.name, "expected", "best")
    text = f"Whether there are {meaning} True where certain, false where impossible and vouched for, else missing."
    yield PlannedColumn(Column(f"any_{family.name}", "boolean", text), family, family.name, "any", "best")


def _terms(family: Family) -> Iterator[PlannedColumn]:
    for term in Instrument:
        text = f"Where no open date or form matters: {family.what} of the form {term.value}. (ATOP ESTMODE)"
        column = Column(f"signed_{term.value}", "integer", text)
        yield PlannedColumn(column, family, family.name, "term", "best", term.value)


def _by_bound(name: str, how: How, family: Family, meaning: str, acts: str = "") -> Iterator[PlannedColumn]:
    """Plan a column for each of low, best and high; of numbers that are told, high is the sum."""
    for bound, level in _LEVELS.items():
        taken = "the sum of the {}s told" if bound == "high" else "the largest {} told"
        words = {"bound": bound, "number": taken.format("number"), "amount": taken.format("amount")}
        column = Column(f"{name}_{bound}", _KINDS.get(how, "integer"), f"{level}: {meaning.format(**words)}")
        yield PlannedColumn(column, family, acts or family.name, how, bound)
