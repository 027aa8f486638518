"""Measuring whole processes: CPU time of all that a command starts, wall time, peak memory, in interleaved pairs."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_STEP = 0.02


class CommandError(RuntimeError):
    """A command that failed; its time would mean nothing."""


class Command(NamedTuple):
    """What to run and where."""

    words: Sequence[str]
    folder: Path


class Cost(NamedTuple):
    """CPU and wall seconds, and the megabytes of the largest process."""

    cpu: float
    wall: float
    peak: float


class Ratio(NamedTuple):
    """The median of the ratios of pairs, with the least and the greatest."""

    middle: float
    least: float
    greatest: float


class Turns(NamedTuple):
    """The costs of commands that took turns, by their names."""

    costs: Mapping[str, Sequence[Cost]]

    def ratio(self, ours: str, theirs: str, what: Literal["cpu", "wall"] = "cpu") -> Ratio:
        """Compare two commands turn by turn, in CPU or wall time."""
        pairs = zip(self.costs[ours], self.costs[theirs], strict=True)
        ratios = [getattr(a, what) / getattr(b, what) for a, b in pairs]
        return Ratio(median(ratios), min(ratios), max(ratios))

    def middle(self, name: str, what: Literal["cpu", "wall", "peak"] = "cpu") -> float:
        """Give the median of a command's CPU seconds, wall seconds or megabytes."""
        return float(median(getattr(cost, what) for cost in self.costs[name]))


def run(command: Command) -> Cost:
    """Run a command to its end.

    CPU time is that of the process and of every process it waited for. The caller should be small, since Linux
    counts its memory as the child's until the child has become another program.

    Raises:
        CommandError: if the command fails.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = _start(command, output.fileno())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            msg = f"{' '.join(command.words)[:300]} ended with {process.returncode}:\n{output.read(4000).decode()}"
            raise CommandError(msg)
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def take_turns(commands: Mapping[str, Command], runs: int, before: Callable[[int], None] = lambda _: None) -> Turns:
    """Run commands in turns, A B A B; `before` is called ahead of each round with its number."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(runs):
        before(turn)
        for name, command in commands.items():
            costs[name].append(run(command))
    return Turns(costs)


def peak_of_all(command: Command) -> float:
    """Give the peak of the memory that all processes of a command hold together (proportional set sizes), in MB."""
    process = _start(command, subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_held(number) for number in _family(process.pid)))
        time.sleep(_STEP)
    return peak / 1024


def _start(command: Command, output: int) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DEFCOOP_")}
    return subprocess.Popen(
        command.words, cwd=command.folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
    )


def _family(number: int) -> list[int]:
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [number, *(member for child in children for member in _family(int(child)))]


def _held(number: int) -> int:
    """Give the proportional set size of a process in kB, or 0 once it is gone."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
