"""Selections: the records and source cards of a dataset that is part of another, in which nothing dangles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from defcoop.dataset._wanted import term_of
from defcoop.dataset.trimming import TrimRule, changes, cite, trim
from defcoop.errors import InputError
from defcoop.models.evidence import CREDIBILITY, Basis, Stance
from defcoop.models.field_layout import layout
from defcoop.models.references import targets
from defcoop.models.registry import SEED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from defcoop.dataset.core import Dataset
    from defcoop.models import Citation, Record, SourceCard
    from defcoop.values import Term


class Selection(NamedTuple):
    """Records and source cards, of which a dataset is made."""

    records: Iterable[Record]
    cards: Iterable[SourceCard]


def from_seeds(dataset: Dataset, seeds: Collection[str]) -> Selection:
    """Keep what some seeds tell, as if the others had never been read.

    Raises:
        KeyError: if the dataset has no such seed.
    """
    wanted = {dataset.seeds[seed].id for seed in seeds}
    left = cited(dataset, lambda entry: entry.seed in wanted, [dataset.seeds[seed] for seed in sorted(wanted)])
    return left._replace(records=[_counted_from(record, wanted) for record in left.records])


def firm(dataset: Dataset, credibility: int | None, stance: str | None, basis: str | None) -> Selection:
    """Keep what evidence carries that meets all that is asked.

    Raises:
        ValueError: if something is asked that is not in the vocabulary.
    """
    stances, bases = _up_to(Stance, stance), _up_to(Basis, basis)
    limit = max(CREDIBILITY) if credibility is None else credibility
    if limit not in CREDIBILITY:
        msg = f"credibility {credibility!r} is none of {', '.join(map(str, CREDIBILITY))}"
        raise InputError(msg)
    return cited(
        dataset,
        lambda entry: entry.credibility <= limit and entry.stance in stances and entry.basis in bases,
        dataset.seeds.values(),
    )


def cited(dataset: Dataset, keeps: Callable[[Citation], bool], cards: Iterable[SourceCard]) -> Selection:
    """Keep the values that some of the evidence carries."""
    return whole({record.id: cite(record, keeps) for record in dataset}, cards)


def whole(records: Mapping[str, Record | None], cards: Iterable[SourceCard]) -> Selection:
    """Take out of records and source cards every reference to a record that is gone, which stands as None.

    A record for which such a reference is a value that it must have goes too, and so on.
    """
    left = {key: record for key, record in records.items() if record is not None}
    gone = new = records.keys() - left.keys()
    referring = _referring(left.values()) if gone else {}
    rule = TrimRule(layout, lambda field, value, _: field.reference in {None, SEED} or value not in gone)
    while new:
        touched = {key for target in new for key in referring.get(target, ()) if key in left}
        new = set()
        for key in touched:
            record = trim(left[key], rule)
            if record is None:
                del left[key]
                new.add(key)
            else:
                left[key] = record
        gone |= new
    return Selection(left.values(), [_without(card, rule) for card in cards] if gone else cards)


def _counted_from(record: Record, seeds: Collection[str]) -> Record:
    """Keep the relative dates of a record that are counted from some seeds, or from records."""
    kept = tuple(relative for relative in record.relative_dates if relative.seed is None or relative.seed in seeds)
    return record if kept == record.relative_dates else record.model_copy(update={"relative_dates": kept})


def _without(card: SourceCard, rule: TrimRule) -> SourceCard:
    changed = {field.attribute: value for field, value in changes(card, rule).items()}
    return card.model_copy(update=changed) if changed else card


def _referring(records: Iterable[Record]) -> Mapping[str, list[str]]:
    """Say of each id which records hold it as a reference."""
    records_by_target: dict[str, list[str]] = defaultdict(list)
    for record in records:
        links: set[tuple[str, str]] = set()
        targets(record, links)
        for target, _ in links:
            records_by_target[target].append(record.id)
    return records_by_target


def _up_to(vocabulary: type[Term], least: str | None) -> frozenset[str]:
    """List the terms of a vocabulary, which go from firm to weak, down to one.

    Raises:
        ValueError: if that is none of them.
    """
    terms = [term.value for term in vocabulary]
    if least is None:
        return frozenset(terms)
    return frozenset(terms[: terms.index(term_of(vocabulary, vocabulary.__name__.lower(), least)) + 1])
