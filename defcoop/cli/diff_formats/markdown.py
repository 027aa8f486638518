"""A difference as Markdown, for a comment on a pull request, the summary of a job or the notes of a release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from defcoop.cli.diff_formats._parts import REWRITTEN, SEEDS, evidence, groups, other_evidence, remarks, side, verdict
from defcoop.cli.formats._bidi import isolate
from defcoop.cli.formats._visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from defcoop.difference import Change, Difference

MAX_BYTES = 60_000
"""GitHub refuses a comment of more than 65,536 characters as a whole; .github/workflows/comment.yml cuts here."""

_LONGEST = 300
"""How much of a text is shown; the other formats have all of it."""

_OPEN = 20
"""A section of more rows is folded."""

_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")
_INSTEAD = {"|": "&#124;", "\\": "&#92;", "@": "@<!-- -->"}
"""What is looked at before or after escapes are: the end of a cell is found before, addresses and names after."""


class _Section(NamedTuple):
    title: str
    head: str
    rows: list[str]


def render(difference: Difference) -> str:
    """Write the step, the reasons and a section for each kind of change; rows that find no room are counted."""
    head = "\n".join(
        [
            f"{_code(side(difference.old))} → {_code(side(difference.new))}",
            "",
            f"**{verdict(difference)}**",
            "",
            *(f"- {_escaped(line)}" for line in (*difference.reasons, *remarks(difference))),
        ]
    )
    return "\n".join([head, *_fitting(_sections(difference), MAX_BYTES - len(head.encode()))]).rstrip("\n")


def _fitting(sections: list[_Section], room: int) -> Iterator[str]:
    """Write sections with as many of their rows as there is room for; each says how many it leaves out."""
    frames = [_framed(section, [], len(section.rows)) for section in sections]
    room -= sum(len(frame.encode()) + 1 for frame in frames)
    for section in sections:
        shown = 0
        while shown < len(section.rows) and (size := len(section.rows[shown].encode()) + 1) <= room:
            room -= size
            shown += 1
        yield _framed(section, section.rows[:shown], len(section.rows) - shown)


def _framed(section: _Section, rows: list[str], left_out: int) -> str:
    title = f"{section.title}: {len(section.rows):,}"
    body = "\n".join([section.head, *rows] if rows and section.head else rows)
    more = f"{left_out:,} more do not fit here; `--format text` shows all." if left_out else ""
    parts = [f"<details><summary>{title}</summary>" if len(section.rows) > _OPEN else f"#### {title}", body, more]
    if len(section.rows) > _OPEN:
        parts.append("</details>")
    return "\n\n".join(["", *filter(None, parts)]).removeprefix("\n")


def _sections(difference: Difference) -> list[_Section]:
    found: list[_Section] = []
    for group in groups(difference):
        if group.title.endswith("changed"):
            continue
        found.append(_Section(group.title, "", [_line(change) for change in group.changes]))
    records = [change for change in difference.changes if change.table != SEEDS]
    cards = [change for change in difference.changes if change.table == SEEDS]
    found += [
        _table("Tables", "change place before after", _schema_rows(difference)),
        _table("Values", "record field before after evidence", _value_rows(records)),
        _table("Evidence of values that stay", "record values evidence", _evidence_rows(records)),
        _table("Other fields of records", "record field before after", _other_rows(records)),
        _table("Fields of source cards", "card field before after", _other_rows(cards)),
    ]
    return [section for section in found if section.rows]


def _table(title: str, columns: str, rows: Iterable[Iterable[str]]) -> _Section:
    names = columns.split()
    head = f"| {' | '.join(names)} |\n|{' --- |' * len(names)}"
    return _Section(title, head, [f"| {' | '.join(row)} |" for row in rows])


def _line(change: Change) -> str:
    target, reason = (change.now(f"withdrawn.{name}") for name in ("replaced_by", "reason"))
    parts = [
        _code(change.id),
        *([_escaped(_short(change.name))] if change.name else []),
        *([f"→ {_code(target)}"] if target else []),
        *([f"({_escaped(_short(reason))})"] if reason else []),
    ]
    return f"- {' '.join(parts)}"


def _value_rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        for value in change.values:
            if value.old != value.new:
                told = (change.id, value.path, value.old, value.new)
                yield (*map(_code, told), _passages(evidence(value)) + _mark(change, value.path, "<br>"))


def _evidence_rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        for values, passages in other_evidence(change):
            told = "<br>".join(f"{_code(value.path)}: {_code(value.new)}" for value in values)
            yield _code(change.id), told, _passages(passages)


def _other_rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        for other in change.others:
            *row, new = map(_code, (change.id, other.path, other.old, other.new))
            yield (*row, new + _mark(change, other.path, " "))
        for field in change.rearranged:
            yield (_code(change.id), _code(field), "in another order or grouping", "")


def _mark(change: Change, path: str, gap: str) -> str:
    return f"{gap}({REWRITTEN})" if path in change.rewritten else ""


def _schema_rows(difference: Difference) -> Iterator[tuple[str, ...]]:
    for change in difference.schema:
        place = ".".join(filter(None, (change.table, change.column)))
        yield (change.event, *map(_code, (place, change.old, change.new)))


def _passages(found: Iterable[tuple[str, str]]) -> str:
    return "<br>".join(f"\\{sign} {_code(passage)}" for sign, passage in found)


def _code(text: str | None) -> str:
    """Write a text as code, in which GitHub looks for no names, numbers or links; nothing for no text."""
    return f"<code>{_escaped(_short(text))}</code>" if text else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text) - _LONGEST:,} more characters)"


def _escaped(text: str) -> str:
    """Escape all punctuation, so that nothing in a text is markup, and keep right-to-left text in its place."""
    return _MARKUP.sub(lambda mark: _INSTEAD.get(mark.group(), f"\\{mark.group()}"), isolate(visible(text)))
