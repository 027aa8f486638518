"""`defcoop schema`: write the JSON Schemas and the shapes of the tables."""

from __future__ import annotations

from pathlib import Path

import click

from defcoop.cli._generated import settle
from defcoop.cli._options import check_option, schema_out_option
from defcoop.io.places import is_checkout


@click.command
@schema_out_option
@check_option
def schema(out: Path, *, check: bool) -> None:
    """Write the JSON Schema of every record type and the shapes of the tables, generated from the models.

    In the folder of a dataset they have the terms that it adds to vocabularies.

    Example: defcoop schema --check
    """
    from defcoop.docgen.schemas import files
    from defcoop.models.own_terms import NO_TERMS
    from defcoop.validation.dataset_card import read_card

    own = read_card(Path()).card.terms if is_checkout(Path()) else NO_TERMS
    settle(files(own=own), out, check=check)
