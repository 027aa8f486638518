"""What libyaml complains of, in plain words: where the slip is, and what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.yaml_gate import YamlError
from defcoop.io.yaml_scalars import in_plain_digits

if TYPE_CHECKING:
    from yaml import Mark, MarkedYAMLError

_QUOTE = "Quote the whole text."
_ALLOWED = "Give every line `key: value`, items of a list `- value`, and quote any other text."
_GROUPED = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3})+(?!\w|,[0-9]|\.[0-9])")
"""A number with commas between its thousands, which end a value inside brackets."""


class Problem(NamedTuple):
    """A slip: its line and column, counted from 1, what it is, and what to do."""

    line: int
    column: int
    message: str
    hint: str


def problem_of(error: MarkedYAMLError, source: bytes) -> Problem:
    """Explain an error of libyaml, whose marks may lie after the slip, from the lines of the file."""
    lines = [*source.decode().split("\n"), ""]  # a mark may lie after the last line
    mark, context = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return Problem(1, 1, error.problem or "cannot be read", _ALLOWED)
    complaint = error.problem or ""
    rest = lines[mark.line][mark.column :]
    if complaint == "mapping values are not allowed in this context":
        return _colon(mark, lines)
    if complaint == "found character that cannot start any token" or "tab character" in complaint:
        return _odd_start(mark, rest)
    if complaint == "did not find expected node content":
        return _at(mark, f"no value without quotes begins with {rest[:1] or 'nothing'}", _QUOTE)
    if complaint == "did not find expected <document start>":
        return _at(mark, "this line does not belong to the text before it", _ALLOWED)
    if complaint == "could not find expected ':'" and context:
        message = "this line is neither a key with its value nor indented like the text before it"
        hint = "Write `key: value`, with a space after the colon; indent a text that goes on."
        return _at(context if lines[context.line].strip() else mark, message, hint)
    if complaint == "found unexpected end of stream" and context:
        return _at(context, "the quote that opens here is not closed", "Close it, or take it away.")
    if complaint.startswith("did not find expected ',' or") and context:
        return _unclosed(mark, context, lines)
    if complaint == "did not find expected key":
        return _no_key(mark, lines)
    if complaint.endswith("entries are not allowed in this context"):
        return _at(mark, "a hyphen and a space begin a list, which cannot stand here", _begins("-"))
    if complaint == "mapping keys are not allowed in this context":
        return _at(mark, "a question mark and a space begin a key, which cannot stand here", _begins("?"))
    if complaint == "found unknown escape character":
        return _at(mark, f"{rest[:2]} is no escape", "Write the backslash twice, or use single quotes.")
    if error.context and ("anchor" in error.context or "alias" in error.context or "tag" in error.context):
        begin = context or mark
        return _at(begin, f"no plain text begins with {lines[begin.line][begin.column :][:1]}", _QUOTE)
    return _at(mark, complaint or "cannot be read", _ALLOWED)


def _at(mark: Mark, message: str, hint: str) -> Problem:
    return Problem(mark.line + 1, mark.column + 1, message, hint)


def _begins(sign: str) -> str:
    return f"Quote a text that begins with {sign}; put a list or a mapping on lines of its own."


def _colon(mark: Mark, lines: list[str]) -> Problem:
    before = lines[mark.line][: mark.column]
    if re.search(r":\s", before) or before.lstrip().startswith("- "):
        return _at(mark, "a colon and a space stand in a text without quotes", _QUOTE)
    place = len(before) - len(before.lstrip())
    message = "this line is indented deeper than the line before, which has its value already"
    return Problem(
        mark.line + 1, place + 1, message, "Indent it like the fields beside it, or quote the text before it."
    )


def _odd_start(mark: Mark, rest: str) -> Problem:
    if rest.startswith("\t"):
        return _at(mark, "a tab stands where only spaces may", "Replace it by spaces.")
    return _at(mark, f"no text without quotes begins with {rest[:1]}", _QUOTE)


def _unclosed(mark: Mark, context: Mark, lines: list[str]) -> Problem:
    opening = lines[context.line][context.column :][:1]
    closing = {"[": "]", "{": "}"}.get(opening, "its like")
    if mark.line == context.line and lines[mark.line][mark.column : mark.column + 1].strip():
        hint = f"Put a comma or {closing} before it; quote a text that holds commas, brackets or quotes."
        return _at(mark, f"neither a comma nor {closing} stands before this", hint)
    return _at(context, f"the {opening} that opens here is not closed", f"Close it with {closing}, or quote the text.")


def _no_key(mark: Mark, lines: list[str]) -> Problem:
    before = lines[mark.line][: mark.column].rstrip()
    if before and before[-1] in "\"'":
        message = "text follows the quote that closes the value"
        return _at(
            mark, message, 'Put quotes around the whole text; write a \' inside \'…\' twice, a " inside "…" as \\".'
        )
    if before and before[-1] in "]}":
        return _at(mark, f"text follows the {before[-1]} that closes the value", _QUOTE)
    return _at(mark, "this line is indented unlike the fields beside it", "Indent it like the field before it.")


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
