"""When and where the records play, as far as they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models.leaves import leaves
from defcoop.models.meaning import ground_paths
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from defcoop.models import Record


class Coverage(NamedTuple):
    """The years from the first to the last day that a date allows, and the names of the states."""

    first: int | None
    last: int | None
    states: tuple[str, ...]

    @property
    def years(self) -> str | None:
        """The years as ISO 8601 has them, such as `2007/2022`."""
        return None if self.first is None or self.last is None else f"{self.first:04}/{self.last:04}"


def coverage(records: Iterable[Record]) -> Coverage:
    """Tell which years and states the records that stand cover, by dates with two bounds and by places and hosts."""
    years: list[int] = []
    states: set[str] = set()
    names: dict[str, str] = {}
    for record in records:
        names[record.id] = record.name
        if record.withdrawn is not None:
            continue
        for leaf in leaves(record):
            if isinstance(leaf.value, Edtf) and leaf.value.earliest and leaf.value.latest:
                years += [leaf.value.earliest.year, leaf.value.latest.year]
            elif leaf.path.split("[")[0] in ground_paths(type(record)):
                states.add(str(leaf.value))
    return Coverage(
        min(years, default=None), max(years, default=None), tuple(sorted(names.get(state, state) for state in states))
    )
