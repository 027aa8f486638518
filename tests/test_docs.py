"""The documents say what is so: every snippet runs, every figure is computed, every command is named."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from defcoop import load
from defcoop.cli import COMMANDS
from defcoop.difference import compare
from defcoop.package import build
from tests.checkouts import GOOD
from tests.processes import CHECKOUT, REPOSITORY, python

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted(CHECKOUT.glob("*.md")) + sorted(CHECKOUT.glob("docs/**/*.md"))
ELSEWHERE = {CHECKOUT / page for page in ("CONTRIBUTING.md", "docs/diff.md", "docs/exports.md")}
"""Pages whose examples need more than a checkout: test_contributing, this file and export/test_page run them."""

SESSIONS = [page for page in PAGES if page not in ELSEWHERE and "\n>>> " in page.read_text(encoding="utf-8")]


def run(script: str) -> str:
    done = subprocess.run([sys.executable, script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("page", SESSIONS, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_the_sessions_of_a_page_give_what_they_show(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (found.failed, found.attempted > 0) == (0, True)


def test_there_is_no_python_in_a_page_that_no_test_runs() -> None:
    for page in PAGES:
        fenced = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        if not (page in ELSEWHERE or page.parent.name == "notebooks"):
            assert all(code.startswith(">>> ") for code in fenced), page
    assert {*SESSIONS, *ELSEWHERE} >= {CHECKOUT / "README.md", CHECKOUT / "docs/quickstart.md"}


def test_the_example_of_comparing_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (CHECKOUT / "docs/diff.md").read_text(encoding="utf-8"), re.DOTALL)
    assert 'find("v0.1.0")' in code
    build(load(CHECKOUT), tmp_path / "build" / "package")
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {}
    # A clone may lack the tag, so other records stand for those of the release.
    exec(code.replace('"v0.1.0"', repr(str(GOOD))), known)  # noqa: S102 - what the page shows
    assert known["difference"].to_json() == compare(known["old"], known["new"]).to_json()
    assert known["old"].documents != known["new"].documents


def test_the_finding_in_the_readme_is_what_the_command_prints(tmp_path: Path) -> None:
    for folder in ("dataset", "seeds"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("text"))
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```console\n\$ defcoop validate\n(.*?)```", readme, re.DOTALL)
    file = tmp_path / shown.split(":")[0]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\nstatus: agreed\n", "\nstatus: approved\n"), encoding="utf-8")
    done = python("-m", "defcoop", "validate", cwd=tmp_path)
    assert done.returncode == 1
    assert shown in done.stdout


def test_the_record_in_the_readme_is_an_excerpt_of_the_real_one() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    excerpt = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)[0])
    record = yaml.safe_load((CHECKOUT / f"dataset/agreements/{excerpt['id']}.yaml").read_text(encoding="utf-8"))
    [shown] = excerpt.pop("evidence")
    assert excerpt.items() <= record.items()
    assert any(shown.items() <= entry.items() for entry in record["evidence"])


def test_the_readme_shows_the_two_commands_and_every_other() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert "make data" in readme
    assert "make test" in readme
    for command in COMMANDS:
        assert f"`defcoop {command}" in readme


def test_the_agreement_in_the_manual_is_computed_from_the_two_passes() -> None:
    manual = (CHECKOUT / "docs/coding-manual.md").read_text(encoding="utf-8")
    assert run("docs/coding/agreement.py").strip() in manual


def test_what_two_readings_found_is_computed_from_their_verdicts() -> None:
    manual = (CHECKOUT / "docs/coding-manual.md").read_text(encoding="utf-8")
    assert run("docs/coding/readings.py").strip() in manual


def test_the_picture_is_drawn_from_the_data_of_a_release() -> None:
    before = (REPOSITORY / "docs/picture.svg").read_bytes()
    run(str(REPOSITORY / "docs/picture.py"))
    assert (REPOSITORY / "docs/picture.svg").read_bytes() == before


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(CHECKOUT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", prose):
        assert ((REPOSITORY / page.relative_to(CHECKOUT)).parent / target).exists(), target
