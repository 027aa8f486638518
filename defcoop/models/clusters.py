"""Clusters: records that may be about the same thing, joined step by step, under one id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models.record import Record


def clusters(records: Iterable[Record]) -> Mapping[str, str]:
    """Give the id of its cluster for each record that may be the same as another.

    >>> import defcoop
    >>> clusters(defcoop.load().facilities.values())["fac-qat-turkish-forces-base"]
    'fac-qat-khalid-bin-al-walid-base'
    """
    known = {record.id: record for record in records if record.possibly_same_as}
    firsts = joined((name, twin.record) for name, record in known.items() for twin in record.possibly_same_as)
    return {name: firsts[name] for name in known}


def joined(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Join pairs of ids: give for each the first, in the order of the alphabet, of all to which pairs lead from it.

    >>> joined([("b", "c"), ("a", "b"), ("x", "y")])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    firsts: dict[str, str] = {}

    def first(name: str) -> str:
        while (above := firsts.setdefault(name, name)) != name:
            name = above
        return name

    for one, other in pairs:
        lower, upper = sorted((first(one), first(other)))
        firsts[upper] = lower
    return {name: first(name) for name in firsts}
