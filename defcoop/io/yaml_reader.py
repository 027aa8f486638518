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

from defcoop.errors import MissingLibraryError
from defcoop.io.yaml_gate import (
    MAX_BYTES,
    MAX_ITEMS,
    SHOWN,
    Position,
    YamlError,
    check_bytes,
    check_merge,
    hidden_in,
    position_after,
)
from defcoop.io.yaml_problems import better_told, problem_of
from defcoop.io.yaml_scalars import DECIMAL, NULLS, ODD_NUMBER, TYPED, WHOLE, is_read_otherwise, reads_as_text
from defcoop.io.yaml_strict import first_doubt, may_be_shallow, may_hold_doubts

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

MAX_DEPTH = 16

_DEEP = re.compile(rb"((?:[\[{] *){%d})(?:[\[{] *)+" % (MAX_DEPTH + 1))
"""More brackets opened in a row than may be nested; the group holds so many that the last is refused."""
_EMPTY = ("DC005", 1, 1, "is empty")
_LONGER = 6
"""The length of a text that is longer than any word that some reader takes for true, false or null."""
_LETTERS = frozenset("nNtTfFyYoO")
"""What these words begin with, and no number does."""
_NO_KEY = "has a key that is not plain text"


class Positions(NamedTuple):
    """Where the values and the keys of a document stand, by pointer."""

    values: dict[Pointer, Position]
    keys: dict[Pointer, Position]


class _Noted(NamedTuple):
    """The first and last event of values that span lines, and those of texts that others take for something else."""

    spanning: list[tuple[_Event, _Event]]
    otherwise: list[_Event]


def read(source: bytes, positions: Positions | None = None, otherwise: list[Position] | None = None) -> object:
    """Read one document.

    Args:
        source: the bytes of the file.
        positions: gets where everything in it stands.
        otherwise: gets where texts stand that YAML 1.1 takes for a truth value or a date.

    Raises:
        YamlError: if the bytes or the document are refused.
    """
    unusual = check_bytes(source)
    places: list[Position] | None = None if positions is None else []
    noted = _Noted([], [])
    try:
        data = _parse(source, places, noted)
    except YamlError as error:
        check_merge(source)  # a line of = alone is not seen before
        raise better_told(error, source) from None
    except yaml.YAMLError as error:
        # libyaml reads ahead of its events along a row of brackets, and some releases give up there at a depth of
        # their own. With a shorter row it comes to what we refuse, if that is the fault.
        with suppress(yaml.YAMLError):
            _parse(_DEEP.sub(rb"\1", source), None, noted)
        check_merge(source)
        raise _unreadable(error, source) from None
    if noted.spanning and b"\n=" in source:
        check_merge(source)
    if may_hold_doubts(source, unusual) or (noted.spanning and may_be_shallow(source, noted.spanning)):
        _refuse_doubts(source)
    if otherwise is not None:
        otherwise += map(_position, noted.otherwise)
    if positions is not None and places is not None:
        _note(data, (), iter(places), positions)
    return data


def _unreadable(error: yaml.YAMLError, source: bytes) -> YamlError:
    if not isinstance(error, yaml.MarkedYAMLError):
        return YamlError("DC005", 1, 1, str(error).splitlines()[0])
    return YamlError("DC005", *problem_of(error, source))


def _refuse_doubts(source: bytes) -> None:
    """Refuse what libyaml reads and others do not, or otherwise."""
    text = source.decode()
    if doubt := first_doubt(text, list(yaml.parse(text, Loader=yaml.CSafeLoader))):
        line, column = position_after(text[: doubt.offset])
        msg = "DC005"
        raise YamlError(msg, line, column, doubt.message, doubt.hint)


def _position(event: _Event) -> Position:
    return Position(event.start_mark.line + 1, event.start_mark.column + 1)


def _parse(source: bytes, places: list[Position] | None, noted: _Noted) -> object:
    """Read one document; a list of places gets that of every key and value, in their order."""
    parser = CParser(source)
    next_event: Callable[[], _Event] = parser.get_event

    def next_noted() -> _Event:
        event = next_event()
        if places is not None and not isinstance(event, CollectionEndEvent):
            places.append(_position(event))
        return event

    try:
        next_event()
        start = next_event()
        if isinstance(start, StreamEndEvent):
            raise YamlError(*_EMPTY)
        if start.version or start.tags:
            _refuse(start, "DC005", "has a directive")
        value = _value(next_noted(), next_event if places is None else next_noted, 0, noted)
        next_event()
        after = next_event()
        if isinstance(after, DocumentStartEvent):
            _refuse(after, "DC010", "holds a second document")
        return value
    finally:
        parser.dispose()


def _value(event: _Event, next_event: Callable[[], _Event], depth: int, noted: _Noted) -> object:
    """Read the value that begins with an event."""
    # The parser makes no subclasses, and asking for the very type is quicker.
    if type(event) is ScalarEvent:
        text: str = event.value
        is_word = (begin := text[:1]) not in TYPED or (begin in _LETTERS and len(text) >= _LONGER)
        is_text = is_word and event.anchor is event.tag is None and not event.style
        return text if is_text else _scalar(event, noted)
    _check_start(event, depth)
    start: _Event = event
    if type(event) is SequenceStartEvent:
        items: list[object] = []
        while type(event := next_event()) is not SequenceEndEvent:
            items.append(_value(event, next_event, depth + 1, noted))
        last: _Event = event
        if start.flow_style and last.end_mark.line != start.start_mark.line:
            noted.spanning.append((start, last))
        return items
    mapping: dict[str, object] = {}
    while type(event := next_event()) is ScalarEvent:
        key = event.value
        if event.style or key in mapping or key == "<<" or event.anchor is not None or event.tag is not None:
            _check_key(event, mapping)
        mapping[key] = _value(next_event(), next_event, depth + 1, noted)
    if type(event) is not MappingEndEvent:
        _refuse(event, "DC005", _NO_KEY)
    last = event
    if start.flow_style and last.end_mark.line != start.start_mark.line:
        noted.spanning.append((start, last))
    return mapping


def _check_start(event: _Event, depth: int) -> None:
    """Refuse what may not begin a list or a mapping."""
    if event.anchor is not None or event.tag is not None or isinstance(event, AliasEvent):
        _refuse_reference(event)
    if depth >= MAX_DEPTH:
        _refuse(event, "DC013", f"nests deeper than {MAX_DEPTH} levels")


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


def _scalar(event: _Event, noted: _Noted) -> str | int | Decimal | bool:
    _refuse_reference(event)
    text: str = event.value
    if event.style:
        _refuse_hidden(event)
        if event.end_mark.line != event.start_mark.line:
            noted.spanning.append((event, event))
    elif text in {"true", "false"}:
        return text == "true"
    elif text in NULLS:
        _refuse(event, "DC012", f"has the null {text!r} for a value" if text else "has an empty value")
    elif WHOLE.match(text):
        return int(text)
    elif DECIMAL.match(text):
        return Decimal(text)
    elif ODD_NUMBER.match(text):
        _refuse(event, "DC011", f"has the number-like {_brief(text)!r} that readers take differently")
    # Most texts are longer than a word for true or false and no dates, which is quicker seen than asked.
    elif (len(text) < _LONGER or text[4] == "-") and is_read_otherwise(text):
        _note_otherwise(event, noted)
    return text


def _note_otherwise(event: _Event, noted: _Noted) -> None:
    if event.value == "-":
        _refuse(event, "DC005", "has a hyphen alone for a value")
    noted.otherwise.append(event)


def _refuse_hidden(event: _Event) -> None:
    """Refuse what only escapes in double quotes can bring in, since the bytes do not show it."""
    if event.style == '"' and (hidden := hidden_in(event.value)):
        _refuse(event, "DC003", SHOWN.format(ord(hidden.group())))


def _brief(text: str) -> str:
    """Show no more of a text than a line of a terminal holds."""
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 - a line of a message


def _refuse(event: _Event, code: str, message: str) -> NoReturn:
    raise YamlError(code, event.start_mark.line + 1, event.start_mark.column + 1, message)


__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_ITEMS", "Position", "Positions", "YamlError", "read", "reads_as_text"]
