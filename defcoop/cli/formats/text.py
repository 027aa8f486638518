"""Findings for people to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defcoop.findings import Report


def render(report: Report) -> str:
    """Write one finding to a line, what to do about it on the next."""
    lines: list[str] = []
    for found in report.findings:
        lines += [
            f"{found.path}:{found.line}:{found.column}: {found.severity} {found.code} {found.message}",
            f"    {found.hint}",
        ]
    return "\n".join(lines)
