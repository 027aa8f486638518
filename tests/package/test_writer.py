"""The package is written whole or not at all, and is the same bytes everywhere."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import defcoop
from defcoop.models.leaves import leaves, text_of
from defcoop.models.record import NameKind
from defcoop.models.registry import BY_FOLDER, TYPES
from defcoop.package import build, open_package, row_batches, tables, writer
from defcoop.package.claims import claim_id
from defcoop.package.tables import record_node
from defcoop.package.verification import verify
from defcoop.publishing.publish import publish
from tests.processes import CHECKOUT, python

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from defcoop.package import Table
    from defcoop.package.tables import Node

Rows = dict[str, list[dict[str, str]]]
TABLES = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give the mode and the bytes of everything in a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in [folder, *folder.rglob("*")]
    }


@pytest.fixture
def smaller(shipped: defcoop.Dataset) -> defcoop.Dataset:
    return defcoop.Dataset([shipped["act-qat"]], shipped.seeds.values())


# The form of the files


@TABLES
def test_csv_is_utf8_with_plain_line_ends_and_a_header(table: Table, package: Path, rows: Rows) -> None:
    source = (package / "data" / f"{table.name}.csv").read_bytes()
    text = source.decode()
    assert not text.startswith("\ufeff")
    assert b"\r" not in source
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    header, *body = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header == [column.name for column in table.columns]
    assert {len(row) for row in body} <= {len(header)}
    assert len(body) == len(rows[table.name])


@TABLES
def test_no_cell_begins_a_formula(table: Table, rows: Rows) -> None:
    assert [cell for row in rows[table.name] for cell in row.values() if cell[:1] in {*"=+-@\t\r"} - {""}] == []


@TABLES
def test_the_json_of_a_table_holds_what_its_rows_hold(
    table: Table, package: Path, rows: Rows, shipped: defcoop.Dataset
) -> None:
    source = (package / "data" / f"{table.name}.json").read_text(encoding="utf-8")
    found = json.loads(source)
    if table.name in BY_FOLDER or table.name == "seeds":
        things = shipped.seeds if table.name == "seeds" else getattr(shipped, table.name)
        assert [thing["id"] for thing in found] == [row["id"] for row in rows[table.name]] == list(things)
    else:
        assert [{key: as_text(cell) for key, cell in row.items()} for row in found] == rows[table.name]
    assert source.startswith("[\n")
    assert source.endswith("\n]\n")
    assert "\\u" not in source
    assert not found or source.count("\n") == len(found) + 2


def as_text(cell: object) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else text_of(cell)


@TABLES
def test_cells_have_their_types_in_json(table: Table, package: Path) -> None:
    if table.name in BY_FOLDER or table.name == "seeds":
        return
    kinds = {"string": str, "integer": int, "number": int | float, "boolean": bool, "date": str}
    for row in json.loads((package / "data" / f"{table.name}.json").read_bytes()):
        for column in table.columns:
            assert row[column.name] is None or isinstance(row[column.name], kinds[column.kind])
            assert column.kind == "boolean" or not isinstance(row[column.name], bool)


def test_a_table_without_rows_is_a_header_and_an_empty_list(package: Path) -> None:
    assert (package / "data" / "redirects.csv").read_text() == "id,replaced_by,reason,since\n"
    assert (package / "data" / "redirects.json").read_text() == "[\n\n]\n"


def test_a_withdrawn_record_is_marked_and_redirected(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    gone = {"reason": "Told twice.", "since": "1.0.0", "replaced_by": "act-qat"}
    record = shipped["act-tur"].model_validate(shipped["act-tur"].model_dump(by_alias=True) | {"withdrawn": gone})
    build(defcoop.Dataset([shipped["act-qat"], record], shipped.seeds.values()), tmp_path / "package")
    assert json.loads((tmp_path / "package" / "data" / "redirects.json").read_bytes()) == [
        {"id": "act-tur"} | {"replaced_by": "act-qat", "reason": "Told twice.", "since": "1.0.0"}
    ]
    records = json.loads((tmp_path / "package" / "data" / "records.json").read_bytes())
    assert [(row["id"], row["withdrawn"]) for row in records] == [("act-qat", False), ("act-tur", True)]


# Claims


def test_every_coded_value_has_a_claim(rows: Rows, shipped: defcoop.Dataset) -> None:
    claimed = {
        (row["record_id"], row["field"], row["value"]) for row in rows["claims"] if row["relation"] == "supports"
    }
    told = {(record.id, leaf.path, text_of(leaf.value)) for record in shipped for leaf in leaves(record)}
    assert len(told) > 500
    assert told == claimed


def test_every_conflict_has_a_claim_that_contradicts(rows: Rows) -> None:
    claimed = {(r["record_id"], r["field"], r["value"]) for r in rows["claims"] if r["relation"] == "contradicts"}
    assert claimed == {(row["record_id"], row["field"], row["value"]) for row in rows["conflicts"]}
    assert claimed


def test_every_claim_id_is_the_hash_of_its_row(rows: Rows) -> None:
    for row in rows["claims"]:
        assert row["claim_id"] == claim_id(
            cell for name, cell in row.items() if name not in {"claim_id", "reliability"}
        )


def test_every_claim_has_the_reliability_of_its_seed(rows: Rows, shipped: defcoop.Dataset) -> None:
    assert all(row["reliability"] == shipped.seeds[row["seed_id"]].reliability for row in rows["claims"])


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.name)
def test_every_coded_cell_has_a_claim(kind: object, rows: Rows, shipped: defcoop.Dataset) -> None:
    node = record_node(kind)  # type: ignore[arg-type]
    ids = set(getattr(shipped, node.table.name))
    claimed = {(row["record_id"], bare(row["field"]), row["value"]) for row in rows["claims"]}
    told = {cell for cell in coded_cells(node, rows, "") if cell[0] in ids}
    assert bool(told) is bool(ids)
    assert told <= claimed


def bare(path: str) -> str:
    while "[" in path:
        path = path[: path.index("[")] + path[path.index("]") + 1 :]
    return path


def coded_cells(node: Node, rows: Rows, prefix: str) -> Iterator[tuple[str, str, str]]:
    for row in rows[node.table.name]:
        record = row[(*node.parent_key, "id")[0]]
        if row.get("kind") in {NameKind.OFFICIAL, NameKind.EDITORIAL} and node.table.name.endswith("_names"):
            continue
        for cell in node.cells:
            if cell.field.coded and row[cell.value_columns[0]]:
                yield record, prefix + ".".join(cell.names), row[cell.value_columns[0]]
        if node.field and node.field.coded and not node.cells:
            yield record, prefix.rstrip("."), row[node.field.item]
    for child in node.children:
        assert child.field
        yield from coded_cells(child, rows, f"{prefix}{child.field.name}.")


# The same bytes everywhere


@pytest.fixture(scope="module")
def published(shipped: defcoop.Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with what it brings for people, as `defcoop build` writes it."""
    folder = tmp_path_factory.mktemp("published") / "package"
    publish(shipped, folder)
    return folder


def test_two_machines_write_the_same_bytes_and_modes(published: Path, tmp_path: Path) -> None:
    places = {
        "here": ({"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022),
        "elsewhere": ({"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}, 0o077),
    }
    for name, (env, umask) in places.items():
        for folder in ("defcoop", "dataset", "seeds"):
            shutil.copytree(CHECKOUT / folder, tmp_path / name / folder)
        shutil.copyfile(CHECKOUT / "dataset.yaml", tmp_path / name / "dataset.yaml")
        run = python("-m", "defcoop", "build", cwd=tmp_path / name, env=env, umask=umask)
        assert (run.returncode, run.stdout) == (0, "build/package/datapackage.json\n"), run.stderr
    built = contents(published)
    assert built == contents(tmp_path / "here" / "build" / "package")
    assert built == contents(tmp_path / "elsewhere" / "build" / "package")


def test_everybody_may_read_the_files(package: Path) -> None:
    modes = {name: stat.S_IMODE(mode) for name, (mode, _) in contents(package).items()}
    assert {mode for name, mode in modes.items() if name in {".", "data", "views"}} == {0o755}
    assert {mode for name, mode in modes.items() if name not in {".", "data", "views"}} == {0o644}


def test_the_order_of_records_does_not_matter(package: Path, shipped: defcoop.Dataset, tmp_path: Path) -> None:
    turned = defcoop.Dataset(reversed([*shipped]), reversed([*shipped.seeds.values()]), card=shipped.card)
    build(turned, tmp_path / "package")
    assert contents(tmp_path / "package") == contents(package)


# Whole or not at all


@pytest.fixture
def out(package: Path, tmp_path: Path) -> Path:
    return shutil.copytree(package, tmp_path / "package")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("done", [0, 1, 40])
def test_a_build_that_breaks_off_leaves_the_old_package(
    done: int, error: BaseException, out: Path, smaller: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(out)
    monkeypatch.setattr(os, "fsync", breaking(os.fsync, done, error))
    with pytest.raises(type(error)):
        build(smaller, out)
    assert contents(out) == before
    assert list(out.parent.iterdir()) == [out]


def test_a_build_that_cannot_be_put_in_place_leaves_the_old_package(
    out: Path, smaller: defcoop.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(out)
    monkeypatch.setattr(writer, "replace_folder", breaking(writer.replace_folder, 0, PermissionError()))
    with pytest.raises(PermissionError):
        build(smaller, out)
    assert contents(out) == before
    assert list(out.parent.iterdir()) == [out]


def breaking(work: Callable[..., None], turns: int, error: BaseException) -> Callable[..., None]:
    def work_or_break(*given: object) -> None:
        nonlocal turns
        if turns == 0:
            raise error
        turns -= 1
        work(*given)

    return work_or_break


def test_what_a_killed_build_left_behind_is_removed_by_the_next_one(tmp_path: Path, smaller: defcoop.Dataset) -> None:
    (tmp_path / ".package.abcd1234.defcoop-part" / "data").mkdir(parents=True)
    (tmp_path / ".package.abcd1234.defcoop-part" / "data" / "actors.csv").touch()
    (tmp_path / ".packages").mkdir()
    build(smaller, tmp_path / "package")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".packages", "package"]


def test_the_draft_of_a_build_at_work_is_left_alone(tmp_path: Path, smaller: defcoop.Dataset) -> None:
    with writer.package_writer(tmp_path / "package") as other:
        build(smaller, tmp_path / "package")
        for batch in row_batches(smaller, smaller.seeds):
            other.add(batch)
        other.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


KILLED = """
import os, signal, sys
from pathlib import Path
import defcoop
from defcoop.package import build

old, place = (Path(name) for name in sys.argv[1:3])
shipped = defcoop.load(old)
smaller = defcoop.Dataset([shipped["act-qat"]], shipped.seeds.values())

def child(moment):
    # Dies at the moment-th thing that it asks of the system; tells how many there are if it lives on.
    left = [moment]
    def count(event, _):
        if event.split(".")[0] in {"open", "os", "shutil", "ctypes"}:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
    build(smaller, place)
    return moment - left[0]

def run(moment):
    came, went = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(went, str(child(moment)).encode())
        os._exit(0)
    os.close(went)
    killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    return killed, os.read(came, 20).decode()

def whole():
    files = sorted(path for path in place.rglob("*") if path.is_file())
    return [(path.relative_to(place).as_posix(), path.read_bytes()) for path in files]

before = whole()
import shutil
shutil.copytree(place, f"{place}.kept")
total = int(run(-1)[1].lstrip("-"))
after = whole()
assert before != after
moments = sorted({*range(1, total, total // 9), *range(total - 4, total + 1)})
seen = {"old": 0, "new": 0}
found = after
for moment in moments:
    if found != before:
        shutil.rmtree(place)
        shutil.copytree(f"{place}.kept", place)
    killed, _ = run(moment)
    assert killed, moment
    found = whole()
    assert found in (before, after), moment
    seen["old" if found == before else "new"] += 1
print(total, seen["old"], seen["new"])
"""


def test_a_killed_build_leaves_the_old_or_the_new_package_whole(out: Path) -> None:
    run = python("-c", KILLED, str(CHECKOUT), str(out))
    assert run.returncode == 0, run.stderr
    total, old, new = (int(word) for word in run.stdout.split())
    assert old + new >= 12
    assert total > 2 * 2 * len(tables())
    assert old
    assert new


def test_two_builds_at_once_leave_one_whole_package(published: Path, tmp_path: Path) -> None:
    out = tmp_path / "package"
    command = [sys.executable, "-m", "defcoop", "build", "--out", str(out)]
    builds = [
        subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)
    ]
    codes = {build.wait(60) for build in builds}
    assert codes <= {0, 2}
    assert contents(out) == contents(published)


# What may be replaced


def test_an_empty_folder_and_an_old_package_are_replaced(
    package: Path, tmp_path: Path, shipped: defcoop.Dataset, smaller: defcoop.Dataset
) -> None:
    (tmp_path / "package").mkdir()
    for dataset in (smaller, shipped):
        build(dataset, tmp_path / "package")
    assert contents(tmp_path / "package") == contents(package)
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_the_folders_above_are_made(tmp_path: Path, smaller: defcoop.Dataset) -> None:
    build(smaller, tmp_path / "a" / "b" / "package")
    assert (tmp_path / "a" / "b" / "package" / "datapackage.json").is_file()


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path, smaller: defcoop.Dataset) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(FileExistsError, match=f"{tmp_path} is there and is no package"):
        build(smaller, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_not_replaced(tmp_path: Path, smaller: defcoop.Dataset) -> None:
    out = tmp_path / "thesis.tex"
    out.write_text("years of work")
    with pytest.raises(FileExistsError, match="is there and is no package"):
        build(smaller, out)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["years of work"]


def test_a_link_to_a_package_is_followed(package: Path, tmp_path: Path, smaller: defcoop.Dataset) -> None:
    shutil.copytree(package, tmp_path / "package")
    link = tmp_path / "latest"
    link.symlink_to("package")
    build(smaller, link)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["latest", "package"]
    assert link.is_symlink()
    assert contents(tmp_path / "package") == contents(link) != contents(package)


@pytest.mark.parametrize("descriptor", ['{"name": "other"}', "{}", "[]", "no JSON", ""])
def test_a_package_of_somebody_else_is_not_replaced(descriptor: str, tmp_path: Path, smaller: defcoop.Dataset) -> None:
    (tmp_path / "datapackage.json").write_text(descriptor)
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(FileExistsError, match="is no package of defcoop"):
        build(smaller, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datapackage.json", "thesis.tex"]


# Spreadsheets


@pytest.mark.parametrize("first", ["\t", "\r"])
def test_a_cell_that_begins_with_a_control_stops_the_build(
    first: str, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    record = shipped["act-qat"].model_copy(update={"summary": f"{first}HYPERLINK()"})
    with pytest.raises(ValueError, match=r"actors: the cell .*HYPERLINK\(\)' begins with a control character"):
        build(defcoop.Dataset([record], shipped.seeds.values()), tmp_path / "package")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("summary", ["=HYPERLINK(1)", "-50 or so", "@home", "'=1", "+1"])
def test_what_would_be_a_formula_is_guarded_in_csv_and_nowhere_else(
    summary: str, shipped: defcoop.Dataset, tmp_path: Path
) -> None:
    record = shipped["act-qat"].model_copy(update={"summary": summary})
    built = tmp_path / "package"
    build(defcoop.Dataset([record], shipped.seeds.values()), built)
    with (built / "data" / "actors.csv").open(encoding="utf-8", newline="") as file:
        assert [row["summary"] for row in csv.DictReader(file, strict=True)] == [f"'{summary}"]
    assert json.loads((built / "data" / "actors.json").read_text(encoding="utf-8"))[0]["summary"] == summary
    verdict = verify(built, deep=True)
    assert [outcome for outcome in verdict.outcomes if outcome.failed and outcome.check != "references"] == []
    again = defcoop.load(built)
    assert again["act-qat"] == record
    for backend in ("polars", "pandas", "pyarrow"):
        frame = again.frame("actors", backend)
        assert (frame["summary"].to_pylist() if backend == "pyarrow" else list(frame["summary"])) == [summary]
    package = open_package(built)
    assert [row[package.header("actors").index("summary")] for row in package.rows("actors")] == [summary]


def test_formula_signs_inside_a_cell_and_line_breaks_are_kept(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    summary = 'a "b", c=d\nand @e'
    record = shipped["act-qat"].model_copy(update={"summary": summary})
    build(defcoop.Dataset([record], shipped.seeds.values()), tmp_path / "package")
    with (tmp_path / "package" / "data" / "actors.csv").open(encoding="utf-8", newline="") as file:
        assert [row["summary"] for row in csv.DictReader(file, strict=True)] == [summary]
