"""The old name of what `defcoop.difference` has of snapshots; it goes with the next minor version."""

from warnings import warn

from defcoop.difference import ColumnShape as Column
from defcoop.difference import Document, Edition, TableShape, find, find_both, shapes_text

__all__ = ["Column", "Document", "Edition", "TableShape", "find", "find_both", "shapes_text"]

warn("defcoop.editions is now defcoop.difference", DeprecationWarning, stacklevel=2)
