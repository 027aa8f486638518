"""Validation of a checkout: every file inspected, every check between files run, every finding placed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop._collector import at_rest
from defcoop.crosschecks import CROSS_CHECKS
from defcoop.faults import Fault, World
from defcoop.findings import Finding, Report
from defcoop.registry import SEED, TYPES
from defcoop.tree import Leaflet, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from defcoop.cache import Cache
    from defcoop.faults import Tie
    from defcoop.pool import Side
    from defcoop.traits import Inspected, Traits


_BY_PREFIX = {kind.prefix: kind.name for kind in TYPES}


class Run(NamedTuple):
    """How a validation is run.

    `jobs` is the number of processes; `cache` keeps what was found in files that have not changed since; `only`
    names the files, relative to the checkout, that are checked in full, the others being read for what they say of
    each other; `side` is work to be done on the way, on the models that are read anyhow and in the order of their ids,
    for which no cache is of use.
    """

    jobs: int = 1
    cache: Cache | None = None
    only: Collection[str] | None = None
    side: Side[Any] | None = None


def validate(
    dataset: str | Path, cards: str | Path | None = None, texts: str | Path | None = None, run: Run | None = None
) -> Report:
    """Check a folder of records with its source cards and, where there is one, the folder of seed texts.

    Args:
        dataset: the folder of records.
        cards: the folder of source cards; by default `seeds` beside the dataset.
        texts: the folder of seed texts; without it passages are counted as unchecked.
        run: how it is run; by default in one process, without a cache, on all files.

    Raises:
        OSError: if a folder cannot be listed.
    """
    with at_rest():
        return _validate(Path(dataset).absolute(), cards, texts, run or Run())  # of `.` no parent could be told


def _validate(folder: Path, cards: str | Path | None, texts: str | Path | None, run: Run) -> Report:
    found = list(walk(folder, Path(cards) if cards else folder.parent / "seeds"))
    stray = [thing for thing in found if isinstance(thing, Finding)]
    leaflets = [thing for thing in found if isinstance(thing, Leaflet)]
    start = run.cache.begin(leaflets) if run.cache and not run.side else None
    recalled = run.cache.recall(leaflets, start) if run.cache and start else None
    inspected = _inspect(leaflets, Path(texts) if texts else None, run, recalled.known if recalled else {})
    findings = defaultdict(list, {shown: list(one.findings) for shown, one in inspected.items() if one.findings})
    by_stem = {leaflet.stem: leaflet for leaflet in leaflets}
    if len(by_stem) < len(leaflets):
        # A stem stands twice only if one of the two is in the wrong folder, which is a finding of its own.
        by_stem = {leaflet.stem: leaflet for leaflet in sorted(leaflets, key=_is_at_home)}
    traits = {stem: seen for stem, leaflet in by_stem.items() if (seen := inspected[leaflet.shown].traits)}
    if recalled and recalled.ties is not None and recalled.still_tied(inspected):
        between = recalled.ties
    else:
        world = World({stem: _type(leaflet) for stem, leaflet in by_stem.items()}, traits)
        between = [tie for check in CROSS_CHECKS for tie in check(world)]
    if run.cache and start and recalled and run.only is None:
        run.cache.keep(leaflets, inspected, between, start, recalled)
    for stem, ties in _grouped(between).items():
        shown = by_stem[stem].shown
        findings[shown] = _without_echoes(findings[shown], ties) + _place_ties(by_stem[stem], ties)
    # While a file is broken, some checks between files keep quiet, so no acceptance can be called stale.
    whole = len(traits) == len(by_stem)
    for stem in [stem for stem, seen in traits.items() if seen.accepts]:
        shown = by_stem[stem].shown
        in_full = whole and (run.only is None or shown in run.only)
        findings[shown] = _accept(by_stem[stem], findings[shown], traits[stem].accepts, in_full=in_full)
    return _report([*stray, *(one for group in findings.values() for one in group)], by_stem.values(), traits)


def _inspect(
    leaflets: Sequence[Leaflet], texts: Path | None, run: Run, known: Mapping[str, Inspected]
) -> dict[str, Inspected]:
    """Inspect every file of which nothing is known; by path as shown."""
    fresh = [leaflet for leaflet in leaflets if leaflet.shown not in known]
    if run.side:
        fresh.sort(key=lambda leaflet: leaflet.stem)
    found = dict(known)
    if fresh:
        from defcoop import pool  # noqa: PLC0415 - who remembers all needs no models

        seen = pool.inspect_files(fresh, pool.sources_of(leaflets, texts, fresh), run.jobs, run.only, run.side)
        found |= {leaflet.shown: one for leaflet, one in zip(fresh, seen, strict=True)}
    if run.only is not None:
        found = {shown: one if shown in run.only else one._replace(findings=()) for shown, one in found.items()}
    return found


def _type(leaflet: Leaflet) -> str:
    """Give the type of an id: that of its prefix, which holds even for a file in the wrong folder."""
    return _BY_PREFIX.get(leaflet.stem.partition("-")[0], leaflet.type)


def _is_at_home(leaflet: Leaflet) -> bool:
    return _type(leaflet) == leaflet.type


def _grouped(ties: Iterable[Tie]) -> dict[str, list[Tie]]:
    groups: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        groups[tie.id].append(tie)
    return groups


def _place_ties(leaflet: Leaflet, ties: Iterable[Tie]) -> list[Finding]:
    from defcoop.inspection import place_ties  # noqa: PLC0415 - a sound dataset needs it not

    return place_ties(leaflet, ties)


def _without_echoes(findings: list[Finding], ties: Iterable[Tie]) -> list[Finding]:
    """Leave out supported paths without a value (DC402) where a misspelt id (DC301) is why they have none."""
    meant = [tie.hint.removeprefix("Did you mean ").rstrip("?") for tie in ties if tie.code == "DC301" and tie.hint]
    return [
        finding
        for finding in findings
        if finding.code != "DC402" or not any(f"[{target}]" in finding.message for target in meant)
    ]


def _accept(leaflet: Leaflet, findings: list[Finding], accepted: Sequence[str], *, in_full: bool) -> list[Finding]:
    """Leave out the warnings that the record accepts, and name acceptances of warnings that it does not have."""
    from defcoop.reading import place  # noqa: PLC0415 - hardly any record accepts anything

    warned = {finding.code for finding in findings if finding.severity == "warning"}
    stale = [
        Fault("DC801", ("accept", number, "code"), f"the record has no warning {code}")
        for number, code in enumerate(accepted)
        if in_full and code not in warned
    ]
    kept = [finding for finding in findings if finding.severity == "error" or finding.code not in accepted]
    return kept + place(leaflet, stale)


def _report(findings: list[Finding], leaflets: Iterable[Leaflet], traits: Mapping[str, Traits]) -> Report:
    records = sum(leaflet.type != SEED for leaflet in leaflets if leaflet.stem in traits)
    at_hand = {stem for stem, seen in traits.items() if seen.text}
    cited = [citation for seen in traits.values() for citation in seen.citations]
    checked = sum(count for seed, count in cited if seed in at_hand)
    return Report(
        findings=tuple(
            sorted(findings, key=lambda finding: (finding.path, finding.line, finding.column, finding.code))
        ),
        records=records,
        sources=sum(leaflet.type == SEED for leaflet in leaflets if leaflet.stem in traits),
        passages_checked=checked,
        passages_unchecked=sum(count for _, count in cited) - checked,
    )
