"""Strict YAML: scalars stay what they are written as, and whatever YAML could hide is refused with its position.

Plain whole numbers become `int`, plain decimals `Decimal`, `true` and `false` `bool`; all else stays text.
"""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from defcoop.values.text import HIDDEN, TAGS

try:
    from yaml._yaml import CParser
except ImportError as error:  # pragma: no cover - a PyYAML built without its C half
    message = "defcoop needs PyYAML with libyaml; this PyYAML was built without it"
    raise ImportError(message) from error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from defcoop.models.leaves import Pointer

_Event = Any
"""An event of the C parser, which carries more than PyYAML's stubs know."""

MAX_BYTES = 1_000_000
MAX_ITEMS = 3_000
"""Lines and commas that a file may have, which bounds its items: checks may compare each with all others."""
MAX_DEPTH = 16

_DEEP = re.compile(rb"((?:[\[{] *){%d})(?:[\[{] *)+" % (MAX_DEPTH + 1))
"""More brackets opened in a row than may be nested; the group holds so many that the last is refused."""
_WHOLE = re.compile(r"(?:0|-?[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"(?!-0\.0*\Z)-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}\Z")
# What some YAML reader would take for a number, but not in plain decimal digits.
_ODD_NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0b[01_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
)
_EMPTY = ("DC005", 1, 1, "is empty")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_SPECIAL = _NULLS | {"true", "false"}
_NUMERIC = frozenset("+-.0123456789")
"""What anything that some reader takes for a number begins with."""
_HIDDEN = re.compile(rf"\r(?!\n)|[{HIDDEN}{TAGS}]")


class YamlError(Exception):
    """A file that is refused; `line` and `column` count from 1."""

    def __init__(self, code: str, line: int, column: int, message: str) -> None:
        """Keep the code of the finding and the position."""
        super().__init__(message)
        self.code, self.line, self.column, self.message = code, line, column, message


class Position(NamedTuple):
    """A line and a column, counted from 1 in characters."""

    line: int
    column: int


class Positions(NamedTuple):
    """Where the values and the keys of a document stand, by pointer."""

    values: dict[Pointer, Position]
    keys: dict[Pointer, Position]


def read(source: bytes, positions: Positions | None = None) -> object:
    """Read one document and, on demand, note where everything in it stands.

    Raises:
        YamlError: if the bytes or the document are refused.
    """
    _gate(source)
    spots: list[Position] | None = None if positions is None else []
    try:
        data = _parse(source, spots)
    except yaml.YAMLError as error:
        # libyaml reads ahead of its events along a row of brackets, and some releases give up there at a depth of
        # their own. With a shorter row it comes to what we refuse, if that is the fault.
        with suppress(yaml.YAMLError):
            _parse(_DEEP.sub(rb"\1", source), None)
        raise _unreadable(error) from None
    if positions is not None and spots is not None:
        _note(data, (), iter(spots), positions)
    return data


def reads_as_text(plain: str) -> bool:
    """Tell whether a plain scalar of these characters is read as the same text, by us and by any YAML reader."""
    typed = plain in {"true", "false"} or plain in _NULLS
    return not (typed or _WHOLE.match(plain) or _DECIMAL.match(plain) or _ODD_NUMBER.match(plain))


def _gate(source: bytes) -> None:
    """Refuse by its bytes what no record needs and what could hide something."""
    if len(source) > MAX_BYTES:
        msg = "DC001"
        raise YamlError(msg, 1, 1, f"has {len(source):,} bytes, more than {MAX_BYTES:,}")
    if (items := source.count(b"\n") + source.count(b",")) > MAX_ITEMS:
        msg = "DC001"
        raise YamlError(msg, 1, 1, f"has {items:,} lines and commas, more than {MAX_ITEMS:,}")
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line, column = _spot(source[: error.start].decode(errors="replace"))
        msg = "DC002"
        raise YamlError(msg, line, column, f"byte 0x{source[error.start]:02x} is not UTF-8") from None
    if hidden := _HIDDEN.search(text):
        line, column = _spot(text[: hidden.start()])
        msg = "DC003"
        raise YamlError(msg, line, column, f"holds the invisible character U+{ord(hidden.group()):04X}")


def _parse(source: bytes, spots: list[Position] | None) -> object:
    parser = CParser(source)
    try:
        return _document(parser.get_event, spots)
    finally:
        parser.dispose()


def _unreadable(error: yaml.YAMLError) -> YamlError:
    if not isinstance(error, yaml.MarkedYAMLError):
        return YamlError("DC005", 1, 1, str(error).splitlines()[0])
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlError("DC005", line, column, error.problem or "cannot be read")


def _spot(before: str) -> Position:
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _document(next_event: Callable[[], _Event], spots: list[Position] | None) -> object:
    next_event()
    start = next_event()
    if isinstance(start, StreamEndEvent):
        raise YamlError(*_EMPTY)
    if start.version or start.tags:
        _refuse(start, "DC005", "has a directive")
    value = _node(next_event(), next_event, 0, spots)
    next_event()
    after = next_event()
    if isinstance(after, DocumentStartEvent):
        _refuse(after, "DC010", "holds a second document")
    return value


def _node(event: _Event, next_event: Callable[[], _Event], depth: int, spots: list[Position] | None) -> object:
    """Read one value; a list of spots gets the place of every key and value in the order of the document."""
    if event.anchor is not None or event.tag is not None:
        _refuse_reference(event)
    if spots is not None:
        spots.append(_place(event))
    # The parser makes no subclasses, and asking for the very type is quicker.
    kind = type(event)
    if kind is ScalarEvent:
        return _quoted(event) if event.style else _plain(event)
    if depth >= MAX_DEPTH:
        _refuse(event, "DC013", f"nests deeper than {MAX_DEPTH} levels")
    if kind is SequenceStartEvent:
        items: list[object] = []
        while type(event := next_event()) is not SequenceEndEvent:
            items.append(_node(event, next_event, depth + 1, spots))
        return items
    mapping: dict[str, object] = {}
    while type(event := next_event()) is not MappingEndEvent:
        key = _key(event, mapping)
        if spots is not None:
            spots.append(_place(event))
        mapping[key] = _node(next_event(), next_event, depth + 1, spots)
    return mapping


def _note(data: object, pointer: Pointer, spots: Iterator[Position], positions: Positions) -> None:
    """Give the spots, which stand in the order of the document, to the pointers of what was read."""
    positions.values[pointer] = next(spots)
    if isinstance(data, dict):
        for key, value in data.items():
            positions.keys[*pointer, key] = next(spots)
            _note(value, (*pointer, key), spots, positions)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            _note(item, (*pointer, number), spots, positions)


def _place(event: _Event) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


def _refuse_reference(event: _Event) -> NoReturn:
    if isinstance(event, AliasEvent):
        _refuse(event, "DC007", f"uses the alias *{_brief(str(event.anchor))}")
    if event.anchor is not None:
        _refuse(event, "DC007", f"sets the anchor &{_brief(event.anchor)}")
    _refuse(event, "DC008", f"carries the tag {_brief(event.tag)}")


def _key(event: _Event, mapping: dict[str, object]) -> str:
    if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
        _refuse(event, "DC005", "has a key that is not plain text")
    key: str = _quoted(event) if event.style else event.value
    if key == "<<" and not event.style:
        _refuse(event, "DC009", "uses a merge key")
    if key in mapping:
        _refuse(event, "DC006", f"has the key {_brief(key)!r} twice")
    return key


def _quoted(event: _Event) -> str:
    text: str = event.value
    # Only escapes in double quotes can bring in what the bytes do not show.
    if event.style == '"' and (hidden := _HIDDEN.search(text)):
        _refuse(event, "DC003", f"holds the invisible character U+{ord(hidden.group()):04X}")
    return text


def _plain(event: _Event) -> str | int | Decimal | bool:
    text: str = event.value
    if text[:1] not in _NUMERIC and text not in _SPECIAL:
        return text
    if text in {"true", "false"}:
        return text == "true"
    if text in _NULLS:
        _refuse(event, "DC012", f"has the null {text!r} for a value" if text else "has an empty value")
    if _WHOLE.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    if _ODD_NUMBER.match(text):
        _refuse(event, "DC011", f"has the number-like {_brief(text)!r} that readers take differently")
    return text


def _brief(text: str) -> str:
    """Show no more of a text than a line of a terminal holds."""
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line of a message


def _refuse(event: _Event, code: str, message: str) -> NoReturn:
    raise YamlError(code, event.start_mark.line + 1, event.start_mark.column + 1, message)
