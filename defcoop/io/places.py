"""Places: what a path names: a checkout, its folder of records, a package's folder, its descriptor, or its zip."""

from __future__ import annotations

from errno import ENOENT
from pathlib import Path
from typing import NamedTuple

from defcoop.errors import InputError
from defcoop.models.registry import BY_FOLDER

CARD_FILE = "dataset.yaml"
"""The file that describes a dataset, in the folder that holds the folder of records."""

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
    if (place / _DATASET).is_dir() and not any((place / folder).is_dir() for folder in BY_FOLDER):
        return Checkout(place / _DATASET, place / _SEEDS)
    return Checkout(place, place.absolute().parent / _SEEDS)  # of `.` no parent could be told


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
        raise FileNotFoundError(ENOENT, "no such file or folder", str(path))
    if place.is_file() or (place / _DESCRIPTOR).is_file():
        return place
    checkout = checkout_at(place)
    if checkout.dataset == place and not any((place / folder).is_dir() for folder in BY_FOLDER):
        lacks = f"it has no {_DESCRIPTOR}, no folder {_DATASET} and none such as {next(iter(BY_FOLDER))}"
        msg = f"{path} is neither a package nor a checkout: {lacks}"
        raise FileNotFoundError(msg)
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
