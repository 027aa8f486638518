"""Whoever adds a record type, a term, a check, an export, a plot or a command finds it everywhere.

Both ways that `docs/architecture.md` tells are taken: one file and one line each in a copy of the code, and the entry
points of an installed package. The type has a side field of an unheard-of name.
"""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from defcoop.dataset.loading import read_checkout
from defcoop.exports import EXPORTS
from defcoop.package.writer import build
from defcoop.reference.states import state_codes
from tests.exports.readers import TABULAR
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from pathlib import Path

MODEL = '''
"""Treaties."""

from __future__ import annotations

from typing import Annotated, ClassVar

from defcoop.models.ids import ActorId
from defcoop.models.record import Record
from defcoop.models.record_type import RecordType
from defcoop.values import Edtf, Frozen, Key, Phase, Role, Status, Term, Time, coded, uncoded


class ClauseKind(Term):
    """What a clause does."""

    DUTY = "duty", "It binds."
    RIGHT = "right", "It allows."


class TreatyStatus(Status):
    """How far a treaty has come."""

    DRAFTED = "drafted", "Written and not yet agreed.", Phase.PLANNED
    SOLEMN = "solemn", "Agreed.", Phase.MADE
    FORSAKEN = "forsaken", "Given up by all.", Phase.ENDED


class Clause(Frozen):
    """A clause."""

    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: Annotated[Key, coded("Its number.")]
    kind: Annotated[ClauseKind, coded("What it does.")]


class Treaty(Record):
    """A solemn treaty."""

    depositary: Annotated[ActorId, coded("Who keeps it.", role=Role.OPERATOR, identifies=True)]
    targets: Annotated[
        tuple[ActorId, ...], coded("Who is bound by it.", role=Role.PARTY, item="actor_id", min_length=1)
    ]
    languages: Annotated[tuple[str, ...], coded("Its languages.", item="language")] = ()
    clauses: Annotated[tuple[Clause, ...], uncoded("Its clauses.")] = ()
    opened: Annotated[Edtf | None, coded("When it was opened.", expected=True, time=Time.MADE)] = None
    status: Annotated[TreatyStatus, coded("How far it has come.")]


TYPE = RecordType("treaty", "treaties", "tre", __name__)
'''
CHECK = '''
"""Who keeps a treaty."""

from defcoop.validation.issues import Issue


def depositary_is_neutral(record, _):
    """The depositary of a treaty is not bound by it."""
    if record.depositary in record.targets if hasattr(record, "targets") else False:
        yield Issue("DC750", ("depositary",), f"{record.depositary} is bound by it")
'''
IMPORT = "from defcoop.validation.record_checks.neutral import depositary_is_neutral\n"
CODE = 'Rule("A depositary is bound", "Check who keeps the treaty.", "warning")'
EXPORT = '''
"""The ids of treaties."""


def write(package, out):
    out.write_text("".join(f"{treaty['id']}\\n" for treaty in package.json("treaties")))
'''
PLOT = '''
"""Bars: how many treaties there are."""

import altair as alt


def bars(dataset, *, lang="en", most=None):
    """Draw them."""
    return alt.Chart(alt.Data(values=[{"n": len(dataset.treaties)}])).mark_bar().encode(x="n:Q").properties(title=lang)
'''
COMMAND = '''
"""`defcoop greet`: greet."""

import click


@click.command
def greet():
    """Greet the world."""
    click.echo("hello")
'''
CITED = f"""
  - seed: seed-900
    passage: [0, 10]
    quote: words
    digest: {"a" * 64}
    voice: seed
    stance: asserted
    basis: inferred
    reasoning: The words lead to it.
"""


def names(text: str) -> str:
    return f"names: [{{text: {text}, lang: en, kind: editorial}}]\nsummary: Invented.\n"


def state(key: str) -> str:
    codes = [
        f'{{scheme: {scheme}, code: "{code}", valid: "{valid}"}}' for scheme, code, valid in sorted(state_codes()[key])
    ]
    head = f"id: {key}\n{names(key[-3:].upper())}kind: state\ncodes: [{', '.join(codes)}]\n"
    return f"{head}evidence: {CITED}    supports: [kind]\n"


ORGAN = f"id: act-m\n{names('M')}kind: ministry\ncountry: act-qat\nevidence: {CITED}    supports: [kind, country]\n"
TREATY = f"""
id: tre-x
{names("X")}depositary: act-m
targets: [act-qat, act-tur]
languages: [Arabic, Turkish]
clauses: [{{number: "1", kind: duty}}, {{number: "2", kind: right}}]
opened: "2031-04"
status: solemn
evidence: {CITED}    supports: [depositary, targets, languages, clauses, opened, status]
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
DATA = {
    "dataset/actors/act-qat.yaml": state("act-qat"),
    "dataset/actors/act-tur.yaml": state("act-tur"),
    "dataset/actors/act-m.yaml": ORGAN,
    "dataset/treaties/tre-x.yaml": TREATY,
    "seeds/seed-900.yaml": CARD,
}
WRONG = {
    # without the date that it should have, and kept by nobody
    "tre-p": TREATY.replace("tre-x", "tre-p")
    .replace("depositary: act-m", "depositary: act-z")
    .replace('opened: "2031-04"\n', "")
    .replace(" opened,", ""),
    # told as given up, but only planned; of a state and its own ministry; kept by one of them
    "tre-q": TREATY.replace("tre-x", "tre-q")
    .replace("[act-qat, act-tur]", "[act-qat, act-m]")
    .replace("solemn", "forsaken")
    .replace("asserted", "planned"),
    "tre-y": TREATY.replace("tre-x", "tre-y"),  # as tre-x
}
"""Treaties with mistakes."""

DEPLOYMENT = f"""
id: dep-x
{names("X")}sender: act-qat
hosts: [act-tur]
personnel: troops
status: suspended
absent: {{mission: unknown, size: unknown, posture: unknown, legal_basis: unknown, mandate: unknown, facility: unknown, period: unknown}}
evidence: {CITED.replace("asserted", "planned")}    supports: [sender, hosts, personnel, status]
"""  # noqa: E501 - one field

OFFERS = """\
[defcoop.types]
treaty = pacts.treaty:TYPE
[defcoop.checks]
neutral = pacts:NEUTRAL
[defcoop.exports]
ids = pacts:IDS
[defcoop.plots]
bars = pacts:BARS
[defcoop.commands]
greet = pacts.greet:greet
"""
PACKAGE = f"""
from defcoop.analysis.plots import Plot
from defcoop.exports import Format
from defcoop.validation.codes import Rule
from defcoop.validation.installed import Checks
from pacts.neutral import depositary_is_neutral

RULE = {CODE[:-1]}, "The depositary of a treaty is not bound.")
NEUTRAL = Checks({{"DC750": RULE}}, records=(depositary_is_neutral,))
IDS = Format("ids", "The ids of treaties.", "pacts.ids", ".txt")
BARS = Plot("bars", "how many treaties there are", "pacts.bars")
"""

DRIVER = """
import contextlib, io, json, sys
from defcoop.cli import main

def run(args):
    sys.argv, out, err, code = ["defcoop", *args], io.StringIO(), io.StringIO(), None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try: main()
        except SystemExit as end: code = end.code or 0
    return [code, out.getvalue(), err.getvalue()]

ran = {" ".join(args): run(args) for args in json.loads(sys.argv[1])}
import defcoop
from defcoop.analysis.network import to_networkx
from defcoop.package import open_package
ds, t = defcoop.load("."), defcoop.load(".").treaties["tre-x"]
ran["load"] = [repr(ds), t.clauses[1].kind, str(t.opened.earliest), len(ds.claims(t, "clauses"))]
ran["same"] = list(defcoop.load("package")) == list(ds)
ran["older"] = len(list(defcoop.load("older")))
ran["edges"] = sorted(edge for edge in to_networkx(ds, ["treaties"]).edges(keys=True))
print(json.dumps(ran))
"""
EXPORTED = {form.name: f"out/{form.name}{form.suffix}" for form in EXPORTS} | {"ids": "out/ids.txt"}
COMMANDS = [
    "validate", "validate --dataset wrong/dataset --format json", "schema", "codebook --dataset dataset",
    "build --out package", "verify package --deep", "panel --years 2031", "--help", "explain DC750", "explain", "greet",
    "export --list", "plot --list", "validate --dataset wrong/dataset --format sarif",
    *(f"plot {name} --out {name}.json" for name in ("timeline", "network", "bars")),
    *(f"export {name} --package package --out {place}" for name, place in EXPORTED.items()),
]  # fmt: skip


class Extended(NamedTuple):
    """A checkout that holds a treaty, what the commands said there, and where the code is."""

    folder: Path
    ran: dict[str, Any]
    path: str


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.lstrip("\n"), encoding="utf-8")


def add_line(path: Path, table: str, line: str, end: str) -> None:
    """Add a line to the end of a table in a module."""
    source = path.read_text(encoding="utf-8")
    last = source.index(end, source.index(table)) + 1
    path.write_text(source[:last] + line + source[last:], encoding="utf-8")


def in_the_repository(folder: Path) -> str:
    """Add one file and one line each to a copy of the code."""
    shutil.copytree(CHECKOUT / "defcoop", folder / "defcoop", ignore=shutil.ignore_patterns("__pycache__"))
    code = folder / "defcoop"
    put(code / "models/treaty.py", MODEL)
    add_line(code / "models/registry.py", "\nOWN_TYPES = (", '    RecordType("treaty", "treaties", "tre"),\n', "\n)\n")
    term = '    SUSPENDED = "suspended", "Stopped for now.", Phase.ENDED\n'
    add_line(code / "models/deployment.py", "class DeploymentStatus", term, "\n\n\n")
    checks = code / "validation/record_checks"
    put(checks / "neutral.py", CHECK)
    add_line(checks / "__init__.py", "from __future__", IMPORT, "\n")
    add_line(checks / "__init__.py", "\nRECORD_CHECKS", "    depositary_is_neutral,\n", "\n)\n")
    add_line(code / "validation/codes.py", "\nCODES", f'    "DC750": {CODE},\n', "\n}\n")
    put(folder / "docs/codes/DC750.md", "# DC750: A depositary is bound\n\nThe depositary of a treaty is not bound.\n")
    put(code / "exports/ids.py", EXPORT)
    add_line(
        code / "exports/__init__.py",
        "\nEXPORTS",
        '        ("ids", ".txt", None, "The ids of treaties."),\n',
        "\n    )\n",
    )
    put(code / "analysis/plots/bars.py", PLOT)
    add_line(
        code / "analysis/plots/__init__.py", "\n_ALL", '    Plot("bars", "how many treaties there are"),\n', "\n)\n"
    )
    put(code / "cli/greet.py", COMMAND)
    add_line(code / "cli/__init__.py", "\nCOMMANDS", '    "greet": "Greet the world.",\n', "\n}\n")
    return str(folder)


def in_a_package(folder: Path) -> str:
    """Lay out a package as installers do."""
    about = folder / "site/pacts-1.0.dist-info"
    put(about / "METADATA", "Metadata-Version: 2.1\nName: pacts\nVersion: 1.0\n")
    put(about / "entry_points.txt", OFFERS)
    modules = {"treaty": MODEL, "neutral": CHECK, "ids": EXPORT, "bars": PLOT, "greet": COMMAND, "__init__": PACKAGE}
    for name, text in modules.items():
        put(folder / f"site/pacts/{name}.py", text)
    return f"{CHECKOUT}:{folder / 'site'}"


@pytest.fixture(scope="module", params=[in_the_repository, in_a_package], ids=["repository", "package"])
def extended(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Extended:
    folder = tmp_path_factory.mktemp("extended")
    path = request.param(folder)
    for place, text in DATA.items():
        put(folder / place, text)
        put(folder / "wrong" / place, text)
    for key, text in WRONG.items():
        put(folder / f"wrong/dataset/treaties/{key}.yaml", text)
    if request.param is in_the_repository:
        put(folder / "wrong/dataset/deployments/dep-x.yaml", DEPLOYMENT)
    build(read_checkout(folder / "dataset", folder / "seeds"), folder / "older")  # by who knows of no treaties
    commands = json.dumps([command.split() for command in COMMANDS])
    found = python("-c", DRIVER, commands, cwd=folder, env={"PYTHONPATH": path})
    assert found.returncode == 0, found.stderr
    return Extended(folder, json.loads(found.stdout), path)


def test_it_is_validated(extended: Extended) -> None:
    code, out, err = extended.ran["validate"]
    assert (code, out) == (0, ""), err
    assert err.startswith("4 records, 1 source card: 0 errors, 0 warnings.\n")


def test_mistakes_in_it_are_found(extended: Extended) -> None:
    code, out, _ = extended.ran["validate --dataset wrong/dataset --format json"]
    assert code == 1
    findings = [found for found in json.loads(out)["findings"] if "/treaties/" in found["path"]]
    codes = {(found["path"][-10:-5], found["code"]) for found in findings if found["code"] != "DC803"}
    assert codes == {
        ("tre-p", "DC107"),  # no date and no reason
        ("tre-p", "DC301"),  # no such depositary
        ("tre-q", "DC409"),  # its status ends it, its evidence plans it
        ("tre-q", "DC704"),  # one side is part of the other
        ("tre-q", "DC750"),  # the check that was added
        ("tre-y", "DC802"),  # like tre-x
    }


def test_a_term_that_was_added_is_checked_by_its_phase(extended: Extended) -> None:
    _, out, _ = extended.ran["validate --dataset wrong/dataset --format json"]
    findings = [found for found in json.loads(out)["findings"] if "/deployments/" in found["path"]]
    messages = [found["message"] for found in findings if found["code"] == "DC409"]
    in_repository = (extended.folder / "wrong/dataset/deployments").is_dir()
    assert messages == ["dep-x: status: is suspended on evidence that is planned"] * in_repository


def test_it_is_built_into_tables_and_claims(extended: Extended) -> None:
    assert extended.ran["build --out package"][0] == 0, extended.ran["build --out package"]
    data = extended.folder / "package/data"
    tables = {path.stem: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in data.glob("*.csv")}
    assert [(row["id"], row["depositary"], row["opened_latest"]) for row in tables["treaties"]] == [
        ("tre-x", "act-m", "2031-04-30")
    ]
    assert [row["actor_id"] for row in tables["treaty_targets"]] == ["act-qat", "act-tur"]
    assert [row["language"] for row in tables["treaty_languages"]] == ["Arabic", "Turkish"]
    assert [(row["number"], row["kind"]) for row in tables["treaty_clauses"]] == [("1", "duty"), ("2", "right")]
    assert [row["treaty_id"] for row in tables["treaty_names"]] == ["tre-x"]
    assert [row["type"] for row in tables["records"]] == ["actor", "actor", "actor", "treaty"]
    assert {row["field"] for row in tables["claims"] if row["record_type"] == "treaty"} == {
        "depositary", "targets[act-qat]", "targets[act-tur]", "languages[Arabic]", "languages[Turkish]", "status",
        "clauses[1].number", "clauses[1].kind", "clauses[2].number", "clauses[2].kind", "opened",
    }  # fmt: skip
    resources = json.loads((extended.folder / "package/datapackage.json").read_bytes())["resources"]
    (treaties,) = (entry for entry in resources if entry["name"] == "treaties")
    keys = {key["fields"][0]: key["reference"].get("resource") for key in treaties["schema"]["foreignKeys"]}
    assert keys["depositary"] == "actors"


def test_the_package_is_verified(extended: Extended) -> None:
    code, out, err = extended.ran["verify package --deep"]
    assert code == 0, out + err


def test_it_has_a_schema_and_a_place_in_the_codebook(extended: Extended) -> None:
    assert extended.ran["schema"][0] == extended.ran["codebook --dataset dataset"][0] == 0
    schema = json.loads((extended.folder / "schema/treaty.schema.json").read_bytes())
    assert schema["title"] == "defcoop treaty"
    assert schema["properties"]["id"]["allOf"] == [{"pattern": "^tre-"}]
    codebook = (extended.folder / "schema/codebook.md").read_text(encoding="utf-8")
    assert "\n### treaties\n\nOne row per treaty: a solemn treaty.\n\nRows: 1.\n" in codebook
    assert "\n### treaty_clauses\n" in codebook
    assert "| `duty` | It binds. | 1 |\n" in codebook
    assert "| `forsaken` | Given up by all. | 0 |\n" in codebook


def test_it_is_a_collection_of_the_dataset(extended: Extended) -> None:
    shown, *values = extended.ran["load"]
    assert shown.endswith("0 facilities, 0 transfers, 1 treaties; 1 seeds>")
    assert values == ["right", "2031-04-01", 4]


def test_it_is_read_back_from_the_package_and_an_older_one_has_none(extended: Extended) -> None:
    assert extended.ran["same"]
    assert extended.ran["older"] == 3


def test_it_is_counted_in_panels(extended: Extended) -> None:
    code, out, err = extended.ran["panel --years 2031"]
    assert code == 0, err
    [row] = csv.DictReader(out.splitlines())
    assert (row["a"], row["b"], row["treaties_best"]) == ("act-tur", "act-qat", "1")  # by the lower code


def test_it_is_a_layer_of_the_network(extended: Extended) -> None:
    assert extended.ran["edges"] == [["act-qat", "act-tur", "tre-x"], ["act-tur", "act-qat", "tre-x"]]


@pytest.mark.parametrize(("plot", "text"), [("timeline", "X"), ("network", "treaties"), ("bars", "en")])
def test_it_is_drawn(extended: Extended, plot: str, text: str) -> None:
    code, _, err = extended.ran[f"plot {plot} --out {plot}.json"]
    assert code == 0, err
    assert f'"{text}"' in (extended.folder / f"{plot}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", EXPORTED)
def test_it_is_exported(extended: Extended, form: str) -> None:
    place = EXPORTED[form]
    code, _, err = extended.ran[f"export {form} --package package --out {place}"]
    assert code == 0, err
    if form in TABULAR:
        [row] = TABULAR[form](extended.folder / place, "treaties")
        assert "tre-x" in row
    elif form not in {"dcad", "atop"}:  # these hold agreements alone, as what they are set beside
        files = [file for file in [extended.folder / place, *(extended.folder / place).rglob("*")] if file.is_file()]
        assert any("tre-x" in file.read_text(encoding="utf-8") for file in files)


def test_what_was_added_is_listed_and_explained(extended: Extended) -> None:
    ran = {command: " ".join(out.split()) for command, (_, out, _) in list(extended.ran.items())[: len(COMMANDS)]}
    assert "greet Greet the world." in ran["--help"]
    assert ran["greet"] == "hello"
    assert "# DC750: A depositary is bound The depositary of a treaty is not bound" in ran["explain DC750"]
    assert "- DC750 (warning): A depositary is bound" in ran["explain"]
    assert "ids The ids of treaties." in ran["export --list"]
    assert "bars how many treaties there are" in ran["plot --list"]
    rules = json.loads(ran["validate --dataset wrong/dataset --format sarif"])["runs"][0]["tool"]["driver"]["rules"]
    assert "DC750" in [rule["id"] for rule in rules]


BROKEN = """\
[defcoop.types]
absent = no_such_module:TYPE
clashing = bad:CLASHING
mute = bad:MUTE
[defcoop.plots]
absent = no_such_module:PLOT
[defcoop.exports]
absent = no_such_module:FORMAT
"""
BAD = """
from defcoop.models.record import Record
from defcoop.models.record_type import RecordType

CLASHING = RecordType("treaty", "treaties", "agr", "pacts.treaty")
MUTE = RecordType("mute", "mutes", "mut", "mute")
"""
MUTE = """
from defcoop.models.record import Record

class Mute(Record):
    pass
"""


def test_broken_ones_break_no_others_and_say_why_where_they_are_missed(tmp_path: Path) -> None:
    site, edition = tmp_path / "site", tmp_path / "here"
    put(site / "bad-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: bad\nVersion: 1.0\n")
    put(site / "bad-1.0.dist-info/entry_points.txt", BROKEN)
    put(site / "bad.py", BAD)
    put(site / "mute.py", MUTE)
    for place, text in DATA.items():
        put(edition / place, text)
    commands = ["validate", "plot --list", "plot absent --out x.svg", "export --list", "export absent"]
    code = DRIVER.partition("import defcoop\n")[0] + "print(json.dumps(list(ran.values())))"
    env = {"PYTHONPATH": f"{CHECKOUT}:{site}"}
    found = python("-c", code, json.dumps([command.split() for command in commands]), cwd=edition, env=env)
    validated, plots, plot, exports, export = json.loads(found.stdout)
    assert validated[0] == 1
    assert [line.split(": error")[0] for line in validated[1].splitlines() if " error DC" in line] == [
        "dataset/treaties:1:1"
    ]
    reasons = (
        "the record type absent (no_such_module:TYPE) cannot be loaded: No module named 'no_such_module'",
        "the record type clashing cannot be added: its prefix agr is that of the type agreement",
        "the record type mute cannot be added: Mute: no field tells two records apart",
    )
    assert all(reason in validated[1] for reason in reasons)
    missing = "absent (no_such_module:{}) cannot be loaded: No module named 'no_such_module'"
    for listed, alone, what in ((plots, plot, "plot"), (exports, export, "format")):
        reason = f"the {what} {missing.format(what.upper())}"
        assert (listed[0], alone) == (0, [2, "", f"defcoop: {reason}\n"])
        assert reason in listed[1]


def test_what_is_remembered_goes_when_a_type_that_was_added_changes(tmp_path: Path) -> None:
    code = "from defcoop.validation.cache import _code; print(hash(_code()))"
    env = {"PYTHONPATH": f"{CHECKOUT}:{tmp_path}", "PYTHONHASHSEED": "0"}
    in_a_package(tmp_path)
    (tmp_path / "site/pacts").rename(tmp_path / "pacts")
    stamps = [python("-c", code, env=env).stdout]
    (tmp_path / "site/pacts-1.0.dist-info").rename(tmp_path / "pacts-1.0.dist-info")
    stamps.append(python("-c", code, env=env).stdout)
    put(tmp_path / "pacts/treaty.py", MODEL.replace("It binds", "It obliges"))
    stamps += [python("-c", code, env=env).stdout for _ in range(2)]
    assert len(set(stamps)) == 3
    assert stamps[2] == stamps[3]
