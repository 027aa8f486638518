"""Contents: records by id, in one collection per type, with their source cards; they do not change."""

from __future__ import annotations

from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self, TypeVar

from defcoop.analysis.frames import FrameForm, backend_for
from defcoop.dataset._attributes import no_attribute
from defcoop.dataset._lookup import Lookup
from defcoop.dataset.collection import Collection
from defcoop.dataset.findable import Findable
from defcoop.errors import DefcoopError, UnknownIdError
from defcoop.io.html_table import table
from defcoop.models import DatasetCard, Record, SourceCard
from defcoop.models.dataset_card import UNTITLED
from defcoop.models.registry import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from defcoop.analysis.frames import Backend, Dtypes
    from defcoop.models import Actor, Agreement, Deployment, Engagement, Exercise, Facility, TradeFigure
    from defcoop.package import Package

_Thing = TypeVar("_Thing", Record, SourceCard)


class DataError(DefcoopError, ValueError):
    """Data that cannot be loaded; the message names the first thing that is wrong.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> defcoop.Dataset([*ds, ds["act-qat"]], [])
    Traceback (most recent call last):
    ...
    defcoop.dataset.contents.DataError: two records have the id act-qat
    """


class Contents(Findable):
    """What a dataset holds."""

    if TYPE_CHECKING:
        actors: Collection[Actor]
        agreements: Collection[Agreement]
        deployments: Collection[Deployment]
        exercises: Collection[Exercise]
        trade_figures: Collection[TradeFigure]
        engagements: Collection[Engagement]
        facilities: Collection[Facility]
        _records: Mapping[str, Record]
        _collections: Mapping[str, Collection[Any]]

    __slots__ = ("__weakref__", "_collections", "_records", "card", "frame_form", "seeds", "source", "version")

    frame_form: FrameForm
    """The library of its data frames and, for pandas, their types, where none are asked for."""

    seeds: Collection[SourceCard]

    card: DatasetCard
    """What the dataset says of itself in `dataset.yaml`, or of one that says nothing that it is untitled."""

    source: Package | None
    """The package that it was loaded from and whose tables it therefore has, if any; a pickle leaves it behind."""

    version: str
    """The version of the data; empty where they are no released ones, such as those of a checkout or a selection."""

    def __init__(  # noqa: PLR0913, PLR0917 - each is a part of a dataset
        self,
        records: Iterable[Record],
        cards: Iterable[SourceCard],
        source: Package | None = None,
        version: str | None = None,
        card: DatasetCard | None = None,
        frame_form: FrameForm | None = None,
    ) -> None:
        """Index records and source cards by id; version and card are those of the package by default.

        Raises:
            DataError: if two of them have the same id.
        """
        by_id = _indexed(records)
        groups: dict[type[Record], dict[str, Record]] = {kind.model: {} for kind in TYPES}
        for key, record in by_id.items():
            groups.setdefault(type(record), {})[key] = record
        indexed_cards = _indexed(cards)
        card = card or (source.card if source else UNTITLED)
        lookup = Lookup(by_id, indexed_cards, card.terms)
        collections = {kind.folder: Collection(kind.folder, kind.model, groups[kind.model], lookup) for kind in TYPES}
        object.__setattr__(self, "_lookup", lookup)
        object.__setattr__(self, "_records", by_id)
        object.__setattr__(self, "_collections", collections)
        object.__setattr__(self, "seeds", Collection("seeds", SourceCard, indexed_cards, lookup))
        object.__setattr__(self, "frame_form", frame_form or FrameForm())
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "card", card)
        object.__setattr__(self, "version", version or (source.version if source else ""))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a dataset does not change."""
        msg = f"a Dataset does not change: {name} cannot be set"
        raise AttributeError(msg)

    if not TYPE_CHECKING:  # so that a type checker tells a misspelt name

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the collection of a type
            """Give the collection of a record type by its folder's name, such as `ds.agreements`."""
            if name.startswith("_") or name not in self._collections:
                raise no_attribute(type(self), name, () if name.startswith("_") else self._collections)
            return self._collections[name]

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by content."""
        return type(self), (
            tuple(self._records.values()),
            tuple(self.seeds.values()),
            None,
            self.version,
            self.card,
            self.frame_form,
        )

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold the same records and source cards."""
        if not isinstance(other, Contents):
            return NotImplemented
        return self._records == other._records and self.seeds == other.seeds

    def __hash__(self) -> int:
        """Hash by ids."""
        return hash((*self._records, *self.seeds))

    def __getitem__(self, record_id: str) -> Record:
        """Give a record of any type by its id.

        Raises:
            KeyError: if there is none; the message names the id that is meant, or nearest.
        """
        try:
            return self._records[record_id]
        except KeyError:
            msg = f"no record has the id {record_id}. {self._lookup.hint(record_id, self._records)}".rstrip()
            raise UnknownIdError(msg) from None

    def __iter__(self) -> Iterator[Record]:
        """Iterate over all records, sorted by id."""
        return iter(self._records.values())

    def __contains__(self, record_id: object) -> bool:
        """Tell whether there is a record of that id."""
        return record_id in self._records

    @property
    def tables(self) -> Mapping[str, str]:
        """The tables that `frame` and `sql` know, by name, each with what its rows are."""
        from defcoop.package.tables import tables  # noqa: PLC0415 - loaded when it is asked for

        return {each.name: each.description for each in tables()}

    def cite(self) -> str:
        """Give how to cite these data, with their version.

        >>> import defcoop
        >>> defcoop.load().cite().startswith("The defcoop contributors: defcoop: ")
        True
        """
        from defcoop.package.about import cited  # noqa: PLC0415 - as above

        return cited(self.card, self.version)

    def framed_by(self, backend: Backend | None = None, *, dtypes: Dtypes | None = None) -> Self:
        """Give the dataset with another library of data frames, or other types of pandas, where none are asked for.

        Args:
            backend: `polars`, `pandas` or `pyarrow`; by default the first that is installed.
            dtypes: the types of pandas frames: `nullable`, `numpy` or `arrow`; with one, the backend is pandas.

        Raises:
            InputError: if there is no such library or no such types, or they do not go together.
            MissingLibraryError: if the library is not installed.

        >>> import defcoop
        >>> ds = defcoop.load().framed_by(dtypes="numpy")
        >>> ds.frame("deployments")["size_best"].dtype
        dtype('float64')
        """
        form = FrameForm(backend_for(dtypes, backend), dtypes)
        return type(self)(self, self.seeds.values(), self.source, self.version, self.card, form)

    def _ipython_key_completions_(self) -> list[str]:
        """List the ids, for completion between brackets in notebooks."""
        return list(self._records)

    def __dir__(self) -> list[str]:
        """List the collections too."""
        return sorted([*super().__dir__(), *self._collections])

    def __len__(self) -> int:
        """Count the records."""
        return len(self._records)

    def __repr__(self) -> str:
        """Count what it holds."""
        counts = ", ".join(f"{len(self._collections[kind.folder])} {kind.folder}" for kind in TYPES)
        return f"<Dataset: {counts}; {len(self.seeds)} seeds>"

    def _repr_html_(self) -> str:
        """Count what it holds in a table, for notebooks."""
        collections = [*self._collections.items(), ("seeds", self.seeds)]
        return table(
            "Dataset", ["collection", "records"], [(name, len(collection)) for name, collection in collections]
        )


def _indexed(things: Iterable[_Thing]) -> dict[str, _Thing]:
    ordered = sorted(things, key=attrgetter("id"))
    index = {thing.id: thing for thing in ordered}
    if len(index) < len(ordered):
        twice = next(one.id for one, other in pairwise(ordered) if one.id == other.id)
        msg = f"two records have the id {twice}"
        raise DataError(msg)
    return index
