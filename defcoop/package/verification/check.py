"""What every check of tables is: prepared for each table in turn, it checks the blocks of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from defcoop.package.verification.verdict import Tally, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.package.described import DescribedTable
    from defcoop.package.verification.row_blocks import RowBlock
    from defcoop.package.verification.verdict import Failure


class TableCheck:
    """A check; each of its steps gives the failures found in it."""

    name: ClassVar[str]
    unit: ClassVar[str]
    kind: ClassVar[UnitKind] = UnitKind.ITEM
    of_cells: ClassVar[bool] = False
    """Whether it need not be made again for cells that repeat those of other tables."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self.tally = Tally(self.name, self.unit, self.kind)

    def units(self, table: DescribedTable) -> int:  # noqa: ARG002 - for checks that need it
        """Count what is verified, or fails, or is not checked, in a table as such."""
        return 0

    def begin(self, table: DescribedTable) -> Iterable[Failure]:  # noqa: ARG002 - for checks that need it
        """Prepare for a table."""
        return ()

    def check_rows(self, block: RowBlock) -> Iterable[Failure]:  # noqa: ARG002 - for checks that need it
        """Check some rows of the table."""
        return ()

    def end(self, table: DescribedTable) -> Iterable[Failure]:  # noqa: ARG002 - for checks that need it
        """Check the table as a whole, after all of its rows."""
        return ()

    def table_missing(self, table: DescribedTable) -> None:
        """Do without a table that cannot be read."""
        self.tally.skip(self.units(table), f"{table.path} cannot be read")

    def finish(self) -> Iterable[Failure]:
        """Check what all tables say together."""
        return ()
