"""Version numbers: MAJOR.MINOR.PATCH, their steps, and the module in which they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self

from defcoop.errors import InputError

if TYPE_CHECKING:
    from defcoop.difference.model import Bump

MODULE = "defcoop/version.py"
"""The file with the version numbers, relative to the checkout."""

_SHAPE = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_STEPS = ("patch", "minor", "major")


class Version(NamedTuple):
    """A version, as semantic versioning has them."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a version.

        Raises:
            ValueError: if it is none.

        >>> Version.parse("1.20.3")
        Version(major=1, minor=20, patch=3)
        """
        found = _SHAPE.fullmatch(text)
        if not found:
            msg = f"{text!r} is no version such as 1.2.3"
            raise InputError(msg)
        return cls(*(int(number) for number in found.groups()))

    def __str__(self) -> str:
        """Write it with dots."""
        return ".".join(str(number) for number in self)

    def after(self, bump: Bump) -> Version:
        """Give the next version after a step.

        >>> str(Version(1, 2, 3).after("minor"))
        '1.3.0'
        """
        major, minor, patch = self
        return {
            "major": Version(major + 1, 0, 0),
            "minor": Version(major, minor + 1, 0),
            "patch": Version(major, minor, patch + 1),
        }[bump]

    def step_to(self, later: Version) -> Bump | None:
        """Name the step to a later version, or nothing if it is not later.

        >>> Version(1, 2, 3).step_to(Version(2, 0, 0))
        'major'
        """
        if later <= self:
            return None
        if later.major > self.major:
            return "major"
        return "minor" if later.minor > self.minor else "patch"


def suffices(taken: Bump, called_for: Bump | None) -> bool:
    """Tell whether a step is as large as the one that a difference calls for."""
    return called_for is None or _STEPS.index(taken) >= _STEPS.index(called_for)


def in_module(source: str, name: str) -> str:
    """Read one of the constants of the version module.

    Raises:
        ValueError: if it does not stand there once.
    """
    return _constant(source, name)[2]


def with_constants(source: str, **values: str) -> str:
    """Write constants of the version module.

    Raises:
        ValueError: if one of them does not stand there once.
    """
    for name, value in values.items():
        found = _constant(source, name)
        source = source[: found.start()] + f'{name} = "{value}"' + source[found.end() :]
    return source


def _constant(source: str, name: str) -> re.Match[str]:
    found = list(re.finditer(rf'^({name}) = "([^"]*)"$', source, re.MULTILINE))
    if len(found) != 1:
        msg = f"{MODULE} names {name} {len(found)} times"
        raise InputError(msg)
    return found[0]
