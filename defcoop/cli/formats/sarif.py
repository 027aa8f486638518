"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from defcoop import version
from defcoop.cli.formats._dump import dump
from defcoop.cli.formats._repository import prefix
from defcoop.cli.formats._visible import visible
from defcoop.validation.installed import all_codes, code_of

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.validation.findings import Finding, Report

_Object = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report, checkout: Path) -> str:
    """Write one run with a rule for every code; URIs are relative to the root of the repository."""
    root, seen, rules = prefix(checkout), Counter[str](), list(all_codes())
    return dump(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "defcoop",
                            "semanticVersion": version.LIBRARY,
                            "rules": [_rule(code) for code in rules],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(found, rules, root, seen) for found in report.findings],
                }
            ],
        }
    )


def _rule(code: str) -> _Object:
    title, remedy, severity, _ = code_of(code)
    return {
        "id": code,
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": f"{title}."},
        "help": {"text": f"{title}. {remedy}\n`defcoop explain {code}` tells more."},
        "defaultConfiguration": {"level": severity},
    }


def _result(found: Finding, rules: list[str], root: str, seen: Counter[str]) -> _Object:
    uri = quote((root + found.path).encode("utf-8", "surrogateescape"))
    return {
        "ruleId": found.code,
        "ruleIndex": rules.index(found.code),
        "level": found.severity,
        "message": {"text": _message(found)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": found.line, "startColumn": found.column},
                }
            }
        ],
        "partialFingerprints": {"place/v1": _fingerprint(found, seen)},
    }


def _message(found: Finding) -> str:
    """Say what was found and what to do, without any link, which SARIF would write as `[label](target)`."""
    return visible("\n".join(filter(None, (found.message, found.hint))), keep="\n").replace("](", "] (")


def _fingerprint(found: Finding, seen: Counter[str]) -> str:
    """Name a finding by code, path and pointer, whatever its line; further ones there are counted."""
    pointer = str(found.as_dict()["pointer"])
    whole = f"{found.code}\0{found.path}\0{pointer}"
    digest = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
