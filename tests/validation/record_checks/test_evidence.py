"""Evidence: what the goldens leave open about stages, entries, paths and conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import HARBOUR, MEETING, MEMORANDA, QATAR, REGIMENT, TRAINERS, TRAINING, WAVE, edit, told

if TYPE_CHECKING:
    from pathlib import Path

OLD_PASSAGE = """[180, 197]
    quote: فوج النورس القطري
    digest: e7cce3608a568be01135414bdfa3dc2536c35729464df967720a5f1cddf7c2c8"""
NEW_PASSAGE = """[482, 507]
    quote: الدوحة
    digest: 0d8fe5b23105e192f8893c9126e5a19fa2380c6a33c5c021fb8aa978b3cda64e"""


@pytest.mark.parametrize(
    ("status", "stance", "sound"),
    [
        ("planned", "planned", True),
        ("planned", "possible", True),
        ("planned", "asserted", True),
        ("permitted", "possible", True),
        ("ended", "asserted", True),
        ("ended", "possible", False),
        ("deployed", "planned", False),
        ("deployed", "alleged", True),
        ("deployed", "denied", True),
        ("unstated", "alleged", True),
        ("unstated", "possible", True),
        ("planned", "alleged", True),
    ],
)
def test_a_status_needs_the_stance_that_carries_it(status: str, stance: str, *, sound: bool, tree: Path) -> None:
    edit(tree, TRAINERS, ("status: deployed", f"status: {status}"), ("stance: asserted", f"stance: {stance}"))
    message = f"dep-coast-league-qat-trainers: status: is {status} on evidence that is {stance}"
    assert told(tree) == ([] if sound else [("DC409", message)])


def test_what_rests_on_opinion_is_told_of_each_field_and_not_of_the_stage_too(tree: Path) -> None:
    edit(tree, TRAINERS, ("status: deployed", "status: ended"), ("stance: asserted", "stance: opinion"))
    fields = [message.removeprefix("dep-coast-league-qat-trainers: ") for _, message in told(tree)]
    assert {code for code, _ in told(tree)} == {"DC412"}
    assert "status: rests on opinion alone" in fields
    assert "size: rests on opinion alone" in fields
    assert len(set(fields)) == len(fields)


@pytest.mark.parametrize(
    ("firm", "opined", "told_at"),
    [
        ("[kind, status]", "[kind, participants]", "participants"),
        ("[kind, status, 'participants[act-qat]']", "[participants]", "participants[0]"),
        ("[kind, status, participants.actor]", "[participants]", "participants[0].role"),
        ("[kind, status, participants]", "['participants[act-qat]']", None),
        ("[status]", "[kind, participants]", "kind"),
    ],
)
def test_one_entry_of_another_stance_carries_what_opinion_cannot(
    firm: str, opined: str, told_at: str | None, tree: Path
) -> None:
    text = (tree / MEETING).read_text(encoding="utf-8")
    head, _, tail = text.rpartition("stance: possible")
    tail = tail.replace("supports: [participants]", f"supports: {opined}")
    changed = f"{head}stance: opinion{tail}".replace("supports: [kind, status]", f"supports: {firm}")
    (tree / MEETING).write_text(changed, encoding="utf-8")
    messages = [message for code, message in told(tree) if code == "DC412"]
    expected = f"eng-coast-league-qat-meeting: {told_at}: rests on opinion alone"
    assert messages[:1] == ([expected] if told_at else [])


@pytest.mark.parametrize(
    ("status", "second", "sound"),
    [
        ("held", "asserted", True),
        ("held", "planned", True),
        ("held", "alleged", True),
    ],
)
def test_one_assertion_among_the_stances_carries_what_is_done_but_no_hearsay(
    status: str, second: str, *, sound: bool, tree: Path
) -> None:
    edit(
        tree,
        WAVE,
        ("status: held", f"status: {status}"),
        ("supports: [period]", "supports: [period, status]"),
        ("basis: inferred", "basis: inferred\n    credibility: 3"),
    )
    text = (tree / WAVE).read_text(encoding="utf-8")
    head, dot, tail = text.rpartition("stance: asserted")
    (tree / WAVE).write_text(f"{head}{dot.replace('asserted', second)}{tail}", encoding="utf-8")
    assert [code for code, _ in told(tree)] == ([] if sound else ["DC409"])


@pytest.mark.parametrize("status", ["held", "ongoing"])
def test_the_stances_of_a_status_are_named_in_order(status: str, tree: Path) -> None:
    edit(
        tree,
        MEETING,
        ("status: expected", f"status: {status}"),
        ("stance: possible", "stance: planned"),
        ("supports: [participants]", "supports: [participants, status]"),
    )
    message = f"eng-coast-league-qat-meeting: status: is {status} on evidence that is planned, possible"
    assert told(tree) == [("DC409", message)]


@pytest.mark.parametrize(
    ("voice", "holder"),
    [
        ("quoted", "speaker: act-coast-league"),
        ("relayed", "outlet: act-al-shiraa"),
        ("anonymous", None),
        ("seed", None),
    ],
)
def test_each_voice_is_sound_with_what_it_needs(voice: str, holder: str | None, tree: Path) -> None:
    edit(tree, MEMORANDA, ("voice: seed\n", f"voice: {voice}\n" + (f"    {holder}\n" if holder else "")))
    assert told(tree) == []


@pytest.mark.parametrize("voice", ["anonymous", "seed", "relayed"])
def test_a_speaker_has_no_place_beside_another_voice_than_quoted(voice: str, tree: Path) -> None:
    given = "    speaker: act-qat\n" + ("    outlet: act-al-shiraa\n" if voice == "relayed" else "")
    edit(tree, REGIMENT, ("voice: seed\n", f"voice: {voice}\n{given}"))
    message = f"act-gull-regiment: evidence[0].speaker: is given though the voice is {voice}"
    assert told(tree) == [("DC406", message)]


@pytest.mark.parametrize(
    "change",
    [
        ("voice: seed", "voice: anonymous"),
        ("stance: asserted", "stance: possible"),
        ("basis: explicit", "basis: inferred\n    reasoning: It follows."),
        (OLD_PASSAGE, NEW_PASSAGE),
    ],
    ids=["voice", "stance", "basis", "passage"],
)
def test_entries_that_differ_are_two(change: tuple[str, str], tree: Path) -> None:
    entry = (tree / REGIMENT).read_text(encoding="utf-8").split("evidence:\n")[1]
    old, new = change
    assert old in entry
    with (tree / REGIMENT).open("a", encoding="utf-8") as file:
        file.write(entry.replace(old, new))
    assert told(tree) == []


@pytest.mark.parametrize(
    "change", [("quote: فوج النورس القطري", "quote: فوج"), ("basis: explicit", "basis: explicit\n    credibility: 2")]
)
def test_entries_that_differ_in_quote_or_credibility_alone_are_one(change: tuple[str, str], tree: Path) -> None:
    entry = (tree / REGIMENT).read_text(encoding="utf-8").split("evidence:\n")[1]
    with (tree / REGIMENT).open("a", encoding="utf-8") as file:
        file.write(entry.replace(*change))
    message = "has the passage, voice, stance, basis and reasoning of an earlier entry"
    assert told(tree) == [("DC410", f"act-gull-regiment: evidence[1]: {message}")]


def test_the_evidence_of_a_conflict_may_equal_that_of_the_record(tree: Path) -> None:
    text = (tree / TRAINING).read_text(encoding="utf-8")
    entry = text[text.index("      - seed: seed-901") : text.index("    resolution:")]
    mirrored = entry.replace("\n    ", "\n").replace("      - seed", "  - seed").rstrip() + "\n    supports: [signed]\n"
    (tree / TRAINING).write_text(text + mirrored, encoding="utf-8")
    assert told(tree) == []


@pytest.mark.parametrize("times", [1, 2])
def test_two_readings_may_cite_one_passage_and_neither_of_them_twice(times: int, tree: Path) -> None:
    text = (tree / REGIMENT).read_text(encoding="utf-8")
    lines = [line for line in text.split("evidence:\n")[1].splitlines() if "supports:" not in line]
    cited = "".join(f"    {line}\n" for line in lines)
    readings = "".join(
        f"  - field: {field}\n    value: {value}\n    evidence:\n{cited * count}    rationale: The words allow it.\n"
        for field, value, count in (("kind", "agency", 1), ("country", "act-coast-league", times))
    )
    (tree / REGIMENT).write_text(f"{text}alternatives:\n{readings}", encoding="utf-8")
    assert [code for code, _ in told(tree)] == ["DC410"] * (times - 1)


def test_values_that_are_bare_together_are_told_at_what_holds_them(tree: Path) -> None:
    edit(tree, TRAINING, ("supports: [entry_into_force, term, status]", "supports: [entry_into_force, status]"))
    assert told(tree) == [
        ("DC401", "agr-coast-league-qat-training-2031: term: no evidence entry supports it"),
    ]


def test_one_bare_value_of_two_is_told_by_itself(tree: Path) -> None:
    edit(tree, TRAINING, ("term, status]", "term.unit, status]"))
    assert told(tree) == [("DC401", "agr-coast-league-qat-training-2031: term.length: no evidence entry supports it")]


def test_two_bare_fields_are_two_mistakes(tree: Path) -> None:
    edit(tree, REGIMENT, ("[names, kind, country]", "[names]"))
    assert [message.split(": ")[1] for _, message in told(tree)] == ["kind", "country"]


def test_a_misspelt_path_does_not_hide_another_bare_value(tree: Path) -> None:
    edit(tree, REGIMENT, ("[names, kind, country]", "[names, knd]"))
    assert [code for code, _ in told(tree)] == ["DC401", "DC402"]


def test_a_path_without_the_name_of_the_item_covers_every_item(tree: Path) -> None:
    edit(tree, WAVE, ("[names, participants,", "[names, participants.actor, participants.role,"))
    assert told(tree) == []


def test_names_that_no_text_gives_need_no_evidence(tree: Path) -> None:
    edit(tree, QATAR, ("kind: official", "kind: editorial"))
    assert told(tree) == []


@pytest.mark.parametrize("value", ["2031-05", "2031"])
def test_a_conflict_is_sound_as_long_as_it_differs(value: str, tree: Path) -> None:
    edit(tree, TRAINING, ("value: 2031-03", f'value: "{value}"'))
    assert told(tree) == []


def test_a_conflict_holds_what_could_stand_in_its_field(tree: Path) -> None:
    edit(tree, TRAINING, ("value: 2031-03", "value: not a date"))
    [(code, message)] = told(tree)
    assert code == "DC411"
    assert message.endswith("conflicts[0].value: not a date could not stand in signed")


def test_a_conflict_may_stand_at_a_field_that_is_absent(tree: Path) -> None:
    text = (tree / TRAINING).read_text(encoding="utf-8")
    conflict = text[text.index("conflicts:") : text.index("possibly_same_as:")].replace("field: signed", "field: term")
    edit(tree, HARBOUR, ("evidence:\n", f"{conflict}evidence:\n"))
    assert told(tree) == []
