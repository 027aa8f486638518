"""What the fields of a record mean, asked of its model: its sides, its times, its phase, what tells it apart."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.models.field_layout import Shape, is_empty, layout
from defcoop.models.leaves import key_of
from defcoop.values import Amount, Edtf
from defcoop.values.meaning import TIME_ORDER, UNSAID, Phase, Ranked, Role, Status, Time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import Enum

    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.models.record import Record
    from defcoop.values import Frozen

_PARTS = (Shape.PART, Shape.PARTS)


class Counted(NamedTuple):
    """What a panel counts of a type of record.

    Attributes:
        what: what is counted, for people.
        source: where its definition comes from.
        tie: what two states are told to have done, in charts; empty if it is not drawn there.
        lasts: whether it goes on after its date until it is told to have ended, as all does that is told to begin.
        name: the name of its columns, if it is not that of the folder.
        time: which of its dates dates it, if it is not the first.
        kinds: the terms of the field that tells two records apart for which it counts; all if it is empty.
    """

    what: str
    source: str
    tie: str = ""
    lasts: bool = False
    name: str = ""
    time: Time | None = None
    kinds: tuple[str, ...] = ()


class Side(NamedTuple):
    """Somebody with a part in a record: the actor, the path that tells so, on which side, and whether in an office.

    `rank` is SOURCE, NEITHER or TARGET.
    """

    actor: str
    path: str
    rank: int
    in_office: bool = False


class OrderedDate(NamedTuple):
    """A date with its place in the order in which dates fall, and where it stands."""

    place: int
    pointer: Pointer
    day: Edtf


def sides(record: Record) -> Iterator[Side]:
    """Yield the sides of a record in the order of its fields, without those who only watch."""
    for field, inner, role in _side_fields(type(record)):
        value = getattr(record, field.attribute)
        if is_empty(value):
            continue
        if field.shape is Shape.SCALAR:
            placed = [(value, field.name, role.rank, False)]
        elif field.shape is Shape.SCALARS:
            ranks = _ranks(record, role, len(value))
            placed = [(actor, f"{field.name}[{actor}]", rank, False) for actor, rank in zip(value, ranks, strict=True)]
        else:
            placed = [_placed(part, inner, role, field) for part in _parts(field, value)]
        yield from (Side(actor, path, rank, office) for actor, path, rank, office in placed if rank is not None)


def side_ids(record: Record) -> Iterator[str]:
    """Yield the ids of all whom a record names as sides, those too who only watch."""
    for field, inner, _ in _side_fields(type(record)):
        value = getattr(record, field.attribute)
        if field.shape is Shape.SCALARS:
            yield from value
        elif is_empty(value):
            continue
        elif field.shape is Shape.SCALAR:
            yield value
        else:
            yield from (getattr(part, inner.attribute) for part in _parts(field, value))


def side_names(model: type[Record]) -> frozenset[str]:
    """Name the fields that hold the sides."""
    return frozenset(field.name for field, _, _ in _side_fields(model))


@cache
def ranks_of_roles(model: type[Record]) -> frozenset[int | None]:
    """Give on which sides the fields of a type place actors whatever a record says."""
    return frozenset(role.rank for field, inner, role in _side_fields(model) if field is inner)


@cache
def sides_are_apart(model: type[Record]) -> bool:
    """Tell whether no side of a record may belong to another."""
    return any(role.is_apart for _, _, role in _side_fields(model))


@cache
def sides_are_opposed(model: type[Record]) -> bool:
    """Tell whether nobody may stand on both sides of a record."""
    return any(role.is_opposed for _, _, role in _side_fields(model))


def fewest_sides(record: Record) -> int:
    """Give how many sides a record has at least if it is done together, else 0."""
    kinds = (getattr(record, field.attribute) for field in layout(type(record)) if field.identifies)
    return 2 if type(record).IS_JOINT or any(getattr(kind, "is_joint", False) for kind in kinds) else 0


@cache
def status_field(model: type[Record]) -> FieldLayout | None:
    """Give the field that says how far a record has come, if its type has one."""
    return next((field for field in layout(model) if issubclass(field.type, Status)), None)


def status_of(record: Record) -> Status | None:
    """Give the status of a record; None if its type has none."""
    field = status_field(type(record))
    return getattr(record, field.attribute) if field else None


def phase_of(record: Record) -> Phase | None:
    """Give how far a record says that it has come; None if its type has no status."""
    status = status_of(record)
    return status.phase if status else None


@cache
def time_fields(model: type[Record]) -> Mapping[Time, FieldLayout]:
    """Give the fields of a type, not of its parts, by what their dates tell."""
    return {field.time: field for field in reversed(layout(model)) if isinstance(field.time, Time)}


def time_of(record: Record, time: Time) -> Edtf | None:
    """Give the date that tells when a record was made, began, ended or took place, if it has one."""
    field = time_fields(type(record)).get(time)
    return getattr(record, field.attribute) if field else None


@cache
def ordered_fields(model: type[Record]) -> Mapping[str, tuple[FieldLayout, FieldLayout]]:
    """Give the fields of dates that fall in an order, by name in that order, each with that inside its parts."""
    dated = [(field, inner) for field in layout(model) for inner in _own_or_inner(field) if inner.time in TIME_ORDER]
    dated.sort(key=lambda pair: TIME_ORDER.index(pair[1].time))
    return {field.name: (field, inner) for field, inner in dated}


def ordered_dates(record: Record) -> list[OrderedDate]:
    """Give the dates of a record that fall in an order, in that order."""
    dates: list[OrderedDate] = []
    for field, inner in ordered_fields(type(record)).values():
        place, value = TIME_ORDER.index(inner.time), getattr(record, field.attribute)
        if is_empty(value):
            continue
        if field is inner:
            dates.append(OrderedDate(place, (field.name,), value))
        for number, part in enumerate(_parts(field, value)):
            pointer = (field.name, number, inner.name) if field.shape is Shape.PARTS else (field.name, inner.name)
            dates.append(OrderedDate(place, pointer, getattr(part, inner.attribute)))
    return [date for date in dates if date.day is not None]


@cache
def identifying(model: type[Record]) -> tuple[str, ...]:
    """Name the attributes that tell two records of a type apart."""
    return tuple(field.attribute for field in layout(model) if field.identifies)


@cache
def kind_attribute(model: type[Record]) -> str:
    """Name the attribute that says what kind of act a record is."""
    return next((field.attribute for field in layout(model) if field.kind), identifying(model)[0])


@cache
def number_field(model: type[Record]) -> FieldLayout | None:
    """Give the field with the number of what a record is about: of a set, of persons, of money."""
    return next(
        (field for field in layout(model) if field.shape is Shape.PART and issubclass(field.type, Amount)), None
    )


@cache
def ground_paths(model: type[Record]) -> frozenset[str]:
    """Give the paths of the fields that name the state on whose ground a record plays."""
    return frozenset(
        field.name if inner is field else f"{field.name}.{inner.name}"
        for field in layout(model)
        if field.shape is not Shape.PARTS
        for inner in _own_or_inner(field)
        if isinstance(inner.role, Role) and inner.role.is_ground
    )


def check_meaning(model: type[Record]) -> None:
    """Refuse a type of record that does not say what it means.

    Raises:
        TypeError: if a date does not say what it tells, an id of an actor not its role, a status not its phase, or
            the type not what tells two of its records apart.
    """
    _check_fields(model)
    if not identifying(model):
        msg = f"{model.__name__}: no field tells two records apart; say identifies=True in the one that does"
        raise TypeError(msg)
    for field in layout(model):
        if field.name == "status" and not issubclass(field.type, Status):
            msg = f"{model.__name__}.status: derive {field.type.__name__} from Status, and say the phase of each term"
            raise TypeError(msg)


@cache
def _check_fields(model: type[Frozen]) -> None:
    for field in layout(model):
        if field.reference == "actor" and field.role is UNSAID:
            raise _unsaid(model, field, "role", Role)
        if field.type is Edtf and field.time is UNSAID:
            raise _unsaid(model, field, "time", Time)
        if field.shape in _PARTS:
            part: type[Frozen] = field.type
            _check_fields(part)


def _unsaid(model: type[Frozen], field: FieldLayout, what: str, kinds: type[Enum]) -> TypeError:
    known = ", ".join(f"{kinds.__name__}.{kind.name}" for kind in kinds)
    return TypeError(f"{model.__name__}.{field.name}: say its {what}, {what}=None if it has none of {known}")


@cache
def _side_fields(model: type[Record]) -> tuple[tuple[FieldLayout, FieldLayout, Role], ...]:
    """List the fields that hold sides, each with that inside its parts, or with itself, and with the role."""
    return tuple(
        (field, inner, inner.role)
        for field in layout(model)
        for inner in _own_or_inner(field)
        if isinstance(inner.role, Role) and inner.role.rank is not None
    )


def _parts(field: FieldLayout, value: Any) -> tuple[Frozen, ...]:  # noqa: ANN401 - what the field holds
    return value if field.shape is Shape.PARTS else (value,) if value and field.shape is Shape.PART else ()


def _own_or_inner(field: FieldLayout) -> tuple[FieldLayout, ...]:
    part: type[Frozen] = field.type
    return layout(part) if field.shape in _PARTS else (field,)


@cache
def _ranked(model: type[Frozen]) -> FieldLayout | None:
    return next((field for field in layout(model) if issubclass(field.type, Ranked)), None)


@cache
def _office(part: type[Frozen]) -> FieldLayout | None:
    return next((field for field in layout(part) if field.office), None)


def _ranks(record: Record, role: Role, number: int) -> tuple[int | None, ...]:
    """Give the ranks of a list of actors; what goes between two is, of more or fewer, nobody's."""
    ranked = _ranked(type(record)) if role is Role.PARTNER else None
    if ranked is None:
        return (role.rank,) * number
    ranks: tuple[int | None, ...] = getattr(record, ranked.attribute).ranks
    return ranks if len(ranks) == number else (None,) * number


def _placed(part: Frozen, inner: FieldLayout, role: Role, field: FieldLayout) -> tuple[str, str, int | None, bool]:
    """Give the actor of a part, its path, its rank, and whether it acts in an office."""
    ranked, office = _ranked(type(part)), _office(type(part))
    rank = getattr(part, ranked.attribute).ranks[0] if ranked else role.rank
    in_office = office is not None and getattr(part, office.attribute) is not None
    item = f"[{key_of(part)}]" if field.shape is Shape.PARTS else ""
    return getattr(part, inner.attribute), f"{field.name}{item}.{inner.name}", rank, in_office
