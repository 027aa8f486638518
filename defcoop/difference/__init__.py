"""What changed between two snapshots of the dataset, exactly, and which step of the version that calls for."""

from defcoop.difference.changelog import changelog_lines
from defcoop.difference.comparing import apply, compare, diff
from defcoop.difference.locating import find, find_both
from defcoop.difference.model import Change, CitedPassage, Difference, Edit, OtherChange, SchemaChange, ValueChange
from defcoop.difference.patch import PatchError
from defcoop.difference.shapes import shapes_text
from defcoop.difference.snapshot import ColumnShape, Document, Snapshot, TableShape

Edition = Snapshot
"""The old name of `Snapshot`."""

__all__ = [
    "Change",
    "CitedPassage",
    "ColumnShape",
    "Difference",
    "Document",
    "Edit",
    "Edition",
    "OtherChange",
    "PatchError",
    "SchemaChange",
    "Snapshot",
    "TableShape",
    "ValueChange",
    "apply",
    "changelog_lines",
    "compare",
    "diff",
    "find",
    "find_both",
    "shapes_text",
]
