"""Version numbers: MAJOR.MINOR.PATCH, their steps, and the files in which they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Self

from defcoop.errors import InputError
from defcoop.io.places import CARD_FILE
from defcoop.io.yaml_reader import YamlError, read
from defcoop.release.refusal import refuse
from defcoop.version import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.difference.model import Bump

MODULE = "defcoop/version.py"
"""The file with the version numbers of the library, in a checkout that holds a library too."""

_SHAPE = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_STEPS: tuple[Bump, ...] = ("major", "minor", "patch")


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
        numbers = _SHAPE.fullmatch(text)
        if not numbers:
            msg = f"{text!r} is no version such as 1.2.3"
            raise InputError(msg)
        return cls(*(int(number) for number in numbers.groups()))

    def __str__(self) -> str:
        """Write it with dots."""
        return ".".join(str(number) for number in self)

    def after(self, bump: Bump) -> Version:
        """Give the next version after a step.

        >>> str(Version(1, 2, 3).after("minor"))
        '1.3.0'
        """
        if bump == "major":
            return Version(self.major + 1, 0, 0)
        if bump == "minor":
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)

    def step_for(self, bump: Bump) -> Bump:
        """Give the step that changes call for: before 1.0.0 a minor one instead of a major one (SemVer, clause 4).

        >>> Version(0, 1, 0).step_for("major"), Version(1, 1, 0).step_for("major")
        ('minor', 'major')
        """
        return "minor" if bump == "major" and self.major == 0 else bump

    def step_to(self, later: Version) -> Bump:
        """Name the step to a later version.

        >>> Version(1, 2, 3).step_to(Version(2, 0, 0))
        'major'
        """
        return next(step for step, old, new in zip(_STEPS, self, later, strict=True) if old != new)


def suffices(taken: Bump, called_for: Bump | None) -> bool:
    """Tell whether a step is as large as the one that a difference calls for."""
    return called_for is None or _STEPS.index(taken) <= _STEPS.index(called_for)


class Stated(NamedTuple):
    """What a checkout says of the version of its data.

    Its number, the hash of the data that bear it, the schema's version, the dataset's name, and the file that says so.
    """

    version: str
    released: str
    schema: str
    name: str
    file: str


def stated(text_of: Callable[[str], str | None]) -> Stated:
    """Read what a checkout says of its version: its `dataset.yaml`, or where there is none its library.

    Args:
        text_of: gives the text of a file by its path, or nothing if there is no such file.

    Raises:
        RefusalError: if neither is there.
        InputError: if it does not stand in the file.
    """
    card, module = text_of(CARD_FILE), text_of(MODULE)
    schema = SCHEMA if module is None else in_module(module, "SCHEMA")
    if card is not None:
        return _in_card(card, schema)
    if module is None:
        refuse(f"there is no {CARD_FILE}, which says what the dataset is called and which version it has")
    return Stated(in_module(module or "", "DATA"), in_module(module or "", "RELEASED"), schema, "defcoop", MODULE)


def _in_card(source: str, schema: str) -> Stated:
    try:
        card = read(source.encode())
    except YamlError as error:
        msg = f"{CARD_FILE}:{error.line}: {error.message}"
        raise InputError(msg) from None
    if not isinstance(card, dict) or not all(isinstance(card.get(name), str) for name in ("name", "version")):
        msg = f"{CARD_FILE} does not say name and version"
        raise InputError(msg)
    return Stated(card["version"], str(card.get("released", "")), schema, card["name"], CARD_FILE)


def with_version(source: str, version: str, digest: str) -> str:
    r"""Write the version of the data and their hash into the text of a card, and leave all else as it is.

    >>> with_version("name: x\nversion: 0.1.0\ntitle: X\n", "0.2.0", "ab").splitlines()
    ['name: x', 'version: 0.2.0', 'released: ab', 'title: X']
    """
    bare = re.sub(r"^released:.*\n", "", source, flags=re.MULTILINE)
    text, count = re.subn(r"^version:.*$", f"version: {version}\nreleased: {digest}", bare, flags=re.MULTILINE)
    if count != 1:
        msg = f"{CARD_FILE} has not one line that begins with version:"
        raise InputError(msg)
    return text


def in_module(source: str, name: str) -> str:
    """Read one of the constants of the version module.

    Raises:
        ValueError: if it does not stand there once.
    """
    return _constant(source, name)[1]


def with_constants(source: str, **values: str) -> str:
    """Write constants of the version module.

    Raises:
        ValueError: if one of them does not stand there once.
    """
    for name, value in values.items():
        line = _constant(source, name)
        source = f'{source[: line.start()]}{name} = "{value}"{source[line.end() :]}'
    return source


def _constant(source: str, name: str) -> re.Match[str]:
    lines = list(re.finditer(rf'^{name} = "([^"]*)"$', source, re.MULTILINE))
    if len(lines) != 1:
        msg = f"{MODULE} names {name} {len(lines)} times"
        raise InputError(msg)
    return lines[0]
