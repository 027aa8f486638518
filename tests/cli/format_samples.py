"""Findings to render, among them hostile ones."""

from __future__ import annotations

from defcoop.validation.findings import Finding, Report

# What each format would obey, if it were let through: line breaks, escapes of terminals, bidi controls, a NUL, a lone
# surrogate, a noncharacter, and the punctuation of workflow commands, XML, Markdown, SARIF and URIs.
HOSTILE = (
    "a\r\nb\n::error::x\x1b[31m\x07\u202e\u2066\u200f\u2028\x85\x9b1m\0\udc80\ufffe\U000e0041 %0A:,;"
    " ]]> <b x='1' y=\"2\"> &amp; | \\| `code` **bold** [label](https://example.org) {0} ؟ عربي"
)

SOUND = Finding("DC104", "dataset/actors/act-x.yaml", "act-x: kind: 'a' is not", "Use b.", ("names", 0, "a/b~"), 4, 7)
OTHER = Finding("DC012", "dataset/actors/act-y.yaml", "act-y: null", "Leave it out.", (), 2, 1)
WARNING = Finding(
    "DC701", "dataset/actors/act-x.yaml", "act-x: accept[0]: is stale", "Take it out.", ("accept", 0), 9, 5
)
EVIL = Finding("DC301", f"dataset/{HOSTILE}.yaml", HOSTILE, HOSTILE, (HOSTILE, 0), 3, 2)


def report(*findings: Finding) -> Report:
    return Report(findings, records=2, sources=1, passages_checked=4, passages_unchecked=3)
