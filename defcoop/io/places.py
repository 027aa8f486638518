"""Places: what a path names: a checkout, its folder of records, a package's folder, its descriptor, or its zip."""

from __future__ import annotations

from errno import ENOENT
from pathlib import Path
from typing import NamedTuple
from zipfile import is_zipfile

from defcoop.errors import InputError
from defcoop.models.registry import BY_FOLDER

CARD_FILE = "dataset.yaml"
"""The file that describes a dataset, in the folder that holds the folder of records."""

VOCABULARIES = "vocabularies"
"""The folder in which a dataset keeps the files with terms of its own."""

_DATASET, _SEEDS, _DESCRIPTOR = "dataset", "seeds", "datapackage.json"


class Checkout(NamedTuple):
    """The folder of records and the folder of source cards of a checkout."""

    dataset: Path
    seeds: Path


def checkout_at(path: str | Path) -> Checkout:
    """Give the folders of a checkout that is named by its own folder or by that of its records.

    A folder that is not there, or that holds neither, is taken for that of the records.
    """
    place = Path(path)
    if (place / _DATASET).is_dir() and not _holds_records(place):
        return Checkout(place / _DATASET, place / _SEEDS)
    return Checkout(place, place.absolute().parent / _SEEDS)  # of `.` no parent could be told


def is_checkout(folder: Path) -> bool:
    """Tell whether a folder looks like a checkout, even if something of it is gone."""
    return (folder / CARD_FILE).exists() or any((folder / name).is_dir() for name in (_DATASET, _SEEDS))


def package_at(path: str | Path) -> Path:
    """Give the folder or zip of a package, which may be named by its descriptor too."""
    place = Path(path)
    return place.absolute().parent if place.name == _DESCRIPTOR and place.is_file() else place


def place_at(path: str | Path) -> Path | Checkout:
    """Give the place of the package, or the folders of the checkout, that a path names.

    Raises:
        FileNotFoundError: if there is nothing, or a folder that holds neither.
    """
    place = package_at(path)
    if not place.exists():
        raise _missing(path)
    if place.is_file() or (place / _DESCRIPTOR).is_file():
        return place
    checkout = checkout_at(place)
    if checkout.dataset == place and not _holds_records(place):
        raise _neither(path)
    return checkout


def needed_checkout(path: str | Path) -> Checkout:
    """Give the folders of a checkout where nothing else will do; its folder of records may still be empty.

    Raises:
        FileNotFoundError: if there is nothing, or a folder that is no checkout.
        InputError: if it is a package.
    """
    place = package_at(path)
    if not place.exists():
        raise _missing(path)
    if (place / _DESCRIPTOR).is_file() or (place.is_file() and is_zipfile(place)):
        msg = f"{path} is a package: `defcoop verify` checks it"
        raise InputError(msg)
    checkout = checkout_at(place)
    if place.is_file() or not (_holds_records(checkout.dataset) or checkout.seeds.is_dir()):
        raise _neither(path)
    return checkout


def needed_package(path: str | Path) -> Path:
    """Give the place of a package where nothing else will do.

    Raises:
        FileNotFoundError: if there is no dataset.
        InputError: if it is a checkout.
    """
    place = place_at(path)
    if isinstance(place, Checkout):
        msg = f"there is no package in {path}; run `defcoop build` first"
        raise InputError(msg)
    return place


def _holds_records(place: Path) -> bool:
    return any((place / folder).is_dir() for folder in BY_FOLDER)


def _missing(path: str | Path) -> FileNotFoundError:
    return FileNotFoundError(ENOENT, "no such file or folder", str(path))


def _neither(path: str | Path) -> FileNotFoundError:
    lacks = f"it has no {_DESCRIPTOR}, no folder {_DATASET} and none such as {next(iter(BY_FOLDER))}"
    return FileNotFoundError(f"{path} is neither a package nor a checkout: {lacks}")
