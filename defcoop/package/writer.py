"""The writer: a dataset to a folder of CSV, JSON and descriptor, the same bytes everywhere, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.package._swap import put
from defcoop.package.columns import SEEDS
from defcoop.package.descriptor import DESCRIPTOR, NAME, SUMS, descriptor
from defcoop.package.rows import record_rows, seed_rows
from defcoop.package.tables import tables
from defcoop.registry import BY_FOLDER, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defcoop.dataset import Dataset
    from defcoop.package.rows import Row
    from defcoop.package.tables import Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def build(dataset: Dataset, out: Path) -> None:
    """Write the package of a dataset to a folder, replacing the package that is there.

    Raises:
        ValueError: if a cell would begin a spreadsheet formula.
        FileExistsError: if `out` is something else than a package or an empty folder.
        OSError: if it cannot be written; then what was there before is untouched.
    """
    out = Path(os.path.realpath(out))  # a link to a package stays a link
    if out.exists() and not _is_replaceable(out):
        msg = f"{out} is there and is no package of defcoop"
        raise FileExistsError(msg)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        _write(dataset, fresh)
        put(fresh, out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _is_replaceable(place: Path) -> bool:
    """Tell whether a folder is empty or a package of ours, so that writing over it loses nothing else."""
    if not place.is_dir():
        return False
    try:
        return bool(json.loads((place / DESCRIPTOR).read_bytes())["name"] == NAME)
    except (OSError, ValueError, KeyError, TypeError):
        return not any(place.iterdir())


def _write(dataset: Dataset, folder: Path) -> None:
    (folder / "data").mkdir()
    rows = _all_rows(dataset)
    files: dict[str, tuple[int, str]] = {}
    for table in tables():
        body = rows[table.name]
        spots = [[column.name for column in table.columns].index(name) for name in table.key]
        body.sort(key=lambda row: [row[spot] for spot in spots])
        for path, source in (
            (f"data/{table.name}.csv", _csv(table, body)),
            (f"data/{table.name}.json", _json(_objects(table, body, dataset))),
        ):
            files[path] = (len(source), hashlib.sha256(source).hexdigest())
            _put(folder / path, source)
    described = descriptor(tables(), files, dataset.seeds.values())
    source = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
    _put(folder / DESCRIPTOR, source)
    files[DESCRIPTOR] = (len(source), hashlib.sha256(source).hexdigest())
    _put(folder / SUMS, "".join(f"{sha256}  {path}\n" for path, (_, sha256) in sorted(files.items())).encode())
    for written in (folder, folder / "data"):
        written.chmod(0o755)


def _all_rows(dataset: Dataset) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for kind in TYPES:
        for record in getattr(dataset, kind.folder).values():
            for table, row in record_rows(record, kind, dataset.seeds):
                rows[table].append(row)
    for card in dataset.seeds.values():
        for table, row in seed_rows(card):
            rows[table].append(row)
    return rows


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        for cell in row:
            if cell.startswith(_FORMULA):
                msg = f"{table.name}: the cell {cell!r} would begin a formula"
                raise ValueError(msg)
        writer.writerow(row)
    return text.getvalue().encode()


def _objects(table: Table, rows: Sequence[Row], dataset: Dataset) -> list[object]:
    """Give whole records and source cards for their tables, typed rows for the others."""
    things = dataset.seeds if table.name == SEEDS else getattr(dataset, table.name) if table.name in BY_FOLDER else None
    if things is not None:
        return [things[row[0]].model_dump(mode="json", by_alias=True, exclude_defaults=True) for row in rows]
    return [
        {column.name: _typed(cell, column.kind) for column, cell in zip(table.columns, row, strict=True)}
        for row in rows
    ]


def _typed(cell: str, kind: str) -> object:
    if cell == "":
        return None
    if kind == "boolean":
        return cell == "true"
    if kind in {"integer", "number"}:
        return json.loads(cell)
    return cell


def _json(objects: Iterable[object]) -> bytes:
    lines = ",\n".join(json.dumps(thing, ensure_ascii=False, separators=(", ", ": ")) for thing in objects)
    return f"[\n{lines}\n]\n".encode()


def _put(path: Path, source: bytes) -> None:
    with path.open("wb") as file:
        file.write(source)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)
