"""Coverage: what somebody vouches to have looked for, so that not finding it means that there was none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis._panel.actors import chosen
from defcoop.analysis._panel.families import BY_NAME
from defcoop.analysis._panel.grid import years_of
from defcoop.analysis._refusals import check_known
from defcoop.package.naming import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis._panel.grid import Grid, Years


class Covered(NamedTuple):
    """Two actors, years, and families of acts that were looked for between them in all of these years.

    Attributes:
        a: an actor, as an id or a code.
        b: the other; in a directed panel both directions are covered.
        years: the years.
        families: names of families of acts, such as `agreements_signed`; all by default.
    """

    a: str | int
    b: str | int
    years: Years
    families: str | Sequence[str] = tuple(BY_NAME)


class Looked(NamedTuple):
    """Dyads that somebody vouches for in all of some years, which may lie outside a panel."""

    dyads: tuple[int, ...]
    years: tuple[int, ...]


def covered(dataset: DatasetLike, vouched: Covered | Iterable[Covered], grid: Grid) -> dict[str, list[Looked]]:
    """Say for each family that somebody vouches for which dyads are covered, and when.

    Raises:
        ValueError: if an actor or a family is not known.
    """
    by_family: dict[str, list[Looked]] = {}
    places = {actor: place for place, actor in enumerate(grid.actors)}
    for cover in (vouched,) if isinstance(vouched, Covered) else vouched:
        pair = chosen(dataset, (cover.a, cover.b), states=False)
        first, second = (places.get(actor) for actor in pair)
        years = tuple(years_of(cover.years))
        for family in map(str, listed(cover.families)):
            check_known("family of acts", family, BY_NAME)
            looked = by_family.setdefault(family, [])
            if first is not None and second is not None:
                dyads = {
                    grid.dyad(first, second),
                    grid.dyad(second, first) if grid.directed else grid.dyad(first, second),
                }
                looked.append(Looked(tuple(sorted(dyads)), years))
    return by_family
