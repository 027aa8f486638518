"""defcoop: typed, fully sourced records of defence cooperation.

>>> import defcoop
>>> ds = defcoop.load()
>>> ds.agreements["agr-qat-tur-military-cooperation-2017"].entry_into_force
Edtf('2017-06')
"""

from typing import TYPE_CHECKING

from defcoop import version
from defcoop._imports import lazily

if TYPE_CHECKING:
    from defcoop.dataset import Collection as Collection
    from defcoop.dataset import Contradiction as Contradiction
    from defcoop.dataset import DataError as DataError
    from defcoop.dataset import Dataset as Dataset
    from defcoop.dataset import Linked as Linked
    from defcoop.dataset import Losses as Losses
    from defcoop.dataset import find as find
    from defcoop.dataset import load as load
    from defcoop.difference import diff as diff
    from defcoop.exports import export as export
    from defcoop.package.claims import Claim as Claim
    from defcoop.package.verification import verify as verify
    from defcoop.publishing.checked_build import build as build
    from defcoop.validation import validate as validate
    from defcoop.validation.findings import Finding as Finding
    from defcoop.validation.findings import Report as Report

__version__ = version.LIBRARY

_HOMES = {
    "Claim": "defcoop.package.claims",
    "Collection": "defcoop.dataset",
    "Contradiction": "defcoop.dataset",
    "DataError": "defcoop.dataset",
    "Dataset": "defcoop.dataset",
    "Finding": "defcoop.validation.findings",
    "Linked": "defcoop.dataset",
    "Losses": "defcoop.dataset",
    "Report": "defcoop.validation.findings",
    "build": "defcoop.publishing.checked_build",
    "diff": "defcoop.difference",
    "export": "defcoop.exports",
    "find": "defcoop.dataset",
    "load": "defcoop.dataset",
    "validate": "defcoop.validation",
    "verify": "defcoop.package.verification",
}

__all__ = [
    "Claim",
    "Collection",
    "Contradiction",
    "DataError",
    "Dataset",
    "Finding",
    "Linked",
    "Losses",
    "Report",
    "__version__",
    "build",
    "diff",
    "export",
    "find",
    "load",
    "validate",
    "verify",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
