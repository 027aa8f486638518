"""A dataset's own terms, from its files through validation, package, panel and exports and back."""

from __future__ import annotations

import pickle
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import defcoop
from defcoop.cli import main
from defcoop.difference import compare, find
from defcoop.docgen.codebook import codebook
from defcoop.docgen.schemas import schemas
from defcoop.errors import DefcoopError, InputError
from defcoop.exports import export
from defcoop.merging import merge
from defcoop.models import DatasetCard
from defcoop.models.actor import ActorKind
from defcoop.models.deployment import DeploymentStatus, Mission
from defcoop.models.own_terms import OwnTerm, OwnVocabulary, is_open, resolve, vocabularies
from defcoop.package import open_package
from defcoop.validation import Run, validate
from defcoop.validation.cache import Cache
from defcoop.values import Edtf, Phase
from tests.checkouts import copy_of_the_good, edit
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.dataset import Dataset

OPEN = [
    "ActorKind",
    "AgreementStatus",
    "DeploymentStatus",
    "Domain",
    "EngagementKind",
    "EngagementStatus",
    "ExerciseKind",
    "ExerciseStatus",
    "FacilityClass",
    "FacilityStatus",
    "Genre",
    "Instrument",
    "Measure",
    "Mission",
    "ParticipantRole",
    "PersonnelKind",
    "Posture",
    "Scheme",
    "Topic",
    "TransferCategory",
    "TransferStatus",
]
TRAINERS = "dep-coast-league-qat-trainers"
FILES = {
    "Mission": [
        {"term": "border_training", "definition": "Teaching guards.", "source": "Manual", "broader": "training_given"}
    ],
    "DeploymentStatus": [{"term": "in_rotation", "definition": "There in turns.", "stage": "ongoing"}],
    "PersonnelKind": [
        {"term": "rangers", "definition": "Light troops of the border.", "broader": "border_troops"},
        {"term": "border_troops", "definition": "Troops of the border.", "broader": "troops"},
    ],
    "ActorKind": [{"term": "league", "definition": "A league of towns.", "broader": "igo"}],
    "Genre": [{"term": "log_book", "definition": "A log kept on board."}],
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a dataset that adds terms to five vocabularies and uses them."""
    folder = copy_of_the_good(tmp_path_factory.mktemp("own") / "checkout")
    (folder / "vocabularies").mkdir()
    for name, terms in FILES.items():
        text = yaml.safe_dump({"vocabulary": name, "terms": terms}, sort_keys=False)
        (folder / f"vocabularies/{name.lower()}.yaml").write_text(text, encoding="utf-8")
    with (folder / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write(f"vocabularies: [{', '.join(f'vocabularies/{name.lower()}.yaml' for name in FILES)}]\n")
    edit(
        folder,
        f"dataset/deployments/{TRAINERS}.yaml",
        ("mission: training_given", "mission: border_training"),
        ("personnel: troops", "personnel: rangers"),
        ("status: deployed", "status: in_rotation"),
    )
    edit(folder, "dataset/actors/act-coast-league.yaml", ("kind: igo", "kind: league"))
    return folder


@pytest.fixture(scope="module")
def package(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "package"
    report = defcoop.build(checkout, out, checkout / "texts")
    assert report.findings == ()
    return out


@pytest.fixture(scope="module")
def loaded(package: Path) -> Dataset:
    return defcoop.load(package)


def test_what_is_built_is_verified_and_read_back(checkout: Path, package: Path, loaded: Dataset) -> None:
    assert defcoop.verify(package, checkout / "texts", deep=True).ok
    assert loaded == defcoop.load(checkout)
    record = loaded.deployments[TRAINERS]
    assert (record.mission, record.personnel, record.status) == ("border_training", "rangers", "in_rotation")
    assert record.mission is not None
    assert (record.mission.known, record.personnel.known) == (Mission.TRAINING_GIVEN, "troops")
    assert record.status.phase is Phase.ONGOING
    assert record.mission.definition == "Teaching guards. (Manual)"


def test_a_term_of_the_datasets_is_no_member_of_the_vocabulary(loaded: Dataset) -> None:
    assert loaded.deployments[TRAINERS].mission not in list(Mission)
    with pytest.raises(ValueError, match="border_training"):
        Mission("border_training")  # type: ignore[call-arg]
    assert resolve(()).by_vocabulary == {}


def test_it_is_pickled_with_what_it_says(loaded: Dataset) -> None:
    again = pickle.loads(pickle.dumps(loaded))  # noqa: S301 - our own
    assert again == loaded
    assert again.deployments[TRAINERS].mission.known is Mission.TRAINING_GIVEN


def test_it_is_asked_for_by_name(loaded: Dataset) -> None:
    assert list(loaded.deployments.where(mission="Border training")) == [TRAINERS]
    with pytest.raises(InputError, match="Did you mean border_training"):
        loaded.deployments.where(mission="border_trainin")


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_frames_have_it_among_the_terms(checkout: Path, loaded: Dataset, backend: Any) -> None:
    for dataset in (loaded, defcoop.load(checkout)):
        frame = dataset.frame("deployments", backend)
        column = frame["mission"].to_pylist() if backend == "pyarrow" else frame["mission"].to_list()
        assert "border_training" in column


def test_sql_has_it(loaded: Dataset) -> None:
    rows = loaded.sql("SELECT id FROM deployments WHERE mission = 'border_training'", backend="polars")
    assert rows["id"].to_list() == [TRAINERS]


def dated(dataset: Dataset) -> Dataset:
    """Let the deployment begin at a time, of which its text says nothing."""
    return dataset.with_records(
        record.model_copy(update={"start": Edtf("2031-01-01")} if record.id == TRAINERS else {}) for record in dataset
    )


def test_a_panel_counts_it_as_what_it_comes_under(checkout: Path, loaded: Dataset) -> None:
    good = dated(defcoop.load(copy_of_the_good(checkout.parent / "good")))
    loaded = dated(loaded)
    actors = ["act-coast-league", "act-qat"]
    panels = [
        dataset.panel(actors=actors, years=range(2028, 2034), states=False, backend="polars")
        for dataset in (good, loaded)
    ]
    assert panels[0].equals(panels[1])
    assert panels[1]["deployments_troops_best"].sum() > 0


def test_the_descriptor_says_what_it_means(package: Path) -> None:
    column = {column.name: column for column in open_package(package).tables["deployments"].columns}["mission"]
    assert column.vocabulary is not None
    assert "border_training" in column.vocabulary
    assert column.terms["border_training"] == "Teaching guards. (Manual)"


@pytest.mark.parametrize(
    "name", ["sqlite", "parquet", "duckdb", "xlsx", "croissant", "csvw", "jsonld", "ftm", "dcad", "atop"]
)
def test_every_export_takes_it(package: Path, tmp_path: Path, name: str) -> None:
    made = export(name, package, tmp_path / f"out.{name}")
    files = [path for path in made.rglob("*") if path.is_file()] if made.is_dir() else [made]
    assert files
    if name == "sqlite":
        with sqlite3.connect(made) as database:
            assert database.execute("SELECT id FROM deployments WHERE mission = 'border_training'").fetchall()
    if name == "jsonld":
        text = made.read_text(encoding="utf-8")
        assert '"skos:broader": {"id": "dcv:Mission:training_given"}' in text


def test_codebook_and_schemas_have_it(loaded: Dataset) -> None:
    text = codebook(loaded)["codebook.md"]
    assert "| `border_training` | Teaching guards. (Manual) Added by this dataset under `training_given`. | 1 |" in text
    assert "| `in_rotation` | There in turns. Added by this dataset, stage `ongoing`. | 1 |" in text
    assert '"border_training"' in schemas(own=loaded.card.terms)["deployment.schema.json"]
    assert '"border_training"' not in schemas()["deployment.schema.json"]


def test_the_commands_take_it(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(checkout)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for words in (
        ["validate", "--seeds", "texts"],
        ["validate", "--seeds", "texts"],
        ["schema", "--out", f"{tmp_path}/s"],
    ):
        monkeypatch.setattr("sys.argv", ["defcoop", *words])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code in {0, None}, capsys.readouterr()
    assert '"border_training"' in (tmp_path / "s/deployment.schema.json").read_text(encoding="utf-8")


def test_a_warm_validation_sees_a_term_change(checkout: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(checkout, tree)
    run = Run(cache=Cache(tmp_path / "kept.cache", tree / "texts"))
    assert validate(tree, texts=tree / "texts", run=run).ok
    edit(tree, "vocabularies/mission.yaml", ("border_training", "guard_training"))
    report = validate(tree, texts=tree / "texts", run=run)
    assert [(finding.code, finding.hint) for finding in report.findings] == [("DC104", "Did you mean guard_training?")]
    edit(tree, f"dataset/deployments/{TRAINERS}.yaml", ("border_training", "guard_training"))
    assert validate(tree, texts=tree / "texts", run=run).ok


def tree_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_merging_keeps_the_terms_of_both(checkout: Path, tmp_path: Path) -> None:
    other = shutil.copytree(checkout, tmp_path / "other")
    edit(other, "dataset.yaml", ("name: coast", "name: shore"))
    edit(other, "vocabularies/genre.yaml", ("log_book", "diary"))
    merge(checkout, other, tmp_path / "merged")
    assert validate(tmp_path / "merged").ok
    terms = defcoop.load(tmp_path / "merged").card.terms.by_vocabulary
    assert {"log_book", "diary"} <= {term for added in terms.values() for term in added}
    for again, name in ((other, "again"), (tmp_path / "merged", "itself")):
        merge(tmp_path / "merged", again, tmp_path / name)
        assert tree_of(tmp_path / name) == tree_of(tmp_path / "merged")


def test_a_checkout_and_its_package_do_not_differ(checkout: Path, package: Path) -> None:
    assert not compare(find(str(checkout)), find(str(package))).changes


def test_what_does_not_fit_in_a_package_is_refused(package: Path, tmp_path: Path) -> None:
    spoilt = shutil.copytree(package, tmp_path / "spoilt")
    edit(spoilt, "dataset.json", ('"broader": "troops"', '"broader": "rangers"'))
    with pytest.raises(DefcoopError, match="comes under itself"):
        defcoop.load(spoilt)
    assert not defcoop.verify(spoilt).ok


def test_which_vocabularies_are_open() -> None:
    assert sorted(name for name, each in vocabularies().items() if is_open(each)) == OPEN


def test_a_term_says_all_that_the_others_of_its_vocabulary_say() -> None:
    own = resolve(
        [OwnVocabulary(vocabulary="ActorKind", terms=(OwnTerm(term="league", definition="A league.", broader="igo"),))]
    )
    assert own.problems == ()
    assert own.by_vocabulary[ActorKind]["league"].nature == ActorKind.IGO.nature  # type: ignore[attr-defined]
    status = OwnTerm(term="gone", definition="Gone.", broader="deployed", stage=Phase.ENDED)
    made = resolve([OwnVocabulary(vocabulary="DeploymentStatus", terms=(status,))]).by_vocabulary
    assert made[DeploymentStatus]["gone"].phase is Phase.ENDED  # type: ignore[attr-defined]


def test_a_card_without_own_terms_is_written_as_before() -> None:
    card = defcoop.load().card
    assert "own_terms" not in card.model_dump_json(exclude_defaults=True)
    assert "own_terms" not in DatasetCard.model_json_schema()["properties"]


PAGE = CHECKOUT / "docs/howto/own-vocabulary.md"


def test_the_page_on_own_terms_holds_word_for_word(tmp_path: Path) -> None:
    tree, text = copy_of_the_good(tmp_path / "checkout"), PAGE.read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert [place for place, _ in blocks].count("dataset.yaml") == 2
    for place, written in blocks:
        file = tree / place
        if place.startswith("vocabularies/"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(written, encoding="utf-8")
            continue
        said = yaml.safe_load(written)
        if "plugins" in said:
            continue  # tests/test_needed_plugins.py has packages
        kept = [line for line in file.read_text(encoding="utf-8").splitlines() if line.partition(":")[0] not in said]
        file.write_text("\n".join([*kept, written]), encoding="utf-8")
    assert validate(tree, texts=tree / "texts").findings == ()
    assert defcoop.load(tree).deployments[TRAINERS].mission == "search_and_rescue"
    [listed] = re.findall(r"Those that say what a thing is.*?statuses: (.*?)\. How", text, re.DOTALL)
    assert re.findall(r"`(\w+)`", listed) == OPEN
    assert ", ".join(f"`{phase}`" for phase in list(Phase)[:-1]) in " ".join(text.split())


def test_what_init_writes_shows_how_to_add_a_term() -> None:
    text = (CHECKOUT / "defcoop/scaffold/files/kept/README.md.in").read_text(encoding="utf-8")
    [shown] = re.findall(r"```yaml\n(vocabulary: .*?)```", text, re.DOTALL)
    assert resolve([OwnVocabulary.model_validate(yaml.safe_load(shown))]).problems == ()
