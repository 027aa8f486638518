"""What libyaml complains of, in plain words: where the slip is, and what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.yaml_gate import YamlError
from defcoop.io.yaml_scalars import in_plain_digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import Mark, MarkedYAMLError

_QUOTE = "Quote the whole text."
_NO_KEY = "this line is neither a key with its value nor indented like the text before it"
_AS_KEY = "Write `key: value`, with a space after the colon; indent a text that goes on."
_BEGINS = "Quote a text that begins with {}; put a list or a mapping on lines of its own."
_ALLOWED = "Give every line `key: value`, items of a list `- value`, and quote any other text."
_GROUPED = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3})+(?!\w|,[0-9]|\.[0-9])")
"""A number with commas between its thousands, which end a value inside brackets."""


class Problem(NamedTuple):
    """A slip: its line and column, counted from 1, what it is, and what to do."""

    line: int
    column: int
    message: str
    hint: str


class _Slip(NamedTuple):
    """Where libyaml gave up, where what it was reading began, and the lines of the file."""

    mark: Mark
    begin: Mark
    lines: list[str]

    @property
    def before(self) -> str:
        """What stands in the line before the place."""
        return self.lines[self.mark.line][: self.mark.column]

    @property
    def sign(self) -> str:
        """The character at the place."""
        return self.lines[self.mark.line][self.mark.column :][:1]

    @property
    def opening(self) -> str:
        """The character at the beginning."""
        return self.lines[self.begin.line][self.begin.column :][:1]


def problem_of(error: MarkedYAMLError, source: bytes) -> Problem:
    """Explain an error of libyaml, whose marks may lie after the slip, from the lines of the file."""
    mark, complaint = error.problem_mark or error.context_mark, error.problem or "cannot be read"
    if mark is None:
        return Problem(1, 1, complaint, _ALLOWED)
    slip = _Slip(mark, error.context_mark or mark, [*source.decode().split("\n"), ""])  # it may lie after the last line
    for pattern, explain in _EXPLAINED.items():
        if re.search(pattern, f"{error.context or ''}: {complaint}"):
            return explain(slip)
    return _at(mark, complaint, _ALLOWED)


def _at(mark: Mark, message: str, hint: str) -> Problem:
    return Problem(mark.line + 1, mark.column + 1, message, hint)


def _colon(slip: _Slip) -> Problem:
    before = slip.before
    if re.search(r":\s", before) or before.lstrip().startswith("- "):
        return _at(slip.mark, "a colon and a space stand in a text without quotes", _QUOTE)
    place, earlier = len(before) - len(before.lstrip()), slip.lines[slip.mark.line - 1]
    if place <= len(earlier) - len(earlier.lstrip()):
        return Problem(slip.mark.line, place + 1, _NO_KEY, _AS_KEY)
    message = "this line is indented deeper than the line before, which has its value already"
    hint = "Indent it like the fields beside it, or quote the text before it."
    return Problem(slip.mark.line + 1, place + 1, message, hint)


def _odd_start(slip: _Slip) -> Problem:
    if slip.sign == "\t":
        return _at(slip.mark, "a tab stands where only spaces may", "Replace it by spaces.")
    return _at(slip.mark, f"no text without quotes begins with {slip.sign or 'this'}", _QUOTE)


def _no_colon(slip: _Slip) -> Problem:
    return _at(slip.begin if slip.lines[slip.begin.line].strip() else slip.mark, _NO_KEY, _AS_KEY)


def _open_quote(slip: _Slip) -> Problem:
    return _at(slip.begin, "the quote that opens here is not closed", "Close it, or take it away.")


def _unclosed(slip: _Slip) -> Problem:
    closing = {"[": "]", "{": "}"}.get(slip.opening, "its like")
    if slip.mark.line == slip.begin.line and slip.sign.strip():
        hint = f"Put a comma or {closing} before it; quote a text that holds commas, brackets or quotes."
        return _at(slip.mark, f"neither a comma nor {closing} stands before this", hint)
    hint = f"Close it with {closing}, or quote the text."
    return _at(slip.begin, f"the {slip.opening} that opens here is not closed", hint)


def _no_key(slip: _Slip) -> Problem:
    last = slip.before.rstrip()[-1:]
    if last and last in "\"'":
        hint = 'Put quotes around the whole text; write a \' inside \'…\' twice, a " inside "…" as \\".'
        return _at(slip.mark, "text follows the quote that closes the value", hint)
    if last and last in "]}":
        return _at(slip.mark, f"text follows the {last} that closes the value", _QUOTE)
    return _at(slip.mark, "this line is indented unlike the fields beside it", "Indent it like the field before it.")


def _list_here(slip: _Slip) -> Problem:
    return _at(slip.mark, "a hyphen and a space begin a list, which cannot stand here", _BEGINS.format("-"))


def _key_here(slip: _Slip) -> Problem:
    return _at(slip.mark, "a question mark and a space begin a key, which cannot stand here", _BEGINS.format("?"))


def _escape(slip: _Slip) -> Problem:
    shown = slip.lines[slip.mark.line][slip.mark.column :][:2]
    return _at(slip.mark, f"{shown} is no escape", "Write the backslash twice, or use single quotes.")


def _node_property(slip: _Slip) -> Problem:
    return _at(slip.begin, f"no text without quotes begins with {slip.opening}", _QUOTE)


def _outside(slip: _Slip) -> Problem:
    return _at(slip.mark, "this line does not belong to the text before it", _ALLOWED)


_EXPLAINED: dict[str, Callable[[_Slip], Problem]] = {
    "mapping values are not allowed": _colon,
    "cannot start any token|tab character|did not find expected node content": _odd_start,
    "could not find expected ':'": _no_colon,
    "unexpected end of stream": _open_quote,
    "did not find expected ',' or": _unclosed,
    "did not find expected key": _no_key,
    "sequence entries are not allowed": _list_here,
    "mapping keys are not allowed": _key_here,
    "unknown escape character": _escape,
    "scanning an? (?:anchor|alias|tag)": _node_property,
    "expected <document start>": _outside,
}
"""What libyaml says, and what that means."""


def better_told(error: YamlError, source: bytes) -> YamlError:
    """Say of a value that is refused what was meant, where its line shows that."""
    if error.code == "DC005" and "hyphen" in error.message:
        return _told(error, hint="Quote it if it is text.")
    if error.code not in {"DC011", "DC012"}:
        return error
    line, place = [*source.decode().split("\n"), ""][error.line - 1], error.column - 1
    for grouped in _GROUPED.finditer(line):
        if grouped.start() <= place <= grouped.end():
            message = f"has {grouped[0]}, whose commas end a value inside brackets"
            hint = f"Write {grouped[0].replace(',', '')}."
            return YamlError(error.code, error.line, grouped.start() + 1, message, hint)
    if error.code == "DC011":
        digits = in_plain_digits(error.message.split("'")[1])
        return _told(error, hint=f"Write {digits}, or quote it if it is text or a date." if digits else "")
    return _null(error, line, place)


def _null(error: YamlError, line: str, place: int) -> YamlError:
    if "null '" in error.message and line[place:][:1] != "~":
        hint = "Quote it if it is a word, such as a name; else leave the field or item out, with a reason in `absent`."
        return _told(error, hint=hint)
    if re.match(r"\s+#", line[place:]):
        return _told(error, "has an empty value, for a # begins a comment", "Quote the text with the # in it.")
    before = line[:place].rstrip()
    if before and before[-1] not in ":-,[{" and line[place : place + 1] in set(",}"):
        return _told(error, "has a text without a colon in {}, where each key has its value", _QUOTE)
    return error


def _told(error: YamlError, message: str = "", hint: str = "") -> YamlError:
    return YamlError(error.code, error.line, error.column, message or error.message, hint or error.hint)
