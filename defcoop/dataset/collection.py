"""Collections: the records of one type by id, which can be filtered and do not change."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar, overload

from defcoop.dataset._attributes import no_attribute
from defcoop.dataset._matching import matches, route
from defcoop.dataset._wanted import wanted_values
from defcoop.errors import InputError, UnknownIdError
from defcoop.io.html_table import table
from defcoop.models import Record, SourceCard
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import text_of
from defcoop.package.naming import nearest
from defcoop.validation.issues import did_you_mean
from defcoop.values import Edtf, Term

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, KeysView, Sequence, ValuesView

    from defcoop.dataset._wanted import Lookup
    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen

_Thing = TypeVar("_Thing", bound=Record | SourceCard)
_Other = TypeVar("_Other")

_NAMED, _SHOWN, _COLUMNS = 3, 20, 6
"""How many ids a repr names, and how many rows and columns of values a table shows."""


class Collection(Mapping[str, _Thing], Generic[_Thing]):
    """Records of one type, or source cards, by id and sorted by it.

    It is a mapping: iterating gives ids, `values()` gives records.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> ds.agreements["agr-qat-tur-fifty-treaties"].status.value
    'agreed'
    >>> ds.agreements.where(parties="act-lby", status="signed")
    <0 agreements>
    """

    __slots__ = ("_lookup", "_model", "_name", "_things")

    def __init__(
        self, name: str, model: type[_Thing], things: Mapping[str, _Thing], lookup: Lookup | None = None
    ) -> None:
        """Take what is given, which nobody else may change.

        Args:
            name: what it is, such as `agreements`.
            model: the model of its records.
            things: the records by id.
            lookup: all records of the dataset, among which `where` finds what is named.
        """
        self._name, self._model, self._things, self._lookup = name, model, things, lookup

    def __getitem__(self, key: str) -> _Thing:
        """Give a record by its id.

        Raises:
            KeyError: if there is none; the message names the id that is nearest.
        """
        try:
            return self._things[key]
        except KeyError:
            self._miss(key)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids, sorted."""
        return iter(self._things)

    def __len__(self) -> int:
        """Count the records."""
        return len(self._things)

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a record of that id."""
        return key in self._things

    # The views of a dict are quicker than those that Mapping makes.
    def keys(self) -> KeysView[str]:
        """Give the ids, sorted."""
        return self._things.keys()

    def values(self) -> ValuesView[_Thing]:
        """Give the records, sorted by id."""
        return self._things.values()

    def items(self) -> ItemsView[str, _Thing]:
        """Give the ids with their records, sorted by id."""
        return self._things.items()

    @overload
    def get(self, key: str, /) -> _Thing | None: ...

    @overload
    def get(self, key: str, default: _Thing | _Other, /) -> _Thing | _Other: ...

    def get(self, key: str, default: object = None, /) -> object:
        """Give a record by its id, or something else if there is none."""
        return self._things.get(key, default)

    def __hash__(self) -> int:
        """Hash by ids."""
        return hash((self._name, *self._things))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by content."""
        return type(self), (self._name, self._model, dict(self._things), self._lookup)

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse what a collection does not have; the message says what does the same.

        Raises:
            AttributeError: always.
        """
        raise no_attribute(type(self), name)

    def where(self, predicate: Callable[[_Thing], bool] | None = None, /, **fields: object) -> Collection[_Thing]:
        """Keep the records for which all holds that is asked.

        A keyword names a field and the value that it must have, or several of which it must have one; of a list it is
        enough that one item has it. Actors and other records go by id, code or name (`act-tur`, `TUR`, `cow:640`,
        `Turkey`). Two underscores lead into a part: `place__country="QAT"`; what its items are known by may be left
        out: `participants="TUR"`. None stands for no value, and `absent="signed"` for a reason given. A date must be
        the one that is asked for, as EDTF: what lies in a year is asked by a predicate. Keywords are looked at one by
        one: that one and the same item meets two of them must be said with a predicate.

        Args:
            predicate: a function that says of a record whether to keep it.
            **fields: a value by field, or a list of values of which one is wanted.

        Returns:
            A collection of the same kind.

        Raises:
            InputError: if the records have no such field, or the field can never have such a value: a term that is
                not in its vocabulary, a record that is not in the dataset, a code or name of several records.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> list(ds.engagements.where(kind="visit", place__country="act-syr"))
        ['eng-tur-syr-damascus-visit']
        >>> ds.agreements.where(status=["agreed", "signed"], parties="TUR") == ds.agreements.where(
        ...     lambda agreement: agreement.status in {"agreed", "signed"} and "act-tur" in agreement.parties
        ... )
        True
        >>> list(ds.deployments.where(lambda one: one.size is not None))
        ['dep-tur-qat-world-cup-police']
        """
        if not (predicate is None or callable(predicate)):
            msg = f"where({predicate!r}) says no field: write where(field=value), or give a function"
            raise InputError(msg)
        asked = [
            wanted_values(self._model, route(self._model, keyword), wanted, self._lookup)
            for keyword, wanted in fields.items()
        ]
        kept = {
            key: thing
            for key, thing in self._things.items()
            if (predicate is None or predicate(thing))
            and all(any(matches(thing, steps, value) for value in values) for steps, values in asked)
        }
        return Collection(self._name, self._model, kept, self._lookup)

    def _ipython_key_completions_(self) -> list[str]:
        """List the ids, for completion between brackets in notebooks."""
        return list(self._things)

    def __repr__(self) -> str:
        """Count the records and name the first."""
        named = ", ".join(islice(self._things, _NAMED))
        more = ", …" if len(self) > _NAMED else ""
        return f"<{len(self)} {self._name}: {named}{more}>" if self._things else f"<0 {self._name}>"

    def _repr_html_(self) -> str:
        """Show the first records as a table, and below it each with its values and evidence, for notebooks."""
        fields = self._shown()
        first = {key: thing for key, thing in islice(self._things.items(), _SHOWN) if isinstance(thing, Record)}
        rows = ((key, *(_text(thing, field) for field in fields)) for key, thing in self._things.items())
        caption = f"{len(self)} {self._name}" + (f", the first {_SHOWN}" if len(self) > _SHOWN else "")
        listed = table(caption, ["id", *(field.name for field in fields)], islice(rows, _SHOWN), first)
        return listed + "".join(_folded(key, record) for key, record in first.items())

    def _shown(self) -> Sequence[FieldLayout]:
        """Choose the columns: names, then those terms, dates and references that one of the first records has."""
        model: type[Frozen] = self._model
        fields = [field for field in layout(model) if field.name == "names" or _is_short(field)]
        first = list(islice(self._things.values(), _SHOWN))
        return [field for field in fields if any(_text(thing, field) for thing in first)][:_COLUMNS]

    def _miss(self, key: str) -> NoReturn:
        records = {name: thing for name, thing in self._things.items() if isinstance(thing, Record)}
        hint = nearest(str(key), records) if records else did_you_mean(str(key), self._things)
        msg = f"no {key} among the {self._name}. {hint}" if hint else f"no {key} among the {self._name}"
        raise UnknownIdError(msg) from None


def _folded(key: str, record: Record) -> str:
    """Write a record behind its id, to be opened; links to it lead there."""
    return f'<details id="{escape(key)}"><summary>{escape(key)}</summary>{record._repr_html_()}</details>'


def _is_short(field: FieldLayout) -> bool:
    """Tell whether a field holds terms, dates or references, and not prose, numbers or parts."""
    if field.shape not in {Shape.SCALAR, Shape.SCALARS}:
        return False
    return field.reference is not None or issubclass(field.type, Edtf | Term)


def _text(thing: Record | SourceCard, field: FieldLayout) -> str:
    """Write a value for people: the name of a thing, a single value, or a list of them."""
    if isinstance(thing, Record) and field.name == "names":
        return thing.name
    value = getattr(thing, field.attribute)
    if value is None:
        return ""
    return ", ".join(text_of(item) for item in value) if isinstance(value, tuple) else text_of(value)
