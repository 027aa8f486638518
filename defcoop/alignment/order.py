"""The order of a dyad: the lower code first, as DCAD, COW and the other undirected tables of the field have it."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Literal, get_args

from defcoop.alignment.coding import known_actors
from defcoop.models.actor import CodeScheme
from defcoop.package.naming import check_known

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.alignment.coding import HasActors

Order = Literal["cow", "gw"]
"""The system whose lower code comes first; the two differ for Serbia and some islands of the Pacific."""

Rank = tuple[float, float, str]
"""What actors are sorted by: their codes in the two systems, infinite where there is none, and their id."""


def ranks(dataset: HasActors, order: Order = "cow") -> Callable[[str], Rank]:
    """Give the function by which the actors of a dyad are sorted.

    The lower code comes first; of two without a code in that system, the lower in the other; else the lower id. An
    actor with a code comes before one without. Codes of one state over time lie beside each other in both lists, so
    the order of a dyad is that of its codes at any time.

    Args:
        dataset: the dataset whose actors are meant.
        order: the system whose codes decide.

    Raises:
        InputError: if there is no such system.

    >>> import defcoop
    >>> sorted(["act-qat", "act-tur", "act-tur-mod"], key=ranks(defcoop.load()))
    ['act-tur', 'act-qat', 'act-tur-mod']
    """
    check_known("order of dyads", order, get_args(Order))
    first = CodeScheme[order.upper()]
    second = CodeScheme.GW if first is CodeScheme.COW else CodeScheme.COW

    known = known_actors(dataset)

    def rank(actor_id: str) -> Rank:
        codes = known[actor_id].codes if actor_id in known else ()
        lowest = {code.scheme: inf for code in codes}
        for code in codes:
            if code.scheme in {first, second}:
                lowest[code.scheme] = min(lowest[code.scheme], float(code.code))
        return lowest.get(first, inf), lowest.get(second, inf), actor_id

    return rank
