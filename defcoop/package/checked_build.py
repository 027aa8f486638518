"""Building a package of a checkout that has been checked: each file is read once for both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.package.row_batch import row_batch
from defcoop.package.writer import package_writer
from defcoop.reference.states import state
from defcoop.validation import Run, validate
from defcoop.validation.pool import BatchHook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from defcoop.models import Record, SourceCard
    from defcoop.package.row_batch import RowBatch
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
    with package_writer(Path(out)) as writer:
        report = validate(dataset, texts=texts, run=Run(jobs, hook=BatchHook(_batch, writer.add)))
        if report.ok:
            if report.states:  # which are known only when all has been read
                writer.insert(row_batch([state(name) for name in report.states], {}))
            writer.finish()
    return report


def _batch(models: Sequence[Record | SourceCard], cards: Mapping[str, SourceCard]) -> RowBatch:
    try:
        return row_batch(models, cards)
    except KeyError:
        return {}  # a seed without a card, which is a finding; nothing will be published
