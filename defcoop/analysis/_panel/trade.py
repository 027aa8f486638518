"""Columns of trade: one set for each measure, currency, direction, price basis and stage, which never mix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.models.trade_figure import Direction, PriceBasis

if TYPE_CHECKING:
    from defcoop.models import TradeFigure


def prefix_of(figure: TradeFigure) -> str:
    """Name the columns of a figure, without the ending.

    The name has the measure and the currency, then `one_way` for what goes from one to the other (and nothing for a
    total), `constant` for constant prices, and the stage if one is told.

    >>> import defcoop
    >>> prefix_of(defcoop.load().trade_figures["trd-qat-tur-economic-cooperation-2019"])
    'trade_economic_cooperation_usd'
    """
    parts = ["trade", figure.measure.value, figure.amount.currency.lower()]
    if figure.direction is Direction.FIRST_TO_SECOND:
        parts.append("one_way")
    if figure.price_basis is PriceBasis.CONSTANT:
        parts.append("constant")
    if figure.stage is not None:
        parts.append(figure.stage.value)
    return "_".join(parts)
