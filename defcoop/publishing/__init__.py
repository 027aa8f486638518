"""The package as it is published: the tables and views of a dataset, with what people read beside them."""

from defcoop.publishing.checked_build import build
from defcoop.publishing.documents import documents, licence_text
from defcoop.publishing.publish import publish

__all__ = ["build", "documents", "licence_text", "publish"]
