"""A package made to do harm gets a verdict, or is refused, in little memory, and nothing outside it is read."""

from __future__ import annotations

import io
import json
import os
import random
import struct
import subprocess
import tracemalloc
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from defcoop.package import PackageError, open_package
from defcoop.package.verification import Verdict, verify
from defcoop.package.zip_writer import entry
from tests.exports.tools import program
from tests.package.verification.tampering import failing, reseal, rewrite, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LITTLE = 40_000_000
"""More than verifying the package takes, and far less than what is thrown at it."""


def describe(package: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Edit the descriptor; only the checksums are made anew, so that any descriptor can be written."""
    path = package / "datapackage.json"
    described = json.loads(path.read_bytes())
    edit(described)
    path.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    seal(package)


def peak(act: Callable[[], object]) -> int:
    """Give the most memory that Python held at once."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


# Files


@pytest.mark.parametrize("name", ["data/absences.csv", "data/absences.json", "datapackage.json", "SHA256SUMS"])
def test_a_link_is_not_followed(name: str, copy: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (copy / name).rename(outside)
    (copy / name).symlink_to(outside)
    assert f"{name}:None:None: is a link" in failing(verify(copy))["files"]


def test_a_link_to_a_folder_is_not_followed(copy: Path, tmp_path: Path) -> None:
    (copy / "data").rename(tmp_path / "outside")
    (copy / "data").symlink_to(tmp_path / "outside")
    told = failing(verify(copy))
    assert "data:None:None: is a link" in told["files"]
    assert len(told["schema"]) > 1


@pytest.mark.parametrize("name", ["data/absences.csv", "data/more", "datapackage.json"])
def test_a_fifo_is_not_waited_for(name: str, copy: Path) -> None:
    (copy / name).unlink(missing_ok=True)
    os.mkfifo(copy / name)
    assert f"{name}:None:None: is not a regular file" in failing(verify(copy))["files"]


def test_a_fifo_is_no_package(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "package")
    with pytest.raises(PackageError, match="neither a folder nor a zip"):
        verify(tmp_path / "package")


@pytest.mark.parametrize("out", ["../outside.csv", "/etc/passwd", "data/../../outside.csv", "data/absences.csv/x", ""])
def test_a_path_that_leads_out_is_not_taken(out: str, copy: Path) -> None:
    (copy.parent / "outside.csv").write_bytes((copy / "data" / "absences.csv").read_bytes())

    def edit(described: dict[str, Any]) -> None:
        [resource] = [one for one in described["resources"] if one["name"] == "absences"]
        resource["path"] = out

    describe(copy, edit)
    told = failing(verify(copy))
    assert f"{out}:None:None: is missing" in told["schema"]
    assert f"{out}:None:None: is named in datapackage.json and missing" in told["files"]


def test_a_name_that_is_no_text_is_told(copy: Path) -> None:
    (copy / os.fsdecode(b"data/\xff")).write_bytes(b"")
    assert "is not listed in SHA256SUMS" in failing(verify(copy))["files"][0]


# The descriptor


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"name": "defcoop"',
        b'{"name": "defcoop", "resources": 5}',
        b'{"name": "defcoop", "resources": [5]}',
        b'{"name": "defcoop", "resources": []}',
        b'{"name": "other", "resources": []}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"name": "defcoop", "resources": [], "x": ' + b"9" * 10_000 + b"}",
        b'{"name": "defcoop", "resources": [], "x": "\\ud800"}',
    ],
)
def test_a_descriptor_that_is_none_is_told_and_tables_are_not_looked_at(source: bytes, copy: Path) -> None:
    (copy / "datapackage.json").write_bytes(source)
    seal(copy)
    told = failing(verify(copy))
    assert told["schema"][0].startswith("datapackage.json:None:None: ")


def nodes(value: Any, steps: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the ways to everything in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [steps, *(way for key, one in inner for way in nodes(one, (*steps, key)))]


def test_a_descriptor_with_a_wrong_part_gets_a_verdict(texted: Path) -> None:
    path = texted / "datapackage.json"
    source = path.read_bytes()
    ways = [way for way in nodes(json.loads(source)) if way and way[0] == "resources"]
    chance = random.Random(0)  # noqa: S311 - parts to spoil, no secrets
    for way in chance.sample(ways, 40):
        described = json.loads(source)
        place = described
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = chance.choice([None, 1, -1.5, True, "x", "", [], {}, [[]], ["x", "x"], {"x": 1}])
        path.write_text(json.dumps(described), encoding="utf-8")
        seal(texted)
        assert verify(texted).outcomes, way


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda s: s["fields"].append(s["fields"][0]), "absences: a column is there twice"),
        (lambda s: s["primaryKey"].append("more"), "absences: more is no column"),
        (lambda s: s["foreignKeys"][0]["fields"].__setitem__(0, "more"), "absences: more is no column"),
        (lambda s: s.__setitem__("missingValues", ["-"]), "absences: a missing value is not an empty cell"),
        (
            lambda s: s["fields"][2]["constraints"].__setitem__("enum", 5),
            "the vocabulary of reason is no list of texts",
        ),
        (lambda s: s["foreignKeys"][0]["reference"].__setitem__("resource", "x"), "refers to x.id, which is not there"),
        (lambda s: s["foreignKeys"][0]["reference"].__setitem__("fields", ["x"]), "refers to records.x, which is not"),
    ],
)
def test_a_schema_that_contradicts_itself_is_told(
    edit: Callable[[dict[str, Any]], object], said: str, copy: Path
) -> None:
    def edit_schema(described: dict[str, Any]) -> None:
        [resource] = [one for one in described["resources"] if one["name"] == "absences"]
        edit(resource["schema"])

    describe(copy, edit_schema)
    assert said in "\n".join(failing(verify(copy))["schema"])


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda d: d["resources"].append(d["resources"][0]), "is there twice"),
        (lambda d: d["resources"][0].pop("schema"), "records has no schema"),
        (lambda d: d["resources"].clear(), "describes no table"),
    ],
)
def test_a_descriptor_cannot_leave_tables_unchecked_by_saying_less(
    edit: Callable[[dict[str, Any]], object], said: str, copy: Path
) -> None:
    describe(copy, edit)
    assert said in "\n".join(failing(verify(copy))["schema"])


def test_a_name_that_is_there_twice_is_told_since_readers_would_differ(copy: Path) -> None:
    rewrite(copy, "SHA256SUMS", lambda source: source + b"x")
    path = copy / "datapackage.json"
    path.write_bytes(path.read_bytes().replace(b'"resources":', b'"resources": [], "resources":', 1))
    seal(copy)
    assert failing(verify(copy)) == {"schema": ["datapackage.json:None:None: says resources twice in one place"]}


# Tables


@pytest.mark.parametrize(
    "text",
    [b"x" * 45_000_000, b'"' + b"x\n" * 22_500_000, b"," * 45_000_000, b'"' * 45_000_000],
    ids=["letters", "lines in quotes", "commas", "quotes"],
)
def test_a_cell_of_any_length_takes_little_memory(text: bytes, copy: Path) -> None:
    path = copy / "data" / "absences.csv"
    path.write_bytes(path.read_bytes() + text)
    reseal(copy)
    assert peak(lambda: verify(copy)) < _LITTLE
    assert {"schema", "form"} & failing(verify(copy)).keys()


@pytest.mark.parametrize("name", ["absences", "actors"])
def test_json_of_any_length_takes_little_memory(name: str, copy: Path) -> None:
    path = copy / "data" / f"{name}.json"
    path.write_bytes(b"[\n" + b'{"id": "' + b"x" * 45_000_000)
    reseal(copy)
    assert peak(lambda: verify(copy)) < _LITTLE
    assert "json" in failing(verify(copy))


def test_a_claim_of_any_length_takes_little_memory(copy: Path) -> None:
    path = copy / "data" / "claims.csv"
    path.write_bytes(path.read_bytes() + b"f" * 45_000_000)
    reseal(copy)
    assert peak(lambda: verify(copy)) < _LITTLE
    assert "schema" in failing(verify(copy))


@pytest.mark.parametrize("name", ["records", "seeds", "actors", "evidence", "claims", "redirects"])
def test_a_table_that_is_lost_takes_only_what_depends_on_it_with_it(name: str, copy: Path) -> None:
    (copy / "data" / f"{name}.csv").write_bytes(b"nothing\n")
    reseal(copy)
    told = failing(verify(copy))
    assert told["schema"] == [f"data/{name}.csv:1:None: the header does not name the columns of the descriptor"]
    assert set(told) <= {"schema", "json"}


# Zips

REPACKED = "repacked, contents as released"


def archive(place: Path) -> str:
    """Give what is said of a zip in which nothing fails."""
    verdict = verify(place)
    assert failing(verdict) == {}
    [reason] = archive_reasons(verdict)
    return reason


def archive_reasons(verdict: Verdict) -> tuple[str, ...]:
    """Say why the packing of a zip is not verified."""
    [outcome] = [outcome for outcome in verdict.outcomes if outcome.check == "archive"]
    return outcome.reasons


def zipped(place: Path, files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(place, "w", method) as archive:
        for name, source in files.items():
            info = entry(name)
            info.compress_type = method
            archive.writestr(info, source)


@pytest.fixture
def files(package: Path) -> dict[str, bytes]:
    paths = sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())
    return {path: (package / path).read_bytes() for path in paths}


def test_files_compressed_in_a_zip_are_read(files: dict[str, bytes], tmp_path: Path) -> None:
    zipped(tmp_path / "package.zip", files, zipfile.ZIP_DEFLATED)
    assert archive(tmp_path / "package.zip") == REPACKED


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "data/../../x", "nothing/"])
def test_a_member_that_leads_out_is_refused(name: str, files: dict[str, bytes], tmp_path: Path) -> None:
    zipped(tmp_path / "package.zip", dict(sorted({**files, name: b""}.items())))
    told = failing(verify(tmp_path / "package.zip"))["files"]
    assert f"{name}:None:None: is no path of a file in the package" in told


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_told(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    zipped(place, files)
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr(entry("SHA256SUMS"), b"")
    assert "SHA256SUMS:None:None: is in the zip twice" in failing(verify(place))["files"]


def test_a_zip_in_another_order_or_with_another_time_is_told_to_be_repacked(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    place = tmp_path / "package.zip"
    zipped(place, dict(reversed(files.items())))
    assert archive(place) == REPACKED
    with zipfile.ZipFile(place, "w") as opened:
        for name, source in files.items():
            opened.writestr(zipfile.ZipInfo(name, (2031, 3, 3, 0, 0, 0)), source)
    assert archive(place) == REPACKED
    zipped(place, files)
    assert failing(verify(place)) == {}
    with zipfile.ZipFile(place, "a") as opened:
        opened.comment = b"more"
    assert list(failing(verify(place))) == ["archive"]


@pytest.mark.parametrize("top", ["defcoop-0.1.0/", "package/"])
@pytest.mark.parametrize("folders", [[], ["", "data/"]])
def test_a_zip_of_the_folder_that_holds_the_package_is_verified(
    top: str, folders: list[str], files: dict[str, bytes], tmp_path: Path
) -> None:
    place = tmp_path / "package.zip"
    zipped(
        place,
        dict.fromkeys([top + name for name in folders], b"") | {top + name: source for name, source in files.items()},
    )
    assert archive(place) == f"repacked in the folder {top[:-1]}, contents as released"
    assert open_package(place).names() == sorted(files)


def test_what_a_file_manager_adds_is_left_aside_and_told(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    more = {"__MACOSX/package/._data": b"x", "package/.DS_Store": b"x"}
    zipped(place, {f"package/{name}": source for name, source in files.items()} | more)
    assert archive(place) == (
        "repacked in the folder package, contents as released; left aside: __MACOSX/package/._data, package/.DS_Store"
    )


@pytest.mark.parametrize("member", ["data/actors.csv", "SHA256SUMS", "data/more.csv", "more.txt"])
def test_a_repacked_zip_with_other_contents_is_not_as_released(
    member: str, files: dict[str, bytes], tmp_path: Path
) -> None:
    place = tmp_path / "package.zip"
    zipped(place, {f"package/{name}": source for name, source in {**files, member: b"x\n"}.items()})
    verdict = verify(place)
    assert not verdict.ok
    assert archive_reasons(verdict) == ("repacked in the folder package",)


def test_two_packages_in_one_zip_are_none(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    zipped(place, {f"{top}/{name}": source for top in "ab" for name, source in files.items()})
    with pytest.raises(PackageError, match="neither"):
        verify(place)


@pytest.mark.parametrize("hidden", ["before", "between", "behind", "extra", "of a member", "a link"])
def test_what_a_repacked_zip_hides_beside_its_files_fails(hidden: str, files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    more = entry("data/actors.csv")
    with zipfile.ZipFile(place, "w") as opened:
        for name, source in reversed(files.items()):
            info = entry(name)
            if name == more.filename:
                info.extra = b"zz\1\0x" if hidden == "extra" else b""
                info.comment = b"x" if hidden == "of a member" else b""
                info.external_attr = 0o120777 << 16 if hidden == "a link" else info.external_attr
                if hidden == "between":
                    assert opened.fp
                    opened.fp.write(b"more")
                    opened.start_dir += 4
            opened.writestr(info, source)
    source = place.read_bytes()
    place.write_bytes(b"more" * (hidden == "before") + source + b"more" * (hidden == "behind"))
    assert list(failing(verify(place))) == ["archive"]


@pytest.mark.parametrize("command", [["zip", "-qr"], ["bsdtar", "-acf"]], ids=lambda words: words[0])
@pytest.mark.parametrize("what", ["inside", "folder"])
def test_a_zip_by_other_programs_is_verified(command: list[str], what: str, package: Path, tmp_path: Path) -> None:
    program(command[0])
    place = tmp_path / "made.zip"
    folder, chosen = (package, ".") if what == "inside" else (package.parent, package.name)
    subprocess.run([*command, place, chosen], cwd=folder, check=True)
    assert archive(place).endswith("contents as released")


def test_a_bomb_is_not_unfolded(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    zipped(place, {**files, "data/x.csv": b"0" * 300_000_000}, zipfile.ZIP_DEFLATED)
    # Packed a thousand to one, but beside files that are not: what counts is the whole.
    assert place.stat().st_size < 1_000_000
    assert peak(lambda: verify(place)) < _LITTLE
    [told] = [one for one in failing(verify(place))["files"] if "unfolds" in one]
    assert told.endswith("unfolds to more than 300 times its size; nothing in it was read")


def test_a_bomb_that_lies_about_its_size_is_left_at_the_size(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezed.compress(b"0" * 200_000_000) + squeezed.flush()
    zipped(place, {**files, "data/x.csv": b"=" * len(packed)})
    source = place.read_bytes().replace(b"=" * len(packed), packed)
    name = b"data/x.csv"
    for mark, before, method in ((b"PK\3\4", 30, 8), (b"PK\1\2", 46, 10)):
        at = source.index(mark, source.index(name) - before if before == 30 else source.rindex(name) - before)
        source = source[: at + method] + struct.pack("<H", 8) + source[at + method + 2 :]
    place.write_bytes(source)
    with zipfile.ZipFile(place) as archive:
        assert archive.getinfo("data/x.csv").compress_type == zipfile.ZIP_DEFLATED
    assert peak(lambda: verify(place)) < _LITTLE
    told = failing(verify(place))["files"][0]
    assert told.startswith("data/x.csv:None:None: cannot be read: ")
    assert told.endswith("Bad CRC-32 for file 'data/x.csv'")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_compressed_in_an_unusual_way_is_told(method: int, files: dict[str, bytes], tmp_path: Path) -> None:
    zipped(tmp_path / "package.zip", files, method)
    told = failing(verify(tmp_path / "package.zip"))["files"]
    assert "SHA256SUMS:None:None: has a compression that is neither stored nor deflated" in told


def test_damage_of_any_kind_to_a_zip_gets_a_verdict_or_a_refusal(files: dict[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "package.zip"
    small = {name: source for name, source in files.items() if len(source) < 2000}
    small["datapackage.json"] = files["datapackage.json"]
    zipped(place, small, zipfile.ZIP_DEFLATED)
    source = place.read_bytes()
    chance = random.Random(0)  # noqa: S311 - bytes to spoil, no secrets
    for _ in range(60):
        spoilt = bytearray(source)
        for _ in range(chance.randrange(1, 20)):
            spoilt[-chance.randrange(1, min(len(spoilt), 8000))] = chance.randrange(256)
        place.write_bytes(spoilt[: chance.choice([len(spoilt), chance.randrange(len(spoilt))])])
        try:
            verify(place)
        except PackageError:
            continue


def test_a_zip_of_nothing_is_no_package(tmp_path: Path) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w"):
        pass
    (tmp_path / "package.zip").write_bytes(empty.getvalue())
    with pytest.raises(PackageError, match="has neither"):
        verify(tmp_path / "package.zip")
