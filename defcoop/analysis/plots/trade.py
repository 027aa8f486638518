"""Trade: the amounts that sources tell, each with its bounds, never added up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis.plots import _look
from defcoop.analysis.plots._labels import DASH, END, RTL, directed, name_of
from defcoop.analysis.plots._look import BLUE, BROWN, GREEN, GREY, INK, ORANGE, PURPLE, RED, SKY, ChartHeading, shown
from defcoop.analysis.plots._words import checked, say
from defcoop.models.trade_figure import Measure
from defcoop.values import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis.plots._words import Lang
    from defcoop.models import TradeFigure
else:
    from defcoop.analysis.plots import _altair as alt

COLOURS = dict(
    zip(
        (term.value.replace("_", " ") for term in Measure),
        (BLUE, SKY, ORANGE, RED, BROWN, PURPLE, INK, GREEN),
        strict=True,
    )
)
"""The measures, with their colours."""

MOST = 60
"""How many figures there is room for, unless more are asked for."""

_OPEN_ABOVE, _OPEN_BELOW = {Bound.AT_LEAST, Bound.MORE_THAN}, {Bound.AT_MOST, Bound.LESS_THAN}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"), (1, ""))
_STEP, _LOW, _LINE = 34, 60, 0.19
"""The height of a row and the least of a panel, in pixels, and half that of a line of text in rows."""

_NAMES, _LETTERS, _ROOM = 270, 42, 0.36
"""How wide the names are, in pixels and in letters, and how much room is left after the greatest number."""

_TITLE = "Amounts of trade and aid, as told"
_NOTE = "Dot: the amount told; hollow: about. Bar: from the least to the most. Arrow: or more, or less. Never added up."
_STATED = "* The text does not say whose currency it is."
_NOTHING = "Nothing to show: there is no trade figure here."


class TradeAmount(NamedTuple):
    """A trade figure with its numbers, of which those that are not told are None.

    Attributes:
        record: the record's id.
        measure: what is measured.
        period: the time that it covers, in EDTF; empty if none is told.
        currency: the currency's three-letter code (ISO 4217).
        stated: whether the text says whose currency it is.
        low: the least that the source allows.
        best: the number as told or judged best.
        high: the most that the source allows.
        bound: how the source limits the number.
    """

    record: str
    measure: str
    period: str
    currency: str
    stated: bool
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    bound: Bound


def amounts(dataset: DatasetLike) -> list[TradeAmount]:
    """List the trade figures by currency, measure and time; withdrawn ones are left out.

    >>> import defcoop
    >>> [(one.currency, one.low, one.best, one.bound.value) for one in amounts(defcoop.load())]
    [('USD', None, Decimal('340000000'), 'exact'), ('USD', Decimal('2000000000'), None, 'more_than')]
    """
    every = [_amount(figure) for figure in dataset.trade_figures.values() if not figure.withdrawn]
    measures = list(COLOURS)
    return sorted(
        every, key=lambda amount: (amount.currency, measures.index(amount.measure), amount.period, amount.record)
    )


def trade(dataset: DatasetLike, *, lang: str = "en", most: int = MOST) -> alt.VConcatChart | alt.LayerChart:
    """Draw the amounts of trade figures, each with its bounds; a panel for each currency, since none is converted.

    A dot is the amount told as best, a bar goes from the least to the most, and ends in an arrow where the source
    says "at least", "more than", "at most" or "less than"; the dot of an "about" is hollow.

    Args:
        dataset: the dataset.
        lang: `en`, or `ar` for labels in Arabic.
        most: how many figures are drawn at most; the others are counted below the title.

    Returns:
        A chart of about 800 pixels; if there is no figure, one that says so.

    Raises:
        ImportError: if Altair is not installed.
        ValueError: if the language is another, or `most` is less than 1.

    >>> import defcoop
    >>> trade(defcoop.load()).to_dict()["title"]["text"]
    'Amounts of trade and aid, as told'
    """
    language = checked(lang)
    every = amounts(dataset)
    drawn = _look.first(every, most)
    heading = ChartHeading(_TITLE, _facts(dataset, every, len(drawn)), [_NOTE, *_stated(drawn)])
    if not drawn:
        return _look.nothing(_NOTHING, heading, language)
    currencies = sorted({amount.currency for amount in drawn})
    panels = [
        _Panel(dataset, [amount for amount in drawn if amount.currency == currency], drawn, language)
        for currency in currencies
    ]
    return alt.vconcat(
        *(panel.chart(currency) for panel, currency in zip(panels, currencies, strict=True)),
        spacing=24,
        **_look.headed(heading, language),
    )


def _amount(figure: TradeFigure) -> TradeAmount:
    money = figure.amount
    return TradeAmount(
        figure.id,
        figure.measure.value.replace("_", " "),
        str(figure.period or ""),
        money.currency,
        money.currency_stated,
        _exact(money.low),
        _exact(money.best),
        _exact(money.high),
        money.bound,
    )


def _exact(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _stated(amounts: Sequence[TradeAmount]) -> list[str]:
    return [] if all(amount.stated for amount in amounts) else [_STATED]


def _facts(dataset: DatasetLike, every: list[TradeAmount], drawn: int) -> dict[str, object]:
    seeds = {entry.seed for amount in every for entry in dataset[amount.record].evidence}
    facts: dict[str, object] = {"figures": len(every), "sources": len(seeds)}
    return facts | _look.not_shown(len(every), drawn)


class _Panel(NamedTuple):
    """The amounts of one currency, and of all, which have the same legend."""

    dataset: DatasetLike
    amounts: Sequence[TradeAmount]
    all: Sequence[TradeAmount]
    lang: Lang

    def chart(self, currency: str) -> alt.LayerChart:
        """Draw the panel."""
        bars, dots, arrows = self._shapes()
        top = float(self._top())
        words = f"{say('amount in', self.lang)} {currency}"
        axis = _look.axis(words, self.lang, labelExpr=_ticks(self.lang), tickCount=5)
        x = alt.X("from:Q", scale=alt.Scale(domain=[0, top * (1 + _ROOM)], nice=False), axis=axis)
        y = _look.row_axis("row:Q", len(self.amounts))
        scale = _look.scale(COLOURS, [amount.measure for amount in self.all], self.lang)
        legend = _look.legend("measure", self.lang, symbolType="circle", symbolStrokeWidth=0, symbolOpacity=1)
        color = alt.Color("measure:N", scale=scale, legend=legend)
        look: dict[str, Any] = {"color": color, "tooltip": ["name:N", "told:N", "period:N", "measure:N", "record:N"]}
        layers = [
            alt.Chart(_look.rows(bars)).mark_rule(strokeWidth=5, opacity=0.45).encode(x, y, x2="to:Q", **look),
            alt.Chart(_look.rows(arrows))
            .mark_point(size=80, filled=True, opacity=1)
            .encode(x, y, shape=alt.Shape("shape:N", scale=None), **look),
            *(
                alt.Chart(_look.rows([dot for dot in dots if dot["about"] is about]))
                .mark_point(size=90, strokeWidth=2, opacity=1, filled=not about)
                .encode(x, y, **look)
                for about in (True, False)
            ),
            *self._words(x, y),
        ]
        return _look.layered(layers, _look.WIDTH - _NAMES, max(_STEP * len(self.amounts), _LOW))

    def _top(self) -> Decimal:
        numbers = [
            number for amount in self.amounts for number in (amount.low, amount.best, amount.high) if number is not None
        ]
        return max(numbers) or Decimal(1)

    def _shapes(self) -> tuple[list[dict[str, Any]], ...]:
        """Give the rows of bars, of dots and of arrows."""
        bars, dots, arrows = [], [], []
        arm = float(self._top()) * 0.09
        for row, amount in enumerate(self.amounts):
            same = {
                "row": row,
                "record": amount.record,
                "measure": shown(amount.measure, self.lang),
                "period": amount.period,
            }
            same |= {"name": directed(self._name(amount)), "told": directed(self._told(amount))}
            low, best, high = (None if number is None else float(number) for number in amount[5:8])
            numbers = [number for number in (low, best, high) if number is not None]
            start, end = min(numbers), max(numbers)
            if amount.bound in _OPEN_ABOVE:
                end += arm
                arrows.append(same | {"from": end, "shape": "triangle-right"})
            if amount.bound in _OPEN_BELOW:
                start = max(0.0, start - arm)
                arrows.append(same | {"from": start, "shape": "triangle-left"})
            if start < end:
                bars.append(same | {"from": start, "to": end})
            if best is not None:
                dots.append(same | {"from": best, "about": amount.bound is Bound.ABOUT})
        return bars, dots, arrows

    def _words(self, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
        """Write the names beside the panel, and the amounts after the bars."""
        numbers = []
        for row, amount in enumerate(self.amounts):
            end = max(number for number in amount[5:8] if number is not None)
            if amount.bound in _OPEN_ABOVE:
                end += self._top() * Decimal("0.09")
            numbers.append({"row": row, "from": float(end), "text": directed(self._told(amount))})
        labels = map(self._name, self.amounts)
        yield from _look.names_beside(labels, self.lang, y, letters=_LETTERS, line=_LINE, width=_NAMES)
        yield from _look.written(numbers, self.lang, {"x": x, "y": y}, align="left", dx=11, color=GREY, halo=True)

    def _name(self, one: TradeAmount) -> str:
        name = name_of(self.dataset[one.record], self.lang)
        return name if one.period in name else f"{name} ({one.period})"

    def _told(self, one: TradeAmount) -> str:
        """Write an amount with its bound, as exactly as it is told."""
        low, best, high = ("" if number is None else _number(number, self.lang) for number in one[5:8])
        bound = "" if one.bound in {Bound.EXACT, Bound.BETWEEN} else say(one.bound.value.replace("_", " "), self.lang)
        number = low if one.bound in _OPEN_ABOVE else high if one.bound in _OPEN_BELOW else best
        more = ""
        if not number:
            number = f"{low} {DASH} {high}"
        elif one.bound is Bound.ABOUT and (low or high):
            more = f"({low or '…'} {DASH} {high or '…'})"
        elif best and number != best:
            more = f"({say('best', self.lang)} {best})"
        return " ".join(word for word in (bound, number, more, "" if one.stated else "*") if word)


def _number(number: Decimal, lang: Lang) -> str:
    """Write a number in words that are short, without losing a digit.

    >>> _number(Decimal(340_000_000), "en"), _number(Decimal("1234.5"), "en"), _number(Decimal(0), "en")
    ('340 million', '1.2345 thousand', '0')
    """
    size, word = next((scale for scale in _SCALES if number >= scale[0]), _SCALES[-1])
    short = f"{(number / size).normalize():f}"
    return f"{short} {say(word, lang)}".strip()


def _ticks(lang: Lang) -> str:
    """Write the labels of the axis as the amounts are written."""
    label = "datum.value"
    begin, end = (RTL, END) if lang == "ar" else ("", "")
    for size, word in reversed(_SCALES):
        number = f"format(datum.value / {size}, '~r')"
        label = f"datum.value >= {size} ? '{begin}' + {number} + '{f' {say(word, lang)}'.rstrip()}{end}' : {label}"
    return label
