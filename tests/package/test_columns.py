"""Fields become cells and cells become fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from defcoop.models import Actor, Agreement, Deployment, Facility, TradeFigure
from defcoop.models.actor import ActorKind, Membership
from defcoop.models.evidence import Evidence
from defcoop.models.field_layout import layout
from defcoop.models.parts import Duration
from defcoop.models.record import Conflict, Figure, PossibleDuplicate
from defcoop.package.columns import Column, cells, parse_scalar, read_part, scalar_column, target_of, write
from defcoop.values import Edtf, Frozen


def cell_of(model: type[Frozen], *names: str) -> Any:
    return next(cell for cell in cells(model) if cell.names == names)


def test_a_part_is_flattened_into_its_owner() -> None:
    amount = [column.name for cell in cells(TradeFigure) for column in cell.columns if cell.names[0] == "amount"]
    assert amount == [f"amount_{name}" for name in ("low", "best", "high", "bound", "currency", "currency_stated")]


def test_parts_of_parts_are_flattened_too() -> None:
    names = {column.name for cell in cells(Deployment) for column in cell.columns}
    assert {"mandate_issuer", "mandate_date_earliest", "mandate_term_length", "mandate_term_unit"} <= names


def test_a_field_is_required_only_if_all_that_it_stands_in_is() -> None:
    assert cell_of(TradeFigure, "amount", "bound").columns[0].required
    assert not cell_of(TradeFigure, "amount", "low").columns[0].required
    assert not cell_of(Deployment, "mandate", "issuer").columns[0].required
    assert not cell_of(Agreement, "signed").columns[0].required


def test_lists_and_mappings_fill_no_cell() -> None:
    assert {"names", "evidence", "absent", "parties"}.isdisjoint(cell.names[0] for cell in cells(Agreement))


def test_a_date_fills_four_cells_and_a_span_two() -> None:
    signed = cell_of(Agreement, "signed")
    assert [(column.name, column.kind) for column in signed.columns] == [
        ("signed", "string"),
        ("signed_earliest", "date"),
        ("signed_latest", "date"),
        ("signed_date_prec", "integer"),
    ]
    assert signed.value_columns == ("signed",)
    passage = cell_of(Evidence, "passage")
    assert [(column.name, column.kind, column.required) for column in passage.columns] == [
        ("start", "integer", True),
        ("end", "integer", True),
    ]
    assert passage.value_columns == ("start", "end")


def test_a_column_has_the_name_in_the_data_not_the_one_in_python() -> None:
    cell = cell_of(Facility, "class")
    assert cell.attributes == ("class_",)
    assert cell.columns[0].name == "class"


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("2019-10", ("2019-10", "2019-10-01", "2019-10-31", "4")),
        ("2017-06-01", ("2017-06-01", "2017-06-01", "2017-06-01", "1")),
        ("2017/..", ("2017/..", "2017-01-01", "", "")),
        ("../2017", ("../2017", "", "2017-12-31", "")),
        ("20XX", ("20XX", "2000-01-01", "2099-12-31", "")),
    ],
)
def test_a_date_is_written_with_its_bounds(value: str, texts: tuple[str, ...]) -> None:
    assert write(Edtf(value), cell_of(Agreement, "signed")) == texts


@pytest.mark.parametrize(
    ("model", "names", "value", "texts"),
    [
        (Agreement, ("signed",), None, ("", "", "", "")),
        (Evidence, ("passage",), (3, 40), ("3", "40")),
        (TradeFigure, ("amount", "best"), 2_000_000_000, ("2000000000",)),
        (TradeFigure, ("amount", "best"), Decimal("1E+3"), ("1000",)),
        (TradeFigure, ("amount", "best"), Decimal("2.50"), ("2.50",)),
        (TradeFigure, ("amount", "currency_stated"), False, ("false",)),
        (TradeFigure, ("amount", "currency_stated"), True, ("true",)),
        (Actor, ("kind",), ActorKind.STATE, ("state",)),
        (Actor, ("rank",), None, ("",)),
    ],
)
def test_a_value_is_written_in_its_cells(
    model: type[Frozen], names: tuple[str, ...], value: object, texts: tuple[str, ...]
) -> None:
    assert write(value, cell_of(model, *names)) == texts


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("true", bool, True),
        ("false", bool, False),
        ("3000", int, 3000),
        ("3000", Decimal, 3000),
        ("2.50", Decimal, Decimal("2.50")),
        ("3000", str, "3000"),
        ("2019-10", Edtf, "2019-10"),
    ],
)
def test_a_cell_is_read_as_its_type(text: str, kind: type, value: object) -> None:
    found = parse_scalar(text, kind)
    assert found == value
    assert type(found) is type(value)


def test_cells_are_read_back_into_nested_fields_and_empty_ones_left_out() -> None:
    row = {column.name: "" for cell in cells(Figure) for column in cell.columns}
    assert read_part(Figure, row | {"what": "ships", "best": "2.5", "bound": "about"}) == {
        "what": "ships",
        "best": Decimal("2.5"),
        "bound": "about",
    }
    row = {column.name: "" for cell in cells(Deployment) for column in cell.columns}
    assert read_part(Deployment, row | {"mandate_term_length": "3", "mandate_act": "extended"}) == {
        "mandate": {"act": "extended", "term": {"length": 3}}
    }
    assert read_part(
        Evidence, {column.name: "" for cell in cells(Evidence) for column in cell.columns} | {"start": "3", "end": "40"}
    ) == {"passage": (3, 40)}


def test_only_the_value_of_a_date_is_read_back() -> None:
    row = {
        "organisation": "act-x",
        "period": "2019",
        "period_earliest": "x",
        "period_latest": "",
        "period_date_prec": "",
    }
    assert read_part(Membership, row) == {"organisation": "act-x", "period": "2019"}


@pytest.mark.parametrize(
    ("model", "name", "target"),
    [
        (Actor, "country", "actors"),
        (Actor, "kind", None),
        (Deployment, "legal_basis", "agreements"),
        (Deployment, "facility", "facilities"),
        (PossibleDuplicate, "record", "records"),
        (Evidence, "seed", "seeds"),
    ],
)
def test_a_reference_leads_to_the_table_of_its_type(model: type[Frozen], name: str, target: str | None) -> None:
    assert target_of(next(field for field in layout(model) if field.name == name)) == target
    assert cell_of(model, name).columns[0].target == target


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (str, Column("x", "string", "X.")),
        (int, Column("x", "integer", "X.")),
        (bool, Column("x", "boolean", "X.")),
        (Decimal, Column("x", "number", "X.")),
        (ActorKind, Column("x", "string", "X.", vocabulary=ActorKind)),
        (Edtf, Column("x", "string", "X.")),
    ],
)
def test_the_column_of_a_type(kind: type, column: Column) -> None:
    assert scalar_column("x", kind, "X.", required=False) == column


def test_a_column_says_whether_it_is_required_and_where_it_leads() -> None:
    assert scalar_column("x", str, "X.", required=True, target="actors") == Column(
        "x", "string", "X.", required=True, target="actors"
    )


def test_lengths_and_contradicting_values_are_numbers_and_text() -> None:
    assert cell_of(Duration, "length").columns[0].kind == "number"
    assert cell_of(Conflict, "value").columns[0].kind == "string"
