"""From the files of a checkout to findings at line and column."""

from typing import TYPE_CHECKING

from defcoop._imports import lazily

if TYPE_CHECKING:
    from defcoop.validation.findings import Finding as Finding
    from defcoop.validation.findings import Report as Report
    from defcoop.validation.run import Run as Run
    from defcoop.validation.run import validate as validate

_HOMES = {
    "Finding": "defcoop.validation.findings",
    "Report": "defcoop.validation.findings",
    "Run": "defcoop.validation.run",
    "validate": "defcoop.validation.run",
}

__all__ = [
    "Finding",
    "Report",
    "Run",
    "validate",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
