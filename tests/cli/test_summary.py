"""The summary below the findings."""

from __future__ import annotations

import pytest

from defcoop.cli._summary import summary
from defcoop.validation.findings import Finding, Report

FINDING = Finding("DC104", "dataset/actors/act-x.yaml", "act-x: kind: 'a' is not", "Use b.", ("kind",), 4, 7)


@pytest.mark.parametrize(
    ("findings", "unchecked", "lines"),
    [
        (
            (FINDING, FINDING),
            3,
            [
                "2 records, 5 source cards: 2 errors, 0 warnings.",
                "Passages: 4 checked against their texts, 3 not checked (the seed texts are not here).",
            ],
        ),
        (
            (FINDING,),
            0,
            [
                "2 records, 5 source cards: 1 error, 0 warnings.",
                "Passages: 4 checked against their texts, 0 not checked.",
            ],
        ),
    ],
)
def test_it_counts_and_says_what_was_not_checked(
    findings: tuple[Finding, ...], unchecked: int, lines: list[str]
) -> None:
    assert summary(Report(findings, 2, 5, 4, unchecked)).splitlines() == lines
