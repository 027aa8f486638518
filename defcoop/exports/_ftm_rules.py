"""Rules: which property of FollowTheMoney a coded value of a record goes into."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """A property and how a value gets there: as a `text`, an `entity`, a `country` or a `date`."""

    prop: str
    how: str = "text"


class Link(NamedTuple):
    """A tie of the record to what the value names; it leads to the record unless it is `outward`."""

    role: str
    outward: bool = False
    involved: bool = False


class Edge(NamedTuple):
    """A tie for each item of a list: its schema, the end that is the record, a rule for each field of the item.

    `involved` is the field whose value is also involved in the event.
    """

    schema: str
    here: str
    fields: dict[str, Rule]
    role: str = ""
    involved: str = ""


_EVENT = {
    "place.name": Rule("location"),
    "place.country": Rule("country", "country"),
    "period": Rule("date", "date"),
    "domains": Rule("keywords"),
    "topics": Rule("keywords"),
}

RULES: dict[str, dict[str, Rule | Link]] = {
    "actor": {
        "kind": Rule("classification"),
        "country": Rule("country", "country"),
        "parent": Rule("parent", "entity"),
        "rank": Rule("title"),
    },
    "agreement": {
        "parties": Rule("involved", "entity"),
        "scope": Rule("keywords"),
        "subjects": Rule("keywords"),
        "signed": Rule("date", "date"),
        "entry_into_force": Rule("startDate", "date"),
        "ends": Rule("endDate", "date"),
    },
    "deployment": {
        "sender": Link("sender", involved=True),
        "hosts": Link("host", involved=True),
        "legal_basis": Link("legal basis"),
        "mandate.issuer": Link("issuer of the mandate"),
        "facility": Link("facility"),
        "period": Rule("date", "date"),
    },
    "exercise": {**_EVENT},
    "engagement": {**_EVENT, "outcomes": Link("outcome", outward=True)},
    "facility": {
        "class": Rule("propertyType"),
        "place.name": Rule("address"),
        "place.country": Rule("country", "country"),
        "part_of": Rule("parent", "entity"),
        "host": Link("host"),
        "users": Link("user"),
        "operator": Link("operator"),
        "opened": Rule("createDate", "date"),
    },
    "trade_figure": {"partners": Rule("involved", "entity"), "period": Rule("date", "date")},
}
"""The rules for values of a record itself, by type and field; what has none becomes a note that names the field."""

_PARTICIPANTS = Edge(
    "UnknownLink", "object", {"actor": Rule("subject", "entity"), "role": Rule("role")}, involved="actor"
)

EDGES = {
    ("actor", "offices"): Edge(
        "Employment",
        "employee",
        {"organisation": Rule("employer", "entity"), "title": Rule("role"), "held": Rule("date", "date")},
    ),
    ("actor", "memberships"): Edge(
        "Membership", "member", {"organisation": Rule("organization", "entity"), "period": Rule("date", "date")}
    ),
    ("agreement", "signatories"): Edge("UnknownLink", "object", {"actor": Rule("subject", "entity")}, role="signatory"),
    ("agreement", "ratified"): Edge(
        "UnknownLink", "object", {"by": Rule("subject", "entity"), "date": Rule("date", "date")}, role="ratification"
    ),
    ("agreement", "relations"): Edge(
        "UnknownLink", "subject", {"agreement": Rule("object", "entity"), "kind": Rule("role")}
    ),
    ("exercise", "participants"): _PARTICIPANTS,
    ("engagement", "participants"): _PARTICIPANTS,
}
"""The rules for lists of parts; a field of an item without a rule becomes part of the tie's description."""
