"""What a validation came to, in one or two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defcoop.validation.findings import Report


def summary(report: Report) -> str:
    """Say in one or two lines what was looked at and what came out."""
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = len(report.findings) - errors
    totals = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    lines = [
        f"{_count(report.records, 'record')}, {_count(report.sources, 'source card')}: {totals}.",
        f"Passages: {report.passages_checked} checked against their texts, {report.passages_unchecked} not checked"
        + (" (the seed texts are not here)." if report.passages_unchecked else "."),
    ]
    return "\n".join(lines)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
