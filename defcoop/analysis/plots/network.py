"""Network: which states the records tie to each other, by what, and in how many records."""

from __future__ import annotations

from collections import Counter
from itertools import cycle
from math import atan2, cos, degrees, hypot, pi, sin
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis.plots import _look
from defcoop.analysis.plots._labels import DASH, directed, name_of
from defcoop.analysis.plots._look import BLUE, BROWN, GREEN, INK, ORANGE, PURPLE, RED, SKY, ChartHeading, shown
from defcoop.analysis.plots._ties import KINDS, Tie, ties
from defcoop.analysis.plots._words import checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import altair as alt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis.plots._words import Lang
else:
    from defcoop.analysis.plots import _altair as alt

COLOURS = dict(zip(KINDS, cycle((BLUE, RED, GREEN, PURPLE, ORANGE, SKY, BROWN)), strict=False))
"""The kinds of tie, with their colours."""

MOST = 16
"""How many states a network has room for, unless more are asked for."""

_TITLE = "Which states cooperate, and how"
_WIDTHS = {
    True: "Ministries, forces and office-holders stand for their state. Width and number: records.",
    False: "Ministries, forces and office-holders stand for their state. Width: records.",
}
_DASHES = "Dashed: none of the records tells it as done, but as planned, permitted, alleged or disputed."
_NOTHING = "Nothing to show: no record here ties two states."
_SIZE, _REACH, _FAR = 500, 1.2, 1.5
"""The height in pixels, and how far from the middle it reaches where the circle of states has radius 1.

It reaches farther where names are written outwards.
"""

_APART, _STEPS, _NUMBER = 0.11, 24, 10
"""How far apart the middles of two ties of one pair are, of how many lines a bow is drawn, and at which it is numbered.

That is not the middle, where bows across the circle meet.
"""

_NUMBERED = 60
"""Up to how many bows are numbered."""

_LEVEL, _LONGEST = 12, 110
"""Up to how many states their names are written level, and how long names are, in pixels, that are written outwards."""


class Point(NamedTuple):
    """A place in the plane."""

    x: float
    y: float


def circle(states: list[str]) -> dict[str, Point]:
    """Place states evenly on a circle of radius 1, clockwise from the top, in their order.

    >>> circle(["act-a", "act-b"])["act-a"]
    Point(x=0.0, y=1.0)
    """
    turns = {state: 2 * pi * place / len(states) for place, state in enumerate(states)}
    return {state: Point(round(sin(turn), 6), round(cos(turn), 6)) for state, turn in turns.items()}


def network(dataset: DatasetLike, *, lang: str = "en", most: int = MOST) -> alt.LayerChart:
    """Draw the states on a circle, with a bow for each kind of tie between two of them.

    Organs of a state and people in an office stand for their state, as in `panel`; who has no state is left out. The
    width of a bow, and the number on it, is that of the records.

    Args:
        dataset: the dataset.
        lang: `en`, or `ar` for labels in Arabic.
        most: how many states are drawn at most, those with most records; the others are counted below the title.

    Returns:
        A chart of about 800 pixels; if no record ties two states, one that says so.

    Raises:
        ImportError: if Altair is not installed.
        ValueError: if the language is another, or `most` is less than 1.

    >>> import defcoop
    >>> network(defcoop.load()).to_dict()["title"]["text"]
    'Which states cooperate, and how'
    """
    language = checked(lang)
    every = ties(dataset)
    ranked = _ranked(every)
    kept = _look.first(ranked, most)
    drawn = [tie for tie in every if tie.one in kept and tie.other in kept]
    notes = (_WIDTHS[len(drawn) <= _NUMBERED], _DASHES)
    heading = ChartHeading(_TITLE, _facts(dataset, every, len(ranked), len(kept)), notes)
    if not drawn:
        return _look.nothing(_NOTHING, heading, language)
    names = {state: name_of(dataset[state], language) for state in kept}
    drawing = _NetworkDrawing(drawn, circle(sorted(kept)), names, language)
    return _look.layered(drawing.layers(), _look.WIDTH - 60, _SIZE, **_look.headed(heading, language))


def _ranked(every: list[Tie]) -> list[str]:
    """List the states, those with most records first."""
    counts: Counter[str] = Counter()
    for tie in every:
        counts[tie.one] += len(tie.records)
        counts[tie.other] += len(tie.records)
    return sorted(counts, key=lambda state: (-counts[state], state))


def _facts(dataset: DatasetLike, every: list[Tie], states: int, drawn: int) -> dict[str, object]:
    """Count the states and what ties them."""
    records = {record for tie in every for record in tie.records}
    facts: dict[str, object] = {
        "states": states,
        "records": len(records),
        "sources": len({entry.seed for record in records for entry in dataset[record].evidence}),
    }
    return facts | _look.not_shown(states, drawn, "states not shown")


class _NetworkDrawing(NamedTuple):
    """Ties, with the places and names of their states."""

    ties: list[Tie]
    places: Mapping[str, Point]
    names: Mapping[str, str]
    lang: Lang

    def layers(self) -> list[alt.Chart]:
        """Draw the layers, those that lie above others last."""
        kinds = [tie.kind for tie in self.ties]
        widest = max(len(tie.records) for tie in self.ties)
        legend = _look.legend("records that tell of having", self.lang, symbolType="stroke", symbolStrokeWidth=4)
        look: dict[str, Any] = {
            "color": alt.Color("tie:N", scale=_look.scale(COLOURS, kinds, self.lang), legend=legend),
            "strokeWidth": alt.StrokeWidth(
                "records:Q", scale=alt.Scale(domain=[0, max(widest, 6)], range=[0.8, 9]), legend=None
            ),
            "order": "step:Q",
            "detail": "bow:N",
            "tooltip": ["states:N", "tie:N", "records:Q", "done:Q"],
        }
        reach = _FAR if len(self.places) > _LEVEL else _REACH
        x, y = self._scaled(alt.X, "x:Q", reach * (_look.WIDTH - 60) / _SIZE), self._scaled(alt.Y, "y:Q", reach)
        bows, numbers = self._bows()
        lines = [
            alt.Chart(_look.rows([bow for bow in bows if bool(bow["done"]) is done]))
            .mark_line(opacity=0.85, strokeCap="butt", strokeDash=[1, 0] if done else [5, 4])
            .encode(x, y, **look)
            for done in (False, True)
        ]
        dots = alt.Chart(_look.rows([{"x": spot.x, "y": spot.y} for spot in self.places.values()]))
        return [
            *lines,
            *_look.written(numbers, self.lang, {"x": x, "y": y}, align="center", halo=True, fontSize=11),
            dots.mark_point(shape="circle", size=110, filled=True, color=INK, opacity=1).encode(x, y),
            *self._names(x, y),
        ]

    def _scaled(self, channel: Any, field: str, reach: float) -> Any:  # noqa: ANN401 - alt.X or alt.Y
        return channel(field, scale=alt.Scale(domain=[-reach, reach], nice=False, zero=False), axis=None)

    def _bows(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Give the points of the bows, and the numbers on them, unless there are too many."""
        pairs = Counter((tie.one, tie.other) for tie in self.ties)
        placed: Counter[tuple[str, str]] = Counter()
        bows, numbers = [], []
        for number, tie in enumerate(self.ties):
            pair = (tie.one, tie.other)
            bend = (placed[pair] - (pairs[pair] - 1) / 2) * _APART * 2
            placed[pair] += 1
            same = {
                "bow": number,
                "tie": shown(tie.kind, self.lang),
                "records": len(tie.records),
                "done": len(tie.done),
                "states": directed(f"{self.names[tie.one]} {DASH} {self.names[tie.other]}"),
            }
            points = list(_bow(self.places[tie.one], self.places[tie.other], bend))
            bows += [same | {"step": step, "x": spot.x, "y": spot.y} for step, spot in enumerate(points)]
            numbers.append({"x": points[_NUMBER].x, "y": points[_NUMBER].y, "text": str(len(tie.records))})
        return bows, numbers if len(self.ties) <= _NUMBERED else []

    def _names(self, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
        """Write the names around the circle, away from it."""
        for state, spot in self.places.items():
            row = [{"x": spot.x * 1.05, "y": spot.y * 1.05, "text": directed(self.names[state])}]
            turn: dict[str, Any] = {}
            right = spot.x >= 0
            if len(self.places) > _LEVEL:
                angle = degrees(atan2(-spot.y, spot.x))
                turn = {"angle": (angle if right else angle + 180) % 360, "limit": _LONGEST}
            elif abs(spot.x) < 0.1:  # noqa: PLR2004 - at the top or the bottom
                yield from _look.written(
                    row, self.lang, {"x": x, "y": y}, align="center", dy=-5 if spot.y > 0 else 5, fontWeight=600
                )
                continue
            yield from _look.written(
                row, self.lang, {"x": x, "y": y}, align="left" if right else "right", fontWeight=600, **turn
            )


def _bow(one: Point, other: Point, bend: float) -> Iterator[Point]:
    """Yield the points of a bow between two places, whose middle lies aside by `bend`, half of it for the curve's."""
    length = hypot(other.x - one.x, other.y - one.y) or 1.0
    aside = Point(-(other.y - one.y) / length * bend, (other.x - one.x) / length * bend)
    knee = Point((one.x + other.x) / 2 + aside.x, (one.y + other.y) / 2 + aside.y)
    for step in range(_STEPS + 1):
        t = step / _STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        yield Point(round(a * one.x + b * knee.x + c * other.x, 4), round(a * one.y + b * knee.y + c * other.y, 4))
