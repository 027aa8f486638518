"""Editions: the state of the dataset in a package, a checkout, a git revision or the installed library."""

from defcoop.editions.edition import Column, Document, Edition, TableShape
from defcoop.editions.finding import find, find_both
from defcoop.editions.shapes import shapes_text

__all__ = ["Column", "Document", "Edition", "TableShape", "find", "find_both", "shapes_text"]
