"""An aligner: which actors of ours the cells of a table of others mean, row by row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from defcoop.alignment.coding import Coding
from defcoop.alignment.mismatches import Mismatch, Partner
from defcoop.alignment.order import ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from defcoop.alignment.coding import HasActors
    from defcoop.alignment.layouts import Layout
    from defcoop.alignment.order import Rank


class Aligner:
    """What the cells of a table of some layout mean; each is looked up once."""

    def __init__(
        self, dataset: HasActors, layout: Layout, also: Mapping[Any, str], *, outside: bool | None = None
    ) -> None:
        """Prepare to look up.

        Args:
            dataset: whose actors are known beside the states of the world.
            layout: the layout of the table.
            also: further codes or names as the table has them, with the ids of their actors; they come first.
            outside: whether a code leads to its only holder also at a time at which the list has no such state; as
                the layout says by default.
        """
        self.layout = layout
        self.outside = layout.outside if outside is None else outside
        self.coding = Coding(dataset, layout.scheme, outside=self.outside)
        self._also = {**layout.names, **also}
        self._partners: dict[tuple[Any, Any], Partner] = {}
        self._rank = ranks(dataset)
        self._ranked: dict[str, Rank] = {}

    def partner(self, cell: Any, when: Any = None) -> Partner:  # noqa: ANN401 - a cell of any kind
        """Give the actor that a cell means at a time, or why there is none."""
        if cell in self._also:
            return Partner(self._also[cell])
        if (cell, when) not in self._partners:
            self._partners[cell, when] = self._looked_up(cell, when)
        return self._partners[cell, when]

    def pair(self, first: Any, second: Any, when: Any) -> tuple[str | None, str | None]:  # noqa: ANN401 - as above
        """Give the two actors of a row, those of undirected layouts in the order of panels, the unknown before all."""
        a = self.partner(first, when).actor if self.layout.first else self.layout.always or None
        b = self.partner(second, when).actor if self.layout.second else None
        if not self.layout.directed and a and (b is None or self._key(b) < self._key(a)) and self.layout.second:
            return b, a
        return a, b

    def _key(self, actor: str) -> Rank:
        if actor not in self._ranked:
            self._ranked[actor] = self._rank(actor)
        return self._ranked[actor]

    def _looked_up(self, cell: Any, when: Any) -> Partner:  # noqa: ANN401 - as above
        partner = self.coding.partner(cell, when)
        if partner.reason in {Mismatch.UNKNOWN, Mismatch.LIST_CLOSED} and re.fullmatch(
            self.layout.no_state, str(cell).strip()
        ):
            return Partner(None, Mismatch.NO_STATE)
        return partner
