"""The codebook tells every table, column and term, and its links lead somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from defcoop.codebook import codebook
from defcoop.models.agreement import BASE, MILAID, MILCON
from defcoop.models.evidence import CREDIBILITY
from defcoop.models.record import NameKind
from defcoop.package import tables
from defcoop.version import SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.package import Table
    from defcoop.package.columns import Column
    from defcoop.values import Term

TEXT = codebook()
VOCABULARIES = sorted(
    {column.vocabulary for table in tables() for column in table.columns if column.vocabulary},
    key=lambda vocabulary: vocabulary.__name__,
)


def section(title: str) -> str:
    (_, found) = TEXT.split(f"\n## {title}\n", 1)
    return re.split(r"\n#{1,2} ", found, maxsplit=1)[0]


def test_the_committed_file_is_what_the_models_say(checkout: Path) -> None:
    assert (checkout / "schema" / "codebook.md").read_bytes() == TEXT.encode()


def test_its_head_has_the_version() -> None:
    assert TEXT.startswith(f"# Codebook\n\nSchema version {SCHEMA}. Generated from the models")
    assert "There are no sentinels" in TEXT
    assert TEXT.endswith("\n")
    assert not TEXT.endswith("\n\n")


def test_its_parts_come_in_order() -> None:
    assert re.findall(r"^# (.*)", TEXT, flags=re.MULTILINE) == ["Codebook", "Vocabularies", "Scales"]
    headings = re.findall(r"^## (.*)", TEXT, flags=re.MULTILINE)
    assert headings[: len(tables()) + 1] == ["Tables", *(table.name for table in tables())]
    names = [vocabulary.__name__ for vocabulary in VOCABULARIES]
    assert headings[len(tables()) + 1 : -5] == names


def test_no_two_vocabularies_share_a_name() -> None:
    assert len({vocabulary.__name__ for vocabulary in VOCABULARIES}) == len(VOCABULARIES)


def test_every_link_leads_to_one_heading() -> None:
    anchors = [
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)", TEXT, flags=re.MULTILINE)
    ]
    links = set(re.findall(r"\]\(#([^)]*)\)", TEXT))
    assert links
    assert [link for link in links if anchors.count(link) != 1] == []


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_table_has_a_row_for_each_column(table: Table) -> None:
    head, _, *lines = section(table.name).strip().splitlines()[2:]
    assert section(table.name).strip().startswith(f"{table.description}\n")
    assert f"- [{table.name}](#{table.name}): {table.description}\n" in TEXT
    assert head == "| column | type | meaning | refers to |"
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells == [
        [
            f"**{column.name}**" if column.name in table.key else column.name,
            kind_of(column) + ("" if column.required or column.name in table.key else ", may be empty"),
            column.description,
            column.target or "",
        ]
        for column in table.columns
    ]


def kind_of(column: Column) -> str:
    name = column.vocabulary.__name__ if column.vocabulary else ""
    return f"[{name}](#{name.lower()})" if name else column.kind


def test_a_row_shows_key_vocabulary_and_target() -> None:
    assert "| **id** | string | " in section("actors")
    assert "| kind | [ActorKind](#actorkind) | What the actor is. |  |\n" in section("actors")
    assert "| country | string, may be empty | The state that it belongs to. | actors |\n" in section("actors")


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_a_vocabulary_has_a_line_for_each_term(vocabulary: type[Term]) -> None:
    meaning, _, *lines = section(vocabulary.__name__).strip().splitlines()
    assert meaning == (vocabulary.__doc__ or "").splitlines()[0]
    assert lines == [f"- `{term.value}`: {term.definition}" for term in vocabulary]


def test_vocabularies_of_parts_are_there_too() -> None:
    assert NameKind in VOCABULARIES


@pytest.mark.parametrize(
    ("title", "scale"),
    [
        ("credibility (Admiralty)", CREDIBILITY),
        ("milcon (ATOP)", MILCON),
        ("milaid (ATOP)", MILAID),
        ("base (ATOP)", BASE),
    ],
)
def test_a_scale_has_a_line_for_each_number(title: str, scale: dict[int, str]) -> None:
    assert section(title).strip().splitlines() == [f"- {number}: {meaning}" for number, meaning in scale.items()]
