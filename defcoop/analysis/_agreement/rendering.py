"""A report of agreement as text in Markdown and as HTML."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.html_table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.analysis._agreement.origins import Source
    from defcoop.analysis.agreement import Report, Support

_SHOWN = 100
"""How many values of a part a notebook shows."""

_TITLE = "What the sources agree on"
_HEADER = ("record", "name", "field", "value", "told by", "in", "how", "told otherwise")
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$:@]")
"""What Markdown takes for markup in the middle of a line."""
_ISOLATE, _POP = "\u2068", "\u2069"
"""Letters between which a text has a direction of its own."""


class _Part(NamedTuple):
    title: str
    what: str
    values: tuple[Support, ...]


def markdown(report: Report) -> str:
    """Write a report as Markdown: a heading for each part, a line for each value."""
    return "\n".join(_lines(report)) + "\n"


def html(report: Report) -> str:
    """Write a report as tables of HTML, in which every text stays text; of many values the first."""
    found = [f"<h3>{escape(_TITLE)}</h3>"]
    for part in _parts(report):
        shown = part.values[:_SHOWN]
        more = len(part.values) - len(shown)
        caption = f"{part.title}: {part.what}" + (f" The first {len(shown)} of {len(part.values):,}." if more else "")
        found.append(table(caption, _HEADER, (_row(one, report) for one in shown)))
    return "".join(found)


def _parts(report: Report) -> tuple[_Part, ...]:
    return (
        _Part("Firm", "two or more independent sources say it as a fact, and none tells it otherwise.", report.firm),
        _Part(
            "Single-sourced",
            "at most one independent source says it as a fact, and none tells it otherwise.",
            report.single_sourced,
        ),
        _Part("Contested", "a source tells another value, or some deny what others tell.", report.contested),
    )


def _lines(report: Report) -> Iterator[str]:
    yield f"# {_TITLE}"
    for part in _parts(report):
        yield from ("", f"## {part.title} ({len(part.values):,})", "", f"{part.what[0].upper()}{part.what[1:]}", "")
        if not part.values:
            yield "None."
        for one in part.values:
            record, name, field, value, told, seeds, how, otherwise = map(_plain, _row(one, report))
            line = f"- {record} ({name}), {field}: **{value}**; {how}"
            if one.claims:
                line += f"; told by {told}; texts: {seeds}"
            yield line + (f"; told otherwise: {otherwise}" if otherwise else "")


def _row(one: Support, report: Report) -> tuple[str, ...]:
    return (
        one.record_id,
        report.names[one.record_id],
        one.field,
        "no value" if one.value is None else one.value,
        _sources(one.sources),
        ", ".join(one.seeds),
        _how(one),
        f"{', '.join(one.others)} (by {_sources(one.against)})" if one.contradicting else "",
    )


def _sources(sources: tuple[Source, ...]) -> str:
    """Name sources; a speaker with what carries the words."""
    return ", ".join(one.voice if one.voice == one.carrier else f"{one.voice} via {one.carrier}" for one in sources)


def _how(one: Support) -> str:
    """Count the claims and how they are told, each count for itself."""
    counts = (
        (one.attributed, "attributed"),
        (one.claims - one.asserted - one.denied, "less than asserted"),
        (one.denied, "denied"),
    )
    claims = f"{one.claims} claim{'s' * (one.claims != 1)}"
    told = (f"{count} {what}" for count, what in counts if count)
    return ", ".join([claims, *told, f"{one.independent} independent"])


def _plain(text: str) -> str:
    """Escape what Markdown might take for markup, and keep a text on its line and Arabic in its place there."""
    line = _MARKUP.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    return line if line.isascii() else f"{_ISOLATE}{line}{_POP}"
