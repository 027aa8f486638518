"""The dataset in memory: typed records by id, their sources, and what can be asked of them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from defcoop import claims as _claims
from defcoop.dataset import _html
from defcoop.dataset.collection import Collection
from defcoop.dataset.contradictions import Contradiction, contradictions
from defcoop.models import Record, SourceCard
from defcoop.models.leaves import covers
from defcoop.registry import TYPES, type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from defcoop.claims import Claim
    from defcoop.dataset.history import Variant
    from defcoop.dataset.linked import Linked
    from defcoop.dataset.losses import Losses
    from defcoop.dataset.tracing import Key
    from defcoop.models import Actor, Agreement, Deployment, Engagement, Exercise, Facility, TradeFigure

_Thing = TypeVar("_Thing", Record, SourceCard)


class DataError(ValueError):
    """Data that cannot be loaded; the message names the first thing that is wrong."""


class Dataset:
    """Records by id, in one collection per type, with their source cards; it does not change.

    Whatever makes a dataset of it (`as_of`, `at_least`, `only`, `without`) gives a new one in which no reference leads
    nowhere: what referred to a record that is not in it has lost that value, and goes itself if it cannot be without.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> ds.actors["act-qat"].kind.value
    'state'
    """

    if TYPE_CHECKING:
        actors: Collection[Actor]
        agreements: Collection[Agreement]
        deployments: Collection[Deployment]
        exercises: Collection[Exercise]
        trade_figures: Collection[TradeFigure]
        engagements: Collection[Engagement]
        facilities: Collection[Facility]

    __slots__ = ("__weakref__", "_collections", "_records", "seeds")

    seeds: Collection[SourceCard]

    def __init__(self, records: Iterable[Record], cards: Iterable[SourceCard]) -> None:
        """Index records and source cards by id.

        Raises:
            DataError: if two of them have the same id.
        """
        by_id = _indexed(records)
        groups: dict[type[Record], dict[str, Record]] = {kind.model: {} for kind in TYPES}
        for key, record in by_id.items():
            groups[type(record)][key] = record
        collections = {kind.folder: Collection(kind.folder, kind.model, groups[kind.model]) for kind in TYPES}
        object.__setattr__(self, "_records", by_id)
        object.__setattr__(self, "_collections", collections)
        object.__setattr__(self, "seeds", Collection("seeds", SourceCard, _indexed(cards)))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a dataset does not change."""
        msg = f"a Dataset does not change: {name} cannot be set"
        raise AttributeError(msg)

    if not TYPE_CHECKING:  # so that a type checker tells a misspelt name

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the collection of a type
            """Give the collection of a record type by its folder's name, such as `ds.agreements`."""
            if name.startswith("_") or name not in self._collections:
                raise AttributeError(name)
            return self._collections[name]

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by content."""
        return Dataset, (tuple(self._records.values()), tuple(self.seeds.values()))
