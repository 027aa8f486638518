"""`defcoop schema`: write the JSON Schemas and the shapes of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from defcoop.cli._generated import settle
from defcoop.cli._options import check_option, schema_out_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command
@schema_out_option
@check_option
def schema(out: Path, *, check: bool) -> None:
    """Write the JSON Schema of every record type and the shapes of the tables, generated from the models.

    Example: defcoop schema --check
    """
    from defcoop.docgen.schemas import files

    settle(files(), out, check=check)
