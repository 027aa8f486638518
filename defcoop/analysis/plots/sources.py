"""Sources: what of each text is cited by records, and how, or was dismissed, along its length."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from defcoop.analysis._days import join
from defcoop.analysis.plots import _look
from defcoop.analysis.plots._labels import directed
from defcoop.analysis.plots._look import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, RED, SKY, ChartHeading, shown
from defcoop.analysis.plots._words import checked, say
from defcoop.errors import InputError
from defcoop.models.evidence import Stance, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import altair as alt

    from defcoop.analysis._dataset_like import DatasetLike
    from defcoop.analysis.plots._words import Lang
    from defcoop.models import SourceCard
else:
    from defcoop.analysis.plots import _altair as alt

DISMISSED = "dismissed"

COLOURS: Mapping[str, Mapping[str, str]] = {
    "stance": dict(zip((stance.value for stance in Stance), (BLUE, RED, GREEN, ORANGE, SKY, PURPLE), strict=True)),
    "voice": dict(zip((voice.value for voice in Voice), (BLUE, RED, GREEN, PURPLE), strict=True)),
}
"""The stances and the voices, with their colours; what is dismissed is grey."""

MOST = 40
"""How many sources there is room for, unless more are asked for."""

_LANE, _LEAST, _GAP = 11, 42, 18
"""The height of a lane, the least height of a text, and what is between two of them, in pixels."""

_NAMES, _SHARES = 150, 110
"""How wide the words on either side are, in pixels."""

_TITLE = "What of each text is coded"
_NOTE = "Bars: passages that carry values, by {by}, or that were dismissed. White: neither."
_NOTHING = "Nothing to show: there is no source here."


class PassageRuns(NamedTuple):
    """The passages of one kind in a text, as runs of code points from a start to before an end, in order and apart."""

    seed: str
    kind: str
    runs: tuple[tuple[int, int], ...]


def passages(dataset: DatasetLike, by: str = "stance") -> list[PassageRuns]:
    """List the passages that carry or contradict values, by seed and by stance or voice, and those dismissed.

    What overlaps within a kind is joined. Withdrawn records are left out.

    Raises:
        ValueError: if `by` is neither `stance` nor `voice`.

    >>> import defcoop
    >>> [one.kind for one in passages(defcoop.load(), "voice") if one.seed == "seed-002"]
    ['seed', 'quoted', 'dismissed']
    """
    if by not in COLOURS:
        msg = f"passages are told apart by {' or '.join(COLOURS)}, not by {by!r}"
        raise InputError(msg)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for record in dataset:
        if not record.withdrawn:
            entries = (*record.evidence, *(cited for _, other in record.set_beside for cited in other.evidence))
            for entry in entries:
                spans[entry.seed, getattr(entry, by).value].append(entry.passage)
    for card in dataset.seeds.values():
        for passage in card.dismissed:
            spans[card.id, DISMISSED].append(passage.passage)
    kinds = [*COLOURS[by], DISMISSED]
    ordered = sorted(spans, key=lambda key: (key[0], kinds.index(key[1])))
    return [PassageRuns(*key, _joined(spans[key])) for key in ordered if key[0] in dataset.seeds]


def sources(dataset: DatasetLike, *, lang: str = "en", by: str = "stance", most: int = MOST) -> alt.LayerChart:
    """Draw the passages of each text along its length: cited, by stance or voice, a lane for each, or dismissed.

    The numbers beside a text say how much of it is cited, dismissed, or neither. What is both cited and dismissed
    counts as cited.

    Args:
        dataset: the dataset.
        lang: `en`, or `ar` for labels in Arabic.
        by: by what cited passages are told apart: `stance` or `voice`.
        most: how many sources are drawn at most; the others are counted below the title.

    Returns:
        A chart of about 800 pixels; if there is no source, one that says so.

    Raises:
        ImportError: if Altair is not installed.
        ValueError: if the language or `by` is another, or `most` is less than 1.

    >>> import defcoop
    >>> sources(defcoop.load()).to_dict()["title"]["text"]
    'What of each text is coded'
    """
    language = checked(lang)
    runs = passages(dataset, by)
    cards = _look.first(list(dataset.seeds.values()), most)
    heading = ChartHeading(_TITLE, _facts(dataset, len(cards)), [say(_NOTE, language).format(by=say(by, language))])
    if not cards:
        return _look.nothing(_NOTHING, heading, language)
    drawing = _SourcesDrawing(cards, runs, by, language)
    size = (_look.WIDTH - _NAMES - _SHARES, drawing.height)
    return _look.layered(drawing.layers(), *size, **_look.headed(heading, language))


def shares(card: SourceCard, passages_of_all: list[PassageRuns]) -> tuple[float, float, float]:
    """Say how much of a text is cited, dismissed and not cited, or neither: parts of 1.

    >>> import defcoop
    >>> ds = defcoop.load()
    >>> round(sum(shares(ds.seeds["seed-000"], passages(ds))), 9)
    1.0
    """
    own = [passages for passages in passages_of_all if passages.seed == card.id]
    cited = _joined([run for passages in own if passages.kind != DISMISSED for run in passages.runs])
    both = _joined([run for passages in own for run in passages.runs])
    inside = [min(_length(runs, card.code_points) / card.code_points, 1.0) for runs in (cited, both)]
    return inside[0], inside[1] - inside[0], 1 - inside[1]


def _joined(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, last + 1) for first, last in join([(start, end - 1) for start, end in spans if start < end]))


def _length(runs: tuple[tuple[int, int], ...], whole: int) -> int:
    return sum(min(end, whole) - min(start, whole) for start, end in runs)


def _facts(dataset: DatasetLike, drawn: int) -> dict[str, object]:
    records = [record for record in dataset if not record.withdrawn]
    cited = {(entry.seed, entry.passage) for record in records for entry in record.evidence}
    facts: dict[str, object] = {
        "sources": len(dataset.seeds),
        "records": len(records),
        "passages cited": len(cited),
        "passages dismissed": sum(len(card.dismissed) for card in dataset.seeds.values()),
    }
    return facts | _look.not_shown(len(dataset.seeds), drawn)


class _SourcesDrawing(NamedTuple):
    """Texts one below the other, each with a lane for every kind of passage that any of them has."""

    cards: list[SourceCard]
    passages: list[PassageRuns]
    by: str
    lang: Lang

    @property
    def lanes(self) -> list[str]:
        """List the kinds of passages that there are, in the order of the vocabulary."""
        return [kind for kind in (*COLOURS[self.by], DISMISSED) if any(runs.kind == kind for runs in self.passages)]

    @property
    def block(self) -> int:
        """Say how high a text is with the gap below it, in pixels."""
        return max(_LANE * len(self.lanes), _LEAST) + _GAP

    @property
    def height(self) -> int:
        """Say how high all texts are, in pixels."""
        return self.block * len(self.cards)

    def layers(self) -> list[alt.Chart]:
        """Draw the layers, those that lie above others last."""
        longest = max(card.code_points for card in self.cards)
        lines = {"grid": False, "ticks": True, "domain": True}
        axis = _look.axis("place in the text (code points)", self.lang, format="d", tickCount=6, **lines)
        x = alt.X("start:Q", scale=alt.Scale(domain=[0, longest], nice=False), axis=axis)
        y = alt.Y("top:Q", scale=alt.Scale(domain=[self.height, 0], nice=False, zero=False), axis=None)
        colours = {**COLOURS[self.by], DISMISSED: "#999999"}
        legend = _look.legend(self.by, self.lang, symbolType="square", symbolStrokeWidth=0)
        color = alt.Color("kind:N", scale=_look.scale(colours, self.lanes, self.lang), legend=legend)
        tips = ["seed:N", "kind:N", "start:Q", "end:Q"]
        grounds = alt.Chart(_look.rows(list(self._grounds()))).mark_rect(fill="white", stroke="#bbbbbb", strokeWidth=1)
        bars = alt.Chart(_look.rows(list(self._bars()))).mark_rect(opacity=1)
        return [
            grounds.encode(x, y, x2="end:Q", y2="bottom:Q"),
            bars.encode(x, y, x2="end:Q", y2="bottom:Q", color=color, tooltip=tips),
            *self._words(y),
        ]

    def _place(self, number: int) -> dict[str, float]:
        top = number * self.block + _GAP / 2
        return {"top": top, "bottom": top + self.block - _GAP}

    def _grounds(self) -> Iterator[dict[str, Any]]:
        for number, card in enumerate(self.cards):
            yield self._place(number) | {"start": 0, "end": card.code_points}

    def _bars(self) -> Iterator[dict[str, Any]]:
        lane = (self.block - _GAP) / max(len(self.lanes), 1)
        for number, card in enumerate(self.cards):
            for runs in self.passages:
                if runs.seed != card.id:
                    continue
                top = self._place(number)["top"] + lane * self.lanes.index(runs.kind)
                for start, end in runs.runs:
                    if start < card.code_points:
                        same = {"seed": card.id, "kind": shown(runs.kind, self.lang), "top": top + 1}
                        yield same | {"bottom": top + lane - 1, "start": start, "end": min(end, card.code_points)}

    def _words(self, y: alt.Y) -> Iterator[alt.Chart]:
        """Write which text it is on the one side, and how much of it is coded on the other."""
        names, shares_said = [], []
        for number, card in enumerate(self.cards):
            middle = self._place(number)["top"] + (self.block - _GAP) / 2
            genre = say(card.genre.value.replace("_", " "), self.lang)
            kind = f"{genre}{say(',', self.lang)} {say('reliability', self.lang)} {card.reliability.value}"
            names += [{"top": middle - 7, "text": card.id}, {"top": middle + 7, "text": directed(kind)}]
            parts = zip(("cited", DISMISSED, "neither"), shares(card, self.passages), strict=True)
            words = [directed(f"{share:.0%} {say(word, self.lang)}") for word, share in parts]
            shares_said += [{"top": middle + dy, "text": line} for dy, line in zip((-13, 0, 13), words, strict=True)]
        arabic = self.lang == "ar"
        width = _look.WIDTH - _NAMES - _SHARES
        sides = (alt.value(width + 10), alt.value(-10)) if arabic else (alt.value(-10), alt.value(width + 10))
        aligned = ("left", "right") if arabic else ("right", "left")
        yield from _look.written(names, self.lang, {"x": sides[0], "y": y}, align=aligned[0], color=INK)
        yield from _look.written(shares_said, self.lang, {"x": sides[1], "y": y}, align=aligned[1], color=GREY)
