"""Names that are imported when they are first used, and what installed packages add to defcoop."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from defcoop.errors import DefcoopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.metadata import EntryPoint

_Offer = TypeVar("_Offer")


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Make the `__getattr__` of a package from its public names and the modules in which they live."""

    def get(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
        if name not in homes:
            msg = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(msg)
        return getattr(import_module(homes[name]), name)

    return get


def entry_points(kind: str) -> dict[str, EntryPoint]:
    """Find what installed packages offer of a kind (`checks`: group `defcoop.checks`), by name and in its order.

    Where nobody offers anything, which is the rule, the slow `importlib.metadata` is not even imported.
    """
    group = f"defcoop.{kind}"
    if not any(f"[{group}]".encode() in _offers(os.path.abspath(folder)) for folder in sys.path):  # noqa: PTH100 - Path is slow
        return {}
    from importlib.metadata import entry_points as points  # noqa: PLC0415 - it takes as long as all else of a start

    return {point.name: point for point in sorted(points(group=group), key=lambda point: point.name)}


@cache
def _offers(folder: str) -> bytes:
    """Read all that the packages installed in a folder offer to defcoop."""
    offers = b""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208 - as above
            if name.endswith((".dist-info", ".egg-info")):
                with suppress(OSError), open(f"{folder}/{name}/entry_points.txt", "rb", buffering=0) as file:  # noqa: PTH123 - as above
                    text = file.read()
                    offers += text if b"[defcoop." in text else b""
    return offers


def package_of(point: EntryPoint) -> str:
    """Give the name of the package that offers something, as `normal` writes it."""
    return normal(point.dist.name) if point.dist else ""


def normal(package: str) -> str:
    """Write the name of a package in the form in which names that installers take for one are the same.

    >>> normal("Coast.Types"), normal("coast_types")
    ('coast-types', 'coast-types')
    """
    return re.sub(r"[-_.]+", "-", package).lower()


def load(point: EntryPoint, wanted: type[_Offer], what: str) -> _Offer:
    """Load what an installed package offers.

    Raises:
        DefcoopError: if it cannot be loaded or is not what is wanted, in one line.
    """
    try:
        offer = point.load()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - one that is broken must not break the others
        reason = f"SystemExit: {error}" if isinstance(error, SystemExit) else in_one_line(error)
    else:
        if isinstance(offer, wanted):
            return offer
        reason = f"it is no {wanted.__name__} of {wanted.__module__.partition('.')[0]}"
    msg = f"the {what} {point.name} ({point.value}) cannot be loaded: {reason}"
    raise DefcoopError(msg)


def offers(kind: str, wanted: type[_Offer], what: str) -> Iterator[tuple[str, _Offer | DefcoopError]]:
    """Yield what installed packages offer of a kind, by name: the object, or why it cannot be loaded."""
    for name, point in entry_points(kind).items():
        try:
            yield name, load(point, wanted, what)
        except DefcoopError as error:
            yield name, error


def in_one_line(error: BaseException) -> str:
    """Give the message of an error without line breaks, or its name if it has none."""
    return " ".join(str(error).split()) or type(error).__name__
