"""Starting a dataset: its folders and the files that it has from the first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.errors import InputError
from defcoop.io.atomic_file import replacing
from defcoop.models.registry import TYPES
from defcoop.scaffold.contents import generated, rendered
from defcoop.scaffold.manifest import MANIFEST, Manifest, text_hash, write_manifest
from defcoop.version import LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

    from defcoop.models.dataset_card import DatasetCard
    from defcoop.scaffold.templates import Templates

_SHOWN = 5


def start(folder: Path, card: DatasetCard, templates: Templates) -> tuple[str, ...]:
    """Write what a dataset starts with into a folder, and give the paths written.

    The folder may be there and hold other things, such as a git repository.

    Raises:
        InputError: if a file that it would write is there already; then nothing is written.
        TemplateError: if the templates cannot be filled; likewise.
        OSError: if a file cannot be written.
    """
    files = rendered(card, templates)
    texts = {path: file.text for path, file in files.items()} | generated()
    _refuse_taken(folder, [*texts, MANIFEST])
    for kind in TYPES:
        (folder / "dataset" / kind.folder).mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        with replacing(folder / path) as file:
            file.write(text.encode())
    kept = {path: text_hash(file.text) for path, file in files.items() if not file.is_once}
    write_manifest(folder, Manifest(LIBRARY, templates.name, kept))
    return (*texts, MANIFEST)


def _refuse_taken(folder: Path, paths: list[str]) -> None:
    taken = [path for path in paths if (folder / path).exists() or (folder / path).is_symlink()]
    if taken:
        more = f" and {len(taken) - _SHOWN} more" if len(taken) > _SHOWN else ""
        msg = f"{folder} has {', '.join(taken[:_SHOWN])}{more} already; nothing was written"
        raise InputError(msg)
