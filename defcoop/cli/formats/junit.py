"""Findings as JUnit XML, which most CI services show as test results."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from defcoop.validation.findings import Finding, Report


def render(report: Report, checkout: Path) -> str:  # noqa: ARG001 - one signature for all formats
    """Write a test case for each file in which something was found and one, which passes, for the others.

    A file with errors fails with all of them in one failure, for many services show only the first. Warnings fail
    nothing and stand in the output of the case.
    """
    from xml.etree import ElementTree as ET

    files = groupby(sorted(report.findings, key=attrgetter("path")), attrgetter("path"))
    cases = [_case(path, list(findings)) for path, findings in files]
    rest = ET.Element("testcase", classname="defcoop", name="every other file")
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"name": "defcoop", "tests": str(len(cases) + 1), "failures": str(failures), "errors": "0"}
    root = ET.Element("testsuites", counts)
    suite = ET.SubElement(root, "testsuite", counts)
    suite.extend([*cases, rest])
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _case(path: str, findings: list[Finding]) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", classname="defcoop", name=visible(path))
    errors = [found for found in findings if found.severity == "error"]
    warnings = [found for found in findings if found.severity == "warning"]
    if errors:
        first = visible(errors[0].message) + (f" (and {len(errors) - 1} more)" if errors[1:] else "")
        SubElement(case, "failure", type=errors[0].code, message=first).text = _told(errors)
    if warnings:
        SubElement(case, "system-out").text = _told(warnings)
    return case


def _told(findings: Iterable[Finding]) -> str:
    lines: list[str] = []
    for found in findings:
        lines.append(
            visible(f"{found.path}:{found.line}:{found.column}: {found.severity} {found.code} {found.message}")
        )
        if found.hint:
            lines.append(f"    {visible(found.hint)}")
    return "\n".join(lines)
