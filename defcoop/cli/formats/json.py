"""Findings for programs to read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defcoop.findings import Report


def render(report: Report) -> str:
    """Write the report as one JSON object."""
    return json.dumps(
        {
            "ok": report.ok,
            "records": report.records,
            "sources": report.sources,
            "passages": {"checked": report.passages_checked, "unchecked": report.passages_unchecked},
            "findings": [found.as_dict() for found in report.findings],
        },
        ensure_ascii=False,
        indent=2,
    )
