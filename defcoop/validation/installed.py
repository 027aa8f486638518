"""The checks of installed packages, found by entry points in the group `defcoop.checks` that lead to a `Check`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from defcoop._imports import offers
from defcoop.errors import DefcoopError
from defcoop.validation.codes import CODES, Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from defcoop.validation.issues import CrossRecordIssue, Issue

_CODE = re.compile(r"DC[0-9][5-9][0-9]")
"""The codes that are left to other packages."""


class Check(NamedTuple):
    """A check of another package, and the codes of what it finds, each from 50 upwards in its range.

    `on` says what it is called with: each `record` or source `card` with the `Sources`, or the `DatasetIndex` of the
    whole `dataset`. It yields an `Issue`, on a dataset a `CrossRecordIssue`, for each mistake.
    """

    run: Callable[..., Iterator[Issue | CrossRecordIssue]]
    on: Literal["record", "card", "dataset"]
    codes: Mapping[str, Code]


@cache
def checks_on(what: str) -> tuple[Callable[..., Iterator[Any]], ...]:
    """Give the checks of installed packages that look at a `record`, a `card` or the `dataset`.

    Raises:
        DefcoopError: if any cannot be loaded or added: without it no file could be called free of mistakes.
    """
    checks, refused = _installed()
    if refused:
        raise DefcoopError(refused[0])
    return tuple(check.run for check in checks if check.on == what)


def all_codes() -> Mapping[str, Code]:
    """Give every code with its meaning: the library's own and those of installed packages."""
    return CODES | {code: meaning for check in _installed()[0] for code, meaning in check.codes.items()}


def explanation(code: str) -> str:
    """Give the page of a code of an installed package: its title, what its check says of itself, and the remedy."""
    from inspect import getdoc  # noqa: PLC0415 - slow, and only needed here

    check = next(check for check in _installed()[0] if code in check.codes)
    title, remedy, _ = check.codes[code]
    return "\n\n".join([f"# {code}: {title}", getdoc(check.run) or "", remedy])


@cache
def _installed() -> tuple[tuple[Check, ...], tuple[str, ...]]:
    """Give the checks of installed packages, and why others cannot be added."""
    checks: list[Check] = []
    refused: list[str] = []
    for name, offer in offers("defcoop.checks", Check, "check"):
        if isinstance(offer, DefcoopError):
            refused.append(str(offer))
        elif reason := _clash(offer, checks):
            refused.append(f"the check {name} cannot be added: {reason}")
        else:
            checks.append(offer)
    return tuple(checks), tuple(refused)


def _clash(check: Check, others: Iterable[Check]) -> str:
    taken = {code for other in others for code in other.codes}
    for code in check.codes:
        if code in taken:
            return f"its code {code} has a meaning already"
        if not _CODE.fullmatch(code):
            return f"its code {code} is none that is left to other packages, such as DC750 to DC799"
    return ""
