"""`defcoop codebook`: write the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from defcoop.cli._generated import settle
from defcoop.cli._options import check_option, data, data_option, schema_out_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command
@schema_out_option
@check_option
@data_option
def codebook(out: Path, dataset: Path | None, *, check: bool) -> None:
    """Write the codebook: every table, field and term, with what the data hold, in Markdown and HTML.

    Example: defcoop codebook --check
    """
    from defcoop.docgen.codebook import codebook as write

    settle(write(data(dataset)), out, check=check)
