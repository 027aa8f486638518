"""The shapes of the tables as a file of the checkout, so that each revision can tell its own.

The file is generated like the schemas beside it. A revision from before there was one has no tables to tell.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from defcoop.dataset import DataError
from defcoop.difference.snapshot import TableShape, library_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER, FILE = "schema", "tables.json"

_ADAPTER = TypeAdapter(dict[str, TableShape])


def shapes_text() -> str:
    """Write the shapes of this library's tables, one column to a line."""
    found = _ADAPTER.dump_python(dict(library_tables()), mode="json", exclude_defaults=True)
    tables = (
        f"{json.dumps(name)}: {{\n"
        f'  "key": {json.dumps(shape["key"])},\n'
        f'  "columns": [\n{_lines(json.dumps(column, ensure_ascii=False) for column in shape["columns"])}\n  ]\n}}'
        for name, shape in found.items()
    )
    return "{\n" + ",\n".join(tables) + "\n}\n"


def read_shapes(source: bytes, shown: str) -> Mapping[str, TableShape]:
    """Read the shapes of tables from such a file.

    Raises:
        DataError: if it holds something else.
    """
    try:
        return _ADAPTER.validate_json(source)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        msg = f"{shown}: {where}{where and ': '}{first['msg']}"
        raise DataError(msg) from None


def _lines(texts: Iterable[str]) -> str:
    return ",\n".join(f"    {text}" for text in texts)
