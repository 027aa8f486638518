"""The look of all charts: colours, fonts, titles, legends, and a chart that says that there is nothing to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from defcoop.analysis.plots._labels import directed, lines
from defcoop.analysis.plots._words import say
from defcoop.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import altair as alt

    from defcoop.analysis.plots._words import Lang
else:
    from defcoop.analysis.plots import _altair as alt

_Thing = TypeVar("_Thing")

WIDTH = 800
"""How wide charts are about, in pixels."""

INK, GREY, PALE = "#222222", "#666666", "#dddddd"

BLUE, RED, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
ORANGE, SKY, BROWN = "#e69f00", "#56b4e9", "#7f4f24"
"""Colours that people with any common kind of colour blindness tell apart (Okabe and Ito 2008; but for the brown)."""

_FONTS = {"en": "sans-serif", "ar": "Noto Sans Arabic, Segoe UI, Geeza Pro, DejaVu Sans, sans-serif"}


class ChartHeading(NamedTuple):
    """What stands above a chart: what it shows, of how many things, and how to read it."""

    title: str
    facts: Mapping[str, object]
    notes: Sequence[str] = ()


def first(things: list[_Thing], most: int) -> list[_Thing]:
    """Give the first things for which a chart has room.

    Raises:
        ValueError: if there is to be room for none.
    """
    if most < 1:
        msg = f"a chart shows at least 1, not {most}"
        raise InputError(msg)
    return things[:most]


def font(lang: Lang) -> str:
    """Give the fonts for a language, of which the first that a machine has is taken."""
    return _FONTS[lang]


def spoken(heading: ChartHeading, lang: Lang) -> str:
    """Say in one line what a chart shows, for those who hear it read."""
    return f"{say(heading.title, lang)}. {_capital(_facts(heading.facts, lang))}."


def title(heading: ChartHeading, lang: Lang) -> alt.TitleParams:
    """Write what stands above a chart, on the side where the language begins."""
    below = [_capital(_facts(heading.facts, lang)), *(say(note, lang) for note in heading.notes)]
    return alt.TitleParams(
        directed(say(heading.title, lang)),
        subtitle=[directed(line) for line in below],
        anchor="end" if lang == "ar" else "start",
        frame="bounds",
        offset=12,
        font=font(lang),
        fontSize=16,
        fontWeight=600,
        color=INK,
        subtitleFont=font(lang),
        subtitleFontSize=11.5,
        subtitleColor=GREY,
        subtitlePadding=5,
        subtitleLineHeight=16,
    )


def text(lang: Lang, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - properties of a mark
    """Give the properties of text in a chart."""
    return {"font": font(lang), "fontSize": 11, "color": INK, "baseline": "middle"} | more


def written(
    texts: list[dict[str, Any]],
    lang: Lang,
    places: Mapping[str, Any],
    *,
    halo: bool = False,
    **more: Any,  # noqa: ANN401 - properties of a mark
) -> list[alt.Chart]:
    """Write the texts of some rows where the encodings `places` say, with a white rim if they may lie on lines."""
    base = alt.Chart(rows(texts)).encode(text="text:N", **places)
    marks = text(lang, **more)
    rim = [base.mark_text(**marks, stroke="white", strokeWidth=3)] if halo else []
    return [*rim, base.mark_text(**marks)]


def names_beside(  # noqa: PLR0913 - the last three are measures of the chart
    labels: Iterable[str], lang: Lang, y: alt.Y, *, letters: int, line: float, width: int
) -> list[alt.Chart]:
    """Write the name of each row beside a chart, in lines of so many letters that are `2 * line` of a row apart.

    Args:
        labels: the names, in the order of the rows.
        lang: the language, which says on which side they stand.
        y: the encoding of rows.
        letters: how many letters a line has at most.
        line: half the height of a line, in rows.
        width: how wide the names are, in pixels.
    """
    texts: list[dict[str, Any]] = []
    for row, label in enumerate(labels):
        broken = lines(label, letters)
        offsets = ((place - (len(broken) - 1) / 2) * 2 * line for place in range(len(broken)))
        texts += [{"row": row + dy, "text": directed(text)} for dy, text in zip(offsets, broken, strict=True)]
    arabic = lang == "ar"
    beside = alt.value(WIDTH - width + 10 if arabic else -10)
    return written(texts, lang, {"x": beside, "y": y}, align="left" if arabic else "right")


def row_axis(field: str, count: int) -> alt.Y:
    """Make the axis of so many rows, one below the other."""
    return alt.Y(field, scale=alt.Scale(domain=[-0.6, count - 0.4], nice=False, reverse=True), axis=None)


def not_shown(count: int, drawn: int, words: str = "not shown") -> dict[str, object]:
    """Say how many are not shown, if any."""
    return {words: count - drawn} if drawn < count else {}


def axis(words: str, lang: Lang, **more: Any) -> alt.Axis:  # noqa: ANN401 - properties of an axis
    """Make an axis with its title."""
    own: dict[str, Any] = {
        "domain": False,
        "ticks": False,
        "gridColor": "#e6e6e6",
        "labelColor": GREY,
        "titleColor": GREY,
    }
    fonts: dict[str, Any] = {"labelFont": font(lang), "titleFont": font(lang), "titleFontWeight": "normal"}
    return alt.Axis(title=directed(_capital(say(words, lang))), **(own | fonts | {"titlePadding": 8} | more))


def legend(words: str | None, lang: Lang, **more: Any) -> alt.Legend:  # noqa: ANN401 - properties of a legend
    """Make a legend that lies above the chart in one line, with its title where the language begins."""
    fonts: dict[str, Any] = {"labelFont": font(lang), "titleFont": font(lang), "titleFontWeight": "normal"}
    title = directed(say(words, lang)) if words else None
    return alt.Legend(
        title=title,
        titleOrient="right" if lang == "ar" else "left",
        titleBaseline="middle",
        orient="top",
        direction="horizontal",
        padding=5,
        offset=6,
        **(fonts | {"labelColor": INK, "titleColor": GREY} | more),
    )


def scale(colours: Mapping[str, str], used: Iterable[str], lang: Lang) -> alt.Scale:
    """Make the scale of the colours that are used, in the order of the vocabulary."""
    present = set(used)
    return ordered({word: colour for word, colour in colours.items() if word in present}, lang)


def ordered(looks: Mapping[str, Any], lang: Lang) -> alt.Scale:
    """Make a scale from words to looks, which a legend lists in the direction of the language."""
    words = list(looks)[:: -1 if lang == "ar" else 1]
    return alt.Scale(domain=[shown(word, lang) for word in words], range=[looks[word] for word in words])


def shown(words: str, lang: Lang) -> str:
    """Say words in a language, in its direction."""
    return directed(say(words, lang))


def nothing(words: str, heading: ChartHeading, lang: Lang) -> alt.LayerChart:
    """Make a chart that says that there is nothing to show."""
    said = alt.Chart(rows([{"said": shown(words, lang)}])).mark_text(**text(lang, color=GREY, fontSize=13))
    return layered([said.encode(text="said:N")], WIDTH - 50, 80, **headed(heading._replace(notes=()), lang))


def headed(heading: ChartHeading, lang: Lang) -> dict[str, Any]:
    """Give the properties of a chart that say what it shows, to those who see it and to those who hear it read."""
    return {"title": title(heading, lang), "description": spoken(heading, lang)}


def layered(
    layers: Iterable[alt.Chart],
    width: int,
    height: int,
    **more: Any,  # noqa: ANN401 - properties of a chart
) -> alt.LayerChart:
    """Lay charts on each other, without a frame around them."""
    return alt.LayerChart(layer=list(layers), width=width, height=height, view=alt.ViewBackground(stroke=None), **more)


def rows(values: list[dict[str, Any]]) -> alt.InlineData:
    """Make data that lie in the chart itself."""
    return alt.InlineData(values=values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _facts(facts: Mapping[str, object], lang: Lang) -> str:
    return " · ".join(f"{say(name, lang)}: {value}" for name, value in facts.items())
