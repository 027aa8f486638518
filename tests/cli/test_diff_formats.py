"""A difference as text, Markdown and JSON, also of texts that would be markup or act on a terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from defcoop.cli.diff_formats import FORMATS
from defcoop.cli.diff_formats.markdown import MAX_BYTES
from defcoop.difference import Difference, SchemaChange, compare
from tests.difference.editions_of import edition, exercise, pairs, passage
from tests.strategies import LARGE

if TYPE_CHECKING:
    from defcoop.difference import Snapshot

EVIL = (
    "a | b\\| `c` <b>d</b> <!-- [x](y) a@user.org #1 *e* _f_ ~~g~~ &amp; \u202e\u2066 "
    "https://example.org\nعربي 12\x1b[31m"
)
TABLES = MarkdownIt().enable("table")


def cells(page: str) -> list[list[str]]:
    """Give the rows of all tables as the texts that a reader sees, line by line and tag by tag aside."""
    rows: list[list[str]] = []
    for before, token in pairwise(TABLES.parse(page)):
        if token.type == "tr_open":
            rows.append([])
        elif before.type in {"td_open", "th_open"}:
            assert token.children is not None
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special", "html_inline"}, kinds
            tags = {child.content for child in token.children if child.type == "html_inline"}
            assert tags <= {"<code>", "</code>", "<br>", "<!-- -->"}, tags
            rows[-1].append("".join(child.content for child in token.children if child.type != "html_inline"))
    return rows


def visible(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def difference(old: dict[str, Any], new: dict[str, Any]) -> Difference:
    return compare(edition(exercise(**old)), edition(exercise(**new)))


def test_nothing_in_a_text_is_markup() -> None:
    found = difference(
        {"period": EVIL, "note": EVIL},
        {"period": f"{EVIL}!", "names": [{"text": EVIL, "lang": "en", "kind": "official"}]},
    )
    shown = EVIL.replace("\u202e", "\\u202e").replace("\u2066", "\\u2066").replace("\n", "\\n").replace("\x1b", "\\x1b")
    page = FORMATS["markdown"](found)
    rows = [[visible(cell) for cell in row] for row in cells(page)]
    assert ["exe-wave", "note", shown, ""] in rows
    assert ["exe-wave", "period", shown, f"{shown}!"] in [row[:4] for row in rows]
    assert {len(row) for row in rows} == {4, 5}


@pytest.mark.parametrize("output", FORMATS)
def test_what_would_act_on_a_terminal_is_escaped(output: str) -> None:
    found = difference({"period": EVIL}, {"summary": EVIL})
    shown = FORMATS[output](replace(found, reasons=(EVIL,), old=replace(found.old, name=EVIL)))
    letters = shown.replace("\n", "").replace("\u2068", "").replace("\u2069", "")
    assert letters.isprintable()


@LARGE
@given(pairs())
def test_any_difference_can_be_shown(both: tuple[Snapshot, Snapshot]) -> None:
    found = compare(*both)
    assert Difference.from_json(json.loads(FORMATS["json"](found))) == found
    page = FORMATS["markdown"](found)
    assert len(page.encode()) <= MAX_BYTES
    widths = [len(row) for row in cells(page)]
    rows = [change for change in found.changes if change.event not in {"added", "removed"}]
    assert bool(rows) is bool(widths)
    text = FORMATS["text"](found).replace("\u2068", "").replace("\u2069", "")
    for change in found.changes:
        assert f"\n  {change.id}" in text
        for one in (*change.values, *change.others):
            assert one.path.isprintable() is False or one.path in text


def test_a_page_that_would_be_too_long_says_how_much_it_leaves_out() -> None:
    old = [exercise(id=f"exe-{number}", note="x" * 250) for number in range(1000)]
    new = [exercise(id=f"exe-{number}", note="y" * 250, status="planned") for number in range(1000)]
    page = FORMATS["markdown"](compare(edition(*old), edition(*new, exercise())))
    assert MAX_BYTES - 1000 < len(page.encode()) <= MAX_BYTES
    left_out = [int(number.replace(",", "")) for number in re.findall(r"([\d,]+) more do not fit here", page)]
    shown = [row for row in cells(page) if row[0].startswith("exe-")]
    assert len(shown) + sum(left_out) == 2000
    assert "#### Records added: 1\n" in page
    assert "<details><summary>Values: 1,000</summary>\n" in page
    assert page.count("<details>") == page.count("</details>") == 2
    assert left_out[-1] == 1000
    every = FORMATS["text"](compare(edition(*old), edition(*new)))
    assert every.count("held → planned") == 1000


def test_a_long_text_is_shortened_in_markdown_alone_with_its_length() -> None:
    found = difference({}, {"note": "n" * 1000})
    assert f"{'n' * 300}… (700 more characters)" in cells(FORMATS["markdown"](found))[1][3]
    assert "n" * 1000 in FORMATS["text"](found)


def test_text_puts_what_is_long_below_each_other() -> None:
    found = difference({"note": "Old. " * 20, "period": "2031"}, {"note": "New. " * 20})
    text = FORMATS["text"](found)
    assert f"\n    note:\n      - {'Old. ' * 20}\n      + {'New. ' * 20}" in text
    assert "\n    period: dropped 2031\n      - seed-900[10:20] “a phrase” seed, asserted, explicit" in text


def test_values_with_the_same_other_evidence_are_told_together() -> None:
    entry = passage("kind", "status", voice="quoted", speaker="act-a", basis="inferred", reasoning="So.", credibility=2)
    text = FORMATS["text"](difference({}, {"evidence": [entry]}))
    assert "\n    other evidence of kind (live), status (held)\n      - seed-900[10:20] “a phrase” seed, " in text
    assert text.endswith(
        "\n      + seed-900[10:20] “a phrase” quoted act-a, asserted, inferred, credibility 2, for: So."
    )


def test_passages_that_differ_in_their_digest_alone_can_be_told_apart() -> None:
    text = FORMATS["text"](
        difference({"evidence": [passage("kind")]}, {"evidence": [passage("kind", digest="1" * 64)]})
    )
    assert f"explicit, digest {'0' * 16}\n" in text
    assert text.endswith(f"explicit, digest {'1' * 16}")


def test_another_order_is_shown() -> None:
    found = difference({"domains": ["naval", "air"]}, {"domains": ["air", "naval"]})
    assert "\n    domains: in another order or grouping" in FORMATS["text"](found)
    assert ["exe-wave", "domains", "in another order or grouping", ""] in cells(FORMATS["markdown"](found))


@pytest.mark.parametrize("output", ["text", "markdown"])
def test_changes_of_the_tables_are_shown(output: str) -> None:
    schema = (
        SchemaChange("column changed", "exercises", "size", "integer", "number"),
        SchemaChange("table added", "a"),
    )
    shown = FORMATS[output](replace(difference({}, {}), schema=schema, bump="major")).replace("\\", "")
    for word in ("column changed", "exercises.size", "integer", "number", "table added"):
        assert word in shown


def test_the_empty_difference_is_one_line_more_than_its_sides() -> None:
    found = difference({}, {})
    sides = (replace(found.old, name="a"), replace(found.new, name="b", version=""))
    found = replace(found, old=sides[0], new=sides[1])
    assert FORMATS["text"](found) == "a, data 0.1.0 → b\nNothing changed."
    assert FORMATS["markdown"](found) == "<code>a\\, data 0\\.1\\.0</code> → <code>b</code>\n\n**Nothing changed.**"


def test_colour_is_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    found = difference({}, {"status": "planned"})
    assert "\x1b" not in FORMATS["text"](found)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[32mplanned" in FORMATS["text"](found)
