"""The documents say what is so: every snippet runs, every figure is computed, every command is named."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from defcoop.cli import COMMANDS

CHECKOUT = Path(__file__).parent.parent


def run(script: str) -> str:
    done = subprocess.run([sys.executable, script], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_snippets_of_the_readme_run() -> None:
    assert doctest.testfile(str(CHECKOUT / "README.md"), module_relative=False).failed == 0


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
        assert f"`defcoop {command.__name__}" in readme


def test_the_agreement_in_the_manual_is_computed_from_the_two_passes() -> None:
    manual = (CHECKOUT / "docs/coding-manual.md").read_text(encoding="utf-8")
    assert run("docs/coding/agreement.py").strip() in manual


def test_the_picture_is_drawn_from_the_data() -> None:
    before = (CHECKOUT / "docs/picture.svg").read_bytes()
    run("docs/picture.py")
    assert (CHECKOUT / "docs/picture.svg").read_bytes() == before


@pytest.mark.parametrize(
    "page", sorted(CHECKOUT.glob("*.md")) + sorted(CHECKOUT.glob("docs/**/*.md")), ids=lambda p: p.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
