"""What stands around the code is there, can be read by those who read it, and keeps the rules of its kind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from defcoop.version import LIBRARY
from tests.processes import CHECKOUT, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKFLOWS = sorted((CHECKOUT / ".github/workflows").glob("*.yml"))
FORMS = sorted(path for path in (CHECKOUT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config")
FRAGMENT = re.compile(r"[a-z0-9-]+\.(?:data|schema|library)\.md|README\.md")

REQUIRED = """
    README.md LICENSE LICENSE-DATA CONTRIBUTING.md CHANGELOG.md CITATION.cff .zenodo.json pyproject.toml Makefile
    dataset.yaml action.yml .pre-commit-hooks.yaml .pre-commit-config.yaml .ci/run .ci/release
    .github/PULL_REQUEST_TEMPLATE.md .ci/system .github/workflows/release.yml defcoop/__init__.py defcoop/py.typed
    schema/codebook.md schema/codebook.html docs/coding-manual.md
""".split()
FOLDERS = "defcoop schema dataset seeds tests docs benchmarks changelog.d findings .ci .github".split()

RIGHTS = {
    ("comment", "comment"): {"actions": "read", "pull-requests": "write"},
    ("release", "attest"): {"attestations": "write", "id-token": "write"},
    ("release", "pypi"): {"id-token": "write"},
    ("release", "github"): {"contents": "write"},
}
"""The jobs of workflows that may do more than read what everybody can, and what they may."""


def listed() -> list[str]:
    """The files of the checkout that git knows or would take."""
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (REPOSITORY / name).exists()]


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_file_that_outsiders_look_for_is_there(name: str) -> None:
    assert (CHECKOUT / name).stat().st_size > 0 or name == "defcoop/py.typed"


def test_the_top_of_the_repository_holds_what_belongs_there_and_nothing_else() -> None:
    top = {name.split("/")[0] for name in listed()}
    known = {name.split("/")[0] for name in REQUIRED} | {*FOLDERS, ".gitignore", ".gitattributes"}
    assert set(FOLDERS) - {"benchmarks"} <= top
    assert top <= known


def test_every_record_type_has_a_schema_and_every_seed_a_card() -> None:
    for folder in sorted((CHECKOUT / "dataset").iterdir()):
        first = next(folder.glob("*.yaml")).read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named
        assert (folder / named[1]).is_file()
    assert len(list((CHECKOUT / "seeds").glob("seed-*.yaml"))) >= 5


def test_the_seed_texts_cannot_be_committed() -> None:
    done = subprocess.run(["git", "check-ignore", "seeds/text/a.txt"], cwd=REPOSITORY, capture_output=True, check=False)
    if done.returncode == 128:
        pytest.skip("not a git checkout")
    assert done.returncode == 0


def test_the_files_that_hold_data_parse() -> None:
    for name in listed():
        # Goldens and the fuzzers' corpora are broken on purpose; the edition is what the data once were.
        if name.startswith(("tests/bad/", "tests/fuzz/", "tests/edition/")):
            continue
        path = REPOSITORY / name
        if path.suffix in {".yaml", ".yml", ".cff"}:
            load(path)
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".toml":
            tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [".ci/run", ".ci/system", ".ci/release"])
def test_what_ci_runs_can_be_run(name: str) -> None:
    assert os.access(CHECKOUT / name, os.X_OK)
    assert subprocess.run(["bash", "-n", name], cwd=CHECKOUT, check=False).returncode == 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_few_rights_and_an_end(path: Path) -> None:
    workflow = load(path)
    granted = workflow["permissions"]
    assert granted in ({}, {"contents": "read"})
    assert workflow["concurrency"]["group"].startswith("${{ github.workflow }}-")
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 30


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_no_text_of_strangers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "pull_request_target" not in text
    for step in steps(load(path)):
        assert "${{" not in step.get("run", "")
        if "uses" in step and step["uses"] != "./":
            # GitHub's own actions by their version, those of others by the one commit that was looked at.
            assert re.fullmatch(r"actions/[a-z-]+@v\d+|[\w-]+/[\w-]+@[0-9a-f]{40}", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_only_jobs_that_run_nothing_of_the_repository_may_write() -> None:
    jobs = {(path.stem, name): job for path in WORKFLOWS for name, job in load(path)["jobs"].items()}
    assert {name: job["permissions"] for name, job in jobs.items() if "permissions" in job} == RIGHTS
    for name in RIGHTS:
        assert not any("checkout" in step.get("uses", "") or step.get("uses") == "./" for step in jobs[name]["steps"])


def test_a_release_is_published_from_a_tag_by_what_was_tested() -> None:
    release = load(CHECKOUT / ".github/workflows/release.yml")
    assert release[True] == {"push": {"tags": ["v*"]}}
    jobs = release["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {
        "build": None, "attest": "build", "pypi": ["build", "attest"], "github": ["build", "attest", "pypi"]
    }  # fmt: skip
    commands = [step["run"] for step in jobs["build"]["steps"] if "run" in step]
    assert commands.index(".ci/run") < commands.index("make check") < commands.index(".ci/release dist")
    kept = {step["with"]["name"] for step in jobs["build"]["steps"] if "upload-artifact" in step.get("uses", "")}
    taken = {step["with"]["name"] for step in steps(release) if "download-artifact" in step.get("uses", "")}
    assert kept == taken == {"python", "release", "notes"}


def test_pypi_trusts_the_workflow_and_no_password() -> None:
    job = load(CHECKOUT / ".github/workflows/release.yml")["jobs"]["pypi"]
    assert job["environment"] == "pypi"
    *_, publish = job["steps"]
    assert publish["uses"].startswith("pypa/gh-action-pypi-publish@")
    assert publish["with"] == {"packages-dir": "dist"}
    assert "secrets." not in (CHECKOUT / ".github/workflows/release.yml").read_text(encoding="utf-8")


def release_step(name: str, folder: Path, tag: str) -> subprocess.CompletedProcess[str]:
    [step] = [one for one in steps(load(CHECKOUT / ".github/workflows/release.yml")) if one.get("name") == name]
    return subprocess.run(
        ["bash", "-c", step["run"]],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "GITHUB_REF_NAME": tag},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("tag", "code"), [(f"v{LIBRARY}", 0), (LIBRARY, 1), ("v9.9.9", 1), ("v$(touch x)", 1)])
def test_a_tag_that_is_not_that_of_the_version_ends_the_release(tag: str, code: int) -> None:
    assert release_step("Compare the tag with the version", CHECKOUT, tag).returncode == code
    assert not (CHECKOUT / "x").exists()


@pytest.mark.parametrize(("name", "code"), [("defcoop-data-0.2.0.zip", 0), ("defcoop-data-0.2.0+12345678.zip", 1)])
def test_data_that_are_not_those_of_the_release_end_it(name: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / name).touch()
    assert release_step("Compare the data with those of the release", tmp_path, "v0.2.0").returncode == code


@pytest.mark.parametrize("head", ["## 0.2.0 - 2031-04-05", "## [0.2.0] - 2031-04-05"])
def test_the_notes_of_a_release_are_its_part_of_the_changelog(head: str, tmp_path: Path) -> None:
    text = f"# Changelog\n\n## Unreleased\n\n- c\n\n{head}\n\n### Data\n\n- b\n\n## 0.1.0 - 2030-01-01\n\n- a\n"
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    assert release_step("Take the notes from the changelog", tmp_path, "v0.2.0").returncode == 0
    assert (tmp_path / "notes/notes.md").read_text(encoding="utf-8") == "\n### Data\n\n- b\n\n"


def test_a_release_without_notes_is_none(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- a\n", encoding="utf-8")
    assert release_step("Take the notes from the changelog", tmp_path, "v0.2.0").returncode == 1


def test_the_scripts_of_the_workflows_are_bash(tmp_path: Path) -> None:
    for path in WORKFLOWS:
        for step in steps(load(path)):
            script = tmp_path / "step.sh"
            script.write_text(step.get("run", ""), encoding="utf-8")
            assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_the_comment_waits_for_the_workflow_that_makes_it() -> None:
    comment, validate = (load(CHECKOUT / f".github/workflows/{name}.yml") for name in ("comment", "validate"))
    # YAML 1.1 reads the key `on` as true.
    assert comment[True]["workflow_run"]["workflows"] == [validate["name"]]
    [upload] = [step for step in steps(validate) if "upload-artifact" in step.get("uses", "")]
    [download] = [step for step in steps(comment) if "download-artifact" in step.get("uses", "")]
    assert upload["with"]["name"] == download["with"]["name"]


def test_the_tests_run_on_every_python_that_is_promised() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = [found[1] for text in project["classifiers"] if (found := re.fullmatch(r".*Python :: (3\.\d+)", text))]
    matrix = load(CHECKOUT / ".github/workflows/tests.yml")["jobs"]["python"]["strategy"]["matrix"]
    assert matrix["python"] == promised
    assert project["requires-python"] == f">={promised[0]}"


def asked(*extras: str) -> Iterator[Requirement]:
    """What the project needs to run and to be built, and what its extras add."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = [*settings["project"]["dependencies"], *settings["dependency-groups"]["build"]]
    for extra in extras:
        texts += settings["project"]["optional-dependencies"][extra]
    for requirement in map(Requirement, texts):
        if requirement.name == "defcoop":
            yield from asked(*requirement.extras)
        else:
            yield requirement


@pytest.mark.parametrize(("lock", "extras"), [("core", ()), ("dev", ("dev",))])
def test_a_lock_holds_what_the_project_asks_for(lock: str, extras: tuple[str, ...]) -> None:
    text = (CHECKOUT / f".ci/locks/{lock}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    for requirement in asked(*extras):
        versions = [version for name, version in pins if name == canonicalize_name(requirement.name)]
        assert versions, f"{requirement} is not in the lock; `make lock` renews it"
        assert all(map(requirement.specifier.contains, versions)), requirement


def test_what_builds_the_project_stands_in_its_lock() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["build-system"]["requires"] == settings["dependency-groups"]["build"]


def test_a_lock_has_hashes_and_names_no_registry() -> None:
    for path in sorted((CHECKOUT / ".ci/locks").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^\S+==", text, re.MULTILINE)
        assert not re.findall(r"^(\S+==.*)\n(?! {4}--hash=sha256:[0-9a-f]{64})", text, re.MULTILINE), path.name
        assert "://" not in text
    node = json.loads((CHECKOUT / ".ci/locks/node/package-lock.json").read_text(encoding="utf-8"))
    for name, package in node["packages"].items():
        assert not name or ("integrity" in package and "resolved" not in package)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_asks_each_thing_once(path: Path) -> None:
    form = load(path)
    assert form["name"]
    assert form["description"]
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids)) >= 4
    assert any(part.get("validations", {}).get("required") for part in form["body"])


def test_there_is_a_form_for_each_thing_that_people_come_with() -> None:
    assert [path.stem for path in FORMS] == ["bug", "data-correction", "new-source"]


def test_the_hooks_of_the_developers_come_from_the_environment_of_make() -> None:
    config = load(CHECKOUT / ".pre-commit-config.yaml")
    for repo in config["repos"]:
        assert repo["repo"] == "local"
        assert all(hook["entry"].startswith(".venv/bin/") for hook in repo["hooks"])


def test_changelog_fragments_have_a_part_and_hold_list_items() -> None:
    for path in (CHECKOUT / "changelog.d").iterdir():
        assert FRAGMENT.fullmatch(path.name), path.name
        if path.name != "README.md":
            assert path.read_text(encoding="utf-8").startswith("- "), path.name


def test_every_decision_is_in_the_index_and_weighs_alternatives() -> None:
    folder = CHECKOUT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = sorted(folder.glob("0*.md"))
    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert f"({path.name})" in index
        assert text.startswith(f"# {int(path.name[:4])}. ")
        for part in ("Context", "Decision", "Looked at", "Consequences"):
            assert f"**{part}" in text, path.name
