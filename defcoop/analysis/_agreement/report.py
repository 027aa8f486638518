"""The report of what sources agree on, as text in Markdown and as HTML."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.html_table import table
from defcoop.values import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.analysis._agreement.origins import Source
    from defcoop.analysis.agreement import Support

_SHOWN = 100
"""How many values of a part a notebook shows."""

_TITLE = "What the sources agree on"
_HEADER = ("record", "name", "field", "value", "told by", "in", "how", "told otherwise")
_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$:@]")
"""What Markdown takes for markup in the middle of a line."""
_ISOLATE, _POP = "\u2068", "\u2069"
"""Letters between which a text has a direction of its own."""


class Standing(Term):
    """What the sources of a value amount to; one of three, in this order of precedence.

    >>> from defcoop.analysis.agreement import Standing
    >>> Standing.CONTESTED.definition
    'A source tells another value, some deny what others tell, or a passage allows another reading.'
    """

    CONTESTED = (
        "contested",
        "A source tells another value, some deny what others tell, or a passage allows another reading.",
    )
    FIRM = "firm", "Two or more independent sources say it as a fact, and none tells it otherwise."
    SINGLE_SOURCED = "single_sourced", "At most one independent source says it as a fact, and none tells it otherwise."


class AgreementReport(NamedTuple):
    """What is firm, what is single-sourced and what is contested in a dataset; its text is Markdown.

    Attributes:
        names: the names of the records that it tells of, by id.
        firm: values that two or more independent sources say as a fact, in the order of the records.
        single_sourced: values that at most one independent source says as a fact.
        contested: values of which a source tells another, that some deny, or that a passage may not mean.

    >>> import defcoop
    >>> print(str(defcoop.load().report("act-nabd"))[:27])
    # What the sources agree on
    """

    names: Mapping[str, str]
    firm: tuple[Support, ...]
    single_sourced: tuple[Support, ...]
    contested: tuple[Support, ...]

    def __str__(self) -> str:
        """Write all of it as Markdown, in which texts from records are no markup."""
        return "\n".join(self._lines()) + "\n"

    def __repr__(self) -> str:
        """Count its lines."""
        return (
            f"<report: {len(self.firm)} firm, {len(self.single_sourced)} single-sourced, "
            f"{len(self.contested)} contested values>"
        )

    def _repr_html_(self) -> str:
        """Show it in tables, for notebooks; of many values the first."""
        parts = [f"<h3>{escape(_TITLE)}</h3>"]
        for title, meaning, values in self._parts():
            more = f" The first {_SHOWN} of {len(values):,}." if len(values) > _SHOWN else ""
            caption = f"{title}: {meaning[0].lower()}{meaning[1:]}{more}"
            parts.append(table(caption, _HEADER, map(self._row, values[:_SHOWN])))
        return "".join(parts)

    def _parts(self) -> Iterator[tuple[str, str, tuple[Support, ...]]]:
        """Yield the parts: the title, what it means, and the values."""
        for standing in (Standing.FIRM, Standing.SINGLE_SOURCED, Standing.CONTESTED):
            yield standing.value.replace("_", "-").capitalize(), standing.definition, getattr(self, standing.value)

    def _lines(self) -> Iterator[str]:
        yield f"# {_TITLE}"
        for title, meaning, values in self._parts():
            yield from ("", f"## {title} ({len(values):,})", "", meaning, "")
            if not values:
                yield "None."
            for support in values:
                record, name, field, value, sources, seeds, how, otherwise = map(_plain, self._row(support))
                line = f"- {record} ({name}), {field}: **{value}**; {how}"
                if support.claims:
                    line += f"; told by {sources}; texts: {seeds}"
                yield line + (f"; told otherwise: {otherwise}" if otherwise else "")

    def _row(self, support: Support) -> tuple[str, ...]:
        return (
            support.record_id,
            self.names[support.record_id],
            support.field,
            "no value" if support.value is None else support.value,
            _sources(support.sources),
            ", ".join(support.seeds),
            _how(support),
            _otherwise(support),
        )


def _sources(sources: tuple[Source, ...]) -> str:
    """Name sources; a speaker with what carries the words."""
    return ", ".join(
        source.voice if source.voice == source.carrier else f"{source.voice} via {source.carrier}" for source in sources
    )


def _otherwise(support: Support) -> str:
    """Name other values, with who tells them, and what another reading puts in the place of this one."""
    told = f"{', '.join(support.others)} (by {_sources(support.against)})" if support.contradicting else ""
    read = f"{', '.join(support.alternatives)} (another reading)" if support.alternatives else ""
    return "; ".join(filter(None, (told, read)))


def _how(support: Support) -> str:
    """Count the claims and how they are told, each count for itself."""
    counts = (
        (support.attributed, "attributed"),
        (support.claims - support.asserted - support.denied, "less than asserted"),
        (support.denied, "denied"),
    )
    claims = f"{support.claims} claim{'s' * (support.claims != 1)}"
    shares = (f"{count} {what}" for count, what in counts if count)
    return ", ".join([claims, *shares, f"{support.independent} independent"])


def _plain(text: str) -> str:
    """Escape what Markdown might take for markup, and keep a text on its line and Arabic in its place there."""
    line = _MARKUP.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    return line if line.isascii() else f"{_ISOLATE}{line}{_POP}"
