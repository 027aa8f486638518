"""Packages that a dataset names: one counts, one that is missing is a finding, one that is not named does nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.checkouts import GOOD
from tests.processes import CHECKOUT, python
from tests.test_extending import DATA, WRONG, in_a_package, put

if TYPE_CHECKING:
    from pathlib import Path

CARD = (GOOD / "dataset.yaml").read_text(encoding="utf-8")
PROGRAM = """
import json, sys
from pathlib import Path
import defcoop
from defcoop.validation import Run, validate
from defcoop.validation.cache import Cache

here, checkout = map(Path, sys.argv[1:3])
runs = [validate(checkout, run=Run(cache=Cache(here / f"{checkout.name}.cache", None))) for _ in range(2)]
assert runs[0] == runs[1]
out = here / f"built-{checkout.name}"
built = defcoop.build(checkout, out).ok
said = {
    "findings": [[each.code, each.path, each.message, each.hint] for each in runs[0].findings],
    "built": built,
    "tables": sorted(path.stem for path in (out / "data").glob("*.csv")) if built else [],
    "verified": bool(built and defcoop.verify(out, deep=True).ok),
    "records": len(defcoop.load(out)) if built else 0,
}
print(json.dumps(said))
"""


def checkout(folder: Path, plugins: str, *, bad: bool = False, treaties: bool = True) -> Path:
    """Lay out a dataset with a treaty."""
    for place, text in DATA.items():
        if treaties or "/treaties/" not in place:
            put(folder / place, text)
    for key, text in WRONG.items() if bad else ():
        put(folder / f"dataset/treaties/{key}.yaml", text)
    put(folder / "dataset.yaml", CARD + plugins)
    return folder


def said_of(here: Path, place: Path, path: str) -> dict[str, Any]:
    done = python("-c", PROGRAM, str(here), str(place), env={"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plugins")
    in_a_package(folder)
    return folder


@pytest.fixture
def path(here: Path) -> str:
    return f"{CHECKOUT}:{here / 'site'}"


def test_a_package_that_is_named_counts(here: Path, path: str) -> None:
    said = said_of(here, checkout(here / "named", "plugins: [Pacts]\n"), path)
    assert (said["findings"], said["built"], said["verified"]) == ([], True, True)
    assert "treaties" in said["tables"]
    assert said["records"] == 4
    wrong = said_of(here, checkout(here / "wrong", "plugins: [pacts]\n", bad=True), path)
    assert "DC750" in {finding[0] for finding in wrong["findings"]}


def test_one_that_is_missing_is_one_finding_with_the_line_that_installs_it(here: Path) -> None:
    said = said_of(here, checkout(here / "missing", "plugins: [pacts]\n"), str(CHECKOUT))
    message = "dataset: plugins[0]: the package pacts is not installed"
    assert said["findings"] == [["DC812", "dataset.yaml", message, "Install it: pip install pacts."]]


def test_a_type_of_one_that_is_not_named_is_one_finding(here: Path, path: str) -> None:
    said = said_of(here, checkout(here / "unnamed", ""), path)
    message = "dataset/treaties holds records of a type of the package pacts, which dataset.yaml does not name"
    assert said["findings"] == [["DC812", "dataset/treaties", message, "Add pacts to plugins in dataset.yaml."]]


def test_one_that_is_not_named_has_no_effect(here: Path, path: str) -> None:
    place = checkout(here / "apart", "", treaties=False)
    with_it, without = said_of(here, place, path), said_of(here, place, str(CHECKOUT))
    assert with_it == without
    assert with_it["verified"]
    assert "treaties" not in with_it["tables"]
