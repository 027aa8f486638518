"""Inspecting many files, in one process or in several, with the same results in the same order."""

from __future__ import annotations

import gc
import multiprocessing
import re
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from defcoop.io.seed_texts import read_texts
from defcoop.models import SourceCard
from defcoop.models.own_terms import OwnTerms, from_json
from defcoop.models.references import references
from defcoop.models.registry import BY_NAME, SEED
from defcoop.validation.inspection import inspect, outline
from defcoop.validation.issues import Sources
from defcoop.validation.reading import read_record_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from defcoop.io.record_files import RecordFile
    from defcoop.models import Record
    from defcoop.validation.reading import Read
    from defcoop.validation.run import Run
    from defcoop.validation.summary import CardSummary, Inspected

_CHUNK = 250
"""Files that a process takes at a time: many enough that sending does not count, few enough that all end together."""

_LEAST = 1000
"""Files that make it worth while to start a process for them."""

_FEW = 10
"""Files that are sooner read twice than all source cards once."""

_SEEDS = re.compile(rb"seed-[0-9]+")

_Result = TypeVar("_Result")


class BatchHook(NamedTuple, Generic[_Result]):
    """Work on sound models beside their inspection, so that nothing is read twice.

    `work` gets the models of a chunk of files and the source cards, wherever the chunk is inspected; `take` gets what
    came of it, in this process and in the order of the files.
    """

    work: Callable[[list[Record | SourceCard], Mapping[str, SourceCard]], _Result]
    take: Callable[[_Result], None]


class Known(NamedTuple):
    """Source cards and texts, and the files that were read for their sake, by relative path."""

    sources: Sources
    read: Mapping[str, Read[Record | SourceCard]]


class _Task(NamedTuple):
    """What every chunk of files needs."""

    known: Known
    run: Run

    def done(self, files: Sequence[RecordFile]) -> tuple[list[Inspected], Any]:
        inspected, models = [], []
        only, hook = self.run.only, self.run.hook
        for file in files:
            read = self.known.read.get(file.relative_path) or read_record_file(file, self.known.sources.own_terms)
            result = (inspect if only is None or file.relative_path in only else outline)(read, self.known.sources)
            inspected.append(result._replace(sha256=read.sha256) if self.run.cache else result)
            if hook and read.model is not None:
                models.append(read.model)
        worked = hook.work(models, self.known.sources.cards) if hook else None
        # What broken files left behind goes now, for else the collector is at rest; it looks at what is new alone.
        gc.collect(0)
        return inspected, worked


_task: _Task | None = None
"""What a worker process works at; set once when it starts."""


def sources_of(
    files: Sequence[RecordFile], texts: Path | None, asking: Sequence[RecordFile], card: CardSummary
) -> Known:
    """Read the source cards among the files, and the seed texts of those in a folder.

    Args:
        files: the files.
        texts: the folder of seed texts.
        asking: the files that are to be inspected; if they are few, only the sources that they cite are read.
        card: what the dataset's own card says.
    """
    few, own = len(asking) <= _FEW, own_terms(card)
    read = {file.relative_path: read_record_file(file, own) for file in asking if few}
    cited = {seed for asked in read.values() for seed in _cited(asked)}
    cards = [file for file in files if file.type == SEED and (file.stem in cited or not few)]
    read |= {file.relative_path: read_record_file(file, own) for file in cards if file.relative_path not in read}
    models = ((file.stem, read[file.relative_path].model) for file in cards)
    # A card under another's id is a finding of its own and must not stand for that other.
    sound = {stem: card for stem, card in models if isinstance(card, SourceCard) and card.id == stem}
    return Known(Sources(sound, *read_texts(sound.values(), texts), own, card.plugins), read)


def own_terms(card: CardSummary) -> OwnTerms | None:
    """Give the terms that a dataset adds to vocabularies, if it adds any."""
    return from_json(card.own_terms) if card.own_terms else None


def _cited(read: Read[Record | SourceCard]) -> set[str]:
    if read.file.type == SEED:
        return {read.file.stem}
    if read.model is None:
        return {name.decode() for name in _SEEDS.findall(read.source)}  # its hints may need their texts
    return {link.target for link in references(read.model) if link.type == SEED}


def inspect_files(files: Sequence[RecordFile], known: Known, run: Run) -> list[Inspected]:
    """Inspect files, in their order, with the source cards and texts that are known and as the run says."""
    task = _Task(known, run)
    chunks = [files[start : start + _CHUNK] for start in range(0, len(files), _CHUNK)]
    workers = min(run.jobs, len(files) // _LEAST)
    if workers <= 1:
        return _gathered(map(task.done, chunks), run.hook)
    _build_models(files)
    # Forked workers have the models built already and share the texts' memory.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    sent = task._replace(run=run._replace(hook=run.hook and BatchHook(run.hook.work, _discard)))
    with multiprocessing.get_context(method).Pool(workers, _start, (sent,)) as pool:
        return _gathered(pool.imap(_chunk, chunks), run.hook)


def _gathered(done: Iterable[tuple[list[Inspected], Any]], hook: BatchHook[Any] | None) -> list[Inspected]:
    inspected: list[Inspected] = []
    for batch, result in done:
        inspected += batch
        if hook:
            hook.take(result)
    return inspected


def _discard(_: object) -> None:
    """Placeholder: `take` may not be picklable."""


def _start(task: _Task) -> None:
    global _task  # noqa: PLW0603 - a worker process has one task
    _task = task
    gc.disable()


def _chunk(files: Sequence[RecordFile]) -> tuple[list[Inspected], Any]:
    assert _task is not None  # noqa: S101 - set when the process starts
    return _task.done(files)


def _build_models(files: Sequence[RecordFile]) -> None:
    for name in {file.type for file in files} - {SEED}:
        BY_NAME[name].model.model_rebuild()
