"""The dataset in memory: typed records by id, their sources, and their claims."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from defcoop import claims as _claims
from defcoop.models import Record, SourceCard
from defcoop.models.leaves import covers
from defcoop.reading import read_leaflet
from defcoop.registry import TYPES, type_of
from defcoop.tree import Leaflet, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from defcoop.claims import Claim
    from defcoop.models import Actor, Agreement, Deployment, Engagement, Exercise, Facility, TradeFigure

_Thing = TypeVar("_Thing", Record, SourceCard)


class DataError(ValueError):
    """Data that cannot be loaded; the message names the first thing that is wrong."""


class Dataset:
    """Records by id, in one collection per type, with their source cards; it does not change.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> ds.actors["act-qat"].kind.value
    'state'
    """

    if TYPE_CHECKING:
        actors: Mapping[str, Actor]
        agreements: Mapping[str, Agreement]
        deployments: Mapping[str, Deployment]
        exercises: Mapping[str, Exercise]
        trade_figures: Mapping[str, TradeFigure]
        engagements: Mapping[str, Engagement]
        facilities: Mapping[str, Facility]

    __slots__ = ("_collections", "_records", "seeds")

    seeds: Mapping[str, SourceCard]

    def __init__(self, records: Iterable[Record], cards: Iterable[SourceCard]) -> None:
        """Index records and source cards by id.

        Raises:
            DataError: if two of them have the same id.
        """
        by_id = _indexed(records)
        collections = {
            kind.folder: MappingProxyType({i: r for i, r in by_id.items() if type(r) is kind.model}) for kind in TYPES
        }
        object.__setattr__(self, "_records", MappingProxyType(by_id))
        object.__setattr__(self, "_collections", collections)
        object.__setattr__(self, "seeds", MappingProxyType(_indexed(cards)))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a dataset does not change."""
        msg = f"a Dataset does not change: {name} cannot be set"
        raise AttributeError(msg)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the collection of a type, mapping ids to records
        """Give the collection of a record type by its folder's name, such as `ds.agreements`."""
        if name.startswith("_") or name not in self._collections:
            raise AttributeError(name)
        return self._collections[name]

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by content."""
        return Dataset, (tuple(self._records.values()), tuple(self.seeds.values()))

    def __getitem__(self, record_id: str) -> Record:
        """Give a record of any type by its id."""
        record: Record = self._records[record_id]
        return record

    def __iter__(self) -> Iterator[Record]:
        """Iterate over all records, sorted by id."""
        return iter(self._records.values())

    def __contains__(self, record_id: object) -> bool:
        """Tell whether there is a record of that id."""
        return record_id in self._records

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

    def claims(self, record: str | Record, field: str | None = None) -> list[Claim]:
        """Say who tells the values of a record, where, and how firmly.

        Args:
            record: a record or its id.
            field: a path such as `signed` or `parties[act-tur]`; everything beneath it is included. All by default.

        Raises:
            KeyError: if there is no such record.

        >>> import defcoop
        >>> defcoop.load().claims("act-qat", "kind")[0].relation
        'supports'
        """
        found = self[record] if isinstance(record, str) else record
        every = _claims.claims(found, type_of(found).name)
        return [claim for claim in every if field is None or covers(field, claim.field)]


def load(path: str | Path | None = None) -> Dataset:
    """Load a dataset: the one that comes with the library, or a checkout's, or a built package's.

    Args:
        path: a checkout (the folder that holds `dataset/` and `seeds/`) or a package (a folder that holds
            `datapackage.json`, or its zip).

    Raises:
        DataError: if a record cannot be read.
        OSError: if there is no such folder.
    """
    folder = _shipped() if path is None else Path(path)
    if folder.is_file() or (folder / "datapackage.json").is_file():
        from defcoop.package.reader import PackageError, open_package  # noqa: PLC0415 - only packages need it

        try:
            return Dataset(*open_package(folder).contents())
        except PackageError as error:
            raise DataError(str(error)) from None
    return read_checkout(folder / "dataset", folder / "seeds")


def read_checkout(dataset: Path, cards: Path) -> Dataset:
    """Read a folder of records and a folder of source cards.

    Raises:
        DataError: if one of them cannot be read.
        OSError: if there is no such folder.
    """
    models = [_sound(found) for found in walk(dataset.absolute(), cards.absolute()) if isinstance(found, Leaflet)]
    return Dataset(
        (model for model in models if isinstance(model, Record)),
        (model for model in models if isinstance(model, SourceCard)),
    )


def _shipped() -> Path:
    """Find the data that an installed wheel carries, or those of the checkout that is run."""
    here = Path(__file__).parent
    return here / "_data" if (here / "_data").is_dir() else here.parent


def _sound(leaflet: Leaflet) -> Record | SourceCard:
    read = read_leaflet(leaflet)
    if read.model is None:
        first = read.findings[0]
        msg = f"{first.path}:{first.line}:{first.column}: {first.code} {first.message}"
        raise DataError(msg)
    return read.model


def _indexed(things: Iterable[_Thing]) -> dict[str, _Thing]:
    index: dict[str, _Thing] = {}
    for thing in sorted(things, key=lambda thing: thing.id):
        if thing.id in index:
            msg = f"two records have the id {thing.id}"
            raise DataError(msg)
        index[thing.id] = thing
    return index
