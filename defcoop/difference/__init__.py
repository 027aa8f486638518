"""What changed between two snapshots of the dataset, exactly, and which step of the version that calls for."""

from typing import TYPE_CHECKING

from defcoop._imports import lazily

if TYPE_CHECKING:
    from defcoop.difference.changelog import changelog_lines as changelog_lines
    from defcoop.difference.comparing import apply as apply
    from defcoop.difference.comparing import compare as compare
    from defcoop.difference.locating import find as find
    from defcoop.difference.locating import find_both as find_both
    from defcoop.difference.model import Change as Change
    from defcoop.difference.model import CitedPassage as CitedPassage
    from defcoop.difference.model import Difference as Difference
    from defcoop.difference.model import Edit as Edit
    from defcoop.difference.model import OtherChange as OtherChange
    from defcoop.difference.model import SchemaChange as SchemaChange
    from defcoop.difference.model import ValueChange as ValueChange
    from defcoop.difference.patch import PatchError as PatchError
    from defcoop.difference.shapes import shapes_text as shapes_text
    from defcoop.difference.snapshot import Column as Column
    from defcoop.difference.snapshot import Document as Document
    from defcoop.difference.snapshot import Edition as Edition
    from defcoop.difference.snapshot import TableShape as TableShape

_HOMES = {
    "Change": "defcoop.difference.model",
    "CitedPassage": "defcoop.difference.model",
    "Column": "defcoop.difference.snapshot",
    "Difference": "defcoop.difference.model",
    "Document": "defcoop.difference.snapshot",
    "Edit": "defcoop.difference.model",
    "Edition": "defcoop.difference.snapshot",
    "OtherChange": "defcoop.difference.model",
    "PatchError": "defcoop.difference.patch",
    "SchemaChange": "defcoop.difference.model",
    "TableShape": "defcoop.difference.snapshot",
    "ValueChange": "defcoop.difference.model",
    "apply": "defcoop.difference.comparing",
    "changelog_lines": "defcoop.difference.changelog",
    "compare": "defcoop.difference.comparing",
    "find": "defcoop.difference.locating",
    "find_both": "defcoop.difference.locating",
    "shapes_text": "defcoop.difference.shapes",
}

__all__ = [
    "Change",
    "CitedPassage",
    "Column",
    "Difference",
    "Document",
    "Edit",
    "Edition",
    "OtherChange",
    "PatchError",
    "SchemaChange",
    "TableShape",
    "ValueChange",
    "apply",
    "changelog_lines",
    "compare",
    "find",
    "find_both",
    "shapes_text",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
