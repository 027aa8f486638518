"""The text of a YAML document in all styles: flow and block, any quotes, and comments wherever YAML allows them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from defcoop.io.yaml_reader import reads_as_text

COMMENTS = st.sampled_from(
    ["", "", "", "# period: alleged", "# ملاحظة", "# status", "#", "# {absent: [", '# it\'s "so"', "# - end: ~ |"]
)
STYLES = st.sampled_from(["plain", "plain", "'", '"', "|-", ">-"])


@st.composite
def yaml_texts(draw: Any, document: dict[str, Any]) -> str:
    """Draw one of the many texts that are read as a document."""
    head = draw(st.sampled_from(["", "", "# yaml-language-server: x\n", "---\n", "\n# a\n\n  # b\n"]))
    is_flow = draw(st.integers(0, 5)) == 0
    body = _flow(draw, document, 0) + _end(draw) if is_flow else _block_mapping(draw, document, 0)
    tail = draw(st.sampled_from(["", "", "# the end\n", "...\n", "\n\n"]))
    text = head + body + tail
    if not tail and draw(st.booleans()):
        text = text.removesuffix("\n")
    return text.replace("\n", "\r\n") if draw(st.integers(0, 3)) == 0 else text


def _block_mapping(draw: Any, mapping: dict[str, Any], indent: int) -> str:
    return "".join(
        _above(draw, indent) + " " * indent + _key(draw, key) + ":" + _value(draw, value, indent)
        for key, value in mapping.items()
    )


def _block_list(draw: Any, items: list[Any], indent: int) -> str:
    lines = []
    for item in items:
        lines += [_above(draw, indent), " " * indent, "-"]
        if isinstance(item, dict) and draw(st.booleans()):
            first = _block_mapping(draw, item, indent + 2)
            if not first.lstrip(" ").startswith(("#", "\n")):
                lines.append(" " + first[indent + 2 :])
                continue
        lines.append(_value(draw, item, indent))
    return "".join(lines)


def _value(draw: Any, value: Any, indent: int) -> str:
    """Write what comes after a colon or a dash, to the end of its last line."""
    if isinstance(value, dict | list) and value and draw(st.booleans()):
        inner = indent + draw(st.sampled_from([1, 2, 2, 4]))
        if isinstance(value, dict):
            return _end(draw) + _block_mapping(draw, value, inner)
        return _end(draw) + _block_list(draw, value, inner)
    if isinstance(value, dict | list):
        return " " + _flow(draw, value, indent) + _end(draw, indent)
    style = draw(STYLES)
    if style in {"|-", ">-"} and isinstance(value, str):
        comment, more = draw(COMMENTS), draw(st.sampled_from(["", "", "\n"]))
        return f" {style}{' ' * bool(comment)}{comment}\n{' ' * (indent + 2)}{value}\n{more}"
    return " " + _scalar(value, style) + _end(draw, indent)


def _flow(draw: Any, value: Any, indent: int) -> str:
    if not isinstance(value, dict | list):
        return _scalar(value, draw(STYLES))
    entries = [
        f"{_key(draw, key)}: {_flow(draw, inner, indent)}" for key, inner in value.items()
    ] if isinstance(value, dict) else [_flow(draw, item, indent) for item in value]  # fmt: skip
    left, right = "{}" if isinstance(value, dict) else "[]"
    text = left + _gap(draw, indent)
    for number, entry in enumerate(entries):
        text += entry + _gap(draw, indent)
        if number < len(entries) - 1 or draw(st.integers(0, 3)) == 0:
            text += "," + (_gap(draw, indent) or " ")
    return text + right


def _gap(draw: Any, indent: int) -> str:
    """Draw what may stand between the parts of a flow collection: nothing, spaces, or comments and a new line."""
    if draw(st.integers(0, 4)):
        return draw(st.sampled_from(["", "", " "]))
    return f" {draw(COMMENTS)}\n{' ' * (indent + 3)}"


def _above(draw: Any, indent: int) -> str:
    if draw(st.integers(0, 3)):
        return ""
    return f"{' ' * draw(st.integers(0, indent))}{draw(COMMENTS)}".rstrip() + "\n"


def _end(draw: Any, indent: int = 0) -> str:
    """Draw the end of a line: perhaps a comment, and more of it on lines of their own."""
    comment = draw(COMMENTS)
    more = f"{' ' * (indent + 9)}# more\n" if draw(st.integers(0, 5)) == 0 else ""
    return f"{'  ' * bool(comment)}{comment}\n{more}"


def _key(draw: Any, key: str) -> str:
    return draw(st.sampled_from([key, key, key, f'"{key}"', f"'{key}'"]))


def _scalar(value: Any, style: str) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    is_plain = reads_as_text(value) and not set(value) & set("{}[],#:&*!|>'\"%@`?") and value[0] not in "-./"
    if style == "plain" and is_plain:
        return value
    return f"'{value}'" if style == "'" and "'" not in value else json.dumps(value, ensure_ascii=False)
