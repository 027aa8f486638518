"""The findings as a Markdown table for the summary of a GitHub job.

GitHub shows about ten annotations of a step; the summary has every finding.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.cli._summary import summary as totals
from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from defcoop.validation.findings import Report

_HEAD = "| place | | code | found | do |\n| --- | --- | --- | --- | --- |"
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_ENTITIES = {"|": "&#124;", "\\": "&#92;"}
"""What takes part in finding the end of a cell, before escapes are looked at."""

_MAX_BYTES = 1_000_000
"""GitHub refuses a summary of more than 1 MiB as a whole."""


def summary(report: Report) -> str:
    """Write the totals and a row for every finding; if GitHub would not take them all, say how many are left out."""
    head = f"### defcoop\n\n{_cell(totals(report))}\n"
    if not report.findings:
        return head
    rows = [f"\n{_HEAD}\n"]
    room = _MAX_BYTES
    for number, found in enumerate(report.findings):
        place = f"{found.path}:{found.line}:{found.column}"
        cells = (place, found.severity, found.code, found.message, found.hint)
        rows.append(f"| {' | '.join(map(_cell, cells))} |\n")
        room -= len(rows[-1].encode())
        if room < 0:
            rows[-1] = f"\n{len(report.findings) - number} more do not fit into a summary; the log has them all.\n"
            break
    return head + "".join(rows)


def append(report: Report) -> None:
    """Add the summary to the file that GitHub names in the environment, if it names one."""
    if name := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(name).open("a", encoding="utf-8") as file:
            file.write(summary(report))


def _cell(text: str) -> str:
    """Escape all punctuation, so that nothing in a text is markup."""
    text = visible(text, keep="\n")
    return _MARKUP.sub(lambda mark: _ENTITIES.get(mark.group(), "\\" + mark.group()), text).replace("\n", "<br>")
