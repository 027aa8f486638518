"""Loading: the dataset that comes with the library, a checkout's, or that of a built package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from defcoop.dataset.contents import DataError
from defcoop.dataset.core import Dataset
from defcoop.io.gc_pause import gc_paused
from defcoop.models import Actor, DatasetCard, Record, SourceCard
from defcoop.models.lists import read_list
from defcoop.models.references import targets
from defcoop.models.registry import BY_NAME, OWN_TYPES, PLUGIN_OF, SEED, types_with
from defcoop.reference.states import ReferenceIds, referenced, state

if TYPE_CHECKING:
    from datetime import date
    from importlib.resources.abc import Traversable

    from defcoop.analysis.frames import Backend, Dtypes
    from defcoop.io.record_files import RecordFile
    from defcoop.lookup.matches import Matches

_Thing = TypeVar("_Thing", bound=Record | SourceCard)


def load(path: str | Path | None = None, *, backend: Backend | None = None, dtypes: Dtypes | None = None) -> Dataset:
    """Load a dataset: the one that comes with the library, or a checkout's, or a built package's.

    Args:
        path: a checkout (the folder that holds `dataset/` and `seeds/`, or its `dataset/`) or a package (a folder that
            holds `datapackage.json`, that file, or a zip), also of an older schema: its records then have the form of
            today's.
        backend: the library whose data frames are given where none is asked for: `polars`, `pandas` or `pyarrow`.
        dtypes: the types of pandas frames, likewise: `nullable`, `numpy` or `arrow`.

    Raises:
        DataError: if a record cannot be read.
        InputError: if there is no such library or no such types.
        OSError: if there is no such folder, or no dataset in it.

    >>> import defcoop
    >>> len(defcoop.load()) > 0
    True
    """
    dataset = _loaded(path)
    return dataset if backend is None and dtypes is None else dataset.framed_by(backend, dtypes=dtypes)


def _loaded(path: str | Path | None) -> Dataset:
    if path is None:
        return _shipped()
    from defcoop.io.places import Checkout, place_at  # noqa: PLC0415 - the data that came with it need no place

    place = place_at(path)
    return read_checkout(*place) if isinstance(place, Checkout) else _packaged(place)


def find(
    text: str | int,
    *,
    at: date | str | int | None = None,
    type: str | None = None,  # noqa: A002 - the word for it
) -> Matches[Record]:
    """Look up records of the dataset that comes with the library, and states of the world, by an id, a code or a name.

    Args:
        text: an id, a code or a name in any language, as in `Dataset.find`.
        at: the day, year or EDTF date at which the code held, or the state was one; at any time by default.
        type: the type of the records, such as `actor`; all by default.

    Returns:
        The records that may be meant, the surest first, each with the reason.

    Raises:
        InputError: if the time is no date, or there is no such type.

    >>> import defcoop
    >>> defcoop.find("Katar").single().id
    'act-qat'
    """
    return _released().find(text, at=at, type=type)


@cache
def _released() -> Dataset:
    """Keep the dataset that comes with the library for further lookups; it does not change."""
    return load()


def read_checkout(dataset: Path, cards: Path) -> Dataset:
    """Read a folder of records and a folder of source cards, wherever they lie.

    States that are named and have no record there come with the library.

    Args:
        dataset: the folder that holds a folder of records for each type.
        cards: the folder of source cards.

    Raises:
        DataError: if a file cannot be read.
        OSError: if there is no such folder.

    >>> import defcoop
    >>> from pathlib import Path
    >>> checkout = Path(defcoop.__file__).parents[1]
    >>> read_checkout(checkout / "dataset", checkout / "seeds") == defcoop.load()
    True
    """
    from defcoop.io.record_files import RecordFile, walk  # noqa: PLC0415 - only checkouts need YAML and all that finds fault with it

    with gc_paused():
        card = _sound_card(dataset.absolute().parent)
        models = [
            _sound(file, card) for file in walk(dataset.absolute(), cards.absolute()) if isinstance(file, RecordFile)
        ]
        linked: set[tuple[str, str]] = set()
        for model in models:
            targets(model, linked)
        states = map(state, referenced((target for target, _ in linked), {model.id for model in models}))
        return Dataset(
            [*(model for model in models if isinstance(model, Record)), *states],
            (model for model in models if isinstance(model, SourceCard)),
            card=card,
        )


def shipped_card() -> DatasetCard:
    """Read what the dataset that comes with the library says of itself."""
    place = files("defcoop") / "_data" / "dataset.json"
    if place.is_file():
        return DatasetCard.model_validate_json(place.read_bytes())
    return _sound_card(Path(__file__).parents[2])


def _shipped() -> Dataset:
    """Read the data that an installed library carries as lists in JSON, or those of the checkout that is run."""
    data = files("defcoop") / "_data"  # the library may be a wheel that is run without being unpacked
    if not data.is_dir():
        checkout = Path(__file__).parents[2]
        return read_checkout(checkout / "dataset", checkout / "seeds")
    with gc_paused():
        card = shipped_card()
        records: list[Record] = []
        for kind in OWN_TYPES:
            records += _listed(data / f"{kind.folder}.json", kind.model, card)
        return Dataset(records, _listed(data / "seeds.json", SourceCard, card), version=card.version, card=card)


def _listed(path: Traversable, model: type[_Thing], card: DatasetCard) -> list[_Thing]:
    try:
        return read_list(path.read_bytes(), model, card.terms.context(ReferenceIds() if model is Actor else ()))
    except ValidationError as error:
        msg = f"{path} does not hold what it should: {error}"
        raise DataError(msg) from None


def _packaged(place: Path) -> Dataset:
    from defcoop.io.migration import is_older  # noqa: PLC0415 - as for checkouts
    from defcoop.package.opener import PackageError  # noqa: PLC0415 - only packages need it
    from defcoop.package.reader import open_package  # noqa: PLC0415 - as above

    try:
        with gc_paused():
            package = open_package(place.absolute())
            # Tables of an older schema are not those of its records as they are now.
            return Dataset(
                *package.contents(), None if is_older(package.schema) else package, package.version, package.card
            )
    except PackageError as error:
        raise DataError(str(error)) from None


def _sound_card(checkout: Path) -> DatasetCard:
    from defcoop.validation.dataset_card import read_card  # noqa: PLC0415 - as for checkouts

    read = read_card(checkout)
    for first in read.findings:
        msg = f"{first.path}:{first.line}:{first.column}: {first.code} {first.message}"
        raise DataError(msg)
    return read.card


def _sound(file: RecordFile, card: DatasetCard) -> Record | SourceCard:
    if file.type != SEED and BY_NAME[file.type] not in types_with(card.needed_plugins):
        msg = f"{file.relative_path}: the package {PLUGIN_OF[file.type]} is not among the plugins in dataset.yaml"
        raise DataError(msg)
    from defcoop.validation.reading import read_record_file  # noqa: PLC0415 - as above

    read = read_record_file(file, card.terms if card.own_terms else None)
    if read.model is None:
        first = read.findings[0]
        msg = f"{first.path}:{first.line}:{first.column}: {first.code} {first.message}"
        raise DataError(msg)
    return read.model
