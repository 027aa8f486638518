"""`defcoop verify`: check a built package by itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from defcoop.cli._options import PATH, format_option, package_or_installed, seeds_option, texts_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.package.verification import Failure, Outcome, Verdict


@click.command
@click.argument("package", type=PATH, required=False)
@seeds_option
@format_option(("text", "json"), "verdict")
@click.option("--deep", is_flag=True, help="Build the package again from its records too, and compare.")
def verify(package: Path | None, seeds: Path | None, output: str, *, deep: bool) -> None:
    """Check a package: hashes, tables, keys, claims, tombstones, and with the texts every passage.

    PACKAGE is a folder or a zip; by default build/package, else the data that came with the library. What is verified,
    what is not checked and what failed is told apart.

    Example: defcoop verify build/package
    """
    from defcoop.package.verification import verify as check

    with package_or_installed(package) as place:
        verdict = check(place, texts_folder(Path("dataset"), seeds), deep=deep)
    click.echo(_json(verdict) if output == "json" else "\n".join(_text(verdict)))
    sys.exit(0 if verdict.ok else 1)


def _text(verdict: Verdict) -> Iterator[str]:
    from defcoop.cli.formats._visible import visible

    for outcome in verdict.outcomes:
        for failure in outcome.failures:
            yield visible(f"{_place(failure)}: {outcome.check}: {_said(failure)}")
        if outcome.failed > len(outcome.failures):
            yield f"{outcome.check}: {outcome.failed - len(outcome.failures):,} more"
    if not verdict.ok:
        yield ""
    width = max(len(outcome.check) for outcome in verdict.outcomes)
    for outcome in verdict.outcomes:
        yield visible(f"{outcome.check:{width}}  {_counts(outcome)}")
    yield ""
    yield "Nothing failed." if verdict.ok else "The package is not sound."


def _place(failure: Failure) -> str:
    return failure.path if failure.line is None else f"{failure.path}:{failure.line}"


def _said(failure: Failure) -> str:
    return failure.message if failure.column is None else f"{failure.column}: {failure.message}"


def _counts(outcome: Outcome) -> str:
    """Say how many units are verified, failed and not checked, and why the last."""
    parts = []
    if outcome.verified or not (outcome.failed or outcome.reasons):
        parts.append(f"{_number(outcome.verified, outcome.unit)} verified")
    if outcome.failed:
        parts.append(f"{_number(outcome.failed, outcome.unit)} failed")
    if outcome.reasons:
        count = f"{_number(outcome.unchecked, outcome.unit)} " if outcome.unchecked else ""
        parts.append(f"{count}not checked ({'; '.join(outcome.reasons)})")
    return ", ".join(parts)


def _number(count: int, unit: str) -> str:
    return f"{count:,} {unit if count == 1 else f'{unit}s'}"


def _json(verdict: Verdict) -> str:
    from defcoop.cli.formats._dump import dump

    return dump(
        {
            "ok": verdict.ok,
            "checks": [
                {
                    "check": outcome.check,
                    "unit": outcome.unit,
                    "verified": outcome.verified,
                    "not_checked": outcome.unchecked,
                    "failed": outcome.failed,
                    "reasons": list(outcome.reasons),
                    "failures": [failure._asdict() for failure in outcome.failures],
                }
                for outcome in verdict.outcomes
            ],
        }
    )
