"""A checkout or revision that has a file of its tables tells them itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from defcoop.difference import SchemaChange, compare, find, shapes_text
from defcoop.difference.shapes import read_shapes
from defcoop.difference.snapshot import library_tables
from tests.repositories import commit

FILE = Path("schema/tables.json")


@pytest.fixture
def told(repository: Path) -> Path:
    """Add the file to the repository, in a second commit."""
    (repository / FILE).parent.mkdir()
    (repository / FILE).write_text(shapes_text(), encoding="utf-8")
    commit()
    return repository / FILE


def test_the_file_holds_the_shapes_of_all_tables() -> None:
    assert read_shapes(shapes_text().encode(), "") == library_tables()
    assert max(map(len, shapes_text().splitlines())) < 2000


@pytest.mark.usefixtures("told")
def test_a_revision_without_the_file_is_taken_to_have_the_tables_of_this_library() -> None:
    assert [find(name).has_own_tables for name in ("HEAD~1", "HEAD", ".")] == [False, True, True]
    assert find("HEAD").tables == find("HEAD~1").tables == library_tables()


def test_a_change_of_the_tables_between_revisions_is_seen(told: Path) -> None:
    line = '    {"name": "summary", "type": "string", "required": true},\n'
    text = told.read_text(encoding="utf-8")
    assert line in text
    told.write_text(text.replace(line, "", 1), encoding="utf-8")
    commit()
    for new in ("HEAD", "."):
        found = compare(find("HEAD~1"), find(new))
        [change] = found.schema
        assert (change.event, change.column, found.bump) == ("column removed", "summary", "major")
        assert isinstance(change, SchemaChange)


@pytest.mark.parametrize("name", [".", "HEAD"])
@pytest.mark.parametrize("source", [b"{", b"[]", b'{"actors": {"columns": [{"name": 1}], "key": []}}', b"\xff"])
def test_a_file_that_holds_something_else_is_refused(name: str, source: bytes, told: Path) -> None:
    told.write_bytes(source)
    commit()
    with pytest.raises(ValueError, match=r"schema/tables\.json: ") as refused:
        find(name)
    assert "\n" not in str(refused.value)
