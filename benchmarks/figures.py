"""The figures: which commands are compared, and the tables that tell what came of it."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import peers
from benchmarks.measure import Command, Ratio, peak_of_all, run, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.measure import Turns

_PYTHON = sys.executable
_SPAN = 10_000
"""The size to which the per-record cost of larger ones is compared, and at which edits are made."""
_STARTS = 15
"""Turns for commands that take a fraction of a second."""
_MODELS = """\
import pydantic
from defcoop.models import SourceCard
from defcoop.models.registry import TYPES
for model in (SourceCard, *(kind.model for kind in TYPES)):
    model.model_rebuild()
"""
_ONE_PROCESS = ("--no-cache", "--jobs", "1")


class Bench(NamedTuple):
    """The project, the folder for checkouts and peers, how many turns, which sizes, and the help page of `validate`."""

    root: Path
    room: Path
    runs: int
    sizes: Sequence[int]
    help: str

    def tree(self, size: int) -> Path:
        """Give the checkout of a size, written when it is first asked for."""
        folder = self.room / "trees" / str(size)
        if not folder.is_dir():
            run(Command([_PYTHON, "-m", "benchmarks.tree", str(size), str(folder)], self.root))
        return folder

    def validate(self, folder: Path, *words: str) -> Command:
        """Give the command that validates a checkout, without the options that this version does not know."""
        known = [word for word, option in _with_options(words) if not option or option in self.help]
        return Command([_PYTHON, "-m", "defcoop", "validate", *known], folder)


def tables(bench: Bench, *, peers: bool) -> Iterator[str]:
    """Measure, and give each table as soon as it is known."""
    yield _validation(bench)
    yield _starting(bench)
    if "--no-cache" in bench.help:
        yield _edits(bench)
    yield _building(bench)
    if peers:
        yield from (_peers(bench, size) for size in bench.sizes)


def _with_options(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pair each word with the option that it is or belongs to."""
    option = ""
    for word in words:
        option = word if word.startswith("--") else option
        yield word, option


def _validation(bench: Bench) -> str:
    commands: dict[str, Command] = {}
    for size in bench.sizes:
        folder = bench.tree(size)
        floor = [_PYTHON, "-m", "benchmarks.floor", str(folder)]
        commands |= {
            f"one {size}": bench.validate(folder, *_ONE_PROCESS),
            f"floor {size}": Command(floor, bench.root),
            f"csafe {size}": Command([*floor, "--reader", "csafe"], bench.root),
            f"default {size}": bench.validate(folder, "--no-cache"),
            f"two {size}": bench.validate(folder, "--no-cache", "--jobs", "2"),
        }
    turns = take_turns(commands, bench.runs)
    rows = [_size_row(bench, turns, size, commands) for size in bench.sizes]
    head = (
        "records",
        "one process / floor (CPU)",
        "CPU s, floor's",
        "CSafeLoader / floor (CPU)",
        "per record / at 10,000 (CPU)",
        "two / one process (wall)",
        "default / one process (wall)",
        "peak MB, one process",
        "peak MB, default, all processes",
    )
    return _table("Cold validation", head, rows)


def _size_row(bench: Bench, turns: Turns, size: int, commands: dict[str, Command]) -> tuple[str, ...]:
    several = "--jobs" in bench.help
    grown = turns.ratio(f"one {size}", f"one {_SPAN}") if _SPAN in bench.sizes else None
    return (
        f"{size:,}",
        _shown(turns.ratio(f"one {size}", f"floor {size}")),
        f"{turns.middle(f'one {size}'):.2f}, {turns.middle(f'floor {size}'):.2f}",
        _shown(turns.ratio(f"csafe {size}", f"floor {size}")),
        _shown(grown, _SPAN / size) if grown and size > _SPAN else "",
        _shown(turns.ratio(f"two {size}", f"one {size}", "wall")) if several else "",
        _shown(turns.ratio(f"default {size}", f"one {size}", "wall")) if several else "",
        f"{turns.middle(f'one {size}', 'peak'):.0f}",
        f"{peak_of_all(commands[f'default {size}']):.0f}",
    )


def _starting(bench: Bench) -> str:
    checkout = _own_checkout(bench)
    changed = checkout / "dataset" / "actors" / "act-qat.yaml"
    _edit(changed, 0)
    one_file = bench.validate(checkout, "--changed-since", "HEAD", str(changed.relative_to(checkout)))
    commands = {
        "bare": Command([_PYTHON, "-c", "pass"], bench.room),
        "import": Command([_PYTHON, "-c", "import defcoop"], bench.room),
        "models": Command([_PYTHON, "-c", _MODELS], bench.room),
        "one file": one_file,
    }
    turns = take_turns(commands, _STARTS)
    milliseconds = {name: f"{turns.middle(name) * 1000:.0f}" for name in commands}
    cost = (turns.middle("import") - turns.middle("bare")) * 1000
    rows = [
        ("`import defcoop`, beyond bare Python", f"{cost:.0f}", ""),
        ("importing pydantic and building the models", milliseconds["models"], "1"),
        (
            "one changed file of the project's own checkout",
            milliseconds["one file"],
            _shown(turns.ratio("one file", "models")),
        ),
    ]
    return _table("Starting", ("what", "CPU ms", "/ building the models (CPU)"), rows)


def _edits(bench: Bench) -> str:
    rows = []
    for size in bench.sizes:
        folder = bench.tree(size)
        record = min((folder / "dataset" / "agreements").iterdir())
        again = bench.validate(folder)
        for _ in range(2):  # the second run finds the files old enough for their time stamps to be trusted
            run(again)
        cold = bench.validate(folder, *_ONE_PROCESS)
        turns = take_turns({"again": again, "cold": cold}, bench.runs, partial(_edit, record))
        seconds = f"{turns.middle('again'):.2f}, {turns.middle('cold'):.2f}"
        rows.append((f"{size:,}", _shown(turns.ratio("again", "cold")), seconds))
    return _table("After one edit, with the cache", ("records", "again / cold (CPU)", "CPU s, cold's"), rows)


def _building(bench: Bench) -> str:
    rows = []
    for size in bench.sizes:
        tree, package = bench.tree(size), bench.room / "trees" / f"built-{size}"
        build = Command([_PYTHON, "-m", "defcoop", "build", "--jobs", "1", "--out", str(package)], tree)
        run(build)
        rewriting = [_PYTHON, "-m", "benchmarks.rewriting", str(package)]
        commands = {
            "build": build,
            "validate": bench.validate(tree, *_ONE_PROCESS),
            "written": Command(rewriting, bench.root),
            "read": Command([*rewriting, "--read-only"], bench.root),
        }
        turns = take_turns(commands, bench.runs)
        costs = zip(*(turns.costs[name] for name in commands), strict=True)
        ratios = [ours.cpu / (checked.cpu + written.cpu - read.cpu) for ours, checked, written, read in costs]
        seconds = ", ".join(f"{turns.middle(name):.2f}" for name in commands)
        shown = _shown(Ratio(median(ratios), min(ratios), max(ratios)))
        rows.append((f"{size:,}", shown, seconds, f"{turns.middle('build', 'peak'):.0f}"))
    head = ("records", "build / (validate + csv.writer) (CPU)", "CPU s: build, validate, rows written, read", "peak MB")
    return _table("Building the package, one process", head, rows)


def _peers(bench: Bench, size: int) -> str:
    tree, package = bench.tree(size), bench.room / "trees" / f"package-{size}"
    run(Command([_PYTHON, "-m", "defcoop", "build", "--out", str(package)], tree))
    subject = peers.Subject(tree, package, bench.root / "schema", bench.room)
    commands = {"ours": bench.validate(tree, *_ONE_PROCESS)}
    absent: list[tuple[str, ...]] = []
    for peer in peers.PEERS:
        programs = peers.install(peer, bench.room) if size <= peer.most else None
        if programs:
            commands[peer.name] = peer.command(programs, subject)
        else:
            reason = "not run at this size" if size > peer.most else "could not be installed"
            absent.append((f"{peer.package}: {peer.looks_at}", reason, "", ""))
    turns = take_turns(commands, bench.runs)
    rows = [
        (
            f"{peer.package}: {peer.looks_at}",
            _shown(turns.ratio(peer.name, "ours")),
            f"{turns.middle(peer.name):.1f}",
            f"{turns.middle(peer.name, 'peak'):.0f}",
        )
        for peer in peers.PEERS
        if peer.name in commands
    ]
    ours = (
        "defcoop, all its checks, one process",
        "1",
        f"{turns.middle('ours'):.1f}",
        f"{turns.middle('ours', 'peak'):.0f}",
    )
    return _table(f"Peers, {size:,} records", ("what", "/ ours (CPU)", "CPU s", "peak MB"), [ours, *rows, *absent])


def _own_checkout(bench: Bench) -> Path:
    """Copy the project's own records to a git repository of their own."""
    checkout = bench.room / "trees" / "own"
    for name in ("dataset", "seeds"):
        shutil.copytree(bench.root / name, checkout / name)
    identity = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message=records")):
        run(Command(["git", *identity, *words], checkout))
    return checkout


def _edit(record: Path, turn: int) -> None:
    """Change the summary of a record, each time to another length."""
    lines = record.read_text(encoding="utf-8").splitlines(keepends=True)
    spot = next(number for number, line in enumerate(lines) if line.startswith("summary:"))
    lines[spot] = f"summary: Edited, turn {'and turn ' * (turn % 7)}again.\n"
    while lines[spot + 1].startswith("  "):
        del lines[spot + 1]
    record.write_text("".join(lines), encoding="utf-8")


def _shown(ratio: Ratio, scale: float = 1) -> str:
    middle, least, greatest = (part * scale for part in ratio)
    return f"{middle:.2f} ({least:.2f} to {greatest:.2f})"


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return f"## {title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)
