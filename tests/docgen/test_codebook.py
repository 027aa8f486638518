"""The codebook tells every table, column and term, counts data that it is given, and can be read by everybody."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

import defcoop
from defcoop.dataset import Dataset
from defcoop.docgen.codebook import Versions, codebook
from defcoop.models.field_layout import Shape, layout
from defcoop.models.record import NameKind
from defcoop.models.registry import TYPES
from defcoop.package import build, tables
from defcoop.package.origins import ORIGINS, split
from defcoop.package.scales import SCALES, scale_of
from defcoop.validation.dataset_card import read_card
from defcoop.version import DATA, SCHEMA
from tests.checkouts import GOOD, QATAR, copy_of_the_good, edit
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from defcoop.package import Table
    from defcoop.package.columns import Column
    from defcoop.values import Term

SHIPPED = defcoop.load(CHECKOUT)
FILES, UNCOUNTED = codebook(SHIPPED), codebook()
TEXT, PAGE = FILES["codebook.md"], FILES["codebook.html"]
BY_NAME = {table.name: table for table in tables()}
TABLES = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
LISTS = {Shape.SCALARS, Shape.PARTS}
VOCABULARIES = sorted(
    {column.vocabulary for table in tables() for column in table.columns if column.vocabulary},
    key=lambda vocabulary: vocabulary.__name__,
)
CHAPTERS = ["How to read it", "Limits", "Sources", "How to cite", "Tables", "Vocabularies", "Scales", "Source terms"]

HERE = {"PYTHONPATH": str(CHECKOUT)}

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """The rows of the built package, which the codebook does not read."""
    folder = tmp_path_factory.mktemp("codebook") / "package"
    build(SHIPPED, folder)
    return {
        name: list(csv.DictReader((folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="")))
        for name in BY_NAME
    }


def section(title: str, text: str = TEXT) -> str:
    (_, found) = text.split(f"\n### {title}\n", 1)
    return re.split(r"\n#{2,3} ", found, maxsplit=1)[0].strip()


def chapter(title: str) -> str:
    (_, found) = TEXT.split(f"\n## {title}\n", 1)
    return re.split(r"\n## ", found, maxsplit=1)[0].strip()


def cells(text: str) -> list[dict[str, str]]:
    """Read the table in a section of Markdown."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    head, _, *body = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [dict(zip(head, row, strict=True)) for row in body]


@pytest.mark.parametrize("name", FILES)
def test_the_committed_file_is_what_the_models_say(name: str, checkout: Path) -> None:
    assert (checkout / "schema" / name).read_bytes() == UNCOUNTED[name].encode()


def test_without_data_all_is_told_that_does_not_hang_on_them() -> None:
    text = UNCOUNTED["codebook.md"]
    assert f"Data version {DATA}, schema version {SCHEMA}. `defcoop codebook --dataset dataset` adds" in text
    assert re.findall(r"^#.*", text, re.MULTILINE) == [
        line for line in re.findall(r"^#.*", TEXT, re.MULTILINE) if line.removeprefix("### ") not in SHIPPED.seeds
    ]
    for name in [*BY_NAME, *(one.__name__ for one in VOCABULARIES), *(scale.name for scale in SCALES)]:
        for theirs, ours in zip(cells(section(name)), cells(section(name, text)), strict=True):
            assert ours.items() <= theirs.items()
            assert {key for key in theirs if key not in ours} <= {"filled", "uses", "empty because"}


def test_it_is_the_same_each_time() -> None:
    assert (codebook(defcoop.load(CHECKOUT)), codebook()) == (FILES, UNCOUNTED)


def test_its_head_has_the_versions_and_the_numbers(rows: Rows) -> None:
    assert TEXT.startswith("# Codebook\n")
    opening = TEXT.split("\n## ")[0]
    assert f"Data version {DATA}" in opening
    assert f", schema version {SCHEMA}: {len(SHIPPED)} records from {len(SHIPPED.seeds)} texts" in opening
    supported = {(row["record_id"], row["field"]) for row in rows["claims"] if row["relation"] == "supports"}
    assert f"{len(supported)} coded values, {len(rows['claims'])} claims." in opening
    assert "between 2007 and 2022" in opening
    assert TEXT.endswith("\n")
    assert not TEXT.endswith("\n\n")


def test_the_versions_can_be_others() -> None:
    found = codebook(SHIPPED, Versions("7.8.9", "4.5.6"))
    assert "Data version 7.8.9, schema version 4.5.6:" in found["codebook.md"]
    assert "Data version 7.8.9. CC BY 4.0." in found["codebook.md"]
    assert described(found["codebook.html"])["version"] == "7.8.9"
    assert not any(DATA in text for text in found.values())


def test_data_that_changed_after_their_release_are_said_to_have(tmp_path: Path) -> None:
    numbers = {"version": "7.8.9", "released": build(SHIPPED, tmp_path / "package").digest}
    card = SHIPPED.card.model_copy(update=numbers)
    assert "Data version 7.8.9, schema" in codebook(Dataset(SHIPPED, SHIPPED.seeds.values(), card=card))["codebook.md"]
    [*most, _] = SHIPPED.seeds.values()
    fewer = [record for record in SHIPPED if "seed-004" not in record.model_dump_json()]
    assert "Data version 7.8.9, with later changes, schema" in codebook(Dataset(fewer, most, card=card))["codebook.md"]
    never = card.model_copy(update={"released": None})
    assert "Data version 7.8.9, schema" in codebook(Dataset(fewer, most, card=never))["codebook.md"]


def test_its_parts_come_in_order() -> None:
    assert re.findall(r"^# (.*)", TEXT, flags=re.MULTILINE) == ["Codebook"]
    assert re.findall(r"^## (.*)", TEXT, flags=re.MULTILINE) == CHAPTERS
    sections = re.findall(r"^### (.*)", TEXT, flags=re.MULTILINE)
    listed = [*SHIPPED.seeds, *BY_NAME, *(one.__name__ for one in VOCABULARIES), *(scale.name for scale in SCALES)]
    assert [name for name in sections if name in listed] == listed


def test_no_two_vocabularies_share_a_name() -> None:
    assert len({vocabulary.__name__ for vocabulary in VOCABULARIES}) == len(VOCABULARIES)


def test_every_link_leads_to_one_heading() -> None:
    anchors = [
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)", TEXT, flags=re.MULTILINE)
    ]
    links = set(re.findall(r"\]\(#([^)]*)\)", TEXT))
    assert {name.lower() for name in BY_NAME} <= links
    assert [link for link in links if anchors.count(link) != 1] == []


@TABLES
def test_a_table_is_told_with_its_rows(table: Table, rows: Rows) -> None:
    meaning, origin = split(table.description)
    head = section(table.name).split("\n\n|")[0]
    assert head.startswith(f"{meaning}\n\nRows: {len(rows[table.name])}.")
    assert (f"Source term: {origin}." in head) is bool(origin)
    [line] = [
        line for line in cells(chapter("Tables").split("\n### ")[0]) if line["table"].startswith(f"[{table.name}]")
    ]
    assert line["rows"] == str(len(rows[table.name]))


@TABLES
def test_a_table_has_a_line_for_each_column(table: Table, rows: Rows) -> None:
    found = cells(section(table.name))
    assert [line["column"].strip("*") for line in found] == [column.name for column in table.columns]
    for line, column in zip(found, table.columns, strict=True):
        meaning, origin = split(column.description)
        assert line["column"].startswith("**") is (column.name in table.key)
        assert line["type"].endswith(", may be empty") is not (column.required or column.name in table.key)
        assert line["type"].removesuffix(", may be empty") == kind_of(column, table)
        assert (line["meaning"], line.get("source term", "")) == (meaning, origin)
        assert line.get("refers to", "") == (f"[{column.target}](#{column.target})" if column.target else "")
        assert int(line["filled"]) == sum(row[column.name] != "" for row in rows[table.name])


def kind_of(column: Column, table: Table) -> str:
    if column.vocabulary:
        return f"[{column.vocabulary.__name__}](#{column.vocabulary.__name__.lower()})"
    if scale := scale_of(column):
        return f"[integer, {min(scale.numbers)} to {max(scale.numbers)}](#{scale.name})"
    if f"{column.name}_date_prec" in [other.name for other in table.columns]:
        return "[EDTF date](#dates)"
    return column.kind


def test_a_column_that_no_cell_of_a_table_needs_is_left_out() -> None:
    assert list(cells(section("records"))[0]) == ["column", "type", "meaning", "filled"]
    assert list(cells(section("agreements"))[0]) == [
        "column", "type", "meaning", "source term", "refers to", "filled", "empty because"
    ]  # fmt: skip


def test_every_absence_is_counted_where_its_field_stands(rows: Rows) -> None:
    types = {row["id"]: next(kind for kind in TYPES if kind.name == row["type"]) for row in rows["records"]}
    wanted: dict[tuple[str, str], Counter[str]] = {}
    for row in rows["absences"]:
        if row["field"] in {field.name for field in layout(types[row["record_id"]].model) if field.shape in LISTS}:
            continue  # that of a list stands above its table
        wanted.setdefault((types[row["record_id"]].folder, row["field"]), Counter())[row["reason"]] += 1
    assert len(wanted) > 10
    for (table, field), reasons in wanted.items():
        told = ", ".join(f"{reason} {number}" for reason, number in sorted(reasons.items()))
        lines = {line["column"]: line["empty because"] for line in cells(section(table)) if line.get("empty because")}
        places = {name for name in lines if name == field or name.startswith(f"{field}_")}
        assert places, (table, field)
        assert {lines[name] for name in places} == {told}


def test_the_absence_of_a_whole_list_is_told_above_its_table() -> None:
    record = SHIPPED["agr-qat-tur-fifty-treaties"]
    body = record.model_dump(by_alias=True) | {"subjects": (), "absent": {"subjects": "not_reported"}}
    changed = type(record).model_validate(body)
    others = [other for other in SHIPPED if other.id != record.id]
    text = codebook(Dataset([*others, changed], SHIPPED.seeds.values()))["codebook.md"]
    assert "Records without any, by reason: not_reported 1." in section("agreement_subjects", text)
    assert "Records without any" not in section("agreement_subjects")


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_a_vocabulary_has_a_line_for_each_term_with_its_uses(vocabulary: type[Term], rows: Rows) -> None:
    found = section(vocabulary.__name__)
    spots = [(one.name, column.name) for one in tables() for column in one.columns if column.vocabulary is vocabulary]
    assert found.startswith(f"{(vocabulary.__doc__ or '').splitlines()[0]} Stands in [")
    for table, column in spots:
        assert f"[{table}](#{table}).{column} ({sum(row[column] != '' for row in rows[table])})" in found
    own = [spot for spot in spots if spot[0] != "claims"] or spots
    assert [(line["term"], line["meaning"], line["uses"]) for line in cells(found)] == [
        (f"`{term.value}`", term.definition, str(uses(own, term.value, rows))) for term in vocabulary
    ]


def uses(spots: Iterable[tuple[str, str]], value: str, rows: Rows) -> int:
    return sum(row[column] == value for table, column in spots for row in rows[table])


def test_vocabularies_of_parts_are_there_too() -> None:
    assert NameKind in VOCABULARIES


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_a_scale_has_a_line_for_each_number_with_its_uses(scale: Any, rows: Rows) -> None:
    spots = [(one.name, column.name) for one in tables() for column in one.columns if scale_of(column) == scale]
    assert spots
    own = [spot for spot in spots if spot[0] != "claims"]
    assert [(line["number"], line["meaning"], line["uses"]) for line in cells(section(scale.name))] == [
        (str(number), meaning, str(uses(own, str(number), rows))) for number, meaning in scale.numbers.items()
    ]
    for table, column in spots:
        assert {row[column] for row in rows[table]} - {""} <= {str(number) for number in scale.numbers}


def test_every_source_term_is_of_a_source_that_is_explained() -> None:
    described = [one.description for table in tables() for one in (table, *table.columns)]
    named = {origin for text in described if (origin := split(text)[1])}
    first = {name for origin in named for name in ORIGINS if origin == name or origin.startswith(f"{name} ")}
    assert all(any(origin == name or origin.startswith(f"{name} ") for name in ORIGINS) for origin in named)
    assert first == set(ORIGINS)
    assert [line["source"] for line in cells(chapter("Source terms"))] == list(ORIGINS)


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize("name", SHIPPED.seeds)
def test_a_source_is_told_as_its_card_has_it(name: str, rows: Rows) -> None:
    card = SHIPPED.seeds[name]
    found = section(name)
    lines = {line["property"]: plain(line["on the card"]) for line in cells(found)}
    assert plain(found).startswith(card.description)
    assert lines["slant"] == card.slant
    assert (
        lines["reliability"] == f"{card.reliability.value}: {card.reliability.definition} {card.reliability_reasoning}"
    )
    assert lines["genre"].startswith(f"`{card.genre.value}`")
    assert lines["published"].endswith(card.published_reasoning)
    assert (f"`{card.published}`" in lines["published"]) is (card.published is not None)
    assert (card.outlet or "none named") in lines["outlet"]
    assert lines["passages left uncoded"] == str(len(card.dismissed))
    assert lines["claims"] == str(sum(row["seed_id"] == name for row in rows["claims"]))


def test_the_limits_are_measured(rows: Rows) -> None:
    seeds: dict[tuple[str, str], set[str]] = {}
    for row in rows["claims"]:
        if row["relation"] == "supports":
            seeds.setdefault((row["record_id"], row["field"]), set()).add(row["seed_id"])
    single = sum(len(found) == 1 for found in seeds.values())
    unjudged = sum(row["credibility"] == "6" for row in rows["evidence"])
    grades = Counter(row["reliability"] for row in rows["seeds"])
    told = chapter("Limits")
    assert f"Of {len(seeds)} coded values, {single} rest on one text alone." in told
    assert f"Of {len(rows['evidence'])} entries of evidence, {unjudged} have a credibility of 6" in told
    assert f"reliability: {', '.join(f'{grade} {grades[grade]}' for grade in sorted(grades))}." in told


def test_the_figures_of_agreement_are_those_of_the_coding_manual(checkout: Path) -> None:
    manual = (checkout / "docs/coding-manual.md").read_text(encoding="utf-8")
    [line] = [line for line in manual.splitlines() if line.startswith("| all |")]
    _, one, _, both, _, same, of, share = (cell.strip() for cell in line.strip("|").split("|"))
    told = chapter("Limits").replace("\n", " ")
    assert f"{both} of the {one} records of one were also the other's" in told
    assert f"agreed on {same} of {of} compared fields ({share})" in told
    assert "instances of the same language model" in told


def test_what_is_said_of_the_first_texts_by_hand_is_so() -> None:
    first = [SHIPPED.seeds[f"seed-{number:03}"] for number in range(5)]
    assert {card.language for card in first} == {"ar"}
    assert {card.publisher for card in first} == {None}


def test_an_empty_dataset_has_a_codebook_too() -> None:
    found = codebook(Dataset([], []))
    assert "0 records from 0 texts" in found["codebook.md"]
    assert parsed(found["codebook.html"]) is not None


def first_line_of(folder: Path) -> str:
    return (folder / "schema/codebook.md").read_text(encoding="utf-8").split("\n\n")[2]


def test_the_command_counts_the_data_that_it_is_given(tmp_path: Path) -> None:
    done = python("-m", "defcoop", "codebook", "--dataset", str(GOOD / "dataset"), cwd=tmp_path, env=HERE)
    assert (done.returncode, done.stderr) == (0, "")
    good = defcoop.load(GOOD)
    assert f"{len(good)} records from {len(good.seeds)} texts" in first_line_of(tmp_path)


def test_the_command_counts_no_data_that_it_is_not_given(tmp_path: Path) -> None:
    good = copy_of_the_good(tmp_path / "good")
    assert python("-m", "defcoop", "codebook", "--check", cwd=good, env=HERE).returncode == 1
    assert python("-m", "defcoop", "codebook", cwd=good, env=HERE).returncode == 0
    assert {path.name: path.read_text(encoding="utf-8") for path in (good / "schema").iterdir()} == codebook(
        card=read_card(good).card
    )
    assert python("-m", "defcoop", "codebook", "--check", cwd=good, env=HERE).returncode == 0
    assert python("-m", "defcoop", "codebook", "--check", "--dataset", "dataset", cwd=good, env=HERE).returncode == 1


@pytest.mark.parametrize("fault", ["no folder", "no record"])
def test_data_that_cannot_be_read_end_the_command_with_one_line(fault: str, tmp_path: Path) -> None:
    if fault == "no record":
        edit(copy_of_the_good(tmp_path / "good"), QATAR, ("id: act-qat", "id: act-qat\nid: act-qat"))
    done = python("-m", "defcoop", "codebook", "--dataset", "good/dataset", cwd=tmp_path, env=HERE)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("defcoop: ")
    assert not (tmp_path / "schema").exists()


# The page


def parsed(page: str) -> Element:
    """Parse a page as a browser does, and fail at the first mistake in it."""
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


ROOT = parsed(PAGE)


def words(element: Element) -> str:
    return "".join(element.itertext())


def described(page: str) -> dict[str, Any]:
    [script] = parsed(page).iter("script")
    found: dict[str, Any] = json.loads(script.text or "")
    return found


def test_the_parser_does_find_mistakes() -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        parsed(PAGE.replace("</table>", "", 1))


def test_the_page_needs_nothing_else() -> None:
    tags = {element.tag for element in ROOT.iter()}
    assert not tags & {"link", "img", "iframe", "object", "embed", "video", "audio", "form", "base"}
    assert [script.get("type") for script in ROOT.iter("script")] == ["application/ld+json"]
    assert not any(name.startswith("on") or name == "src" for element in ROOT.iter() for name in element.attrib)
    style = words(next(ROOT.iter("style")))
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert len(PAGE.encode()) < 300_000


def test_every_id_is_there_once_and_every_link_leads_to_one() -> None:
    ids = [element.get("id") for element in ROOT.iter() if element.get("id")]
    targets = [(link.get("href") or "")[1:] for link in ROOT.iter("a")]
    assert len(ids) == len(set(ids))
    assert len(targets) > 200
    assert all((link.get("href") or "").startswith("#") for link in ROOT.iter("a"))
    assert set(targets) <= set(ids)


def test_the_contents_lead_to_every_heading() -> None:
    [contents] = ROOT.iter("nav")
    assert contents.get("aria-label")
    headings = [element.get("id") for element in ROOT.iter() if element.tag in {"h2", "h3"}]
    assert [(link.get("href") or "")[1:] for link in contents.iter("a")] == headings


def test_headings_go_down_by_one_level_at_a_time() -> None:
    levels = [int(element.tag[1]) for element in ROOT.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_every_table_has_a_caption_and_heads() -> None:
    found = list(ROOT.iter("table"))
    assert len(found) == len(re.findall(r"^\| -", TEXT, flags=re.MULTILINE))
    captions = [words(next(table.iter("caption"))) for table in found]
    assert len(set(captions)) == len(captions)
    for table in found:
        head, *body = table.iter("tr")
        assert {(cell.tag, cell.get("scope")) for cell in head} == {("th", "col")}
        for row in body:
            first, *rest = row
            assert (first.tag, first.get("scope")) == ("th", "row")
            assert {cell.tag for cell in rest} == {"td"}


def test_what_scrolls_can_be_reached_and_has_a_name() -> None:
    names = {caption.get("id") for caption in ROOT.iter("caption")}
    frames = [element for element in ROOT.iter("div") if element.get("class") == "table"]
    assert len(frames) == len(names)
    assert {frame.get("aria-labelledby") for frame in frames} == names
    assert {(frame.get("role"), frame.get("tabindex")) for frame in frames} == {("region", "0")}


def test_the_page_says_what_the_markdown_says() -> None:
    rows = [[words(cell) for cell in row] for table in ROOT.iter("table") for row in table.iter("tr")]
    lines = [line for line in TEXT.splitlines() if line.startswith("|") and not re.match(r"\| -", line)]
    wanted = [[shown(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    assert rows == wanted


def shown(cell: str) -> str:
    """Take the marks out of a cell of Markdown."""
    return plain(re.sub(r"\[([^\]]*)\]\([^)]*\)|`([^`]*)`|\*\*(.*)\*\*", r"\1\2\3", cell))


def test_the_page_describes_the_dataset_to_search_engines() -> None:
    found = described(PAGE)
    assert found["@type"] == "Dataset"
    assert found["version"].startswith(DATA)
    assert found["temporalCoverage"] == "2007/2022"
    assert len(found["isBasedOn"]) == len(SHIPPED.seeds)


HOSTILE = '<script>alert(1)</script></table> | a *b* _c_ [d](javascript:e) `f` </style> &amp; # g\n\n## h "i"'


@pytest.fixture(scope="module")
def hostile() -> Mapping[str, str]:
    card = SHIPPED.seeds["seed-000"].model_copy(
        update={"description": HOSTILE, "slant": f"{HOSTILE} قيل كذا، ثم كذا", "note": HOSTILE}
    )
    return codebook(Dataset(SHIPPED, [card, *list(SHIPPED.seeds.values())[1:]]))


def test_texts_of_the_data_stay_texts_in_the_page(hostile: Mapping[str, str]) -> None:
    root = parsed(hostile["codebook.html"])
    assert [script.get("type") for script in root.iter("script")] == ["application/ld+json"]
    assert len(list(root.iter("table"))) == len(list(ROOT.iter("table")))
    assert len(list(root.iter("a"))) == len(list(ROOT.iter("a")))
    assert [words(one) for one in root.iter("h2")] == CHAPTERS
    told = " ".join(HOSTILE.split())
    assert words(next(root.iter("main"))).count(told) == 3
    assert described(hostile["codebook.html"])["isBasedOn"][0]["name"] == f"seed-000: {HOSTILE}"


def test_texts_of_the_data_stay_texts_in_the_markdown(hostile: Mapping[str, str]) -> None:
    text = hostile["codebook.md"]
    assert re.findall(r"^## (.*)", text, flags=re.MULTILINE) == CHAPTERS
    lines = {line["property"]: plain(line["on the card"]) for line in cells(section("seed-000", text))}
    assert lines["note"] == " ".join(HOSTILE.split())


def test_arabic_is_marked_as_arabic(hostile: Mapping[str, str]) -> None:
    root = parsed(hostile["codebook.html"])
    assert root.get("lang") == "en"
    marked = list(root.iter("bdi"))
    assert [words(one) for one in marked] == ["قيل كذا، ثم كذا"]
    assert {(one.get("lang"), one.get("dir")) for one in marked} == {("ar", "rtl")}
