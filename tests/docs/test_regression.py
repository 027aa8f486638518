"""The page on regressions: what it says of formulas, and that R comes to the same estimate."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import version
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.analysis.panel import Covered
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from pathlib import Path

    import defcoop

smf = pytest.importorskip("statsmodels.formula.api")

PAGE = (CHECKOUT / "docs/howto/regression.md").read_text("utf-8")
STATES = ("TUR", "QAT", "LBY", "SYR")
FORMULAS = {
    "number, none missing": "exercises_high ~ year",
    "number, some missing": "agreements_in_force_best ~ year",
    "flag": "exercises_high ~ any_agreements_in_force",
    "text, as in `C(a)`": "exercises_high ~ C(a)",
}
NAMED = re.findall(r"With statsmodels (\S+) and pandas (\S+):", PAGE)[0]


def panel_of(ds: defcoop.Dataset, dtypes: Any) -> Any:
    looked = [Covered(a, b, "2010-2022", ["exercises", "agreements_in_force"]) for a, b in combinations(STATES, 2)]
    return ds.panel(actors=STATES, years="2010-2022", coverage=looked, dtypes=dtypes)


@pytest.mark.parametrize("formula", FORMULAS.values())
def test_any_column_of_numpy_goes_into_a_formula(formula: str, shipped: defcoop.Dataset) -> None:
    assert smf.ols(formula, data=panel_of(shipped, "numpy")).fit().nobs > 70


@pytest.mark.skipif((version("statsmodels"), version("pandas")) != NAMED, reason="the page names other versions")
@pytest.mark.parametrize("what", FORMULAS)
def test_what_the_page_says_of_other_types_is_so(what: str, shipped: defcoop.Dataset) -> None:
    [cells] = re.findall(rf"^\| {re.escape(what)} \| (.*?) \| (.*?) \|$", PAGE, re.MULTILINE)
    for dtypes, shown in zip(("nullable", "arrow"), cells, strict=True):
        panel = panel_of(shipped, dtypes)
        if shown == "works":
            assert smf.ols(FORMULAS[what], data=panel).fit().nobs > 70
        else:
            with pytest.raises(TypeError, match=re.escape(shown.strip("`"))):
                smf.ols(FORMULAS[what], data=panel, missing="drop").fit()


def test_r_reads_the_panel_and_comes_to_the_same_estimate(tmp_path: Path) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    pd = pytest.importorskip("pandas")
    [command] = re.findall(r"^\$ defcoop (panel .*)$", PAGE, re.MULTILINE)
    done = python("-m", "defcoop", *command.split(), "--dataset", str(CHECKOUT), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "panel.csv\n")
    [code] = re.findall(r"```r\n(.*?)```", PAGE, re.DOTALL)
    script = f"{code}\ncat(format(coef(fit)[2], digits = 10), class(panel$any_exercises), nobs(fit))"
    told = subprocess.run(["Rscript", "-e", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    estimate, flag, rows = told.stdout.split()
    ours = smf.ols("exercises_high ~ agreements_in_force_high + year", data=pd.read_csv(tmp_path / "panel.csv")).fit()
    assert (flag, int(rows)) == ("logical", int(ours.nobs))
    assert float(estimate) == pytest.approx(ours.params.iloc[1], rel=1e-6)
