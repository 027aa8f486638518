"""A naive way to build a dataset without some evidence: on documents, by what the models then refuse."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from defcoop import Dataset
from defcoop.models import SourceCard
from defcoop.models.leaves import leaves, steps
from defcoop.models.references import references
from defcoop.models.registry import SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.models import Citation, Record
    from defcoop.models.leaves import Pointer

    Document = dict[str, Any]


def rebuilt(dataset: Dataset, keeps: Callable[[Citation], bool], seeds: set[str]) -> Dataset:
    """Take evidence out of documents; then whatever nothing carries, leads nowhere or no model allows, to the end."""
    models = {record.id: type(record) for record in dataset}
    documents = {record.id: _document(record) for record in dataset}
    for record in dataset:
        _take_evidence(record, documents[record.id], keeps)
    changed = True
    while changed:
        changed = False
        for key in list(documents):
            record = _sound(models[key], documents[key])
            if record is None:
                del documents[key]
                changed = True
                continue
            for pointer in _faults(record, documents):
                _delete(documents[key], pointer)
                changed = True
                break
    cards = [card.model_dump(by_alias=True) for card in dataset.seeds.values() if card.id in seeds]
    for card in cards:
        if card["outlet"] not in documents:
            card["outlet"] = None
    return Dataset(
        (models[key].model_validate(document) for key, document in documents.items()),
        (SourceCard.model_validate(card) for card in cards),
    )


def _document(record: Record) -> Document:
    return copy.deepcopy(_lists(record.model_dump(by_alias=True, exclude_defaults=True)))


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, list | tuple) else value


def _take_evidence(record: Record, document: Document, keeps: Callable[[Citation], bool]) -> None:
    kept = [keeps(entry) for entry in record.evidence]
    document["evidence"] = [one for one, stays in zip(document["evidence"], kept, strict=True) if stays]
    for conflict, told in zip(record.conflicts, document.get("conflicts", []), strict=True):
        stays = [keeps(cited) for cited in conflict.evidence]
        told["evidence"] = [one for one, kept in zip(told["evidence"], stays, strict=True) if kept]
    if "conflicts" in document:
        document["conflicts"] = [conflict for conflict in document["conflicts"] if conflict["evidence"]]


def _sound(model: type[Record], document: Document) -> Record | None:
    """Take out what the model refuses; a record that lacks something itself is none."""
    while True:
        try:
            return model.model_validate(document)
        except ValidationError as error:
            fault = error.errors()[0]
            pointer = tuple(fault["loc"][:-1] if fault["type"] == "missing" else fault["loc"])
            if not pointer:
                return None
            _delete(document, pointer)


def _faults(record: Record, documents: dict[str, Document]) -> list[Pointer]:
    """List the places of values that nothing carries, of references that lead nowhere, of paths without a value."""
    supported = {path for entry in record.evidence for path in entry.supports}
    told = list(leaves(record))
    paths = {path for leaf in told for path in steps(leaf.path)}
    faults = [leaf.pointer for leaf in told if supported.isdisjoint(steps(leaf.path))]
    faults += [link.pointer for link in references(record) if link.type != SEED and link.target not in documents]
    for number, entry in enumerate(record.evidence):
        if not any(path in paths for path in entry.supports):
            faults.append(("evidence", number))
            continue
        faults += [("evidence", number, "supports", n) for n, path in enumerate(entry.supports) if path not in paths]
    return faults


def _delete(document: Any, pointer: Pointer) -> None:
    for step in pointer[:-1]:
        document = document[step]
    del document[pointer[-1]]
