"""What every check of tables is: told of each table in turn, it looks at the blocks of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from defcoop.package.verification.verdict import Grain, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.package.verification.blocks import Block
    from defcoop.package.verification.shape import Table
    from defcoop.package.verification.verdict import Failure


class Check:
    """A check; each of its steps gives the failures found in it."""

    name: ClassVar[str]
    unit: ClassVar[str]
    grain: ClassVar[Grain] = Grain.THING

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.tally = Tally(self.name, self.unit, self.grain)

    def units(self, table: Table) -> int:  # noqa: ARG002 - for checks that need it
        """Count what is verified, or fails, or is not checked, in a table as such."""
        return 0

    def begin(self, table: Table) -> Iterable[Failure]:  # noqa: ARG002 - for checks that need it
        """Prepare for a table."""
        return ()

    def look(self, block: Block) -> Iterable[Failure]:  # noqa: ARG002 - for checks that need it
        """Look at some rows of the table."""
        return ()

    def take(self, table: Table, rows: int) -> None:
        """Take so many rows of the table as proven, without a look."""

    def end(self, table: Table) -> Iterable[Failure]:  # noqa: ARG002 - for checks that need it
        """Look back at the table, all of whose rows have been seen."""
        return ()

    def lose(self, table: Table) -> None:
        """Do without a table that cannot be read."""
        self.tally.skip(self.units(table), f"{table.path} cannot be read")

    def finish(self) -> Iterable[Failure]:
        """Look back at all tables."""
        return ()
