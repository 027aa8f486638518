"""The registry is the one list of record types: an eighth needs a model, a line and a folder, and nothing else."""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from defcoop.models import Record
from defcoop.models.registry import BY_FOLDER, BY_NAME, TYPES, type_of
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop
    from defcoop.models.registry import RecordType

MODEL = '''
"""Treaties."""

from __future__ import annotations

from typing import Annotated, ClassVar

from defcoop.models.ids import ActorId
from defcoop.models.record import Record
from defcoop.values import Edtf, Frozen, Key, Role, Term, Time, coded, uncoded


class ClauseKind(Term):
    """What a clause does."""

    DUTY = "duty", "It binds."
    RIGHT = "right", "It allows."


class Clause(Frozen):
    """A clause."""

    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: Annotated[Key, coded("Its number.")]
    kind: Annotated[ClauseKind, coded("What it does.")]


class Treaty(Record):
    """A solemn treaty."""

    depositary: Annotated[ActorId, coded("Who keeps it.", role=Role.OPERATOR, identifies=True)]
    languages: Annotated[tuple[str, ...], coded("Its languages.", item="language")] = ()
    clauses: Annotated[tuple[Clause, ...], uncoded("Its clauses.")] = ()
    opened: Annotated[Edtf | None, coded("When it was opened.", expected=True, time=Time.MADE)] = None
'''
LINE = '    RecordType("treaty", "treaties", "tre"),\n'
CITED = f"""
  - seed: seed-900
    passage: [0, 10]
    quote: words
    digest: {"a" * 64}
    voice: seed
    stance: asserted
    basis: explicit
"""
ACTOR = f"""
id: act-a
names: [{{text: A, lang: en, kind: editorial}}]
summary: A company.
kind: company
evidence: {CITED}    supports: [kind]
"""
TREATY = f"""
id: tre-x
names: [{{text: X, lang: en, kind: editorial}}]
summary: A treaty.
depositary: act-a
languages: [Arabic, Turkish]
clauses: [{{number: "1", kind: duty}}, {{number: "2", kind: right}}]
opened: "2031-04"
evidence: {CITED}    supports: [depositary, languages, clauses, opened]
"""
CARD = f"""
id: seed-900
file: text.txt
sha256: {"a" * 64}
bytes: 10
code_points: 10
language: en
description: An invented text.
genre: news_report
publisher_reasoning: Invented.
published_reasoning: Invented.
reliability: F
reliability_reasoning: Invented.
slant: None.
"""


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.lstrip("\n"), encoding="utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("extended")
    shutil.copytree(CHECKOUT / "defcoop", folder / "defcoop", ignore=shutil.ignore_patterns("__pycache__"))
    put(folder / "defcoop" / "models" / "treaty.py", MODEL)
    registry = folder / "defcoop" / "models" / "registry.py"
    source = registry.read_text(encoding="utf-8")
    last = source.index("\n)\n", source.index("TYPES = (")) + 1
    registry.write_text(source[:last] + LINE + source[last:], encoding="utf-8")
    put(folder / "dataset" / "actors" / "act-a.yaml", ACTOR)
    put(folder / "dataset" / "treaties" / "tre-x.yaml", TREATY)
    put(folder / "seeds" / "seed-900.yaml", CARD)
    return folder


@pytest.fixture(scope="module")
def built(extended: Path) -> Path:
    code, _, err = run(extended, "-m", "defcoop", "build", "--out", "package")
    assert code == 0, err
    return extended / "package"


def run(folder: Path, *args: str) -> tuple[int, str, str]:
    found = python(*args, cwd=folder, env={"PYTHONPATH": str(folder)})
    return found.returncode, found.stdout, found.stderr


def test_an_eighth_type_is_validated(extended: Path) -> None:
    code, out, err = run(extended, "-m", "defcoop", "validate")
    assert (code, out) == (0, ""), err
    assert err.startswith("2 records, 1 source card: 0 errors, 0 warnings.\n")


def test_mistakes_in_an_eighth_type_are_found(extended: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(extended, tmp_path / "copy")
    broken = TREATY.replace("act-a", "act-b").replace('opened: "2031-04"\n', "").replace(", opened]", "]")
    put(copy / "dataset" / "treaties" / "tre-x.yaml", broken)
    code, out, _ = run(copy, "-m", "defcoop", "validate", "--format", "json")
    assert code == 1
    errors = [found["code"] for found in json.loads(out)["findings"] if found["severity"] == "error"]
    assert sorted(errors) == ["DC107", "DC301"]


def test_an_eighth_type_is_built_into_tables_and_claims(built: Path) -> None:
    data = built / "data"
    tables = {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in data.glob("*.csv")}
    assert [(row["id"], row["depositary"], row["opened_latest"]) for row in tables["treaties"]] == [
        ("tre-x", "act-a", "2031-04-30")
    ]
    assert [row["language"] for row in tables["treaty_languages"]] == ["Arabic", "Turkish"]
    assert [(row["number"], row["kind"]) for row in tables["treaty_clauses"]] == [("1", "duty"), ("2", "right")]
    assert [row["treaty_id"] for row in tables["treaty_names"]] == ["tre-x"]
    assert [row["type"] for row in tables["records"]] == ["actor", "treaty"]
    assert {row["field"] for row in tables["claims"] if row["record_type"] == "treaty"} == {
        "depositary", "languages[Arabic]", "languages[Turkish]", "clauses[1].number", "clauses[1].kind",
        "clauses[2].number", "clauses[2].kind", "opened",
    }  # fmt: skip
    resources = json.loads((built / "datapackage.json").read_bytes())["resources"]
    (treaties,) = (entry for entry in resources if entry["name"] == "treaties")
    keys = {key["fields"][0]: key["reference"].get("resource") for key in treaties["schema"]["foreignKeys"]}
    assert keys["depositary"] == "actors"


def test_an_eighth_type_has_a_schema_and_a_place_in_the_codebook(extended: Path) -> None:
    assert run(extended, "-m", "defcoop", "schema")[0] == 0
    schema = json.loads((extended / "schema" / "treaty.schema.json").read_bytes())
    assert schema["title"] == "defcoop treaty"
    assert schema["properties"]["id"]["allOf"] == [{"pattern": "^tre-"}]
    assert run(extended, "-m", "defcoop", "codebook", "--dataset", "dataset")[0] == 0
    codebook = (extended / "schema" / "codebook.md").read_text(encoding="utf-8")
    assert "\n### treaties\n\nOne row per treaty: a solemn treaty.\n\nRows: 1.\n" in codebook
    assert "\n### treaty_clauses\n" in codebook
    assert "| `duty` | It binds. | 1 |\n" in codebook


def test_an_eighth_type_is_a_collection_of_the_dataset(extended: Path) -> None:
    code = (
        "import defcoop; ds = defcoop.load('.'); t = ds.treaties['tre-x']; "
        "print(ds, t.clauses[1].kind, t.opened.earliest, len(ds.claims(t, 'clauses')))"
    )
    found = run(extended, "-c", code)
    assert found[0] == 0, found[2]
    assert found[1].endswith("0 facilities, 1 treaties; 1 seeds> right 2031-04-01 4\n")


def test_an_eighth_type_is_read_back_from_the_package(extended: Path, built: Path) -> None:
    code = f"import defcoop; print(list(defcoop.load({str(built)!r})) == list(defcoop.load('.')))"
    assert run(extended, "-c", code)[1] == "True\n"


def test_names_folders_and_prefixes_tell_types_apart() -> None:
    assert list(BY_NAME) == [kind.name for kind in TYPES]
    assert list(BY_FOLDER) == [kind.folder for kind in TYPES]
    assert len(TYPES) == len(BY_NAME) == len(BY_FOLDER) == len({kind.prefix for kind in TYPES})
    assert len({kind.model for kind in TYPES}) == len(TYPES)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_the_model_of_a_type_is_found_by_its_name(kind: RecordType, shipped: defcoop.Dataset) -> None:
    assert kind.model.__module__ == f"defcoop.models.{kind.name}"
    assert kind.model.__name__ == kind.class_name
    assert {type_of(record) for record in getattr(shipped, kind.folder).values()} == {kind}


def test_a_name_of_two_words_is_one_word_as_a_class() -> None:
    assert BY_NAME["trade_figure"].class_name == "TradeFigure"


def test_a_record_of_no_type_has_none() -> None:
    with pytest.raises(KeyError, match="Record"):
        type_of(Record.model_construct())


def test_every_type_has_a_folder_of_records_and_every_folder_a_type(checkout: Path) -> None:
    assert {path.name for path in (checkout / "dataset").iterdir()} == set(BY_FOLDER)
