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
    CollectionEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from defcoop.errors import DefcoopError, MissingLibraryError
from defcoop.values.text import hidden_in

try:
    from yaml._yaml import CParser
except ImportError as error:  # pragma: no cover - a PyYAML built without its C half
    message = "defcoop needs PyYAML with libyaml; this PyYAML was built without it"
    raise MissingLibraryError(message) from error

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
_TYPED = frozenset({"", *"+-.0123456789", *"~nNtf"})
"""What a plain scalar begins with that some reader takes for a number, null or boolean; anything else is text."""
_RETURN = re.compile(r"\r")
_VISIBLE = bytes({*range(256)} - {*range(9), *range(11, 32), 0x7F, 0x9C, 0xC2, 0xE1, 0xE2, 0xE3, 0xEF, 0xF3})
"""Bytes of which no invisible character is made up; most files hold no others, and need no slower search."""
_SHOWN = "holds the invisible character U+{:04X}"
_NO_KEY = "has a key that is not plain text"


class YamlError(DefcoopError):
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
    places: list[Position] | None = None if positions is None else []
    try:
        data = _parse(source, places)
    except yaml.YAMLError as error:
        # libyaml reads ahead of its events along a row of brackets, and some releases give up there at a depth of
        # their own. With a shorter row it comes to what we refuse, if that is the fault.
        with suppress(yaml.YAMLError):
            _parse(_DEEP.sub(rb"\1", source), None)
        raise _unreadable(error) from None
    if positions is not None and places is not None:
        _note(data, (), iter(places), positions)
    return data


def reads_as_text(plain: str) -> bool:
    """Tell whether a plain scalar of these characters is read as the same text, by us and by any YAML reader."""
    return not (
        plain in _NULLS | {"true", "false"} or _WHOLE.match(plain) or _DECIMAL.match(plain) or _ODD_NUMBER.match(plain)
    )


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
        line, column = _end_of(source[: error.start].decode(errors="replace"))
        msg = "DC002"
        raise YamlError(msg, line, column, f"byte 0x{source[error.start]:02x} is not UTF-8") from None
    if source.translate(None, _VISIBLE) and (hidden := _hidden_in(text)):
        line, column = _end_of(hidden.string[: hidden.start()])
        msg = "DC003"
        raise YamlError(msg, line, column, _SHOWN.format(ord(hidden.group())))


def _parse(source: bytes, places: list[Position] | None) -> object:
    """Read one document; a list of places gets that of every key and value, in their order."""
    parser = CParser(source)
    next_event: Callable[[], _Event] = parser.get_event

    def next_noted() -> _Event:
        event = next_event()
        if places is not None and not isinstance(event, CollectionEndEvent):
            places.append(Position(event.start_mark.line + 1, event.start_mark.column + 1))
        return event

    try:
        next_event()
        start = next_event()
        if isinstance(start, StreamEndEvent):
            raise YamlError(*_EMPTY)
        if start.version or start.tags:
            _refuse(start, "DC005", "has a directive")
        value = _value(next_noted(), next_event if places is None else next_noted, 0)
        next_event()
        after = next_event()
        if isinstance(after, DocumentStartEvent):
            _refuse(after, "DC010", "holds a second document")
        return value
    finally:
        parser.dispose()


def _unreadable(error: yaml.YAMLError) -> YamlError:
    if not isinstance(error, yaml.MarkedYAMLError):
        return YamlError("DC005", 1, 1, str(error).splitlines()[0])
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return YamlError("DC005", line, column, error.problem or "cannot be read")


def _end_of(before: str) -> Position:
    return Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)


def _value(event: _Event, next_event: Callable[[], _Event], depth: int) -> object:
    """Read the value that begins with an event."""
    # The parser makes no subclasses, and asking for the very type is quicker.
    if type(event) is ScalarEvent:
        text: str = event.value
        is_text = text[:1] not in _TYPED and event.anchor is event.tag is None and not event.style
        return text if is_text else _scalar(event)
    _refuse_reference(event)
    if depth >= MAX_DEPTH:
        _refuse(event, "DC013", f"nests deeper than {MAX_DEPTH} levels")
    if type(event) is SequenceStartEvent:
        items: list[object] = []
        while type(event := next_event()) is not SequenceEndEvent:
            items.append(_value(event, next_event, depth + 1))
        return items
    mapping: dict[str, object] = {}
    while type(event := next_event()) is ScalarEvent:
        key = event.value
        if event.style or key in mapping or key == "<<" or event.anchor is not None or event.tag is not None:
            _check_key(event, mapping)
        mapping[key] = _value(next_event(), next_event, depth + 1)
    if type(event) is not MappingEndEvent:
        _refuse(event, "DC005", _NO_KEY)
    return mapping


def _note(data: object, pointer: Pointer, places: Iterator[Position], positions: Positions) -> None:
    """Give the places, which stand in the order of the document, to the pointers of what was read."""
    positions.values[pointer] = next(places)
    if isinstance(data, dict):
        for key, value in data.items():
            positions.keys[*pointer, key] = next(places)
            _note(value, (*pointer, key), places, positions)
    elif isinstance(data, list):
        for number, item in enumerate(data):
            _note(item, (*pointer, number), places, positions)


def _refuse_reference(event: _Event) -> None:
    """Refuse an alias, an anchor and a tag."""
    if isinstance(event, AliasEvent):
        _refuse(event, "DC007", f"uses the alias *{_brief(str(event.anchor))}")
    if event.anchor is not None:
        _refuse(event, "DC007", f"sets the anchor &{_brief(event.anchor)}")
    if event.tag is not None:
        _refuse(event, "DC008", f"carries the tag {_brief(event.tag)}")


def _check_key(event: _Event, mapping: dict[str, object]) -> None:
    if event.anchor is not None or event.tag is not None:
        _refuse(event, "DC005", _NO_KEY)
    if event.style:
        _refuse_hidden(event)
    elif event.value == "<<":
        _refuse(event, "DC009", "uses a merge key")
    if event.value in mapping:
        _refuse(event, "DC006", f"has the key {_brief(event.value)!r} twice")


def _scalar(event: _Event) -> str | int | Decimal | bool:
    _refuse_reference(event)
    text: str = event.value
    if event.style:
        _refuse_hidden(event)
    elif text in {"true", "false"}:
        return text == "true"
    elif text in _NULLS:
        _refuse(event, "DC012", f"has the null {text!r} for a value" if text else "has an empty value")
    elif _WHOLE.match(text):
        return int(text)
    elif _DECIMAL.match(text):
        return Decimal(text)
    elif _ODD_NUMBER.match(text):
        _refuse(event, "DC011", f"has the number-like {_brief(text)!r} that readers take differently")
    return text


def _refuse_hidden(event: _Event) -> None:
    """Refuse what only escapes in double quotes can bring in, since the bytes do not show it."""
    if event.style == '"' and (hidden := _hidden_in(event.value)):
        _refuse(event, "DC003", _SHOWN.format(ord(hidden.group())))


def _hidden_in(text: str) -> re.Match[str] | None:
    """Find the first invisible character; a carriage return is one unless it ends a line with a line feed."""
    text = text.replace("\r\n", "\n")
    hidden, returned = hidden_in(text), _RETURN.search(text)
    return min((match for match in (hidden, returned) if match), key=lambda match: match.start(), default=None)


def _brief(text: str) -> str:
    """Show no more of a text than a line of a terminal holds."""
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line of a message


def _refuse(event: _Event, code: str, message: str) -> NoReturn:
    raise YamlError(code, event.start_mark.line + 1, event.start_mark.column + 1, message)
