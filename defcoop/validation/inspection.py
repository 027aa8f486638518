"""Inspection: all that can be said of one file by itself, small enough to send between processes and to keep."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from defcoop.io.yaml_reader import read as read_yaml
from defcoop.models import SourceCard
from defcoop.models.references import references
from defcoop.validation.installed import installed_checks
from defcoop.validation.issues import Issue
from defcoop.validation.reading import otherwise_read, place, read_record_file
from defcoop.validation.record_checks import CARD_CHECKS, READABILITY_CHECKS, RECORD_CHECKS
from defcoop.validation.record_checks.passage_hints import missing_digest
from defcoop.validation.summarising import summarise
from defcoop.validation.summary import Inspected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from defcoop.io.record_files import RecordFile
    from defcoop.models import Record
    from defcoop.models.own_terms import OwnTerms
    from defcoop.models.references import Link
    from defcoop.validation.findings import Finding
    from defcoop.validation.issues import CrossRecordIssue, Sources
    from defcoop.validation.reading import Read
    from defcoop.validation.summary import RecordSummary

_ENTRIES = {"evidence", "conflicts", "alternatives"}
_OF_DATES = {"DC502", "DC701", "DC702"}


def inspect(read: Read[Record | SourceCard], sources: Sources) -> Inspected:
    """Run the checks of its kind on a file that was read, and take its summary."""
    if read.model is None:
        return Inspected(tuple(_with_digest(read, finding, sources) for finding in read.findings), None)
    findings = place(read.file, [*otherwise_read(read), *_issues(read.file, read.model, sources)])
    return Inspected(tuple(findings), _summary(read, sources))


def outline(read: Read[Record | SourceCard], sources: Sources) -> Inspected:
    """Take only the summary of a file that was read, for others to refer to."""
    return Inspected((), _summary(read, sources))


def place_cross_record_issues(
    file: RecordFile, issues: Iterable[CrossRecordIssue], own: OwnTerms | None
) -> list[Finding]:
    """Turn the issues between a file and others into findings, one wherever the file names the target.

    A sound file is not kept, so it is read again.
    """
    model = read_record_file(file, own).model
    # A file that has changed since names nothing any more; its issues then stand at its head.
    links = list(references(model)) if model else []
    placed: list[Issue] = []
    for issue in issues:
        pointers = [link.pointer for link in links if _meant(issue, link)] or [(issue.field,) if issue.field else ()]
        placed += [Issue(issue.code, pointer, issue.message, issue.hint) for pointer in pointers]
    return place(file, placed)


def _meant(issue: CrossRecordIssue, link: Link) -> bool:
    is_there = issue.field in {None, link.pointer[0]} and (issue.fields is None or link.pointer[0] in issue.fields)
    return link.target == issue.target and is_there and issue.wanted in {None, link.type}


def _summary(read: Read[Record | SourceCard], sources: Sources) -> RecordSummary | None:
    """Take the summary of a file, but none of a card under another's id: it must not stand for that other."""
    card_of_another = isinstance(read.model, SourceCard) and read.model.id != read.file.stem
    return None if read.model is None or card_of_another else summarise(read.model, sources)


def _with_digest(read: Read[Record | SourceCard], finding: Finding, sources: Sources) -> Finding:
    """Say which digest is missing or misshapen, where the text is at hand."""
    if finding.code not in {"DC101", "DC105"} or finding.pointer[-1:] != ("digest",):
        return finding
    hint = missing_digest(read_yaml(read.source), finding.pointer, read.file.stem, sources)
    return finding._replace(hint=hint or finding.hint)


@cache
def _record_checks(plugins: tuple[str, ...] | None) -> tuple[Callable[[Record, Sources], Iterator[Issue]], ...]:
    return (*RECORD_CHECKS, *(check for checks in installed_checks(plugins) for check in checks.records))


def _issues(file: RecordFile, model: Record | SourceCard, sources: Sources) -> Iterator[Issue]:
    if model.id != file.stem:
        yield Issue("DC201", ("id",), f"is {model.id}, but the file is {file.stem}.yaml")
    if isinstance(model, SourceCard):
        # The text and the passages of a card are looked up by its id, so they would be another's.
        for card_check in CARD_CHECKS if model.id == file.stem else ():
            yield from card_check(model, sources)
    else:
        found = [issue for check in _record_checks(sources.plugins) for issue in check(model, sources)]
        yield from found
        unreadable = [issue for check in READABILITY_CHECKS for issue in check(model, sources)]
        yield from (issue for issue in unreadable if not any(_is_about(earlier, issue) for earlier in found))


def _is_about(earlier: Issue, issue: Issue) -> bool:
    """Tell whether an issue may be of the same mistake: in the same field or entry, or in the order of the dates."""
    depth = 2 if issue.pointer[0] in _ENTRIES else 1
    return earlier.pointer[:depth] == issue.pointer[:depth] or earlier.code in _OF_DATES
