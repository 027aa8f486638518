"""The verdict on a package: what was verified, what was not checked, what failed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_SHOWN = 20
"""How many failures of one check are kept; the others are only counted."""

_LONGEST = 500


class UnitKind(Enum):
    """What a check counts: whole files, columns of tables, or single items, each of which fails at most once."""

    FILE = "file"
    COLUMN = "column"
    ITEM = "item"


class Failure(NamedTuple):
    """What does not hold: in which file, at which line and in which column if in one, and why."""

    path: str
    line: int | None
    column: str | None
    message: str


class Outcome(NamedTuple):
    """What one check came to: how many of its units hold, were not checked (and why), or failed."""

    check: str
    unit: str
    verified: int
    unchecked: int
    failed: int
    reasons: tuple[str, ...]
    failures: tuple[Failure, ...]


class Verdict(NamedTuple):
    """What every check of a package came to."""

    outcomes: tuple[Outcome, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed; something may still be unchecked."""
        return not any(outcome.failed for outcome in self.outcomes)


@dataclass(slots=True)
class Tally:
    """The counts of one check while it runs."""

    check: str
    unit: str
    kind: UnitKind = UnitKind.ITEM
    total: int = 0
    unchecked: int = 0
    failed: int = 0
    failures: list[Failure] = field(default_factory=list)
    _reasons: dict[str, None] = field(default_factory=dict)
    _failed_units: set[tuple[str | None, ...]] = field(default_factory=set)

    def skip(self, number: int, reason: str) -> None:
        """Count units that are not checked, with the reason unless it has been given."""
        self.unchecked += number
        if reason:
            self._reasons[reason] = None

    def fail(self, failures: Iterable[Failure]) -> None:
        """Count failures: several in one file or column are one failed unit."""
        for failure in failures:
            if len(self.failures) < MOST_SHOWN:
                self.failures.append(failure._replace(message=failure.message[:_LONGEST]))
            if self.kind is UnitKind.ITEM:
                self.failed += 1
            else:
                self._failed_units.add((failure.path, failure.column if self.kind is UnitKind.COLUMN else None))
                self.failed = len(self._failed_units)

    def outcome(self) -> Outcome:
        """Sum up."""
        # Some failures are of no unit that was counted, such as a file too many.
        verified = max(0, self.total - self.failed)
        return Outcome(
            self.check, self.unit, verified, self.unchecked, self.failed, tuple(self._reasons), tuple(self.failures)
        )
