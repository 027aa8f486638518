"""Where an export goes: what may be replaced there, where it is written, and how it takes its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.io import atomic_folder

if TYPE_CHECKING:
    from pathlib import Path

_MARK = ".defcoop-export"
"""A file in an exported folder that names its format and its files; a folder is replaced if it holds nothing else."""


def check(place: Path, name: str, *, folder: bool) -> None:
    """Refuse a place where writing an export of a format would lose something else.

    Raises:
        FileExistsError: if it is neither free, nor an empty folder, nor an export that can be replaced.
    """
    if not place.exists():
        return
    if place.is_dir():
        if folder and _is_replaceable(place, name):
            return
        msg = f"{place} is a folder and holds something else than a {name} export of defcoop"
        raise FileExistsError(msg)
    if folder or not place.is_file():
        msg = f"{place} is there and is no {'folder' if folder else 'file'}"
        raise FileExistsError(msg)


def put(fresh: Path, place: Path, name: str) -> None:
    """Bring a finished file or folder to the disk and put it in its place in one step.

    Raises:
        OSError: if the system refuses; then what was there stays.
    """
    if not fresh.is_dir():
        _settle(fresh)
        fresh.replace(place)
        atomic_folder.sync(place.parent)
        return
    (fresh / _MARK).write_text("\n".join([name, *_files(fresh), ""]), encoding="utf-8")
    for path in (*fresh.rglob("*"), fresh):
        _settle(path)
    atomic_folder.replace_folder(fresh, place)


def _settle(path: Path) -> None:
    """Give a file or folder the same mode under every umask, and its content a safe place on the disk."""
    path.chmod(0o755 if path.is_dir() else 0o644)
    atomic_folder.sync(path)


def _is_replaceable(place: Path, name: str) -> bool:
    """Tell whether a folder is empty, or holds an export of a format and nothing beside it."""
    try:
        form, *files = (place / _MARK).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return not any(place.iterdir())
    return form == name and {*_files(place)} <= {_MARK, *files}


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
