"""Readings: the records that one record may be, with all that its texts leave open settled one way or another."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from defcoop.analysis._draws.conflicts import with_value
from defcoop.analysis._draws.moving import gained, held, without
from defcoop.models.field_layout import layout
from defcoop.models.leaves import coded_fields, leaves
from defcoop.models.record import Resolution

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from defcoop.models import Record
    from defcoop.models.leaves import Pointer

    _Values = Mapping[str, list[str | None]]


class Readings:
    """The readings of the records of a dataset.

    Where nothing decides between the values that are told of a field (`unresolved`), each of them is a reading, and so
    is another value that a passage allows, no value where the passage may speak of another record, and there the value.
    Dates and numbers stay as they are told, with all that they allow.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> isinstance(Readings(ds, ds.actors), Readings)
    True
    """

    def __init__(self, records: Iterable[Record], ids: Container[str]) -> None:
        """Look for what may belong to another record.

        Args:
            records: the records.
            ids: the ids of all records; a value that refers to none of them is no reading.
        """
        self._ids = ids
        self._elsewhere: dict[str, list[tuple[Record, str]]] = defaultdict(list)
        for record in records:
            for reading in record.alternatives:
                if reading.record is not None and held(record, reading.field):
                    self._elsewhere[reading.record].append((record, reading.field))

    def of(self, record: Record) -> tuple[Record | None, ...]:
        """Give the readings of a record, itself first; itself alone if nothing is open.

        Two fields are settled apart from each other: each way of one with each of the other. None stands for a reading
        without what the record cannot be without: in it there is nothing of the kind.

        Args:
            record: a record of the dataset.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> len(Readings(ds, ds.actors).of(ds.actors["act-khalid-al-attiyah"]))
        1
        """
        if not record.conflicts and not record.alternatives and record.id not in self._elsewhere:
            return (record,)
        places = {leaf.path: leaf.pointer for leaf in leaves(record)}
        readings: list[Record | None] = [record]
        for path, values in self._open(record).items():
            pointer = places.get(path, (path,))
            for reading, value in list(product(readings, values)):
                settled = self._settled(reading, path, pointer, value) if reading else None
                if settled not in readings:
                    readings.append(settled)
        for source, path in self._elsewhere.get(record.id, ()):
            more = [gained(reading, source, path) for reading in readings if reading]
            readings += [reading for reading in more if reading not in readings]
        return tuple(readings)

    def contested(self, record: Record) -> tuple[str, ...]:
        """Name the fields, in their order, of which there is more than one reading.

        Args:
            record: a record of the dataset.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> Readings(ds, ds.actors).contested(ds.actors["act-khalid-al-attiyah"])
        ()
        """
        paths = [*self._open(record), *(path for _, path in self._elsewhere.get(record.id, ()))]
        fields = {path.partition("[")[0].partition(".")[0] for path in paths}
        return tuple(field.name for field in layout(type(record)) if field.name in fields)

    def _open(self, record: Record) -> _Values:
        """Give the other values of fields, None for no value, by path."""
        values: dict[str, list[str | None]] = defaultdict(list)
        for conflict in record.conflicts:
            if conflict.resolution is Resolution.UNRESOLVED:
                values[conflict.field].append(conflict.value)
        for reading in record.alternatives:
            if reading.speaker is None:
                values[reading.field].append(reading.value)
        return {path: list(dict.fromkeys(others)) for path, others in values.items()}

    def _settled(self, record: Record, path: str, pointer: Pointer, value: str | None) -> Record | None:
        return without(record, path) if value is None else with_value(record, pointer, value, self._ids)


def settled(readings: Sequence[Record | None]) -> Record | None:
    """Give of several readings of a record what all of them have: values that are the same, items that are in each.

    Fields that a record cannot be without stay those of the first reading, as do its evidence and names. None if in one
    reading there is no record.

    Args:
        readings: the readings of one record, itself first.

    >>> import defcoop
    >>> from defcoop.analysis.readings import settled
    >>> actor = defcoop.load().actors["act-khalid-al-attiyah"]
    >>> settled([actor, actor.model_copy(update={"rank": "Major"})]).rank is None
    True
    """
    first, *others = readings
    if first is None or None in others:
        return None
    common: dict[str, object] = {}
    for field in coded_fields(type(first)):
        held, *rest = (getattr(reading, field.attribute) for reading in readings)
        if any(value != held for value in rest) and not field.required:
            is_list = isinstance(held, tuple)
            common[field.attribute] = tuple(item for item in held if all(item in r for r in rest)) if is_list else None
    return first.model_copy(update=common)
