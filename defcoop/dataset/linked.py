"""Linked views: a record whose references lead to records, to be read along."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from defcoop.models.field_layout import Shape, layout
from defcoop.models.registry import SEED

if TYPE_CHECKING:
    from defcoop.dataset.core import Dataset
    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen


class Linked:
    """A view of a record, or of a part of one, in which every id of another record is that record, linked likewise.

    All else is as in the record; `unlinked` is the record itself. It holds no data of its own.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> visit = ds.linked("eng-tur-syr-damascus-visit")
    >>> visit.participants[0].actor.country.name
    'Turkey'
    """

    __slots__ = ("_dataset", "unlinked")

    unlinked: Frozen
    """The record, or the part of it, that is viewed."""

    def __init__(self, thing: Frozen, dataset: Dataset) -> None:
        """View a record of a dataset, or a part of one."""
        object.__setattr__(self, "unlinked", thing)
        object.__setattr__(self, "_dataset", dataset)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the field holds, linked
        """Give what the record has under the name, with references followed.

        Raises:
            AttributeError: if it has nothing of that name.
            KeyError: if the dataset lacks the record that is referred to.
        """
        value = getattr(self.unlinked, name)
        field = _linking(type(self.unlinked)).get(name)
        if field is None or value is None:
            return value
        if isinstance(value, tuple):
            return tuple(self._follow(item, field) for item in value)
        return self._follow(value, field)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: a record does not change."""
        msg = f"a record does not change: {name} cannot be set"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with the dataset."""
        return Linked, (self.unlinked, self._dataset)

    def __eq__(self, other: object) -> bool:
        """Tell whether the same record, or part, is viewed."""
        return isinstance(other, Linked) and bool(self.unlinked == other.unlinked)

    def __hash__(self) -> int:
        """Hash as the record does."""
        return hash(self.unlinked)

    def __dir__(self) -> list[str]:
        """List the fields of the record too."""
        return sorted({"unlinked", *(name for name in dir(self.unlinked) if not name.startswith("_"))})

    def __repr__(self) -> str:
        """Show the record."""
        return f"<linked {self.unlinked!r}>"

    def _follow(self, item: Any, field: FieldLayout) -> Linked:  # noqa: ANN401 - an id or a part
        if field.reference is None:
            return Linked(item, self._dataset)
        return Linked(self._dataset.seeds[item] if field.reference == SEED else self._dataset[item], self._dataset)


@cache
def _linking(model: type[Frozen]) -> dict[str, FieldLayout]:
    """Give the fields that hold references or parts, by attribute."""
    parts = (Shape.PART, Shape.PARTS)
    return {field.attribute: field for field in layout(model) if field.reference or field.shape in parts}
