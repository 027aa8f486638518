"""The shapes of the tables as a file of the checkout, so that each revision has its own.

The file is generated like the schemas beside it. A revision from before there was one has none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from defcoop.dataset import DataError
from defcoop.difference.snapshot import TableShape, library_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "tables.json"
SHAPES = f"schema/{FILE}"
"""The path of the file in a checkout."""

_ADAPTER = TypeAdapter(dict[str, TableShape])


def shapes_text() -> str:
    """Write the shapes of this library's tables, one column to a line."""
    shapes = _ADAPTER.dump_python(dict(library_tables()), mode="json", exclude_defaults=True)
    tables = []
    for name, shape in shapes.items():
        columns = ",\n".join(f"    {json.dumps(column, ensure_ascii=False)}" for column in shape["columns"])
        tables.append(f'"{name}": {{\n  "key": {json.dumps(shape["key"])},\n  "columns": [\n{columns}\n  ]\n}}')
    return "{\n" + ",\n".join(tables) + "\n}\n"


def read_shapes(source: bytes, label: str) -> Mapping[str, TableShape]:
    """Read the shapes of tables from such a file, which messages call by its label.

    Raises:
        DataError: if it holds something else.
    """
    try:
        return _ADAPTER.validate_json(source)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        msg = f"{label}: {place}{place and ': '}{first['msg']}"
        raise DataError(msg) from None
