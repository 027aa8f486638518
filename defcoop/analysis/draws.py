"""Draws: complete datasets that the sources allow, and what a statistic is over many of them.

A value that the sources leave open is drawn; all else stays. Draws are made of what is told: nothing is drawn for a
date that is absent, and draws say nothing of what no text tells.

- **Dates.** Every day that an EDTF date allows is as likely as another (the `random` resolution of messydates, Hollway
  2021, made repeatable). Dates of one agreement keep their order. A qualifier (`?`, `~`) has no told width and gives
  none, so that draws understate what is only about right.
- **Numbers.** Triangular over low, best and high, uniform where no best is told: the distributions usual for a least,
  a most likely and a greatest value, and for two limits alone (UCDP's low, best and high estimates taken as these).
- **Contradictions.** `unresolved`: the record's value or one of the others, alike likely. `preferred` and
  `superseded`: the record's own.
- **Other readings.** Another value that a passage allows is as likely as the record's. What may belong to another
  record is there in every other draw, together with all that may belong to the same one.
- **Relative dates.** What is told from another date (`relative_dates`) is drawn among the dates that follow from that
  one as drawn, so that "last March" and "last August" of a text lie in the twelve months before one and the same day.
  Each source card with a bounded date is drawn once, and so is each record.

Two records are drawn apart otherwise, also where one tells of the other: the agreements signed at a meeting may be
drawn on another day than the meeting.
"""

from __future__ import annotations

from math import isfinite, nan
from statistics import fmean, stdev
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from defcoop.analysis._draws.anchors import drawn_card
from defcoop.analysis._draws.moving import moved
from defcoop.analysis._draws.records import drawn_record, is_certain
from defcoop.errors import InputError
from defcoop.package.naming import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from defcoop.analysis._dataset_like import DatasetLike

    _Dataset = TypeVar("_Dataset", bound=DatasetLike)

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The shares of draws at which a summary tells quantiles."""


class Summary(NamedTuple):
    """A statistic over draws, in the statistic's own unit.

    `n` counts the draws that gave a number, `missing` those that gave none; `sd` is the sample standard deviation, NaN
    for a single draw; `quantiles` maps each of `QUANTILES` to the value below which that share of the draws lies,
    linearly interpolated (type 7 of Hyndman and Fan 1996).
    """

    n: int
    missing: int
    mean: float
    sd: float
    minimum: float
    maximum: float
    quantiles: dict[float, float]


def sample(dataset: _Dataset, n: int, seed: int) -> Iterator[_Dataset]:
    """Draw complete datasets, in which every date is exact to the day, every number a single one, and nothing open.

    The same seed gives the same draws, on any machine; the first draws of ten are those of a hundred. A record is
    drawn alike whatever other records there are, so that `ds.sample(n, 1)` and `ds.without("seed-004").sample(n, 1)`
    differ by the seed that is left out and not by chance. Open and unknown sides of dates stay as they are, and the
    period of a trade figure stays a year or whatever it covers, for which the amount is told.

    Args:
        dataset: where to draw from.
        n: how many datasets.
        seed: any whole number.

    Returns:
        An iterator over `n` datasets; records that are the same in every draw are shared by all.

    Raises:
        InputError: if `n` is negative, or it or `seed` is no whole number.

    >>> import defcoop
    >>> from defcoop.analysis.draws import sample
    >>> ds = defcoop.load()
    >>> [one.agreements["agr-qat-tur-military-cooperation-2017"].entry_into_force for one in sample(ds, 2, seed=1)]
    [Edtf('2017-06-21'), Edtf('2017-06-05')]
    """
    n, seed = whole_number("n", n), whole_number("seed", seed)
    if n < 0:
        msg = f"{n} draws cannot be made"
        raise InputError(msg)
    return _draws(dataset, n, seed)


def summarise(dataset: _Dataset, statistic: Callable[[_Dataset], float | None], n: int, seed: int) -> Summary:
    """Say how a statistic varies over draws.

    Args:
        dataset: where to draw from.
        statistic: a function of a dataset that gives a number, or None or NaN where there is none.
        n: how many draws.
        seed: any whole number.

    Raises:
        InputError: if no draw gives a number.

    >>> import defcoop
    >>> from defcoop.analysis.draws import summarise
    >>> def of_2019(ds):
    ...     return sum(one.signed is not None and one.signed.within(2019) is True for one in ds.agreements.values())
    >>> summary = summarise(defcoop.load(), of_2019, n=50, seed=1)
    >>> summary.minimum, summary.maximum
    (1.0, 3.0)
    """
    numbers = [statistic(drawn) for drawn in sample(dataset, n, seed)]
    ordered = sorted(float(number) for number in numbers if number is not None and isfinite(number))
    if not ordered:
        msg = f"the statistic gives no number in any of {n} draws"
        raise InputError(msg)
    return Summary(
        n=len(ordered),
        missing=len(numbers) - len(ordered),
        mean=fmean(ordered),
        sd=stdev(ordered) if len(ordered) > 1 else nan,
        minimum=ordered[0],
        maximum=ordered[-1],
        quantiles={share: _quantile(ordered, share) for share in QUANTILES},
    )


def _draws(dataset: _Dataset, n: int, seed: int) -> Iterator[_Dataset]:
    certain = {record.id: record for record in dataset}
    loose = [record for record in dataset if not is_certain(record)]
    moving = {record.id: record for record in loose if any(other.record for other in record.alternatives)}
    for draw in range(n):
        drawn = certain | {record.id: drawn_record(record, seed, draw, dataset) for record in loose}
        cards = [drawn_card(card, seed, draw) for card in dataset.seeds.values()]
        yield dataset.with_records((drawn | moved(drawn, moving, seed, draw)).values(), cards)


def _quantile(numbers: Sequence[float], share: float) -> float:
    """Interpolate a quantile of sorted numbers."""
    spot = share * (len(numbers) - 1)
    below = int(spot)
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (numbers[above] - numbers[below]) * (spot - below)
