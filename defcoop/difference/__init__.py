"""What changed between two editions of the dataset, exactly, and which step of the version that calls for."""

from defcoop.difference.changelog import changelog_lines
from defcoop.difference.comparing import apply, compare
from defcoop.difference.model import Change, CitedPassage, Difference, Edit, OtherChange, SchemaChange, ValueChange
from defcoop.difference.patch import PatchError

__all__ = [
    "Change",
    "CitedPassage",
    "Difference",
    "Edit",
    "OtherChange",
    "PatchError",
    "SchemaChange",
    "ValueChange",
    "apply",
    "changelog_lines",
    "compare",
]
