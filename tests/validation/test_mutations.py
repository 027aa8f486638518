"""Valid records with random damage: validation never fails, never hangs, and notices what changes the meaning.

DEFCOOP_MUTATIONS=5000 makes a longer run of it.
"""

from __future__ import annotations

import copy
import faulthandler
import json
import os
import resource
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defcoop.io.yaml_reader import YamlError, read
from defcoop.models.field_layout import Shape, layout
from defcoop.models.registry import TYPES
from tests.checkouts import GOOD, SHIRAA, TRAINING, copy_of_the_good, edit, report_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from defcoop.validation.findings import Report
    from defcoop.values import Frozen

    Pointer = tuple[str | int, ...]

mutations = settings(max_examples=int(os.environ.get("DEFCOOP_MUTATIONS", "100")), deadline=None)

FILES = sorted(path.relative_to(GOOD).as_posix() for path in GOOD.rglob("*.yaml"))
SOURCES = {name: (GOOD / name).read_bytes() for name in FILES}
DOCUMENTS: dict[str, Any] = {name: read(source) for name, source in SOURCES.items()}
CARDS = {card["id"]: card for name, card in DOCUMENTS.items() if name.startswith("seeds/")}
TEXTS = {seed: (GOOD / "texts" / card["file"]).read_text(encoding="utf-8") for seed, card in CARDS.items()}


# --- what no check can know ------------------------------------------------------------------------------------


def coded_paths(model: type[Frozen], prefix: str = "") -> Iterator[str]:
    """Yield the paths of values that are read from a text, `*` standing for any item of a list."""
    for field in layout(model):
        path = f"{prefix}{field.name}" + (".*" if field.shape in {Shape.SCALARS, Shape.PARTS} else "")
        if field.shape in {Shape.PART, Shape.PARTS}:
            yield from coded_paths(field.type, f"{path}.")
        elif field.coded:
            yield path


def of_citations(*fields: str) -> list[str]:
    return [f"{path}.{field}" for path in ("evidence.*", "conflicts.*.evidence.*") for field in fields]


CHANGED = (
    (
        "words of the coder's own may say anything",
        {
            *("summary", "note", "as_reported", "aggregate.wording", "conflicts.*.rationale", "withdrawn.reason"),
            *("possibly_same_as.*.reason", *of_citations("reasoning")),
            *("description", "publisher_reasoning", "published_reasoning", "reliability_reasoning", "slant"),
            "dismissed.*.note",
        },
    ),
    (
        "another valid value may be the one that the evidence tells: a person must read it",
        {path for kind in TYPES for path in coded_paths(kind.model)} - {"names.*.text"},
    ),
    (
        "who speaks, and how firmly, is for the reader of the passage",
        set(of_citations("voice", "speaker", "outlet", "stance", "credibility")),
    ),
    (
        "a judgement of the coder's within its vocabulary",
        {
            *("names.*.lang", "names.*.kind", "names.*.scheme", "conflicts.*.resolution", "withdrawn.since"),
            *("withdrawn.replaced_by", "language", "genre", "publisher", "published", "outlet", "reliability"),
            "dismissed.*.reason",
            *(f"absent.{field.name}" for kind in TYPES for field in layout(kind.model)),
        },
    ),
    ("a known defect, see the test at the end", {"conflicts.*.value"}),
)
"""Values that may be replaced by other valid ones without a finding, and why. Their type must stay."""

DROPPED = (
    (
        "optional, and nothing in the record tells that it was there",
        {
            *("note", "names.*.scheme", "aggregate.wording", "conflicts", "conflicts.*", "withdrawn"),
            *("withdrawn.replaced_by", "publisher", "published", "outlet", "dismissed", "dismissed.*"),
        },
    ),
    ("editorial, or one of several that are supported together", {"names.*"}),
    (
        "one of several parts that are supported together",
        {"participants.*", "partners.*", "participants.*.office", "ratified.*.date", "place.country"},
    ),
    ("other entries carry the same values", {"evidence.*"}),
)
"""Fields and items that may be lacking without a finding, and why."""

ADDED = (
    (
        "optional in a part that was replaced as a whole",
        {
            "names.*.scheme",
            *(path for kind in TYPES for path in coded_paths(kind.model) if ".*." in path),
        },
    ),
    ("editorial; and a known defect, see the test at the end", {"names.*"}),
)
"""Fields that may come in without a finding, and why."""

REORDERED = (
    (
        "the order of items says nothing that a check could know",
        {
            *("names", "codes", "evidence", "conflicts", "figures", "dismissed", *of_citations("supports")),
            *("parties", "partners", "participants", "hosts", "users", "scope", "subjects", "outcomes"),
        },
    ),
)
"""Lists of which items may change places without a finding, and why."""

MOVED = (
    (
        "which entry carries a value is for the reader of its passage, as long as one does",
        {"evidence.*.supports.*"},
    ),
)
"""Items that may go from one list to another without a finding, and why."""

MAY_PASS = {
    (verb, path)
    for verb, groups in (
        ("changed", (*CHANGED, *MOVED)),
        ("dropped", (*DROPPED, *MOVED)),
        ("added", (*ADDED, *MOVED)),
        ("reordered", REORDERED),
    )
    for _reason, paths in groups
    for path in paths
}


def differences(old: object, new: object, pointer: Pointer = ()) -> Iterator[tuple[str, Pointer]]:
    """Yield what was done to a document: `changed`, `dropped`, `added`, `reordered`, `retyped`, with its place."""
    if type(old) is not type(new):
        yield "retyped", pointer
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            if key in old and key in new:
                yield from differences(old[key], new[key], (*pointer, key))
            else:
                yield "dropped" if key in old else "added", (*pointer, key)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _of_lists(old, new, pointer)
    elif old != new:
        yield "changed", pointer


def _of_lists(old: list[Any], new: list[Any], pointer: Pointer) -> Iterator[tuple[str, Pointer]]:
    if old != new and sorted(map(repr, old)) == sorted(map(repr, new)):
        yield "reordered", pointer
    elif len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from differences(one, other, (*pointer, place))
    else:
        kept = [item for item in old if item in new]
        yield "dropped" if kept == new else "added", (*pointer, 0)


def path_of(pointer: Pointer) -> str:
    return ".".join("*" if isinstance(step, int) else step for step in pointer)


def may_pass(verb: str, pointer: Pointer, document: Any) -> bool:
    """Tell whether a difference may go without a finding."""
    path = path_of(pointer)
    if verb == "changed" and path in of_citations("quote"):
        entry = at(document, pointer[:-1])
        return entry["quote"] in passage_of(entry)
    if verb == "changed" and path == "names.*.text":
        name = at(document, pointer[:-1])
        attested = name["kind"] in {"reported", "alias"}
        return not attested or any(name["text"] in passage_of(entry) for entry in document["evidence"])
    return (verb, path) in MAY_PASS


def passage_of(entry: Any) -> str:
    return TEXTS[entry["seed"]][slice(*entry["passage"])]


def at(document: Any, pointer: Pointer) -> Any:
    for step in pointer:
        document = document[step]
    return document


# --- running ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_good(tmp_path_factory.mktemp("mutations") / "checkout")


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes


def report_with(tree: Path, name: str, source: bytes) -> Report:
    """Validate the good checkout with one file replaced; a hang ends the whole run with a traceback."""
    faulthandler.dump_traceback_later(60, exit=True)
    try:
        (tree / name).write_bytes(source)
        return report_of(tree)
    finally:
        (tree / name).write_bytes(SOURCES[name])
        faulthandler.cancel_dump_traceback_later()


def outcome(source: bytes) -> tuple[Any, str]:
    """Give the document that the source holds, or the code for which it is refused."""
    try:
        return read(source), ""
    except YamlError as error:
        return None, error.code


def hold(tree: Path, name: str, source: bytes) -> None:
    """Hold that damage is noticed if it changes the meaning, and only then."""
    report = report_with(tree, name, source)
    document, refusal = outcome(source)
    if refusal:
        assert [finding.code for finding in report.findings if finding.path == name] == [refusal]
        return
    done = list(differences(DOCUMENTS[name], document))
    if not done:
        assert not report.findings
    elif not report.findings and not report.passages_unchecked:
        unnoticed = [(verb, path_of(pointer)) for verb, pointer in done if not may_pass(verb, pointer, document)]
        assert not unnoticed


# --- damage to the text ----------------------------------------------------------------------------------------

INJECTED = (
    *("&a ", "*a", "!!str ", "!!python/object/apply:os.system ", "<<: {a: b}\n", "---\n", "%YAML 1.1\n", "? ", "...\n"),
    *("\0", "\t", "\r", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\ud800", "\x1b[2J", "\U000e0041"),
    *(
        "{",
        "}",
        "[",
        "]",
        "- ",
        ": ",
        " #",
        "'",
        '"',
        "|",
        ">",
        "null",
        "~",
        "0",
        "1",
        ".5",
        "0x",
        "=",
        "@",
        "\u0430",
        "ـ",
    ),
    *("[" * 40, "{a: " * 40, "  ", "\n", ", ", "x: y\n", "\n\n\n"),
)
ENCODINGS = ("latin-1", "utf-16", "utf-16-le", "utf-32", "cp1256", "utf-8-sig", "utf-7", "cp037")


@st.composite
def damaged_texts(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(FILES))
    text = SOURCES[name].decode()
    lines = text.splitlines(keepends=True)
    one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    start, length = draw(st.integers(0, len(text))), draw(st.integers(0, 12))
    match draw(st.sampled_from("drop twice swap indent truncate cut inject recode replace".split())):
        case "drop":
            del lines[one : one + draw(st.integers(1, 3))]
        case "twice":
            lines.insert(other, lines[one])
        case "swap":
            lines[one], lines[other] = lines[other], lines[one]
        case "indent":
            lines[one] = draw(st.sampled_from((" ", "  ", "    ", "\t", "- "))) + lines[one]
        case "truncate":
            return name, SOURCES[name][: draw(st.integers(0, len(SOURCES[name])))]
        case "cut":
            lines = [text[:start], text[start + length :]]
        case "inject":
            lines = [text[:start], draw(st.sampled_from(INJECTED)), text[start:]]
        case "recode":
            return name, text.encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
        case "replace":
            lines = [text[:start], draw(st.characters()), text[start + 1 :]]
    return name, "".join(lines).encode(errors="surrogatepass")


@mutations
@given(damaged_texts())
def test_damage_to_the_text_of_a_file_is_noticed(tree: Path, damaged: tuple[str, bytes]) -> None:
    hold(tree, *damaged)


# --- damage to the data ----------------------------------------------------------------------------------------


def spots(value: object, pointer: Pointer = ()) -> Iterator[tuple[Pointer, object]]:
    if pointer:
        yield pointer, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from spots(inner, (*pointer, step))


SPOTS = {name: list(spots(document)) for name, document in DOCUMENTS.items()}
ALL_SPOTS = [spot for found in SPOTS.values() for spot in found]
ODD = (None, True, 0, -1, 7, 1.5, 10**20, "", " ", "x", "null", "=1+1", "../../x", [], {}, [[]], {"x": 1}, "2031-02-30")


@st.composite
def damaged_data(draw: st.DrawFn) -> tuple[str, bytes]:
    name = draw(st.sampled_from(FILES))
    document = copy.deepcopy(DOCUMENTS[name])
    pointer, _ = draw(st.sampled_from(SPOTS[name]))
    value = at(document, pointer)  # of the copy, for some damage goes into it
    holder, last = at(document, pointer[:-1]), pointer[-1]
    match draw(st.sampled_from("drop twice retype swap borrow shift nest inject".split())):
        case "drop":
            del holder[last]
        case "twice" if isinstance(last, int):
            holder.insert(draw(st.integers(0, len(holder))), copy.deepcopy(value))
        case "retype":
            holder[last] = draw(st.sampled_from(ODD))
        case "swap":
            like = [spot for spot, other in SPOTS[name] if type(other) is type(value)]
            place = draw(st.sampled_from([spot for spot in like if not _nested(spot, pointer)] or [pointer]))
            holder[last], at(document, place[:-1])[place[-1]] = at(document, place), value
        case "borrow":
            like = [other for spot, other in ALL_SPOTS if path_of(spot) == path_of(pointer)]
            holder[last] = draw(st.sampled_from(like))
        case "shift":
            passages = [spot for spot, _ in SPOTS[name] if spot[-1] == "passage"]
            passage = at(document, draw(st.sampled_from(passages)))
            by = draw(st.tuples(st.integers(-9, 9), st.integers(-9, 9)))
            passage[:] = [edge + more for edge, more in zip(passage, by, strict=True)]
        case "nest":
            for _ in range(draw(st.sampled_from((1, 2, 20)))):
                holder[last] = draw(st.sampled_from(([holder[last]], {"x": holder[last]})))
        case _:
            inside = value if isinstance(value, dict) else document
            inside[draw(st.sampled_from(("x", "id ", "ID", "<<", "__class__", "", "model_config", "nam\u0435s")))] = "x"
    return name, json.dumps(document, ensure_ascii=False).encode()


def _nested(one: Pointer, other: Pointer) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


@mutations
@given(damaged_data())
def test_damage_to_the_data_of_a_file_is_noticed(tree: Path, damaged: tuple[str, bytes]) -> None:
    hold(tree, *damaged)


# --- what is tied to characters --------------------------------------------------------------------------------

CITED = sorted((name, spot[:-1]) for name, found in SPOTS.items() for spot, _ in found if spot[-1] == "passage")
TIED = {
    "start": lambda entry: entry["passage"].__setitem__(0, entry["passage"][0] + 1),
    "end": lambda entry: entry["passage"].__setitem__(1, entry["passage"][1] - 1),
    "both": lambda entry: entry.update(passage=[edge + 1 for edge in entry["passage"]]),
    "digest": lambda entry: entry.update(digest=f"{int(entry['digest'][0], 16) ^ 1:x}{entry['digest'][1:]}"),
    "quote": lambda entry: entry.update(quote=entry["quote"] + "\u0640") if "quote" in entry else None,
}


@pytest.mark.parametrize("damage", TIED)
def test_every_passage_quote_and_digest_is_held_to_its_text(damage: str, tmp_path: Path) -> None:
    tree = copy_of_the_good(tmp_path / "checkout")
    documents = copy.deepcopy(DOCUMENTS)
    spoiled = set()
    for name, pointer in CITED:
        entry = at(documents[name], pointer)
        before = copy.deepcopy(entry)
        TIED[damage](entry)
        spoiled |= {(name, pointer)} if entry != before else set()
    for name, document in documents.items():
        (tree / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert len(spoiled) >= 36
    assert {(found.path, found.pointer[:-1]) for found in report_of(tree).findings} == spoiled


def test_every_name_read_from_a_text_is_held_to_it(tree: Path) -> None:
    for name, document in DOCUMENTS.items():
        for number, attested in enumerate(document.get("names", ())):
            if attested["kind"] in {"reported", "alias"}:
                source = SOURCES[name].decode()
                # The same letter added to the name and to the paths that name it.
                spoiled = source.replace(f"text: {attested['text']},", f"text: {attested['text']}ـ,")
                spoiled = spoiled.replace(f"[{attested['text']}]", f"[{attested['text']}ـ]")
                found = report_with(tree, name, spoiled.encode()).findings
                assert [(one.code, one.pointer) for one in found] == [("DC408", ("names", number, "text"))]


def test_a_conflicting_date_is_a_date(tmp_path: Path) -> None:
    tree = copy_of_the_good(tmp_path / "checkout")
    edit(tree, TRAINING, ("value: 2031-03\n", "value: 2031-33\n"))
    assert told(tree)


def test_support_of_names_without_a_name_read_from_a_text_is_a_finding(tmp_path: Path) -> None:
    tree = copy_of_the_good(tmp_path / "checkout")
    edit(tree, SHIRAA, ("  - {text: الشراع, lang: ar, kind: reported}\n", ""))
    assert [code for code, _ in told(tree)] == ["DC402"]
