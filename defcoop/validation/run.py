"""Validation of a checkout: every file inspected, every check between files run, every finding placed."""

from __future__ import annotations

import os
from collections import defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.io.gc_pause import gc_paused
from defcoop.io.places import CARD_FILE, VOCABULARIES, needed_checkout
from defcoop.io.record_files import RecordFile, StrayFile, walk
from defcoop.models.registry import BY_NAME, PLUGIN_OF, SEED, TYPES, types_with
from defcoop.validation.codes import CODES
from defcoop.validation.dataset_checks import DATASET_CHECKS
from defcoop.validation.findings import Finding, Report
from defcoop.validation.installed import installed_checks
from defcoop.validation.issues import COVERAGE, DatasetIndex, Issue
from defcoop.validation.reference_states import with_states
from defcoop.validation.summary import CardSummary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from defcoop.validation.cache import Cache
    from defcoop.validation.issues import CrossRecordIssue
    from defcoop.validation.pool import BatchHook
    from defcoop.validation.summary import Inspected, RecordSummary


_BY_PREFIX = {kind.prefix: kind.name for kind in TYPES}


class Run(NamedTuple):
    """How a validation is run.

    `jobs` is the number of processes; `cache` keeps what was found in files that have not changed since; `only`
    names the files, relative to the checkout, that are checked in full, the others being read for what they say of
    each other; `hook` is work to be done on the way, on the models that are read anyhow and in the order of their ids,
    for which no cache is of use; `coverage` is the share of each text that is to be cited or dismissed
    where the dataset's card says nothing of it.
    """

    jobs: int = 1
    cache: Cache | None = None
    only: Collection[str] | None = None
    hook: BatchHook[Any] | None = None
    coverage: float = COVERAGE


_UNREADABLE = {"DC413", "DC414", "DC710"}
"""What a value may be guilty of because of another mistake in it."""

_MISPLACED = {"DC403", "DC405"}
"""Mistakes of passages, because of which a text may look less coded than it is."""

_OF_TERMS = f"{VOCABULARIES}/"
"""How the paths of files begin that hold the dataset's own terms."""

_OF_TEXTS = "DC415"
_SECOND_LOOK = {_OF_TEXTS, "DC416"}
"""What is asked of a sound record only: a value that is wrong, or not there, may be why."""


def validate(
    dataset: str | Path, cards: str | Path | None = None, texts: str | Path | None = None, run: Run | None = None
) -> Report:
    """Check a folder of records with its source cards and, where there is one, the folder of seed texts.

    Args:
        dataset: a checkout, or its folder of records.
        cards: the folder of source cards; by default `seeds` beside the dataset.
        texts: the folder of seed texts; without it passages are counted as unchecked.
        run: how it is run; by default in one process, without a cache, on all files.

    Raises:
        InputError: if it is a package.
        OSError: if there is no checkout, or a folder cannot be listed.
    """
    with gc_paused():
        folder = needed_checkout(dataset).dataset.absolute()  # of `.` no parent could be told
        return _validate(folder, cards, texts, run or Run())


def _validate(folder: Path, cards: str | Path | None, texts: str | Path | None, run: Run) -> Report:
    walked = list(walk(folder, Path(cards) if cards else folder.parent / "seeds"))
    stray = [
        Finding("DC014", file.relative_path, file.reason, file.hint or CODES["DC014"].remedy)
        for file in walked
        if isinstance(file, StrayFile)
    ]
    files = [file for file in walked if isinstance(file, RecordFile)]
    card_file = os.fspath(folder.parent / CARD_FILE)
    start = run.cache.begin(files, card_file, run.coverage) if run.cache and not run.hook else None
    recalled = run.cache.recall(files, start) if run.cache and start else None
    card = (recalled and recalled.card) or _card(folder.parent)
    coverage = run.coverage if card.coverage is None else card.coverage
    stray += [_unnamed(kind, folder.name) for kind in sorted({file.type for file in files} - _types(card))]
    files = [file for file in files if file.type in _types(card)]
    inspected = _inspect(files, Path(texts) if texts else None, run, recalled.known if recalled else {}, card)
    findings = defaultdict(list, {path: list(result.findings) for path, result in inspected.items() if result.findings})
    by_stem = {file.stem: file for file in files}
    if len(by_stem) < len(files):
        # A stem stands twice only if one of the two is in the wrong folder, which is a finding of its own.
        by_stem = {file.stem: file for file in sorted(files, key=_is_at_home)}
    summaries = {stem: known for stem, file in by_stem.items() if (known := inspected[file.relative_path].summary)}
    between = recalled.findings_between(inspected) if recalled else None
    broken = {path for path, result in inspected.items() if result.findings and result.summary is None}
    if broken or between is None:
        index = with_states(DatasetIndex({stem: _type(file) for stem, file in by_stem.items()}, summaries, coverage))
    if broken:
        # What is kept of a file says nothing of others, which may have changed since.
        _with_ids(findings, [file for file in files if file.relative_path in broken], index)
    if between is None:
        checks = (*DATASET_CHECKS, *(check for offered in installed_checks(card.plugins) for check in offered.dataset))
        issues = _by_id(issue for check in checks for issue in check(index))
        # Of what is between a record and a reference record, the file of the one is told.
        between = {
            by_stem[stem].relative_path: _placed(by_stem[stem], group, card)
            for stem, group in issues.items()
            if stem in by_stem
        }
    if run.cache and start and recalled and run.only is None and not recalled.current:
        from defcoop.validation.cache import Results  # noqa: PLC0415 - who keeps nothing needs it not

        run.cache.keep(files, Results(card, inspected, between), start, recalled.lines)
    for path, placed in between.items():
        findings[path] = _without_echoes(findings[path], placed) + placed
    # While a file is broken, some checks between files keep quiet, so no acceptance can be called stale.
    whole = len(summaries) == len(by_stem)
    for file, accepted in [(by_stem[stem], summary.accepts) for stem, summary in summaries.items() if summary.accepts]:
        path = file.relative_path
        in_full = whole and (run.only is None or path in run.only)
        # Where a text is not at hand, its passages hold no candidates.
        judged = [code for code in accepted if code != _OF_TEXTS or _has_texts(summaries, file.stem)]
        findings[path] = _accept(file, findings[path], accepted, judged if in_full else ())
    findings.update({path: _told_once(found) for path, found in findings.items() if len(found) > 1})
    gathered = _without_consequences([*stray, *card.findings, *chain.from_iterable(findings.values())])
    return _report(gathered, by_stem.values(), summaries)


def _card(checkout: Path) -> CardSummary:
    if not os.path.lexists(checkout / CARD_FILE):
        return CardSummary(None, ())
    from defcoop.models.own_terms import as_json  # noqa: PLC0415 - as below
    from defcoop.validation.dataset_card import read_card  # noqa: PLC0415 - who has no card needs no model of it

    read = read_card(checkout)
    threshold, own = read.card.coverage_threshold, read.card.own_terms
    asked, needed = None if threshold is None else float(threshold), read.card.needed_plugins
    return CardSummary(asked, read.findings, as_json(own) if own else "", needed)


def _types(card: CardSummary) -> set[str]:
    return {SEED, *(kind.name for kind in types_with(card.plugins))}


def _unnamed(kind: str, dataset: str) -> Finding:
    """Say that records are of a type of a package that the dataset does not name."""
    folder, package = f"{dataset}/{BY_NAME[kind].folder}", PLUGIN_OF[kind]
    message = f"{folder} holds records of a type of the package {package}, which dataset.yaml does not name"
    return Finding("DC812", folder, message, f"Add {package} to plugins in dataset.yaml.")


def _inspect(
    files: Sequence[RecordFile], texts: Path | None, run: Run, known: Mapping[str, Inspected], card: CardSummary
) -> dict[str, Inspected]:
    """Inspect every file of which nothing is known; by relative path."""
    fresh = [file for file in files if file.relative_path not in known]
    if run.hook:
        fresh.sort(key=lambda file: file.stem)
    inspected = dict(known)
    if fresh:
        from defcoop.validation import pool  # noqa: PLC0415 - who remembers all needs no models

        results = pool.inspect_files(fresh, pool.sources_of(files, texts, fresh, card), run)
        inspected |= {file.relative_path: result for file, result in zip(fresh, results, strict=True)}
    if run.only is not None:
        for path in inspected.keys() - set(run.only):
            inspected[path] = inspected[path]._replace(findings=())
    return inspected


def _type(file: RecordFile) -> str:
    """Give the type of an id: that of its prefix, which holds even for a file in the wrong folder."""
    return _BY_PREFIX.get(file.stem.partition("-")[0], file.type)


def _is_at_home(file: RecordFile) -> bool:
    return _type(file) == file.type


def _by_id(issues: Iterable[CrossRecordIssue]) -> dict[str, list[CrossRecordIssue]]:
    groups: dict[str, list[CrossRecordIssue]] = defaultdict(list)
    for issue in issues:
        groups[issue.id].append(issue)
    return groups


def _placed(file: RecordFile, issues: Iterable[CrossRecordIssue], card: CardSummary) -> list[Finding]:
    from defcoop.validation.inspection import place_cross_record_issues  # noqa: PLC0415 - a sound dataset needs it not
    from defcoop.validation.pool import own_terms  # noqa: PLC0415 - as above

    return place_cross_record_issues(file, issues, own_terms(card))


def _with_ids(findings: dict[str, list[Finding]], files: Iterable[RecordFile], index: DatasetIndex) -> None:
    """Say in the findings of files which record is meant where no id stands."""
    from defcoop.validation.named import IdsMeant, with_ids_meant  # noqa: PLC0415 - it needs the models

    meant = IdsMeant(index)
    for file in files:
        findings[file.relative_path] = with_ids_meant(findings[file.relative_path], file, meant)


def _without_echoes(findings: list[Finding], placed: Iterable[Finding]) -> list[Finding]:
    """Leave out supported paths without a value (DC402) where a misspelt id (DC301) is why they have none."""
    hints = [finding.hint for finding in placed if finding.code == "DC301"]
    meant = [hint.split()[3].rstrip("?") for hint in hints if hint.startswith("Did you mean ")]
    return [
        finding
        for finding in findings
        if finding.code != "DC402" or not any(f"[{target}]" in finding.message for target in meant)
    ]


def _without_consequences(findings: list[Finding]) -> list[Finding]:
    """Leave out that a text is not coded where a passage is wrong, and so on."""
    codes = {finding.code for finding in findings}
    follows = {"DC903"} if codes & _MISPLACED else set[str]()
    if "DC811" in codes or any(finding.path.startswith(_OF_TERMS) for finding in findings):
        follows.add("DC104")
    if "DC812" in codes:  # without a package its types are unknown, and their records
        follows |= {"DC014", "DC301", "DC804", "DC903"}
    return [finding for finding in findings if finding.code not in follows or finding.path.startswith(_OF_TERMS)]


def _told_once(findings: list[Finding]) -> list[Finding]:
    """Leave out what may follow from another mistake: in the same value, or anywhere of what asks for a second look."""
    wrong = {finding.line for finding in findings if finding.code not in _UNREADABLE}
    kept = [finding for finding in findings if finding.code not in _UNREADABLE or finding.line not in wrong]
    is_sound = all(finding.severity == "warning" for finding in kept)
    return kept if is_sound else [finding for finding in kept if finding.code not in _SECOND_LOOK]


def _has_texts(summaries: Mapping[str, RecordSummary], record: str) -> bool:
    """Tell whether the texts of all that a record cites are at hand."""
    return all(card.text for seed, _ in summaries[record].citations if (card := summaries.get(seed)))


def _accept(file: RecordFile, findings: list[Finding], accepted: Sequence[str], judged: Sequence[str]) -> list[Finding]:
    """Leave out the warnings that the record accepts, and name acceptances, if judged, of warnings that it has not."""
    warned = {finding.code for finding in findings if finding.severity == "warning"}
    stale = [
        Issue("DC801", ("accept", number, "code"), f"the record has no warning {code}")
        for number, code in enumerate(accepted)
        if code in judged and code not in warned
    ]
    kept = [finding for finding in findings if finding.severity == "error" or finding.code not in accepted]
    if not stale:
        return kept
    from defcoop.validation.reading import place  # noqa: PLC0415 - it needs the models

    return kept + place(file, stale)


def _report(findings: list[Finding], files: Iterable[RecordFile], summaries: Mapping[str, RecordSummary]) -> Report:
    records = sum(file.type != SEED for file in files if file.stem in summaries)
    at_hand = {stem for stem, seen in summaries.items() if seen.text}
    cited = [citation for seen in summaries.values() for citation in seen.citations]
    checked = sum(count for seed, count in cited if seed in at_hand)
    return Report(
        findings=tuple(
            sorted(findings, key=lambda finding: (finding.path, finding.line, finding.column, finding.code))
        ),
        records=records,
        sources=sum(file.type == SEED for file in files if file.stem in summaries),
        passages_checked=checked,
        passages_unchecked=sum(count for _, count in cited) - checked,
    )
