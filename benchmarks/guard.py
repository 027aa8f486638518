"""What must hold before a time counts: the fault goldens pass, and every planted fault is found, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_RECORDS, _FAULTS = 1000, 100


def problem(root: Path, room: Path) -> str:
    """Say why times would not count, or nothing."""
    return _goldens(root) or _planted(room / "faulty")


def _goldens(root: Path) -> str:
    goldens = root / "tests" / "validation" / "test_goldens.py"
    if not goldens.is_file():
        return f"{goldens} is not there"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--no-cov", "-n0", str(goldens)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if ran.returncode == 0 else ran.stdout[-4000:] + ran.stderr[-1000:]


def _planted(tree: Path) -> str:
    made = [sys.executable, "-m", "benchmarks.tree", str(_RECORDS), str(tree), "--faults", str(_FAULTS)]
    lines = subprocess.run(made, capture_output=True, text=True, check=True).stdout.splitlines()
    planted = sorted(tuple(line.split(" ", 1)) for line in lines)
    asked = [sys.executable, "-m", "defcoop", "validate", "--format", "json"]
    answer = subprocess.run(asked, cwd=tree, capture_output=True, text=True, check=False).stdout
    found = sorted((finding["code"], finding["path"]) for finding in json.loads(answer)["findings"])
    if found == planted and len(planted) == _FAULTS:
        return ""
    return f"planted, not found: {set(planted) - set(found)}\nfound, not planted: {set(found) - set(planted)}"
