"""What an analysis asks of a dataset: its records and source cards; the facade `Dataset` lies above and has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from defcoop.analysis.frames import FrameForm
    from defcoop.lookup.matches import Matches
    from defcoop.models import Actor, DatasetCard, Record, SourceCard, TradeFigure
    from defcoop.package import Package


class DatasetLike(Protocol):
    """Records by id, with their source cards."""

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id, sorted by it."""

    @property
    def trade_figures(self) -> Mapping[str, TradeFigure]:
        """The trade figures by id, sorted by it."""

    @property
    def card(self) -> DatasetCard:
        """What the dataset says of itself."""

    @property
    def seeds(self) -> Mapping[str, SourceCard]:
        """The source cards by id, sorted by it."""

    @property
    def source(self) -> Package | None:
        """The package that it was loaded from and whose tables it therefore has, if any."""

    @property
    def frame_form(self) -> FrameForm:
        """The library and types of its frames where none are asked for."""

    def find(
        self,
        text: str | int,
        *,
        at: date | str | int | None = None,
        type: str | None = None,  # noqa: A002 - the word for it
    ) -> Matches[Record]:
        """Look up records by id, code or name."""

    def __iter__(self) -> Iterator[Record]:
        """Iterate over all records, sorted by id."""

    def __getitem__(self, record_id: str, /) -> Record:
        """Give a record of any type by its id."""

    def __contains__(self, record_id: object, /) -> bool:
        """Tell whether there is a record of that id."""

    def with_records(self, records: Iterable[Record], cards: Iterable[SourceCard] | None = None) -> Self:
        """Give a dataset of other records, with the same source cards if no others are given."""
