"""The data part of the changelog, from a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from defcoop.difference import Snapshot, changelog_lines, compare
from tests.difference.editions_of import edition, exercise, passage

if TYPE_CHECKING:
    import defcoop

GONE = {"reason": "It was none.", "since": "1.0.0"}


def lines(old: Snapshot, new: Snapshot) -> list[str]:
    return changelog_lines(compare(old, new))


def test_nothing_is_said_of_nothing() -> None:
    assert lines(edition(exercise()), edition(exercise())) == []


def test_the_first_release_counts_records_by_type(shipped: defcoop.Dataset) -> None:
    first, cards = lines(Snapshot.nothing(), Snapshot.of(shipped))
    assert first.startswith(f"- Added: {len(shipped)} records: {len(shipped.actors)} actors, ")
    assert f"{len(shipped.facilities)} facilities" in first
    assert cards == "- New source cards: " + ", ".join(f"`{card}`" for card in shipped.seeds) + "."


def test_few_added_records_are_named() -> None:
    new = edition(exercise(), exercise(id="exe-b"))
    assert lines(edition(), new) == ["- Added: 2 records: `exe-b`, `exe-wave`."]
    many = edition(*(exercise(id=f"exe-{number}") for number in range(11)))
    assert lines(edition(), many) == ["- Added: 11 records: 11 exercises."]


def test_each_fate_has_a_line() -> None:
    old = [exercise(id=f"exe-{letter}") for letter in "abc"] + [exercise(id="exe-d", withdrawn=GONE)]
    new = [
        exercise(id="exe-a", withdrawn=GONE),
        exercise(id="exe-b", withdrawn=GONE | {"replaced_by": "exe-d"}),
        exercise(id="exe-d"),
    ]
    assert lines(edition(*old), edition(*new)) == [
        "- Removed: `exe-c`, without a tombstone.",
        "- Withdrawn: `exe-a`: `It was none.`.",
        "- Merged: `exe-b` into `exe-d`: `It was none.`.",
        "- Reinstated: `exe-d`.",
    ]


def test_corrections_are_told_one_by_one_and_the_rest_by_record() -> None:
    actor = {"actor": "act-a", "role": "host"}
    old = exercise(period="2031", participants=[actor])
    new = exercise(
        status="planned",
        participants=[actor | {"role": "visitor"}],
        domains=["naval"],
        summary="More.",
        note="A remark.",
        evidence=[passage("kind", credibility=1), *old["evidence"]],
    )
    assert lines(edition(old), edition(new)) == [
        "- Corrected: `exe-wave`, `participants[act-a].role`: `host` is now `visitor`.",
        "- Corrected: `exe-wave`, `period`: `2031` dropped.",
        "- Corrected: `exe-wave`, `status`: `held` is now `planned`.",
        "- Corrected: `exe-wave`, `domains[naval]`: now `naval`.",
        "- Revised: `exe-wave`: evidence of `kind`, `summary`, `note`.",
    ]


def test_a_redirect_that_changed_is_told() -> None:
    old, new = (exercise(withdrawn=GONE | {"replaced_by": other}) for other in ("exe-a", "exe-b"))
    assert lines(edition(old), edition(new)) == ["- Revised: `exe-wave`: `withdrawn`."]


def test_many_corrections_are_counted_by_field() -> None:
    old = [exercise(id=f"exe-{number}") for number in range(101)]
    new = [exercise(id=f"exe-{number}", status="planned", summary="More.") for number in range(101)]
    assert lines(edition(*old), edition(*new)) == [
        "- Corrected: 101 values: 101 of `exercises.status`.",
        "- Revised: evidence or wording of 101 records.",
    ]


def test_source_cards_are_named() -> None:
    cards = [{"id": f"seed-90{number}", "file": "a.txt"} for number in range(3)]
    old, new = edition(cards=(cards[0], cards[1])), edition(cards=(cards[0] | {"note": "More."}, cards[2]))
    assert lines(old, new) == [
        "- New source card: `seed-902`.",
        "- Removed source card: `seed-901`.",
        "- Revised source card: `seed-900`.",
    ]


def test_no_text_is_markup() -> None:
    evil = "a`b ``c`` <b> [x](y) \u202e\n# z *e*"
    old, new = exercise(period=evil), exercise(period="`")
    [line] = lines(edition(old), edition(new))
    assert line.isprintable()
    [item] = [token for token in MarkdownIt().parse(line) if token.type == "inline"]
    assert item.children
    codes = [child.content for child in item.children if child.type == "code_inline"]
    assert codes == ["exe-wave", "period", evil.replace("\u202e", "\\u202e").replace("\n", "\\n"), "`"]
    assert {child.type for child in item.children} == {"text", "code_inline"}


def test_a_long_text_is_shortened() -> None:
    [line] = lines(edition(exercise()), edition(exercise(period="2" * 1000)))
    assert f"`{'2' * 119}…`" in line
