"""Checks of installed packages, which run after our own, and what their codes mean."""

from __future__ import annotations

from collections import ChainMap
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from defcoop._imports import entry_points, normal, package_of
from defcoop.errors import DefcoopError
from defcoop.validation.codes import CODES, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from defcoop.models import Record
    from defcoop.validation.issues import CrossRecordIssue, DatasetIndex, Issue, Sources


class Checks(NamedTuple):
    """Checks that a package offers: an entry point of `defcoop.checks` names one of these.

    `codes` says what each code of their findings means, `records` are checks of single records, and `dataset` checks
    of all summaries together.
    """

    codes: Mapping[str, Rule] = MappingProxyType({})
    records: tuple[Callable[[Record, Sources], Iterator[Issue]], ...] = ()
    dataset: tuple[Callable[[DatasetIndex], Iterator[CrossRecordIssue]], ...] = ()


@cache
def installed_checks(plugins: tuple[str, ...] | None = None) -> tuple[Checks, ...]:
    """Load the checks of installed packages, once, in the order of their names.

    Args:
        plugins: the packages that count; by default all.

    Raises:
        DefcoopError: if some cannot be loaded, or give a code a second meaning.
    """
    loaded: list[Checks] = []
    codes = set(CODES)
    named = None if plugins is None else set(map(normal, plugins))
    for point in entry_points("checks").values():
        if named is not None and package_of(point) not in named:
            continue
        try:
            checks = point.load()
            problem = "" if isinstance(checks, Checks) else "they are no defcoop.validation.installed.Checks"
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever an installed package raises
            problem = f"{type(error).__name__}: {error}"
        if not problem and not codes.isdisjoint(checks.codes):
            problem = f"{', '.join(sorted(codes & checks.codes.keys()))} is the code of another check"
        if problem:
            msg = f"the checks {point.name} ({point.value}) cannot be loaded: {problem}"
            raise DefcoopError(msg)
        codes |= checks.codes.keys()
        loaded.append(checks)
    return tuple(loaded)


@cache
def all_codes() -> Mapping[str, Rule]:
    """Give what every code means: our own, then those of installed packages."""
    return ChainMap(*(dict(checks.codes) for checks in reversed(installed_checks())), CODES)


def code_of(code: str) -> Rule:
    """Give what a code means, one of ours or of an installed package's checks."""
    return CODES.get(code) or all_codes()[code]  # who has findings of ours alone need not look for others
