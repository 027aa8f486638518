"""Columns: how the fields of a model become the cells of a table, and back."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import EnumType
from functools import cache
from typing import TYPE_CHECKING, Any

from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import text_of
from defcoop.models.registry import ANY, BY_NAME, SEED
from defcoop.values import Edtf, Frozen, Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.models.field_layout import FieldLayout

RECORDS, SEEDS = "records", "seeds"
"""The tables to which references to any record, and to source cards, lead."""

_TYPES: dict[type, str] = {bool: "boolean", int: "integer", Decimal: "number"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, what it means, and what it may hold.

    `kind` is the Table Schema type, `target` the table whose `id` it refers to, `vocabulary` its terms, to which a
    dataset adds its `own`.
    """

    name: str
    kind: str
    description: str
    required: bool = False
    vocabulary: type[Term] | None = None
    target: str | None = None
    own: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """What a cell may hold, in order; nothing if that is not limited."""
        return (*(self.vocabulary or ()), *self.own)


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells that one field fills: a single one, two for a span, or four for a date."""

    attributes: tuple[str, ...]
    names: tuple[str, ...]
    field: FieldLayout
    columns: tuple[Column, ...]

    @property
    def value_columns(self) -> tuple[str, ...]:
        """The names of the columns that hold the value itself, without what is derived from it."""
        return tuple(column.name for column in self.columns[: 2 if self.field.shape is Shape.SPAN else 1])


@cache
def cells(model: type[Frozen]) -> tuple[Cells, ...]:
    """List the cells of a model: its scalar fields and, flattened, those of its parts."""
    return tuple(_flatten(model, (), (), required=True))


def target_of(field: FieldLayout) -> str | None:
    """Give the table to which a reference leads."""
    if field.reference is None:
        return None
    return {ANY: RECORDS, SEED: SEEDS}.get(field.reference) or BY_NAME[field.reference].folder


def write(value: Any, cell: Cells) -> tuple[str, ...]:  # noqa: ANN401 - a field's value
    """Write a value as the texts of its cells; a missing value leaves them empty."""
    if value is None:
        return ("",) * len(cell.columns)
    if cell.field.shape is Shape.SPAN:
        return tuple(str(bound) for bound in value)
    if isinstance(value, Edtf):
        days = (value.earliest, value.latest)
        return (str(value), *(day.isoformat() if day else "" for day in days), str(value.date_prec or ""))
    return (text_of(value),)


def read_part(model: type[Frozen], row: Mapping[str, str]) -> dict[str, Any]:
    """Read the fields of a model back from the cells of a row; what is empty is left out."""
    fields: dict[str, Any] = {}
    for cell in cells(model):
        texts = [row[column.name] for column in cell.columns]
        if texts[0] == "":
            continue
        place = fields
        for step in cell.names[:-1]:
            place = place.setdefault(step, {})
        place[cell.names[-1]] = _parse(texts, cell.field)
    return fields


def parse_scalar(text: str, kind: type[Any]) -> Any:  # noqa: ANN401 - a field's value
    """Read one value of a type back from the text of its cell."""
    if kind is bool:
        return text == "true"
    if kind is int:
        return int(text)
    if kind is Decimal:
        return Decimal(text) if "." in text else int(text)
    return text


def scalar_column(
    name: str, kind: type[Any], description: str, *, required: bool = False, target: str | None = None
) -> Column:
    """Describe the column of a single value of a type."""
    vocabulary = kind if isinstance(kind, EnumType) and issubclass(kind, Term) else None
    return Column(name, _TYPES.get(kind, "string"), description, required, vocabulary, target)


def _flatten(
    model: type[Frozen], attributes: tuple[str, ...], names: tuple[str, ...], *, required: bool
) -> list[Cells]:
    flat: list[Cells] = []
    for field in layout(model):
        path, steps = (*attributes, field.attribute), (*names, field.name)
        if field.shape is Shape.PART:
            flat += _flatten(field.type, path, steps, required=required and field.required)
        elif field.shape in {Shape.SCALAR, Shape.SPAN}:
            flat.append(
                Cells(path, steps, field, _columns("_".join(steps), field, required=required and field.required))
            )
    return flat


def _columns(name: str, field: FieldLayout, *, required: bool) -> tuple[Column, ...]:
    if field.shape is Shape.SPAN:
        return (
            Column("start", "integer", "First code point of the passage. (W3C TextPositionSelector start)", required),
            Column("end", "integer", "Code point after the passage. (W3C TextPositionSelector end)", required),
        )
    first = scalar_column(name, field.type, field.description, required=required, target=target_of(field))
    if field.type is not Edtf:
        return (first,)
    return (
        first,
        Column(f"{name}_earliest", "date", f"First day that {name} allows; empty if open or unknown."),
        Column(f"{name}_latest", "date", f"Last day that {name} allows; empty if open or unknown."),
        Column(f"{name}_date_prec", "integer", f"How finely {name} is known, 1 to 5; empty if wider. (UCDP date_prec)"),
    )


def _parse(texts: list[str], field: FieldLayout) -> Any:  # noqa: ANN401 - a field's value
    if field.shape is Shape.SPAN:
        return tuple(int(text) for text in texts)
    return parse_scalar(texts[0], field.type)
