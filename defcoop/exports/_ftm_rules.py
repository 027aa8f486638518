"""Rules: which property of FollowTheMoney a coded value of a record goes into, by what its field means."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.field_layout import Shape, layout
from defcoop.models.parts import Place
from defcoop.values import Edtf, Role, Term, Time
from defcoop.values.meaning import NEITHER

if TYPE_CHECKING:
    from defcoop.models import Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen


class PropertyRule(NamedTuple):
    """How a value gets into a property: as a `text`, an `entity`, a `country` or a `date`.

    `props` are properties of which the first is meant that the schema of the entity has.
    """

    props: tuple[str, ...]
    how: str = "text"


class EntityLink(NamedTuple):
    """A tie of the record to what the value names; it leads to the record unless it is `outward`."""

    role: str
    outward: bool = False
    involved: bool = False


class Edge(NamedTuple):
    """A tie for each item of a list: its schema, the end that is the record, a rule for each field of the item.

    `place` is that of the other end in the item's key, from the right; `involved` the field whose value is also
    involved in the event. A field of an item without a rule becomes part of the tie's description.
    """

    schema: str
    here: str
    fields: dict[str, PropertyRule]
    place: int
    role: str = ""
    involved: str = ""


_DATE = PropertyRule(("date",), "date")
_TIMES = {
    Time.MADE: _DATE,
    Time.COVERS: _DATE,
    Time.BEGINS: PropertyRule(("startDate", "createDate"), "date"),
    Time.ENDS: PropertyRule(("endDate",), "date"),
}
_ENDS = {
    Role.EMPLOYER: ("Employment", "employee", "employer"),
    Role.ORGANISATION: ("Membership", "member", "organization"),
}
"""The ties that FollowTheMoney has a schema for: the schema, the end that is the record, and the other."""


@cache
def rules(model: type[Record]) -> dict[str, PropertyRule | EntityLink]:
    """Give the rules for values of a record itself by path; what has none becomes a note that names the field."""
    by_path: dict[str, PropertyRule | EntityLink | None] = {}
    for field in layout(model):
        if field.shape is Shape.PART:
            part: type[Frozen] = field.type
            by_path |= {f"{field.name}.{inner.name}": _in_part(field, inner) for inner in layout(part)}
        else:
            by_path[field.name] = _alone(field)
    return {path: rule for path, rule in by_path.items() if rule}


@cache
def edges(model: type[Record]) -> dict[str, Edge]:
    """Give the rules for lists of parts that name somebody or something, by field."""
    by_field = {field.name: _edge(field) for field in layout(model) if field.shape is Shape.PARTS}
    return {name: edge for name, edge in by_field.items() if edge}


def _alone(field: FieldLayout) -> PropertyRule | EntityLink | None:
    if isinstance(field.role, Role):
        return _of_actor(field.role)
    if field.reference:
        name = field.name.replace("_", " ").removesuffix("s" if field.shape is Shape.SCALARS else "")
        is_parent = field.acyclic and field.shape is Shape.SCALAR
        return PropertyRule(("parent",), "entity") if is_parent else EntityLink(name, outward=field.outward)
    if field.type is Edtf:
        return _TIMES.get(field.time) if field.time else None
    if field.identifies:
        return PropertyRule(("classification", "propertyType"))
    if field.office:
        return PropertyRule(("title",))
    return PropertyRule(("keywords",)) if field.shape is Shape.SCALARS and issubclass(field.type, Term) else None


def _of_actor(role: Role) -> PropertyRule | EntityLink:
    if role in {Role.COUNTRY, Role.GROUND}:
        return PropertyRule(("country",), "country")
    if role.rank == NEITHER:
        return PropertyRule(("involved",), "entity")
    return EntityLink(role.word, involved=role.rank is not None)


def _in_part(field: FieldLayout, inner: FieldLayout) -> PropertyRule | EntityLink | None:
    if isinstance(inner.role, Role):
        return _of_actor(inner.role)
    if inner.reference:
        return EntityLink(f"{inner.name} of the {field.name}".replace("_", " "))
    return PropertyRule(("location", "address")) if field.type is Place and inner.name == "name" else None


def _edge(field: FieldLayout) -> Edge | None:
    part: type[Frozen] = field.type
    inners = layout(part)
    far = next((inner for inner in inners if inner.reference and (field.acyclic or isinstance(inner.role, Role))), None)
    if far is None or far.name not in part.KEY:
        return None
    ends = ("UnknownLink", *(("subject", "object") if field.acyclic else ("object", "subject")))
    role = far.role if isinstance(far.role, Role) else None
    schema, here, there = _ENDS.get(role, ends) if role else ends
    labels = (inner for inner in inners if not inner.reference)
    label = next((inner for inner in labels if inner.name in part.KEY or issubclass(inner.type, Term)), None)
    fields = {inner.name: _DATE for inner in inners if inner.type is Edtf}
    fields |= {far.name: PropertyRule((there,), "entity")} | ({label.name: PropertyRule(("role",))} if label else {})
    word = role.word if role and not label and schema == "UnknownLink" else ""
    place = part.KEY.index(far.name) - len(part.KEY)
    return Edge(schema, here, fields, place, word, far.name if role and role.rank is not None else "")
