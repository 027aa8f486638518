"""What somebody does to a package: damage it, or change it and make its hashes anew so that they do not tell."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

from defcoop.models.registry import BY_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from defcoop.package.verification import Verdict

Rows = list[list[str]]


def reseal(package: Path) -> None:
    """Make the hashes of the descriptor and the checksums anew."""
    path = package / "datapackage.json"
    described = json.loads(path.read_bytes())
    for resource in described["resources"]:
        source = (package / resource["path"]).read_bytes()
        resource |= {"bytes": len(source), "hash": f"sha256:{hashlib.sha256(source).hexdigest()}"}
    path.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    seal(package)


def seal(package: Path) -> None:
    """Make the checksums anew."""
    files = sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256((package / path).read_bytes()).hexdigest()}  {path}\n"
        for path in files
        if path != "SHA256SUMS"
    ]
    (package / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def schema_of(package: Path, table: str) -> dict[str, Any]:
    described = json.loads((package / "datapackage.json").read_bytes())
    found: dict[str, Any] = next(one["schema"] for one in described["resources"] if one["name"] == table)
    return found


def change(package: Path, table: str, edit: Callable[[Rows], object]) -> None:
    """Edit the rows of a table, in its CSV and, but for whole records, in its JSON; the hashes are made anew."""
    fields = {field["name"]: field["type"] for field in schema_of(package, table)["fields"]}
    path = package / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    edit(rows)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    if table not in BY_FOLDER:
        lines = [
            json.dumps(
                {name: _typed(cell, kind) for (name, kind), cell in zip(fields.items(), row, strict=False)},
                ensure_ascii=False,
            )
            for row in rows
        ]
        whole = "[\n" + ",\n".join(lines) + "\n]\n"
        (package / "data" / f"{table}.json").write_text(whole, encoding="utf-8")
    reseal(package)


def put(package: Path, table: str, column: str, value: str, row: int = 0) -> None:
    """Write a cell; the hashes are made anew."""
    spot = [field["name"] for field in schema_of(package, table)["fields"]].index(column)

    def edit(rows: Rows) -> None:
        assert rows[row][spot] != value
        rows[row][spot] = value

    change(package, table, edit)


def rewrite(package: Path, path: str, edit: Callable[[bytes], bytes]) -> None:
    """Edit the bytes of a file; the hashes are made anew."""
    source = (package / path).read_bytes()
    assert edit(source) != source
    (package / path).write_bytes(edit(source))
    reseal(package)


def failing(verdict: Verdict) -> dict[str, list[str]]:
    """Give the failures of each check that has some, as a person would read them."""
    return {
        outcome.check: [f"{one.path}:{one.line}:{one.column}: {one.message}" for one in outcome.failures]
        for outcome in verdict.outcomes
        if outcome.failed
    }


def _typed(cell: str, kind: str) -> object:
    if cell == "":
        return None
    try:
        return json.loads(cell) if kind in {"integer", "number", "boolean"} else cell
    except ValueError:
        return cell
