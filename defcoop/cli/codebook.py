"""`defcoop codebook`: write the codebook."""

from __future__ import annotations

from pathlib import Path

import click

from defcoop.cli._generated import settle
from defcoop.cli._options import PATH, check_option, data, schema_out_option
from defcoop.io.places import is_checkout


@click.command
@schema_out_option
@check_option
@click.option("--dataset", type=PATH, help="The folder of records to count, else none is counted.")
def codebook(out: Path, dataset: Path | None, *, check: bool) -> None:
    """Write the codebook: every table, field and term, in Markdown and HTML; with data, how they use it.

    Example: defcoop codebook --check
    """
    from defcoop.docgen.codebook import codebook as write
    from defcoop.validation.dataset_card import read_card

    counted = data(dataset) if dataset else None
    card = read_card(Path()).card if counted is None and is_checkout(Path()) else None
    settle(write(counted, card=card), out, check=check)
