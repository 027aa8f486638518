"""Whoever changes a package and makes its hashes anew is found out by the check whose business it is."""

from __future__ import annotations

import csv
import json
import random
from typing import TYPE_CHECKING

import pytest

from defcoop.dataset import Dataset, read_checkout
from defcoop.models.record import Withdrawn
from defcoop.package import build
from defcoop.package.claims import claim_id
from defcoop.package.verification import row_blocks, verify
from tests.checkouts import GOOD
from tests.package.verification.campaign import spoil
from tests.package.verification.tampering import change, failing, put, reseal, rewrite, schema_of, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.package.verification.tampering import Rows

TEXTS = GOOD / "texts"


def spot(package: Path, table: str, column: str) -> int:
    return [field["name"] for field in schema_of(package, table)["fields"]].index(column)


def set_in(package: Path, table: str, column: str, value: str, where: Callable[[list[str]], bool]) -> None:
    """Write a cell of the first row that is meant."""
    place = spot(package, table, column)

    def edit(rows: Rows) -> None:
        row = next(row for row in rows if where(row))
        assert row[place] != value
        row[place] = value

    change(package, table, edit)


# Cells


@pytest.mark.parametrize(
    ("where", "value", "check", "said"),
    [
        ("evidence.start", "4x2", "types", "4x2 is no integer"),
        ("evidence.start", "042", "types", "042 is no integer"),
        ("evidence.start", "4.5", "types", "4.5 is no integer"),
        ("evidence.quote", "", "types", "is missing"),
        ("evidence.position", "", "types", "is missing"),
        ("evidence.stance", "", "types", "is missing"),
        ("trade_figures.period_earliest", "2017-02-29", "types", "2017-02-29 is no date"),
        ("trade_figures.period_earliest", "20170228", "types", "20170228 is no date"),
        ("figures.best", "1e3", "types", "1e3 is no number"),
        ("records.withdrawn", "False", "types", "False is no boolean"),
        ("evidence.stance", "guessed", "vocabularies", "guessed is not in the vocabulary"),
        ("evidence.speaker", "act-nobody", "references", "act-nobody is not in actors"),
        ("evidence.seed", "seed-999", "references", "seed-999 is not in seeds"),
        ("seeds.outlet", "act-nobody", "references", "act-nobody is not in actors"),
        ("actors.withdrawn_replaced_by", "act-nobody", "references", "act-nobody is not in records"),
        ("seed_dismissed.note", "=1+1", "form", "begins a spreadsheet formula"),
        ("seed_dismissed.note", "@here, there", "form", "begins a spreadsheet formula"),
        ("seed_dismissed.note", "tab\there", "form", "has a control character"),
    ],
)
def test_a_cell_is_checked_by_what_its_column_is(where: str, value: str, check: str, said: str, copy: Path) -> None:
    table, column = where.split(".")
    put(copy, table, column, value)
    told = failing(verify(copy))
    assert told[check] == [f"data/{table}.csv:2:{column}: {said}"]
    # What a citation says is repeated by claims; what stands nowhere else is a matter of one check alone.
    assert set(told) <= {check, "claims"}


def test_a_key_that_is_there_twice_is_found(copy: Path) -> None:
    change(copy, "actor_names", lambda rows: rows.insert(0, list(rows[0])))
    assert failing(verify(copy)) == {"keys": ["data/actor_names.csv:3:None: has the key of the row before"]}


def test_rows_out_of_order_are_found(copy: Path) -> None:
    change(copy, "actor_names", lambda rows: rows.append(rows.pop(0)))
    lines = len((copy / "data" / "actor_names.csv").read_bytes().splitlines())
    assert failing(verify(copy)) == {"keys": [f"data/actor_names.csv:{lines}:None: is not sorted by its key"]}


@pytest.mark.parametrize("piece", [64, 1 << 20])
def test_rows_are_compared_across_the_pieces_that_are_read(
    piece: int, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_blocks, "_PIECE", piece)
    change(copy, "absences", lambda rows: rows.append(rows.pop(0)))
    lines = len((copy / "data" / "absences.csv").read_bytes().splitlines())
    assert failing(verify(copy)) == {"keys": [f"data/absences.csv:{lines}:None: is not sorted by its key"]}


def test_a_first_cell_in_quotation_marks_is_one_cell(copy: Path) -> None:
    put(copy, "absences", "record_id", "act,nobody")
    told = failing(verify(copy))
    assert "form" not in told
    assert "data/absences.csv:2:record_id: act,nobody is not in records" in told["references"]


# The form of the files


@pytest.mark.parametrize(
    ("edit", "check", "said"),
    [
        (
            lambda s: s.replace(b"\n", b"\r\n"),
            "schema",
            "1:None: the header does not name the columns of the descriptor",
        ),
        (lambda s: b"\xef\xbb\xbf" + s, "schema", "1:None: the header does not name the columns of the descriptor"),
        (lambda _: b"", "schema", "1:None: has no header"),
        (
            lambda s: s.replace(b"record_id,", b'"record_id",', 1),
            "schema",
            "1:None: the header does not name the columns",
        ),
        (lambda s: s[:-1], "form", "None:None: the last line does not end with a line feed"),
        (lambda s: s + b"\n", "form", "{last}:None: has 1 cells, not 3"),
        (lambda s: s.replace(b"\nagr-", b"\nagr\xff-", 1), "form", "2:None: is not UTF-8"),
        (lambda s: s.replace(b"\nagr-", b"\nagr\x01-", 1), "form", "2:record_id: has a control character"),
        (
            lambda s: s.replace(b",not_reported", b',"not_reported"', 1),
            "form",
            "2:None: is not quoted as the package's",
        ),
        (lambda s: s.replace(b",not_reported", b',"not_reported', 1), "form", "2:None: is no line of CSV: "),
        (
            lambda s: s.replace(b",not_reported", b',not_"reported"', 1),
            "form",
            "2:None: is not quoted as the package's",
        ),
        (lambda s: s.replace(b",not_reported", b",not_reported,", 1), "form", "2:None: has 4 cells, not 3"),
        (lambda s: s.replace(b",not_reported", b"", 1), "form", "2:None: has 2 cells, not 3"),
    ],
)
def test_a_table_has_the_one_form(edit: Callable[[bytes], bytes], check: str, said: str, copy: Path) -> None:
    rewrite(copy, "data/absences.csv", edit)
    last = len((copy / "data" / "absences.csv").read_bytes().splitlines())
    told = failing(verify(copy))[check]
    assert told[0].startswith(f"data/absences.csv:{said.replace('{last}', str(last))}")


def test_quotation_marks_commas_and_signs_inside_cells_are_sound(copy: Path) -> None:
    for row, text in enumerate(['He said "no", twice', '"', 'a ""b"", c', "1,=2,-3", "a=b-c@d+e", 'x","y', ","]):
        put(copy, "seed_dismissed", "note", text, row)
    assert failing(verify(copy)) == {}


# JSON


@pytest.mark.parametrize(
    ("path", "edit", "line"),
    [
        ("data/absences.json", lambda s: s.replace(b"},\n{", b"}\n,\n{", 1), None),
        ("data/absences.json", lambda s: s[: s.rindex(b",\n{")] + b"\n]\n", None),
        ("data/redirects.json", lambda _: b"[\n]\n", None),
        ("data/actors.json", lambda s: s.replace(b'"id":"act-', b'"id":"act-x', 1), 2),
        ("data/actors.json", lambda s: b"[" + s[s.index(b",\n") + 1 :], 2),
        ("data/seeds.json", lambda s: s + b"\n", None),
        ("data/seeds.json", lambda _: b"", 1),
        ("data/seeds.json", lambda _: b"{}", 1),
    ],
)
def test_a_json_file_has_an_entry_for_each_row_and_the_ids_of_records(
    path: str, edit: Callable[[bytes], bytes], line: int | None, copy: Path
) -> None:
    rewrite(copy, path, edit)
    told = failing(verify(copy))
    assert list(told) == ["json"]
    assert told["json"][0].startswith(f"{path}:{line}:" if line else path)


# Claims


def test_every_cell_of_a_claim_is_hashed_or_checked(copy: Path) -> None:
    header = (copy / "data" / "claims.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    source = (copy / "data" / "claims.csv").read_bytes()
    for column in header:
        set_in(copy, "claims", column, "0" * 20 if column == "claim_id" else "E", lambda row: row[17] != "E")
        told = failing(verify(copy))
        assert ("claims" if column == "reliability" else "claim ids") in told, column
        (copy / "data" / "claims.csv").write_bytes(source)


def test_an_id_that_is_not_the_hash_is_named_with_the_hash(copy: Path) -> None:
    with (copy / "data" / "claims.csv").open(encoding="utf-8", newline="") as file:
        first = list(csv.reader(file))[1]
    put(copy, "claims", "quote", "another")
    first[9] = "another"
    expected = claim_id([*first[1:17], first[18]])
    told = failing(verify(copy))["claim ids"]
    assert told == [f"data/claims.csv:2:claim_id: is not {expected}, the hash of the claim's other cells"]


def rehashed(rows: Rows) -> None:
    """Give every claim the id that its cells ask for."""
    for row in rows:
        row[0] = claim_id([*row[1:17], row[18]])
    rows.sort(key=lambda row: row[0])


def test_a_value_without_a_claim_is_found(copy: Path) -> None:
    def drop(rows: Rows) -> None:
        rows[:] = [row for row in rows if (row[1], row[3]) != ("agr-qat-tur-fifty-treaties", "status")]

    change(copy, "claims", drop)
    assert failing(verify(copy)) == {"claims": [told_bare(copy, "agr-qat-tur-fifty-treaties", "status")]}


def told_bare(package: Path, record: str, field: str) -> str:
    lines = (package / "data" / "agreements.csv").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith(f"{record},"))
    return f"data/agreements.csv:{line}:{field}: {record}: {field} has no claim"


def test_a_value_that_its_claims_do_not_tell_is_found(copy: Path) -> None:
    record = "agr-qat-tur-fifty-treaties"
    set_in(copy, "agreements", "status", "signed", lambda row: row[0] == record)
    told = failing(verify(copy))
    assert list(told) == ["claims"]
    assert told_bare(copy, record, "status") in told["claims"]
    strangers = [
        one for one in told["claims"] if one.endswith(f":value: is not what the tables hold of {record}: status")
    ]
    assert len(strangers) == len(told["claims"]) - 1 > 0


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("value", "somewhere", "value: is not what the tables hold of "),
        ("field", "nothing", "value: is not what the tables hold of "),
        ("relation", "contradicts", "None: is not cited in the evidence of "),
        ("record_type", "exercise", "record_type: is not that of "),
        ("quote", "another", "None: is not cited in the evidence of "),
        ("end", "9999", "None: is not cited in the evidence of "),
        ("credibility", "5", "None: is not cited in the evidence of "),
    ],
)
def test_a_claim_of_its_own_with_a_true_hash_is_found(column: str, value: str, said: str, copy: Path) -> None:
    place = spot(copy, "claims", column)

    def invent(rows: Rows) -> None:
        row = next(row for row in rows if row[2] == "actor" and row[place] != value)
        rows.append([*row])
        rows[-1][place] = value
        rehashed(rows)

    change(copy, "claims", invent)
    told = failing(verify(copy))
    assert list(told) == ["claims"]
    assert any(said in one for one in told["claims"])


def test_another_reliability_than_the_seeds_is_found(copy: Path) -> None:
    put(copy, "claims", "reliability", "A")
    told = failing(verify(copy))
    assert list(told) == ["claims"]
    assert told["claims"][0].startswith("data/claims.csv:2:reliability: is not that of seed-")


def test_a_conflict_whose_value_no_claim_tells_is_found(copy: Path) -> None:
    put(copy, "conflicts", "value", "Minister of Everything")
    told = failing(verify(copy))
    assert list(told) == ["claims"]
    assert any(one.startswith("data/conflicts.csv:2:value: act-") for one in told["claims"])


@pytest.mark.parametrize("part", ["evidence", "conflict_evidence"])
def test_a_citation_that_claims_do_not_repeat_is_caught(part: str, copy: Path) -> None:
    put(copy, part, "credibility", "1")
    assert list(failing(verify(copy))) == ["claims"]


def test_a_byte_of_the_claims_that_is_another_is_caught_though_all_hashes_agree(texted: Path) -> None:
    path = texted / "data" / "claims.csv"
    source = path.read_bytes()
    chance = random.Random(0)  # noqa: S311 - bytes to flip, no secrets
    for _ in range(40):
        spoilt = spoil(source, chance)
        if spoilt == source:
            continue
        path.write_bytes(spoilt)
        reseal(texted)
        told = failing(verify(texted))
        assert told, spoilt
        assert "files" not in told


def test_any_byte_of_a_table_that_is_another_is_caught_by_building_again(texted: Path) -> None:
    chance = random.Random(0)  # noqa: S311 - bytes to flip, no secrets
    for path in chance.sample(sorted((texted / "data").glob("*.csv")), 20):
        source = path.read_bytes()
        spoilt = bytearray(source)
        spoilt[chance.randrange(len(spoilt))] ^= chance.randrange(1, 256)
        path.write_bytes(spoilt)
        reseal(texted)
        assert not verify(texted, deep=True).ok, path
        path.write_bytes(source)


# Records as wholes


@pytest.mark.parametrize("column", ["name", "name_ar", "summary"])
def test_the_table_of_all_records_says_what_that_of_the_type_does(column: str, copy: Path) -> None:
    put(copy, "actors", column, "Another")
    told = failing(verify(copy))
    assert list(told) == ["records"]
    assert told["records"][0].endswith("has another type, name or summary than in data/records.csv")


def test_a_record_that_has_vanished_from_its_table_is_found(copy: Path) -> None:
    gone: list[str] = []

    def drop(rows: Rows) -> None:
        gone.append(rows.pop()[0])

    change(copy, "exercises", drop)
    told = failing(verify(copy))
    assert f"data/records.csv:None:id: {gone[0]} is in no table of a type" in told["records"]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda rows, at: rows[at].__setitem__(4, "act-qat"), "has act-qat, not fac-qat-khalid-bin-al-walid-base"),
        (lambda rows, at: rows[at].__setitem__(4, rows[at][0]), "has {own}, not fac-qat-khalid-bin-al-walid-base"),
        (lambda rows, _: rows[0].__setitem__(4, rows[1][0]), "{first} has {second}, not {first}"),
    ],
)
def test_a_cluster_id_that_does_not_follow_from_the_possible_duplicates_is_found(
    edit: Callable[[Rows, int], None], said: str, copy: Path
) -> None:
    own = "fac-qat-turkish-forces-base"
    names = {"own": own}

    def wrong(rows: Rows) -> None:
        names.update(first=rows[0][0], second=rows[1][0])
        edit(rows, spot_of(rows, own))

    change(copy, "records", wrong)
    found = failing(verify(copy))["clusters"]
    assert [one.partition(": ")[0] for one in found] == [found[0].partition(": ")[0]]
    assert "cluster_id: " in found[0]
    assert said.format(**names) in found[0]


def test_possible_duplicates_that_are_no_text_fail_and_break_nothing(copy: Path) -> None:
    path = copy / "data" / "possible_duplicates.csv"
    path.write_bytes(path.read_bytes().replace(b"fac-qat", b"fac-\xff\xfet"))
    assert not verify(copy).ok


def test_without_the_possible_duplicates_no_cluster_id_is_checked(copy: Path) -> None:
    (copy / "data" / "possible_duplicates.csv").unlink()
    [told] = [outcome for outcome in verify(copy).outcomes if outcome.check == "clusters"]
    assert (told.verified, told.failed) == (0, 0)
    assert told.reasons


@pytest.fixture
def buried(tmp_path: Path) -> Path:
    """Build a package with two tombstones, one of which leads on to the other, and one without a way on."""
    good = read_checkout(GOOD / "dataset", GOOD / "seeds")
    first, second, third, *_ = good.agreements
    graves = {
        first: Withdrawn(reason="Told twice.", since="0.2.0", replaced_by=second),
        second: Withdrawn(reason="Told twice again.", since="0.3.0", replaced_by=third),
        "act-qat": Withdrawn(reason="Never was.", since="0.2.0"),
    }
    records = [
        record.model_copy(update={"withdrawn": graves[record.id]}) if record.id in graves else record for record in good
    ]
    build(Dataset(records, good.seeds.values()), tmp_path / "package")
    return tmp_path / "package"


def test_tombstones_with_their_redirects_are_sound(buried: Path) -> None:
    assert failing(verify(buried, TEXTS, deep=True)) == {}


@pytest.mark.parametrize(
    ("table", "edit", "said"),
    [
        ("redirects", lambda rows: rows.pop(0), "withdrawn_replaced_by: {first} has no redirect"),
        (
            "redirects",
            lambda rows: rows[0].__setitem__(2, "Other."),
            "None: {first} is not withdrawn so in its own table",
        ),
        (
            "redirects",
            lambda rows: rows[0].__setitem__(3, "9.0.0"),
            "None: {first} is not withdrawn so in its own table",
        ),
        (
            "redirects",
            lambda rows: rows[0].__setitem__(1, rows[0][0]),
            "replaced_by: {first} is redirected in a circle",
        ),
        (
            "redirects",
            lambda rows: rows[1].__setitem__(1, rows[0][0]),
            "replaced_by: {first} is redirected in a circle",
        ),
        (
            "records",
            lambda rows: rows[spot_of(rows, "act-qat")].__setitem__(7, "false"),
            "act-qat stands in data/records.csv",
        ),
        ("records", lambda rows: rows[0].__setitem__(7, "true"), "withdrawn: {other} is not withdrawn in its table"),
    ],
)
def test_tombstones_say_the_same_everywhere_and_redirects_lead_somewhere(
    table: str, edit: Callable[[Rows], object], said: str, buried: Path
) -> None:
    with (buried / "data" / "redirects.csv").open(encoding="utf-8", newline="") as file:
        first = list(csv.reader(file))[1][0]
    with (buried / "data" / "records.csv").open(encoding="utf-8", newline="") as file:
        other = list(csv.reader(file))[1][0]
    change(buried, table, edit)
    told = failing(verify(buried))
    assert list(told) == ["records"]
    assert any(said.format(first=first, other=other) in one for one in told["records"]), told


def spot_of(rows: Rows, record: str) -> int:
    return next(number for number, row in enumerate(rows) if row[0] == record)


# Passages


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("digest", "0" * 64, "digest: the text at ["),
        ("start", "1", "digest: the text at ["),
        ("end", "99999", "end: ["),
        ("end", "0", "end: ["),
        ("quote", "never said", "quote: is not in the passage"),
    ],
)
def test_a_passage_that_is_not_in_its_text_is_found_with_the_text(
    column: str, value: str, said: str, texted: Path
) -> None:
    put(texted, "evidence", column, value)
    assert "passages" not in failing(verify(texted))
    told = failing(verify(texted, TEXTS))["passages"]
    assert told[0].startswith(f"data/evidence.csv:2:{said}")
    assert len(told) == 1


def test_a_passage_without_a_character_is_none(texted: Path) -> None:
    start, end = (spot(texted, "evidence", column) for column in ("start", "end"))
    change(texted, "evidence", lambda rows: rows[0].__setitem__(end, rows[0][start]))
    assert failing(verify(texted, TEXTS))["passages"][0].startswith("data/evidence.csv:2:end: [")


def test_a_dismissed_passage_that_is_not_in_its_text_is_found(texted: Path) -> None:
    put(texted, "seed_dismissed", "digest", "0" * 64)
    assert list(failing(verify(texted, TEXTS))) == ["passages"]


def test_a_text_that_is_not_the_one_of_the_package_is_found(texted: Path) -> None:
    put(texted, "seeds", "sha256", "0" * 64)
    told = failing(verify(texted, TEXTS))
    assert list(told) == ["passages"]
    assert told["passages"][0].startswith("data/seeds.csv:2:sha256: the text ")


# Files


def test_files_are_those_of_the_checksums_and_the_descriptor(copy: Path) -> None:
    (copy / "data" / "absences.json").unlink()
    (copy / "data" / "more.csv").write_bytes(b"id\n")
    (copy / "README").write_bytes(b"")
    told = failing(verify(copy))
    assert sorted(told["files"]) == [
        "README:None:None: is not listed in SHA256SUMS",
        "data/absences.json:None:None: is listed in SHA256SUMS and missing",
        "data/absences.json:None:None: is named in datapackage.json and missing",
        "data/more.csv:None:None: is not listed in SHA256SUMS",
        "data/more.csv:None:None: is not named in datapackage.json",
    ]
    seal(copy)
    assert "README" not in str(failing(verify(copy))["files"])


# Views


@pytest.mark.parametrize(
    "edit",
    [
        lambda source: source.replace(b"Turkey", b"Atlantis", 1),
        lambda source: source[: source.rindex(b"\n", 0, -1) + 1],
        lambda source: source + source[source.index(b"\n") + 1 :],
        lambda source: source.replace(b"\n", b"\r\n"),
        lambda _: b"",
    ],
)
@pytest.mark.parametrize("view", ["claims", "deployments", "agreements"])
def test_a_view_that_says_otherwise_than_the_tables_is_found_out(
    view: str, edit: Callable[[bytes], bytes], copy: Path
) -> None:
    path = f"views/{view}_with_names.csv"
    rewrite(copy, path, edit)
    assert failing(verify(copy)) == {"views": [f"{path}:None:None: is not what the tables of the package give"]}


def test_a_view_that_is_missing_is_missed(copy: Path) -> None:
    (copy / "views/claims_with_names.csv").unlink()
    seal(copy)
    failures = failing(verify(copy))
    assert failures["views"] == ["views/claims_with_names.csv:None:None: is missing"]
    assert list(failures) == ["files", "views"]


def test_a_view_too_many_is_a_file_that_nobody_names(copy: Path) -> None:
    (copy / "views/more.csv").write_bytes(b"id\n")
    seal(copy)
    assert failing(verify(copy)) == {"files": ["views/more.csv:None:None: is not named in datapackage.json"]}


def test_views_of_another_form_are_not_checked(copy: Path) -> None:
    path = copy / "datapackage.json"
    document = json.loads(path.read_bytes())
    view = next(resource for resource in document["resources"] if resource["path"].startswith("views/"))
    view["schema"]["fields"].pop()
    path.write_text(json.dumps(document), encoding="utf-8")
    seal(copy)
    [outcome] = [outcome for outcome in verify(copy).outcomes if outcome.check == "views"]
    assert (outcome.verified, outcome.failed) == (0, 0)
    assert outcome.unchecked > 5
    assert outcome.reasons == ("the views are those of another version of the library",)


def test_views_of_tables_that_fail_are_not_checked(copy: Path) -> None:
    put(copy, "evidence", "stance", "guessed")
    [outcome] = [outcome for outcome in verify(copy).outcomes if outcome.check == "views"]
    assert (outcome.verified, outcome.failed, outcome.reasons) == (0, 0, ("what they repeat fails elsewhere",))


@pytest.mark.parametrize(
    "edit",
    [
        lambda lines: lines[::-1],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [line.replace("  ", " *") for line in lines],
        lambda lines: [lines[0].upper(), *lines[1:]],
        lambda lines: [*lines, "# a remark"],
        lambda lines: lines[1:],
    ],
)
def test_the_checksums_have_one_form(edit: Callable[[list[str]], list[str]], copy: Path) -> None:
    path = copy / "SHA256SUMS"
    path.write_text("\n".join(edit(path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    assert list(failing(verify(copy))) == ["files"]


@pytest.mark.parametrize("name", ["datapackage.json", "SHA256SUMS"])
def test_one_of_the_two_files_that_tell_of_the_others_may_be_missing_and_is_missed(name: str, copy: Path) -> None:
    (copy / name).unlink()
    assert f"{name}:None:None: is missing" in failing(verify(copy))["files"]


@pytest.mark.parametrize(("key", "value"), [("bytes", 1), ("hash", "sha256:" + "0" * 64)])
def test_sizes_and_hashes_of_the_descriptor_are_compared(key: str, value: object, copy: Path) -> None:
    path = copy / "datapackage.json"
    described = json.loads(path.read_bytes())
    described["resources"][3][key] = value
    path.write_text(json.dumps(described), encoding="utf-8")
    seal(copy)
    told = failing(verify(copy))
    assert list(told) == ["files"]
    assert told["files"][0].startswith(f"{described['resources'][3]['path']}:None:None: has ")
