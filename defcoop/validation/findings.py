"""Findings: what is wrong, where exactly, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from defcoop.validation.installed import code_of

if TYPE_CHECKING:
    from defcoop.models.leaves import Pointer

Severity = Literal["error", "warning"]


class Finding(NamedTuple):
    """One mistake.

    `path` is relative to the checkout; `line` and `column` count from 1 and are those of the value at fault;
    `pointer` is the way to it through keys and list positions.

    >>> Finding("DC104", "dataset/agreements/agr-x.yaml", "signd is not in the vocabulary", line=11).severity
    'error'
    """

    code: str
    path: str
    message: str
    hint: str = ""
    pointer: Pointer = ()
    line: int = 1
    column: int = 1

    @property
    def severity(self) -> Severity:
        """Whether it makes the data invalid or only asks for a second look."""
        return code_of(self.code).severity

    def as_dict(self) -> dict[str, str | int]:
        """Give the finding as the JSON output has it, the pointer as an RFC 6901 string.

        >>> finding = Finding("DC104", "agr-x.yaml", "it is not in the vocabulary", pointer=("term", "status"))
        >>> finding.as_dict()["pointer"]
        '/term/status'
        """
        steps = (str(step).replace("~", "~0").replace("/", "~1") for step in self.pointer)
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "pointer": "".join(f"/{step}" for step in steps),
            "message": self.message,
            "hint": self.hint,
        }


class Report(NamedTuple):
    """What a validation found.

    `passages_checked` and `passages_unchecked` count cited and dismissed passages; those whose text is not at
    hand are unchecked, never passed. `states` holds the ids of the states that are named and have no record of the
    dataset's own, so that the library brings them.
    """

    findings: tuple[Finding, ...]
    records: int
    sources: int
    passages_checked: int
    passages_unchecked: int
    states: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not any(finding.severity == "error" for finding in self.findings)
