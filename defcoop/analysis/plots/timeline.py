"""Timeline: when agreements, deployments, exercises and engagements were, as finely as the sources tell."""

from __future__ import annotations

from datetime import date
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._panel.families import BY_FOLDER
from defcoop.analysis.plots import _look
from defcoop.analysis.plots._calendar import Calendar
from defcoop.analysis.plots._labels import directed, is_arabic, name_of, short_date
from defcoop.analysis.plots._look import BLUE, BROWN, GREEN, GREY, ORANGE, PURPLE, RED, SKY, ChartHeading, shown
from defcoop.analysis.plots._stretches import Stretch, stretches
from defcoop.analysis.plots._words import checked, say
from defcoop.models.certainty import Certainty
from defcoop.models.evidence import Stance
from defcoop.models.leaves import leaves, steps, without_items
from defcoop.models.registry import TYPES, type_of
from defcoop.values import Edtf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import altair as alt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis.plots._words import Lang
    from defcoop.models import Record
else:
    from defcoop.analysis.plots import _altair as alt

_ACTS = [kind for kind in TYPES if kind.model.IS_ACT]
COLOURS = dict(
    zip([kind.folder for kind in _ACTS], cycle((BLUE, RED, GREEN, PURPLE, ORANGE, SKY, BROWN)), strict=False)
)
"""The collections that are drawn, with their colours."""

DASHES: dict[str, list[float]] = {
    Stance.ASSERTED: [1, 0],
    Stance.ALLEGED: [2, 2],
    Stance.PLANNED: [6, 3],
    Stance.POSSIBLE: [1, 3],
    Stance.DENIED: [8, 2, 2, 2],
    Stance.OPINION: [3, 5],
}
"""The outlines of what is told in each way, the firmest first."""

MOST = 60
"""How many dates a timeline has room for, unless more are asked for."""

_STEP, _HALF, _LINE = 30, 0.2, 0.21
"""The height of a row in pixels, and half that of a bar and of a line of text in rows."""

_FULL, _PALE = 0.85, 0.2
"""How opaque shapes are."""

_NAMES, _LETTERS = 290, 44
"""How wide the names are, in pixels and in letters."""

_TITLE = "When cooperation was agreed, sent, trained and met"
_NOTE = "Pale: at some time in it. Full: all through it. Dot: on that day. Arrow: no limit told."
_NOTHING = "Nothing to show: no record here has a date."


class Dated(NamedTuple):
    """A date of a record.

    Attributes:
        record: the record's id.
        folder: the collection that it is in.
        path: the date's field.
        told: the date as coded, in EDTF.
        stance: how firmly it is told, by the firmest of its evidence.
        seeds: the seeds that tell it.
        counted: from what it is told, such as `last-03 from published of seed-004`, if it is told from another date.
    """

    record: str
    folder: str
    path: str
    told: Edtf
    stance: Stance
    seeds: frozenset[str]
    counted: str = ""


def dated(dataset: DatasetLike) -> list[Dated]:
    """List the dates of agreements, deployments, exercises and engagements, those that may be earliest first.

    Withdrawn records are left out, and dates without any limit.

    >>> import defcoop
    >>> dated(defcoop.load())[0][:4]
    ('agr-qat-tur-defence-industry-2007', 'agreements', 'signed', Edtf('2007'))
    """
    dates = [dated for record in dataset if not record.withdrawn for dated in _dates(record)]
    return sorted(dates, key=lambda dated: (dated.told.earliest or date.min, dated.told.latest or date.max, dated[:3]))


def timeline(dataset: DatasetLike, *, lang: str = "en", most: int = MOST) -> alt.LayerChart:
    """Draw the dates of agreements, deployments, exercises and engagements as spans of days.

    A pale bar is a time somewhere in which it was, a full one a time all through which it went on. A dot is a known
    day, an arrow a side without limit. The outline tells the stance: solid for asserted, dashed for all others.

    Args:
        dataset: the dataset.
        lang: `en`, or `ar` for labels in Arabic.
        most: how many dates are drawn at most, the earliest; the others are counted below the title.

    Returns:
        A chart of about 800 pixels; if no record has a date, one that says so.

    Raises:
        ImportError: if Altair is not installed.
        ValueError: if the language is another, or `most` is less than 1.

    >>> import defcoop
    >>> timeline(defcoop.load()).to_dict()["title"]["text"]
    'When cooperation was agreed, sent, trained and met'
    """
    language = checked(lang)
    every = dated(dataset)
    drawn = _look.first(every, most)
    heading = ChartHeading(_TITLE, _facts(dataset, every, len(drawn), language), [_NOTE])
    if not drawn:
        return _look.nothing(_NOTHING, heading, language)
    drawing = _TimelineDrawing(dataset, drawn, Calendar.of([dated.told for dated in drawn]), language)
    size = (_look.WIDTH - _NAMES, _STEP * len(drawn))
    return _look.layered(drawing.layers(), *size, **_look.headed(heading, language))


def _dates(record: Record) -> Iterator[Dated]:
    folder = type_of(record).folder
    if folder not in COLOURS:
        return
    counted = {
        relative.field: f"{relative.offset} from {' of '.join(reversed(relative.anchor))}"
        for relative in record.relative_dates
    }
    for leaf in leaves(record):
        if isinstance(leaf.value, Edtf) and (leaf.value.earliest or leaf.value.latest):
            carrying = set(steps(leaf.path))
            entries = [entry for entry in record.evidence if not carrying.isdisjoint(entry.supports)] or record.evidence
            stance = min((entry.stance for entry in entries), key=list(Stance).index)
            seeds = frozenset(entry.seed for entry in entries)
            yield Dated(record.id, folder, leaf.path, leaf.value, stance, seeds, counted.get(leaf.path, ""))


def _facts(dataset: DatasetLike, every: list[Dated], drawn: int, lang: Lang) -> dict[str, object]:
    """Count the dates and what they come from."""
    records = sum(not record.withdrawn for folder in COLOURS for record in getattr(dataset, folder).values())
    with_date = len({dated.record for dated in every})
    facts: dict[str, object] = {
        "dates": len(every),
        "records": f"{with_date} {say('of', lang)} {records}",
        "sources": len(frozenset[str]().union(*(dated.seeds for dated in every))),
    }
    return facts | _look.not_shown(len(every), drawn)


class _TimelineDrawing(NamedTuple):
    """Dates in the order of their rows, with the calendar above which they are drawn."""

    dataset: DatasetLike
    dates: Sequence[Dated]
    calendar: Calendar
    lang: Lang

    def layers(self) -> list[alt.Chart]:
        """Draw the layers, those that lie above others last."""
        bars, days, ends = self._shapes()
        known = [name for name in DASHES if any(dated.stance == name for dated in self.dates)]
        dashes = _look.ordered({name: DASHES[name] for name in known}, self.lang)
        colours = _look.scale(COLOURS, [dated.folder for dated in self.dates], self.lang)
        tied = ["told from:N"] if any(dated.counted for dated in self.dates) else []
        legends = self._legends(stances=len(known) > 1)
        bar: dict[str, Any] = {
            "fill": alt.Fill("collection:N", scale=colours, legend=legends[0]),
            "stroke": alt.Stroke("collection:N", scale=colours, legend=None),
            "fillOpacity": alt.FillOpacity("full:Q", scale=None, legend=None),
            "tooltip": ["name:N", "date:N", *tied, "field:N", "stance:N", "sources:N", "record:N"],
        }
        ink = bar | {"strokeDash": alt.StrokeDash("stance:N", scale=dashes, legend=legends[1])}
        x = self.calendar.x("first:T", self.lang)
        y, low = (_look.row_axis(field, len(self.dates)) for field in ("row:Q", "low:Q"))
        return [
            self._thread(x, y),
            *(
                alt.Chart(_look.rows([bar for bar in bars if bar["stance"] == shown(name, self.lang)]))
                .mark_rect(strokeWidth=1.2, strokeDash=DASHES[name])  # which Vega-Lite has no scale for on bars
                .encode(x, low, x2="last:T", y2="high:Q", **bar)
                for name in known
            ),
            alt.Chart(_look.rows(days)).mark_point(size=70, strokeWidth=1.5, opacity=1).encode(x, y, **ink),
            alt.Chart(_look.rows(ends))
            .mark_point(size=130, strokeWidth=0, opacity=1)
            .encode(x, y, shape=alt.Shape("shape:N", scale=None), **ink),
            *self._words(x, y),
        ]

    def _legends(self, *, stances: bool) -> tuple[alt.Legend, alt.Legend | None]:
        hollow = {"symbolType": "square", "symbolFillColor": "white", "symbolStrokeColor": GREY}
        outline = _look.legend("told as", self.lang, **hollow)
        kinds = _look.legend(None, self.lang, symbolType="square", symbolOpacity=0.85, symbolStrokeWidth=0)
        return kinds, outline if stances else None

    def _shapes(self) -> tuple[list[dict[str, Any]], ...]:
        """Give the rows of bars, of days and of arrows."""
        bars, days, ends = [], [], []
        for row, dated in enumerate(self.dates):
            same = self._same(row, dated)
            for stretch in stretches(dated.told):
                first, last = self.calendar.within(stretch)
                place: dict[str, Any] = {"first": first.isoformat(), "last": last.isoformat()}
                if stretch.first and stretch.first == stretch.last and not stretch.throughout:
                    days.append(same | place | {"full": _FULL if dated.stance is Stance.ASSERTED else 0})
                else:
                    bars.append(same | place | {"full": _FULL if stretch.throughout else _PALE})
                ends += [same | place | edge for edge in self._edges(stretch)]
        return bars, days, ends

    def _edges(self, stretch: Stretch) -> Iterator[dict[str, Any]]:
        if stretch.first is None:
            yield {"first": self.calendar.first.isoformat(), "shape": "triangle-left", "full": _FULL}
        if stretch.last is None:
            yield {"first": self.calendar.last.isoformat(), "shape": "triangle-right", "full": _FULL}

    def _same(self, row: int, one: Dated) -> dict[str, Any]:
        """Give what all the shapes of a date have in common."""
        return {
            "row": row,
            "low": row - _HALF,
            "high": row + _HALF,
            "record": one.record,
            "collection": shown(one.folder, self.lang),
            "name": directed(name_of(self.dataset[one.record], self.lang)),
            "field": one.path,
            "date": str(one.told),
            **({"told from": one.counted} if one.counted else {}),
            "stance": shown(one.stance.value, self.lang),
            "sources": ", ".join(sorted(one.seeds)),
        }

    def _thread(self, x: alt.X, y: alt.Y) -> alt.Chart:
        """Draw a line from each bar to the next of a date that has several."""
        threads = []
        for row, dated in enumerate(self.dates):
            bars = [self.calendar.within(stretch) for stretch in stretches(dated.told) if not stretch.throughout]
            gaps = [(last, first) for (_, last), (first, _) in pairwise(bars) if last < first]
            threads += [{"row": row, "first": last.isoformat(), "last": first.isoformat()} for last, first in gaps]
        chart: alt.Chart = alt.Chart(_look.rows(threads)).mark_rule(color=GREY, strokeWidth=1).encode(x, y, x2="last:T")
        return chart

    def _words(self, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
        """Write the names beside the chart, and the dates beside the bars where there is more room."""
        left, right = [], []
        for row, dated in enumerate(self.dates):
            first, last = self.calendar.within(Stretch(dated.told.earliest, dated.told.latest))
            words = {"row": row, "text": short_date(dated.told, self.lang)}
            if self.calendar.is_late(first, last):
                left.append(words | {"first": first.isoformat()})
            else:
                right.append(words | {"first": last.isoformat()})
        labels = map(self._label, self.dates)
        yield from _look.names_beside(labels, self.lang, y, letters=_LETTERS, line=_LINE, width=_NAMES)
        small: dict[str, Any] = {"color": GREY, "fontSize": 10, "halo": True}
        yield from _look.written(left, self.lang, {"x": x, "y": y}, align="right", dx=-8, **small)
        yield from _look.written(right, self.lang, {"x": x, "y": y}, align="left", dx=8, **small)

    def _label(self, one: Dated) -> str:
        """Name a record, which of its dates it is and how it is doubted, in the language of the name."""
        name, path = name_of(self.dataset[one.record], self.lang), without_items(one.path)
        lang: Lang = self.lang if is_arabic(name) else "en"
        certainty = self.dataset[one.record].certainty
        doubt = certainty.value if certainty and certainty is not Certainty.ASSERTED else ""
        words = " · ".join(say(word, lang) for word in (_event(one.folder, path), doubt) if word)
        return f"{name} ({words})" if words else name


def _event(folder: str, path: str) -> str:
    """Name what a date is of: nothing if it dates the record as such, and a part for the date in it.

    >>> _event("agreements", "entry_into_force"), _event("agreements", "ratified.date"), _event("exercises", "period")
    ('in force', 'ratified', '')
    """
    names = {family.dated: family.name for family in BY_FOLDER.get(folder, ())}
    event = names[path].removeprefix(folder).strip("_") if path in names else path.partition(".")[0]
    return event.replace("_", " ")
