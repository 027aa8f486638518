"""Building a package of a checkout that has been checked: each file is read once for both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from defcoop.io.places import checkout_at
from defcoop.models.references import targets as targets_of
from defcoop.package.row_batch import RowBatch, row_batch
from defcoop.package.writer import package_writer
from defcoop.publishing.documents import documents
from defcoop.reference.states import referenced, state
from defcoop.validation import Run, validate
from defcoop.validation.dataset_card import read_card
from defcoop.validation.pool import BatchHook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.models import Record, SourceCard
    from defcoop.validation import Report


def build(
    dataset: str | Path = "dataset",
    out: str | Path = "build/package",
    texts: str | Path | None = None,
    *,
    jobs: int = 1,
) -> Report:
    """Check a folder of records and write it as a data package, as `defcoop build` does.

    The report says what was found. If there is an error, nothing is written, and the package that was there stays.

    Args:
        dataset: a checkout, or its folder of records; the source cards lie in `seeds` beside that.
        out: the folder to write.
        texts: the folder of seed texts; without it passages are counted as unchecked.
        jobs: the number of processes.

    Raises:
        OSError: if a folder cannot be listed, or the package cannot be written.
    """
    card = read_card(checkout_at(dataset).dataset.absolute().parent).card
    ids, targets = set[str](), set[str]()

    def take(written: _Written) -> None:
        writer.add(written.batch)
        ids.update(written.ids)
        targets.update(written.targets)

    with package_writer(Path(out), card, documents) as writer:
        report = validate(dataset, texts=texts, run=Run(jobs, hook=BatchHook(_write, take)))
        if report.ok:
            if states := referenced(targets, ids):  # which are known only when all has been read
                writer.insert(row_batch([*map(state, states)], {}))
            writer.finish()
    return report


class _Written(NamedTuple):
    """Some records as lines, with their ids and those that they name."""

    batch: RowBatch
    ids: set[str]
    targets: set[str]


def _write(models: Sequence[Record | SourceCard], cards: Mapping[str, SourceCard]) -> _Written:
    linked: set[tuple[str, str]] = set()
    for model in models:
        targets_of(model, linked)
    try:
        batch = row_batch(models, cards)
    except KeyError:
        batch = {}  # a seed without a card, which is a finding; nothing will be published
    return _Written(batch, {model.id for model in models}, {target for target, _ in linked})
