"""Parts of a dataset: by seed, and by how firmly something is told; what is left is whole in itself."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import defcoop
from defcoop.models.evidence import Basis, Stance
from defcoop.models.leaves import leaves, steps
from defcoop.models.references import references
from defcoop.models.registry import BY_NAME, SEED
from defcoop.validation.issues import Sources
from defcoop.validation.record_checks.evidence import values_have_evidence
from tests.dataset.rebuilding import rebuilt
from tests.sound import SEEDS, WIDE, datasets

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.models import Record


def values(dataset: defcoop.Dataset) -> set[tuple[str, str, str]]:
    return {(record.id, leaf.path, str(leaf.value)) for record in dataset for leaf in leaves(record)}


def assert_whole(dataset: defcoop.Dataset) -> None:
    """Every reference leads somewhere, every value is carried, and every supported path leads to a value."""
    for record in dataset:
        for link in references(record):
            assert link.target in (dataset.seeds if link.type == SEED else dataset)
        assert list(values_have_evidence(record, Sources({}, {}, {}))) == []
        paths = {path for leaf in leaves(record) for path in steps(leaf.path)}
        assert all(paths.issuperset(entry.supports) for entry in record.evidence)
        assert type(record).model_validate(record.model_dump(by_alias=True)) == record
    assert all(card.outlet is None or card.outlet in dataset for card in dataset.seeds.values())


@WIDE
@given(datasets())
def test_the_datasets_of_these_tests_are_sound(dataset: defcoop.Dataset) -> None:
    assert_whole(dataset)


@WIDE
@given(datasets(), st.sets(st.sampled_from(SEEDS)))
def test_without_a_seed_it_is_as_if_built_without_it(dataset: defcoop.Dataset, gone: set[str]) -> None:
    left = dataset.without(*gone)
    assert left == rebuilt(dataset, lambda entry: entry.seed not in gone, set(SEEDS) - gone)
    assert left == dataset.only(set(SEEDS) - gone)
    assert_whole(left)
    assert not {entry.seed for record in left for entry in record.evidence} & gone


@WIDE
@given(datasets(), st.integers(1, 6), st.sampled_from(Stance), st.sampled_from(Basis))
def test_at_least_keeps_what_is_told_so_firmly(
    dataset: defcoop.Dataset, credibility: int, stance: Stance, basis: Basis
) -> None:
    stances, bases = list(Stance), list(Basis)

    def firm(entry: object) -> bool:
        return (
            entry.credibility <= credibility  # type: ignore[attr-defined]
            and stances.index(entry.stance) <= stances.index(stance)  # type: ignore[attr-defined]
            and bases.index(entry.basis) <= bases.index(basis)  # type: ignore[attr-defined]
        )

    left = dataset.at_least(credibility=credibility, stance=stance.value, basis=basis.value)
    assert left == rebuilt(dataset, firm, set(SEEDS))
    assert_whole(left)
    assert all(firm(entry) for record in left for entry in record.evidence)
    weaker = dataset.at_least(credibility=min(credibility + 1, 6), stance=stance.value)
    assert values(left) <= values(weaker) <= values(dataset)


@WIDE
@given(datasets())
def test_parts_of_parts_are_parts(dataset: defcoop.Dataset) -> None:
    one, other, third = SEEDS
    assert dataset.without() == dataset.only(SEEDS) == dataset.at_least() == dataset
    assert dataset.without(one).without(other) == dataset.only(third) == dataset.without(other, one)
    assert values(dataset.only(one)) <= values(dataset.only({one, other})) <= values(dataset)
    assert dataset.only(()) == dataset.without(*SEEDS) == defcoop.Dataset([], [])
    firm = dataset.at_least(stance="planned")
    assert firm.at_least(stance="asserted") == dataset.at_least(stance="asserted")


def test_the_shipped_data_without_a_seed_are_those_of_files_without_it(
    shipped: defcoop.Dataset, checkout: Path, tmp_path: Path
) -> None:
    """Rebuilt from YAML: a seed whose acts rest on it alone is cut out of the files, and its card with it."""
    gone = "seed-004"
    shutil.copytree(checkout / "dataset", tmp_path / "dataset")
    shutil.copytree(checkout / "seeds", tmp_path / "seeds", ignore=shutil.ignore_patterns("text", f"{gone}.yaml"))
    left = shipped.without(gone)
    assert 0 < len(left) < len(shipped)
    changed = 0
    for path in (tmp_path / "dataset").rglob("*.yaml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if path.stem not in left:
            path.unlink()
        elif any(entry["seed"] == gone for entry in document["evidence"]):
            document["evidence"] = [entry for entry in document["evidence"] if entry["seed"] != gone]
            supported = {path for entry in document["evidence"] for path in entry["supports"]}
            bare = BY_NAME[path.parent.name.removesuffix("s")].model.model_validate(document)
            lost = [leaf for leaf in leaves(bare) if supported.isdisjoint(steps(leaf.path))]
            for name in {leaf.pointer[0] for leaf in lost}:
                spots = {leaf.pointer[1] for leaf in lost if leaf.pointer[0] == name and len(leaf.pointer) > 1}
                document[name] = [one for number, one in enumerate(document[name]) if number not in spots]
            path.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
            changed += 1
    assert changed > 3
    assert [record.id for record in defcoop.load(tmp_path)] == [record.id for record in left]


@pytest.mark.parametrize("seed", ["seed-000", "seed-001", "seed-002", "seed-003", "seed-004"])
def test_the_shipped_data_without_each_seed_are_as_rebuilt(seed: str, shipped: defcoop.Dataset) -> None:
    left = shipped.without(seed)
    assert left == rebuilt(shipped, lambda entry: entry.seed != seed, set(shipped.seeds) - {seed})
    assert_whole(left)
    assert 0 < len(left) < len(shipped)
    assert seed not in left.seeds


def test_names_and_codes_that_need_no_evidence_stay_with_their_record(shipped: defcoop.Dataset) -> None:
    qatar, before = shipped.only("seed-002").actors["act-qat"], shipped.actors["act-qat"]
    assert qatar.codes == before.codes
    assert {name.text for name in before.names} - {name.text for name in qatar.names} == {"الدوحة"}
    assert "Qatar" in {name.text for name in qatar.names}


def test_what_referred_to_a_lost_record_has_lost_that_value(shipped: defcoop.Dataset) -> None:
    lost = {record.id for record in shipped} - {record.id for record in shipped.without("seed-004")}
    twin = "agr-qat-tur-joint-defence-cooperation-2017"
    assert twin in lost
    other = "agr-qat-tur-military-cooperation-2017"
    assert twin in {one.record for one in shipped.agreements[other].possibly_same_as}
    assert shipped.without("seed-004").agreements[other].possibly_same_as == ()


def test_records_that_nothing_touches_are_the_same_objects(shipped: defcoop.Dataset) -> None:
    left = shipped.without("seed-003")
    kept = [record for record in left if record is shipped[record.id]]
    assert len(kept) > len(left) / 2


def only_contradicted(record: Record) -> Record:
    """Let only a contradiction of a value be left of it."""
    return record


def test_a_contradiction_stays_as_long_as_somebody_tells_it(shipped: defcoop.Dataset) -> None:
    person = "act-khalid-al-attiyah"
    [conflict] = shipped[person].conflicts
    assert {cited.seed for cited in conflict.evidence} == {"seed-001"}
    assert shipped.without("seed-001")[person].conflicts == ()
    assert shipped.without("seed-002")[person].conflicts == (conflict,)


@pytest.mark.parametrize("method", ["only", "without", "lost_without"])
def test_an_unknown_seed_is_a_key_error(method: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(KeyError, match=r"no seed-999 among the seeds"):
        getattr(shipped, method)("seed-999")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"stance": "aserted"}, r"stance 'aserted' is not in the vocabulary\. Did you mean asserted\?"),
        ({"basis": "zzz"}, r"basis 'zzz' is not in the vocabulary\. Use one of: explicit, inferred\."),
        ({"credibility": 7}, r"credibility 7 is none of 1, 2, 3, 4, 5, 6"),
        ({"credibility": 0}, r"credibility 0 is none of"),
    ],
)
def test_what_is_in_no_vocabulary_cannot_be_asked_for(
    asked: dict[str, object], message: str, shipped: defcoop.Dataset
) -> None:
    with pytest.raises(ValueError, match=message):
        shipped.at_least(**asked)  # type: ignore[arg-type]


def test_one_piece_of_evidence_must_meet_all_that_is_asked(shipped: defcoop.Dataset) -> None:
    planned = {record.id for record in shipped.at_least(stance="asserted")}
    explicit = {record.id for record in shipped.at_least(basis="explicit")}
    both = {record.id for record in shipped.at_least(stance="asserted", basis="explicit")}
    assert both < planned
    assert both <= explicit
