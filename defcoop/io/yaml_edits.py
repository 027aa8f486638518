"""Small edits of a YAML document, made in its parsed data or in its text: there all other bytes, comments too, stay."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from defcoop.io.yaml_scalars import reads_as_text
from defcoop.models.leaves import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.models.leaves import Pointer

_WIDTH = 120
"""A flow mapping is continued on a new line rather than made longer than this."""


class Rename(NamedTuple):
    """Another key for the value at `pointer`."""

    pointer: Pointer
    key: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{dotted(self.pointer)} → {self.key}"


class Replace(NamedTuple):
    """Another text for the scalar at `pointer`."""

    pointer: Pointer
    old: str
    new: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{dotted(self.pointer)}: {self.old} → {self.new}"


class Insert(NamedTuple):
    """A new entry at `pointer`, whose last step is its key or its position in a list.

    It comes after the entry or item `after` of what holds it, and without one at the very beginning.
    """

    pointer: Pointer
    value: str | Mapping[str, str]
    after: str | int | None

    def __str__(self) -> str:
        """Say it in one line."""
        value = self.value if isinstance(self.value, str) else ", ".join(f"{k}: {v}" for k, v in self.value.items())
        return f"{dotted(self.pointer)}: + {value}"


Edit = Rename | Replace | Insert


def edited(data: Any, edits: Sequence[Edit], pointer: Pointer = ()) -> Any:  # noqa: ANN401 - a YAML document
    """Give parsed data as they are after the edits, whose pointers are those of the data before."""
    if not isinstance(data, dict | list):
        return next((edit.new for edit in edits if isinstance(edit, Replace) and edit.pointer == pointer), data)
    inserted = [edit for edit in edits if isinstance(edit, Insert) and edit.pointer[:-1] == pointer]
    keys = {edit.pointer: edit.key for edit in edits if isinstance(edit, Rename)}
    entries = [(edit.pointer[-1], _plain(edit.value)) for edit in inserted if edit.after is None]
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        entries.append((keys.get((*pointer, step), step), edited(value, edits, (*pointer, step))))
        entries += [(edit.pointer[-1], _plain(edit.value)) for edit in inserted if edit.after == step]
    return dict(entries) if isinstance(data, dict) else [value for _, value in entries]


def edit_text(text: str, edits: Sequence[Edit]) -> str:
    """Give the text of a YAML document as it is after the edits, whose pointers are those of the document before."""
    nodes: dict[Pointer, _Entry] = {}
    _collect(yaml.compose(text, Loader=yaml.CSafeLoader), None, (), nodes)
    splices = sorted((_splice(text, edit, nodes) for edit in edits), key=lambda splice: splice.start)
    pieces, position = [], 0
    for start, end, new in splices:
        pieces += [text[position:start], new]
        position = end
    return "".join([*pieces, text[position:]])


class _Entry(NamedTuple):
    key: Any
    value: Any


class _Splice(NamedTuple):
    """A stretch of the text, counted in characters, and what takes its place."""

    start: int
    end: int
    new: str


def _plain(value: str | Mapping[str, str]) -> str | dict[str, str]:
    return str(value) if isinstance(value, str) else dict(value)


def _collect(node: Any, key: Any, pointer: Pointer, nodes: dict[Pointer, _Entry]) -> None:  # noqa: ANN401 - PyYAML's nodes
    """List the nodes of a document by pointer."""
    nodes[pointer] = _Entry(key, node)
    if isinstance(node, yaml.MappingNode):
        for inner_key, value in node.value:
            _collect(value, inner_key, (*pointer, inner_key.value), nodes)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            _collect(item, None, (*pointer, position), nodes)


def _splice(text: str, edit: Edit, nodes: Mapping[Pointer, _Entry]) -> _Splice:
    if isinstance(edit, Insert):
        holder = nodes[edit.pointer[:-1]].value
        is_mapping = isinstance(holder, yaml.MappingNode)
        entry = f"{_written(str(edit.pointer[-1]))}: {_written(edit.value)}" if is_mapping else _written(edit.value)
        before = None if edit.after is None else nodes[(*edit.pointer[:-1], edit.after)].value
        if holder.flow_style:
            return _into_flow(text, holder, before, entry)
        return _into_block(text, holder, before, entry if is_mapping else f"- {entry}")
    key, value = nodes[edit.pointer]
    node, new = (key, edit.key) if isinstance(edit, Rename) else (value, edit.new)
    start, end = node.start_mark.index, node.end_mark.index
    return _Splice(start, end, _in_style(text[start:end], node, new))


def _in_style(raw: str, node: yaml.ScalarNode, new: str) -> str:
    """Write a text as a scalar was written."""
    if node.style in {"|", ">"}:  # the indicator may have a comment
        head, _, tail = raw.rpartition(node.value)
        return f"{head}{new}{tail}"
    if node.style and json.dumps(new, ensure_ascii=False) == f'"{new}"' and "'" not in new:
        return f"{node.style}{new}{node.style}"
    return _written(new)


def _written(value: str | Mapping[str, str]) -> str:
    """Write a new text or mapping, on one line."""
    if not isinstance(value, str):
        return f"{{{', '.join(f'{_written(key)}: {_written(inner)}' for key, inner in value.items())}}}"
    return value if value.isidentifier() and reads_as_text(value) else json.dumps(value, ensure_ascii=False)


def _into_flow(text: str, holder: Any, before: Any, entry: str) -> _Splice:  # noqa: ANN401 - PyYAML's nodes
    """Put an entry into brackets, on a new line if the old one would get too long."""
    if before is None:
        start = holder.start_mark.index + 1
        return _Splice(start, start, f"{entry}, " if holder.value else entry)
    start = before.end_mark.index
    line_start = text.rfind("\n", 0, start) + 1
    line = text[line_start : _line_end(text, start)]
    if len(line) + len(entry) + 2 <= _WIDTH:
        return _Splice(start, start, f", {entry}")
    indent = len(line) - len(line.lstrip(" ")) + 2 * (holder.start_mark.index >= line_start)
    return _Splice(start, start, f",{_newline(text, start)}{' ' * indent}{entry}")


def _into_block(text: str, holder: Any, before: Any, entry: str) -> _Splice:  # noqa: ANN401 - PyYAML's nodes
    """Put an entry on a line of its own, below the comments that belong to the one before."""
    indent = " " * holder.start_mark.column
    if before is None:
        start = holder.start_mark.index
        return _Splice(start, start, f"{entry}{_newline(text, start)}{indent}")
    start = _last_leaf(before).end_mark.index
    if start and text[start - 1] == "\n":  # a block scalar, which has eaten the end of its line
        return _Splice(start, start, f"{indent}{entry}{_newline(text, start)}")
    start = _line_end(text, start)
    # What is indented deeper than the keys continues a comment at the end of the line.
    if more := re.compile(rf"(?:\r?\n{indent} +#[^\r\n]*)+").match(text, start):
        start = more.end()
    return _Splice(start, start, f"{_newline(text, start)}{indent}{entry}")


def _last_leaf(node: Any) -> Any:  # noqa: ANN401 - PyYAML's nodes
    """Give what a node ends with in the text: a block ends only where the next thing begins."""
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return node


def _line_end(text: str, start: int) -> int:
    """Find the end of a line before its line break."""
    end = text.find("\n", start)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1] == "\r" and end > start else end


def _newline(text: str, position: int) -> str:
    """Give the line break that the lines around a position have."""
    end = text.find("\n", position)
    end = text.rfind("\n", 0, position) if end < 0 else end
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
