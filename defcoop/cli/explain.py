"""`defcoop explain`: what a code of a finding means."""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

import click

from defcoop.cli.formats._screen import show_markdown
from defcoop.cli.formats._visible import visible
from defcoop.validation.codes import CODES, RANGES
from defcoop.validation.installed import all_codes, code_of

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def _known(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    if given is None or (code := given.upper()) in all_codes():
        return given and code
    from defcoop.validation.issues import did_you_mean

    hints = [did_you_mean(code, all_codes()), "`defcoop explain` lists all codes."]
    msg = " ".join([f"{visible(given)} is no code.", *filter(None, hints)])
    raise click.BadParameter(msg)


@click.command
@click.argument("code", required=False, callback=_known)
def explain(code: str | None) -> None:
    """Say what a code means, why it matters, and what is wrong and right.

    CODE is the code of a finding; without one, all are listed.

    Example: defcoop explain DC101
    """
    show_markdown(_page(code) if code else _list())


def _page(code: str) -> str:
    """Give the page of a code: from the installed library, else from the checkout around it, else from its check."""
    if code not in CODES:
        title, remedy, _, text = code_of(code)
        return f"# {code}: {title}\n\n{text or remedy}"
    here = files("defcoop")
    page: Traversable = here / "_pages" / f"{code}.md"
    if not page.is_file():
        page = here / ".." / "docs" / "codes" / f"{code}.md"
    return page.read_text(encoding="utf-8")


def _list() -> str:
    lines = ["# Codes of findings"]
    for start, codes in groupby(sorted(all_codes()), lambda code: code[:3]):
        lines += ["", f"## {start}: {RANGES.get(start, 'Checks of installed packages')}", ""]
        rules = {code: code_of(code) for code in codes}
        lines += [
            f"- {code}{' (warning)' * (rule.severity == 'warning')}: {rule.title}" for code, rule in rules.items()
        ]
    return "\n".join(lines)
