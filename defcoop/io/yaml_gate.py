"""What is refused of a YAML file by its bytes: what no record needs and what could hide something."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple, NoReturn

from defcoop.errors import DefcoopError
from defcoop.values.text import hidden_in as hidden_letter_in

MAX_BYTES = 1_000_000
MAX_ITEMS = 3_000
"""Lines and commas that a file may have, which bounds its items: checks may compare each with all others."""

_TOO_MANY = "Take out what is too much: so many items are more than one record."
_MARKER = re.compile(rb"^(?:<{7,}|={7,}|>{7,}|\|{7,})(?=[ \r\n]|\Z).*", re.MULTILINE)
"""A line that git writes into a file of which it cannot merge the two sides."""
_RETURN = re.compile(r"\r")
_SIGNS = b"\t#<>?|"
"""Bytes with which a merge marker may begin, or what readers of YAML take differently."""
_USUAL = bytes({*range(256)} - {*range(9), *range(11, 32), 0x7F, 0x9C, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3} - {*_SIGNS})
"""Bytes that are none of these, and of which no invisible character is made up; most files hold hardly any others."""
SHOWN = "holds the invisible character U+{:04X}"


class YamlError(DefcoopError):
    """A file that is refused; `line` and `column` count from 1, and `hint` says what to do if its code does not."""

    def __init__(self, code: str, line: int, column: int, message: str, hint: str = "") -> None:
        """Keep the code of the finding and the position."""
        super().__init__(message)
        self.code, self.line, self.column, self.message, self.hint = code, line, column, message, hint


class Position(NamedTuple):
    """A line and a column, counted from 1 in characters."""

    line: int
    column: int


def check_bytes(source: bytes) -> bytes:
    """Refuse a file by its bytes, or give those of its bytes that are unusual: hardly any, so that nothing is slow.

    Raises:
        YamlError: if it is too long, holds an unresolved merge, is not UTF-8 or holds an invisible character.
    """
    if len(source) > MAX_BYTES:
        _refuse("DC001", Position(1, 1), f"has {len(source):,} bytes, more than {MAX_BYTES:,}")
    if (items := source.count(b"\n") + source.count(b",")) > MAX_ITEMS:
        last = next(islice(re.finditer(rb"[\n,]", source), MAX_ITEMS, None))
        message = f"has {items:,} lines and commas, more than the {MAX_ITEMS:,} that end here"
        _refuse("DC001", _place(source, last.start()), message, _TOO_MANY)
    unusual = source.translate(None, _USUAL)
    if b"<" in unusual or b">" in unusual or b"|" in unusual:
        check_merge(source)
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{source[error.start]:02x} is not UTF-8"
        _refuse("DC002", _place(source, error.start), message)
    if unusual.translate(None, _SIGNS) and (hidden := hidden_in(text)):
        position = position_after(hidden.string[: hidden.start()])
        _refuse("DC003", position, SHOWN.format(ord(hidden.group())))
    return unusual


def check_merge(source: bytes) -> None:
    """Refuse a file that holds a line of an unresolved merge.

    Raises:
        YamlError: at the first of these.
    """
    if marker := _MARKER.search(source):
        line = marker[0].decode(errors="replace").rstrip()
        _refuse("DC004", _place(source, marker.start()), f"holds an unresolved merge, of which git wrote {line!r}")


def hidden_in(text: str) -> re.Match[str] | None:
    """Find the first invisible character; a carriage return is one unless it ends a line with a line feed."""
    text = text.replace("\r\n", "\n")
    hidden, returned = hidden_letter_in(text), _RETURN.search(text)
    return min((match for match in (hidden, returned) if match), key=lambda match: match.start(), default=None)


def position_after(before: str) -> Position:
    """Give the position that follows a text from the beginning of a file."""
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _place(source: bytes, offset: int) -> Position:
    return position_after(source[:offset].decode(errors="replace"))


def _refuse(code: str, position: Position, message: str, hint: str = "") -> NoReturn:
    raise YamlError(code, *position, message, hint) from None
