"""Findings for programs to read; docs/findings.schema.json says what stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.cli.formats._dump import dump

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.validation.findings import Report


def render(report: Report, checkout: Path) -> str:  # noqa: ARG001 - one signature for all formats
    """Write the report as one JSON object."""
    return dump(
        {
            "ok": report.ok,
            "records": report.records,
            "sources": report.sources,
            "passages": {"checked": report.passages_checked, "unchecked": report.passages_unchecked},
            "findings": [found.as_dict() for found in report.findings],
        }
    )
