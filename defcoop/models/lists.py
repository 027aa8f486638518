"""Lists of records or of source cards as JSON, in which packages and installed libraries carry them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from defcoop.models.own_terms import ReadingContext
    from defcoop.values import Frozen

_Thing = TypeVar("_Thing", bound="Frozen")


def read_list(source: bytes, model: type[_Thing], context: ReadingContext | None = None) -> list[_Thing]:
    """Read a JSON list of documents as models, in one go.

    Args:
        source: the JSON.
        model: the model.
        context: the terms of the dataset's own, and the ids of records that may be without evidence.

    Raises:
        pydantic.ValidationError: if it is no such list.
    """
    found: list[_Thing] = _adapter(model).validate_json(source, context=context)
    return found


def check_list(documents: object, model: type[_Thing], context: ReadingContext | None = None) -> list[_Thing]:
    """Take a list of parsed documents as models.

    Raises:
        pydantic.ValidationError: if it is no such list.
    """
    things: list[_Thing] = _adapter(model).validate_python(documents, context=context)
    return things


@cache
def _adapter(model: type[Any]) -> TypeAdapter[list[Any]]:
    """Give the validator of lists of a model; to make one takes as long as to read hundreds of records."""
    return TypeAdapter(list[model])  # type: ignore[valid-type]
