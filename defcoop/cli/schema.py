"""`defcoop schema`: write the JSON Schemas and the shapes of the tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from defcoop.cli._generated import settle


def schema(
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")] = Path("schema"),
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 if a file is out of date.")
    ] = False,
) -> None:
    """Write the JSON Schema of every record type and the shapes of the tables, generated from the models.

    Example: defcoop schema --check
    """
    from defcoop.docgen.schemas import files

    settle(files(), out, check=check)
