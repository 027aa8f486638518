"""The dataset: its contents, and what can be asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.analysis import agreement, draws, network
from defcoop.analysis import frames as _frames
from defcoop.analysis import panel as _panel
from defcoop.analysis import sql as _sql
from defcoop.dataset._claim_list import ClaimList
from defcoop.dataset._matching import checked_path
from defcoop.dataset._wanted import day_or_date
from defcoop.dataset.contents import Contents
from defcoop.dataset.contradictions import Contradiction, contradictions
from defcoop.models.certainty import telling_field
from defcoop.models.leaves import covers, steps
from defcoop.models.registry import type_of
from defcoop.package import claims as _claims
from defcoop.package.naming import several
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from defcoop.dataset.history import Variant
    from defcoop.dataset.linked import Linked
    from defcoop.dataset.losses import Losses
    from defcoop.dataset.tracing import Key
    from defcoop.models import Record, SourceCard
    from defcoop.package.claims import Claim


class Dataset(Contents):
    """Records by id, in one collection per type, with their source cards; it does not change.

    Whatever makes a dataset of it (`as_of`, `at_least`, `only`, `without`) gives a new one in which no reference leads
    nowhere: what referred to a record that is not in it has lost that value, and goes itself if it cannot be without.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> ds.actors["act-qat"].kind.value
    'state'
    """

    __slots__ = ()

    def linked(self, record: str | Record) -> Linked:
        """View a record with its references followed: `ds.linked(agreement).parties[0].name`.

        The view has no static types; where they are wanted, ids are looked up: `ds.actors[agreement.parties[0]].kind`.

        Args:
            record: a record or its id.

        Raises:
            KeyError: if there is no such record.

        >>> import defcoop
        >>> defcoop.load().linked("dep-tur-qat-world-cup-police").sender.name
        'Turkey'
        """
        from defcoop.dataset.linked import Linked  # noqa: PLC0415 - each of these is loaded when it is asked for

        return Linked(self._found(record), self)

    def claims(self, record: str | Record, field: str | None = None) -> list[Claim]:
        """Say who tells the values of a record, where, and how firmly.

        Args:
            record: a record or its id.
            field: a path such as `signed` or `parties[act-tur]`; everything beneath it is included. All by default.

        Raises:
            KeyError: if there is no such record.
            InputError: if its type has no such field, or its lists have no such item.

        >>> import defcoop
        >>> defcoop.load().claims("act-qat", "kind")[0].relation
        'supports'
        """
        asked = self._found(record)
        every = ClaimList(_claims.claims(asked, type_of(asked).name))
        if field is None:
            return every
        path = checked_path(asked, field, (step for claim in every for step in steps(claim.field)))
        if (telling := telling_field(type(asked))) and path == "certainty":
            path = telling.name  # whose evidence it is derived from
        return ClaimList(claim for claim in every if covers(path, claim.field))

    def conflicts(self, record: str | Record | None = None) -> list[Contradiction]:
        """List what is told in two ways, with the claims of either side; the record keeps one of the two values.

        Args:
            record: a record or its id; all records by default.

        Raises:
            KeyError: if there is no such record.

        >>> import defcoop
        >>> [one.record_id for one in defcoop.load().conflicts()]
        ['act-khalid-al-attiyah']
        """
        asked = self if record is None else [self._found(record)]
        return [contradiction for record in asked for contradiction in contradictions(record)]

    def trace(self, table: str, key: Key, column: str) -> list[Claim]:
        """List the claims behind a cell of one of the tables, as the package and the frames have them.

        Args:
            table: the table's name, such as `agreements` or `agreement_parties`.
            key: what tells the row from others: its id, a tuple of the cells of the table's key, or the row by column.
            column: the column's name; `signed_earliest` leads where `signed` does.

        Returns:
            Those that support the value and those that contradict it; none for what is not read from a text. Cells of a
            panel are traced by `defcoop.analysis.panel.contributions`.

        Raises:
            KeyError: if there is no such row.
            ValueError: if there is no such table or column, or the table's rows are no values of records.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> [claim.quote for claim in ds.trace("agreements", "agr-qat-tur-fifty-treaties", "aggregate_best")]
        ['تم الاتفاق على توقيع 50 معاهدة']
        """
        from defcoop.dataset.tracing import locate  # noqa: PLC0415 - as above

        traced = locate(self, table, key, column)
        return self.claims(traced.record, traced.path) if traced.path else []

    def only(self, seeds: str | Iterable[str]) -> Dataset:
        """Give the dataset as if some seeds were all that had been read.

        A value stays if evidence from these seeds carries it, a record if evidence for it is left and every value that
        its type must have. Values that need no evidence, such as official names and codes, stay with their record.

        Args:
            seeds: the id of a seed, or several.

        Raises:
            KeyError: if there is no such seed.

        >>> import defcoop
        >>> sorted(defcoop.load().only("seed-002").seeds)
        ['seed-002']
        """
        from defcoop.dataset.selection import from_seeds  # noqa: PLC0415 - as above

        return self.with_records(*from_seeds(self, (seeds,) if isinstance(seeds, str) else tuple(seeds)))

    def without(self, *seeds: str | Iterable[str]) -> Dataset:
        """Give the dataset as if it had been built without a seed, or several: the converse of `only`.

        Args:
            *seeds: ids of seeds, one by one or in lists.

        Raises:
            KeyError: if there is no such seed.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> ds.without("seed-004") == ds.only(["seed-000", "seed-001", "seed-002", "seed-003"])
        True
        """
        left_out = {self.seeds[seed].id for listed in seeds for seed in several(listed)}
        return self.only(seed for seed in self.seeds if seed not in left_out)

    def lost_without(self, *seeds: str | Iterable[str]) -> Losses:
        """Say which records and values are lost without a seed, or several, and why: what rests on them alone.

        Args:
            *seeds: ids of seeds, one by one or in lists.

        Raises:
            KeyError: if there is no such seed.

        >>> import defcoop
        >>> lost = defcoop.load().lost_without("seed-001")
        >>> "agr-qat-tur-fifty-treaties" in lost.records
        True
        """
        from defcoop.dataset.losses import losses  # noqa: PLC0415 - as above

        return losses(self, self.without(*seeds))

    def at_least(
        self, *, credibility: int | None = None, stance: str | None = None, basis: str | None = None
    ) -> Dataset:
        """Keep the values that evidence carries of which at least one piece is as firm as is asked, in all respects.

        Args:
            credibility: from 1, confirmed, to 6, which cannot be judged (Admiralty code); 2 keeps 1 and 2.
            stance: a term of the vocabulary, from firm to weak: asserted, alleged, planned, possible, denied, opinion.
            basis: `explicit` or `inferred`.

        Returns:
            A dataset in which all evidence is so firm, contradicting evidence too. What loses its support is taken out
            as `only` does it.

        Raises:
            ValueError: if something is asked that is not in the vocabulary.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> len(ds.at_least(stance="asserted", basis="explicit")) < len(ds)
        True
        """
        from defcoop.dataset.selection import firm  # noqa: PLC0415 - as above

        return self.with_records(*firm(self, credibility, stance, basis))

    def as_of(self, day: date | str | int, variant: Variant = "earliest") -> Dataset:
        """Keep what had happened by the end of a day: history up to then, not only what was then in force.

        A date counts from the day on which what it tells of began: with `earliest` the first day that the source
        allows, with `latest` the last. A record is kept once one of its dates counts, endings aside; a date that does
        not count is taken out, as is a part with such a date (an office, a ratification). Whatever has no date goes
        with its record: `status` is the furthest stage told by any source, at any time. Records of a type without
        dates of its own (actors) are always kept; others that have no date, or one without any limit, are kept with
        `earliest` and left out with `latest`. So more is kept the later the day, and more with `earliest`.

        Args:
            day: a day, or a year or an EDTF date whose last day is meant: `2018` is the end of that year.
            variant: `earliest` for what may have happened, `latest` for what must have.

        Raises:
            ValueError: if the day is no date or has no last day, or there is no such variant.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> agreement = "agr-qat-tur-military-cooperation-2017"
        >>> [agreement in ds.as_of("2017-06-15", variant) for variant in ("earliest", "latest")]
        [True, False]
        """
        from defcoop.dataset.history import by, day_of  # noqa: PLC0415 - as above

        return self.with_records(*by(self, day_of(day), variant))

    def with_published(self, seed: str, published: date | str | int) -> Dataset:
        """Give the dataset as it is if more is known of when a text was published.

        Every date that is told from that one (`relative_dates`), and every date that is told from one of these, is the
        one that now follows.

        Args:
            seed: the id of a seed.
            published: when its text was published, as EDTF, a year or a day, within the bounds of the card's own date.

        Raises:
            KeyError: if there is no such seed.
            ValueError: if it is no date, lies outside the card's date, or is so open that no date follows from it.

        >>> import defcoop
        >>> ds = defcoop.load().with_published("seed-004", "2022")
        >>> ds.seeds["seed-004"].published
        Edtf('2022')
        """
        from defcoop.dataset.narrowing import following, narrowed  # noqa: PLC0415 - as above

        card = narrowed(self.seeds[seed], Edtf(day_or_date("published", published)))
        return self.with_records(
            following(self, card), [card if card.id == other.id else other for other in self.seeds.values()]
        )

    # What is computed from all of it is a function of `defcoop.analysis`, and a method of the same name here.
    frame = _frames.frame
    frames = _frames.frames
    sql = _sql.sql
    to_networkx = network.to_networkx
    panel = _panel.panel
    sample = draws.sample
    support = agreement.support
    report = agreement.report

    def with_records(self, records: Iterable[Record], cards: Iterable[SourceCard] | None = None) -> Dataset:
        """Give a dataset of other records.

        Args:
            records: the records.
            cards: their source cards; the same by default.

        Raises:
            DataError: if two of them have the same id.

        >>> import defcoop
        >>> ds = defcoop.load()
        >>> ds.with_records([ds["act-qat"]]).actors
        <1 actors: act-qat>
        """
        return Dataset(records, self.seeds.values() if cards is None else cards, frame_form=self.frame_form)

    def _found(self, record: str | Record) -> Record:
        return self[record] if isinstance(record, str) else record
