"""defcoop: typed, fully sourced records of defence cooperation.

>>> import defcoop
>>> ds = defcoop.load()
>>> ds.agreements["agr-qat-tur-military-cooperation-2017"].entry_into_force
Edtf('2017-06')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from defcoop import version

if TYPE_CHECKING:
    from defcoop.claims import Claim as Claim
    from defcoop.dataset import DataError as DataError
    from defcoop.dataset import Dataset as Dataset
    from defcoop.dataset import load as load
    from defcoop.findings import Finding as Finding
    from defcoop.findings import Report as Report
    from defcoop.validation import validate as validate

__version__ = version.LIBRARY

_HOMES = {
    "Claim": "defcoop.claims",
    "DataError": "defcoop.dataset",
    "Dataset": "defcoop.dataset",
    "Finding": "defcoop.findings",
    "Report": "defcoop.findings",
    "load": "defcoop.dataset",
    "validate": "defcoop.validation",
}
"""Where each public name lives; nothing is imported until it is used."""

__all__ = ["Claim", "DataError", "Dataset", "Finding", "Report", "__version__", "load", "validate"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
