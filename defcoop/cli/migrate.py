"""`defcoop migrate`: bring records of an older schema into the form of today's."""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH, dataset_option
from defcoop.cli.formats import FORMATS
from defcoop.cli.formats._bidi import isolate
from defcoop.cli.formats._screen import screen
from defcoop.cli.formats._visible import visible
from defcoop.validation.findings import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.cli.formats._screen import Span
    from defcoop.io.migration import Migration
    from defcoop.io.record_files import RecordFile
    from defcoop.validation.findings import Finding

_STYLES = {"-": "red", "+": "green"}


@click.command
@click.argument("paths", nargs=-1, type=PATH)
@dataset_option
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show the lines that would change.")
def migrate(paths: tuple[Path, ...], dataset: Path, *, check: bool, diff: bool) -> None:
    """Bring records of an older schema into the form of today's.

    Only what the schema changed is rewritten, all else stays as it is, comments too; what a person has to decide is
    listed. With PATHS these records are rewritten, or all those in these folders, and otherwise the whole dataset.
    The exit code is 0 if all is done, and 1 if something is left to decide or cannot be read.

    Example: defcoop migrate --diff dataset/deployments
    """
    from defcoop.io.places import needed_checkout
    from defcoop.io.record_files import records_at

    is_trial = check or diff
    files = {
        Path(file.path).absolute(): file
        for path in paths or (needed_checkout(dataset).dataset,)
        for file in records_at(path)
    }
    changed = left = 0
    unreadable: list[Finding] = []
    for file in files.values():
        migration = _migrated(file, unreadable, write=not is_trial)
        if migration and (migration.edits or migration.remarks):
            click.echo(screen().paint(_spans(file, migration, diff=diff)))
            changed += bool(migration.edits)
            left += len(migration.remarks)
    if unreadable:
        click.echo(FORMATS["text"](Report(tuple(unreadable), 0, 0, 0, 0), Path()))
    click.echo(_summary(len(files), changed, left, len(unreadable), is_trial=is_trial), err=True)
    sys.exit(1 if left or unreadable or (is_trial and changed) else 0)


def _migrated(file: RecordFile, unreadable: list[Finding], *, write: bool) -> Migration[bytes] | None:
    """Migrate a file; if it cannot be, add what is wrong with it."""
    from defcoop.io.files import FileError
    from defcoop.io.migration import migrate_file
    from defcoop.io.yaml_reader import YamlError
    from defcoop.validation.reading import read_record_file

    try:
        return migrate_file(file, write=write)
    except (FileError, YamlError):
        unreadable += read_record_file(file).findings
        return None


def _summary(records: int, changed: int, left: int, unreadable: int, *, is_trial: bool) -> str:
    parts = [f"{changed} {'to rewrite' if is_trial else 'rewritten'}", f"{_count(left, 'question')} to decide"]
    parts += [f"{unreadable} not readable"] if unreadable else []
    return f"{_count(records, 'record')}: {', '.join(parts)}."


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _spans(file: RecordFile, migration: Migration[bytes], *, diff: bool) -> Iterator[Span]:
    """Show what becomes of a file, as edits or as lines, and what is left to decide."""
    if diff and migration.edits:
        yield from _lines(file, migration.content)
    else:
        yield _safe(file.relative_path), "bold"
        for edit in migration.edits:
            yield f"\n  {_safe(str(edit))}", ""
    for remark in migration.remarks:
        yield "\n  to decide: ", "bold yellow"
        yield _safe(f"{remark.field}: {remark.question}"), ""


def _lines(file: RecordFile, new: bytes) -> Iterator[Span]:
    """Show the lines that would change as `diff -u` does; the reader has refused all that a terminal would obey."""
    path = visible(file.relative_path)
    old, now = (source.decode().splitlines(keepends=True) for source in (Path(file.path).read_bytes(), new))
    for number, line in enumerate(unified_diff(old, now, path, path)):
        style = "bold" if line.startswith(("---", "+++")) else _STYLES.get(line[0], "")
        yield "\n" if number else "", ""
        yield line.removesuffix("\n"), style
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file", ""


def _safe(text: str) -> str:
    return isolate(visible(text))
