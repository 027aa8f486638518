"""Agreement among sources: who carries each value, how many of them are independent, and who tells it otherwise.

Nothing of this is folded into one score. For each value there are counts that stay apart:

- **Support.** The claims that carry it, the texts that they stand in, and how the texts tell it: in their own voice or
  in somebody else's, as a fact or as less.
- **Independence.** What one outlet or one speaker says is one source, however many texts repeat it, and what one text
  says is one source, however many speakers it quotes. So `independent` is the greatest number of sources of which no
  two share who says it or what carries it. A text whose card names an outlet as its source is that outlet's.
- **Contradiction.** The claims of another value, which the record keeps as a conflict, whatever became of it.
- **Alternatives.** What the same passages say if they are read otherwise, as the record admits.

That is what the Admiralty code asks for where it calls information *confirmed by other sources* (NATO STANAG 2511,
credibility 1): that it comes from elsewhere than what it confirms. Whether sources that share neither voice nor carrier
know it from one another, no text tells; so the count is what the texts allow, not what is proven.

>>> import defcoop
>>> from defcoop.analysis.agreement import support
>>> [kind] = support(defcoop.load(), "act-qat-mod", "kind")
>>> kind.value, kind.seeds, kind.independent, kind.standing.value
('ministry', ('seed-000', 'seed-001'), 2, 'firm')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.analysis._agreement.origins import Origins, Source, independent
from defcoop.analysis._agreement.report import AgreementReport as Report
from defcoop.analysis._agreement.report import Standing
from defcoop.analysis._refusals import check_known
from defcoop.models.evidence import Stance, Voice
from defcoop.models.field_layout import layout
from defcoop.models.ids import FrozenMapping
from defcoop.models.leaves import covers, leaves, text_of
from defcoop.models.registry import type_of
from defcoop.package.claims import ClaimRelation, claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.models import Record
    from defcoop.package.claims import Claim

__all__ = ["Report", "Source", "Standing", "Support", "report", "support"]


class Support(NamedTuple):
    """What the sources say of one value.

    Attributes:
        record_id: the record.
        record_type: its type, such as `agreement`.
        field: the path of the value.
        value: the record's value as text; None where it has none and yet one is told.
        claims: how many claims carry it.
        seeds: ids of the texts that they stand in, sorted.
        sources: who says it and what carries it, sorted; those that depend on each other too.
        independent: the most sources of which no two share who says it or what carries it.
        asserting: likewise, among those alone that say it as a fact (stance `asserted`).
        attributed: how many of the claims a text puts into the mouth of somebody else (any voice but `seed`).
        asserted: how many of the claims say it as a fact.
        denied: how many of the claims say that it is not so.
        contradicting: how many claims tell another value.
        others: the other values that are told, sorted.
        against: who tells them, and what carries that, sorted.
        alternatives: what another reading of the passages puts in its place, or the record it then belongs to, sorted.

    >>> import defcoop
    >>> [office] = [one for one in support(defcoop.load(), "act-khalid-al-attiyah", "offices") if one.contradicting]
    >>> office.value, office.others, office.against[0].voice
    ('Minister of State for Defence Affairs', ('Minister of Defence',), 'act-nabd')
    """

    record_id: str
    record_type: str
    field: str
    value: str | None
    claims: int
    seeds: tuple[str, ...]
    sources: tuple[Source, ...]
    independent: int
    asserting: int
    attributed: int
    asserted: int
    denied: int
    contradicting: int
    others: tuple[str, ...]
    against: tuple[Source, ...]
    alternatives: tuple[str, ...]

    @property
    def standing(self) -> Standing:
        """What that amounts to: contested, firm or single-sourced."""
        if self.contradicting or self.alternatives or 0 < self.denied < self.claims:
            return Standing.CONTESTED
        return Standing.FIRM if self.asserting > 1 else Standing.SINGLE_SOURCED


def support(dataset: DatasetLike, record: str | Record | None = None, field: str | None = None) -> tuple[Support, ...]:
    """Say of each value who carries it, how independently, and who tells it otherwise.

    Args:
        dataset: the dataset.
        record: a record or its id; by default all that are not withdrawn.
        field: a path such as `signed` or `parties[act-tur]`; everything beneath it is included. All by default.

    Returns:
        One row for each value that is read from texts, and for each that is told though the record has none, in the
        order of the records' ids and of their fields; names and codes that need no evidence are not among them. Counts
        are whole numbers: of claims, or of sources.

    Raises:
        KeyError: if there is no such record.
        InputError: if it has no such field, or of all records none has.

    >>> import defcoop
    >>> found = support(defcoop.load(), "act-hulusi-akar", "offices")
    >>> [(one.claims, len(one.sources), one.independent, one.attributed) for one in found[:1]]
    [(4, 4, 2, 2)]
    """
    origins = Origins(dataset)
    if record is None:
        asked = [each for each in dataset if not each.withdrawn]
    else:
        asked = [dataset[record] if isinstance(record, str) else record]
    if field is not None:
        names = {known.name for model in {type(each) for each in asked} for known in layout(model)}
        check_known("field", field.partition("[")[0].partition(".")[0], sorted(names))
    return tuple(row for each in asked for row in _supports(each, field, origins))


def report(dataset: DatasetLike, record: str | Record | None = None) -> Report:
    """Say what is firm, what is single-sourced and what is contested.

    Args:
        dataset: the dataset.
        record: a record or its id; by default all that are not withdrawn.

    Returns:
        A report of three parts, whose `str` is Markdown, one line for each value; `Standing` defines the parts. In a
        notebook it shows the first hundred values of each part.

    Raises:
        KeyError: if there is no such record.

    >>> import defcoop
    >>> found = report(defcoop.load())
    >>> [one.field for one in found.contested]
    ['offices[Minister of State for Defence Affairs/act-qat-mod].title']
    >>> len(found.firm) < len(found.single_sourced)
    True
    """
    values = support(dataset, record)
    names = {value.record_id: dataset[value.record_id].name for value in values}
    parts = {part.value: tuple(value for value in values if value.standing is part) for part in Standing}
    return Report(FrozenMapping(names), **parts)


def _supports(record: Record, field: str | None, origins: Origins) -> Iterator[Support]:
    values: dict[str, str | None] = {
        leaf.path: text_of(leaf.value) for leaf in leaves(record) if field is None or covers(field, leaf.path)
    }
    kind = type_of(record).name
    claims_by_path: dict[str, list[Claim]] = {}
    for claim in claims(record, kind):
        if claim.relation != ClaimRelation.ALTERNATIVE and (field is None or covers(field, claim.field)):
            values.setdefault(claim.field, None)
            claims_by_path.setdefault(claim.field, []).append(claim)
    for path, value in values.items():
        about = claims_by_path.get(path, [])
        carrying = [(claim, origins.source(claim)) for claim in about if claim.relation == ClaimRelation.SUPPORTS]
        against = [(claim, origins.source(claim)) for claim in about if claim.relation == ClaimRelation.CONTRADICTS]
        yield Support(
            record.id,
            kind,
            path,
            value,
            claims=len(carrying),
            seeds=tuple(sorted({claim.seed_id for claim, _ in carrying})),
            sources=tuple(sorted({source for _, source in carrying})),
            independent=independent(source for _, source in carrying),
            asserting=independent(source for claim, source in carrying if claim.stance == Stance.ASSERTED),
            attributed=sum(claim.voice != Voice.SEED for claim, _ in carrying),
            asserted=sum(claim.stance == Stance.ASSERTED for claim, _ in carrying),
            denied=sum(claim.stance == Stance.DENIED for claim, _ in carrying),
            contradicting=len(against),
            others=tuple(sorted({claim.value for claim, _ in against})),
            against=tuple(sorted({source for _, source in against})),
            alternatives=_alternatives(record, path),
        )


def _alternatives(record: Record, path: str) -> tuple[str, ...]:
    """Give what other readings put in the place of a value; those that only change the speaker leave it as it is."""
    others = (other.value or other.record for other in record.alternatives if covers(other.field, path))
    return tuple(sorted({other for other in others if other}))
