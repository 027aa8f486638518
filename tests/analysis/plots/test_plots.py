"""What all plots have in common: nothing or one thing to show, names as they are written, both languages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest

from defcoop import Dataset
from defcoop.analysis.plots import PLOTS, _altair
from defcoop.analysis.plots._labels import END, RTL
from defcoop.analysis.plots._words import say
from defcoop.analysis.plots.saving import drawn
from defcoop.models.record import Withdrawn
from tests.analysis.plots.drawings import WITHDRAWN, dataset, layers, record, subtitle, texts

if TYPE_CHECKING:
    import defcoop

EACH = pytest.mark.parametrize("name", PLOTS)
ONE = {
    "timeline": record("agreement", "pact", signed="2017-06"),
    "network": record("agreement", "pact"),
    "trade": record("trade_figure", "order"),
    "sources": record("actor", "a"),
}
"""For each plot one record that it shows."""


def renamed(name: str, *names: str) -> Dataset:
    """A dataset whose record that a plot shows has these names, or for the network, its state."""
    if name == "network":
        return dataset(ONE[name], record("actor", "a", *names))
    kind, key = ("agreement", "pact") if name == "timeline" else ("trade_figure", "order")
    return dataset(record(kind, key, *names, **({"signed": "2017-06"} if name == "timeline" else {})))


@EACH
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_where_there_is_nothing_to_show_the_chart_says_so(name: str, lang: str) -> None:
    chart = PLOTS[name](Dataset([], []), lang=lang)
    start = "Nothing to show: " if lang == "en" else f"{RTL}لا شيء يُعرض: "
    assert len([text for text in texts(chart) if text.startswith(start)]) == 1
    assert drawn(chart, "png").startswith(b"\x89PNG")


@EACH
def test_one_record_makes_a_chart(name: str) -> None:
    chart = PLOTS[name](dataset(ONE[name]))
    assert not any("Nothing to show" in text for text in texts(chart))
    assert drawn(chart, "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["timeline", "network", "trade"])
def test_a_withdrawn_record_is_not_shown(name: str) -> None:
    gone = ONE[name].model_copy(update={"withdrawn": Withdrawn.model_validate(WITHDRAWN)})
    assert any("Nothing to show" in text for text in texts(PLOTS[name](dataset(gone))))


@EACH
def test_the_facts_below_the_title_are_those_of_the_data(name: str, shipped: defcoop.Dataset) -> None:
    expected = {
        "timeline": "Dates: 11 · records: 11 of 37 · sources: 3",
        "network": "States: 6 · records: 38 · sources: 5",
        "trade": "Figures: 2 · sources: 1",
        "sources": "Sources: 5 · records: 84 · passages cited: 148 · passages dismissed: 57",
    }
    assert subtitle(PLOTS[name](shipped))[0] == expected[name]


@EACH
def test_those_who_hear_a_chart_read_are_told_what_it_shows(name: str, shipped: defcoop.Dataset) -> None:
    told = PLOTS[name](shipped).to_dict()
    assert told["description"] == f"{told['title']['text']}. {told['title']['subtitle'][0]}."


@pytest.mark.parametrize(
    ("name", "most", "told"),
    [
        ("timeline", 2, "not shown: 9"),
        ("network", 2, "states not shown: 4"),
        ("trade", 1, "not shown: 1"),
        ("sources", 2, "not shown: 3"),
    ],
)
def test_what_there_is_no_room_for_is_counted(name: str, most: int, told: str, shipped: defcoop.Dataset) -> None:
    assert subtitle(PLOTS[name](shipped, most=most))[0].endswith(f" · {told}")
    assert "not shown" not in subtitle(PLOTS[name](shipped))[0]


@EACH
def test_a_chart_that_shows_none_is_refused(name: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match="a chart shows at least 1, not 0"):
        PLOTS[name](shipped, most=0)


@EACH
def test_a_language_without_words_is_refused(name: str, shipped: defcoop.Dataset) -> None:
    with pytest.raises(ValueError, match="charts are labelled in en or ar, not in 'fr'"):
        PLOTS[name](shipped, lang="fr")


@pytest.mark.parametrize("name", ["timeline", "network", "trade"])
def test_markup_in_a_name_is_only_text(name: str) -> None:
    chart = PLOTS[name](renamed(name, "</script><b onclick='x'>&amp; \"Pact\""))
    written = " ".join(texts(chart))
    assert "</script><b" in written
    assert "&amp;" in written
    assert "</script><b" not in drawn(chart, "html").decode()


@pytest.mark.parametrize("name", ["timeline", "network", "trade"])
def test_an_arabic_name_is_marked_to_read_from_right_to_left(name: str) -> None:
    data = renamed(name, "Pact", "اتفاقية الساحل")
    assert any(text.startswith("Pact") for text in texts(PLOTS[name](data)))
    [label] = {text for text in texts(PLOTS[name](data, lang="ar")) if "اتفاقية الساحل" in text and len(text) < 60}
    assert label.startswith(RTL)
    assert label.endswith(END)


@pytest.mark.parametrize("name", ["timeline", "network", "trade"])
def test_a_name_that_is_in_no_arabic_stays_as_it_is(name: str) -> None:
    assert any(text.startswith("Pact") for text in texts(PLOTS[name](renamed(name, "Pact"), lang="ar")))


@EACH
def test_every_word_of_a_chart_in_arabic_is_arabic(name: str, shipped: defcoop.Dataset) -> None:
    told = PLOTS[name](shipped, lang="ar").to_dict()["title"]
    for line in (told["text"], *told["subtitle"]):
        assert line.startswith(RTL)
        assert not any("a" <= letter.lower() <= "z" for letter in line)


@EACH
def test_without_altair_what_to_install_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ImportError, match=r"plots need altair: pip install 'defcoop\[plots\]'"):
        PLOTS[name](dataset(ONE[name]))


def test_what_stands_for_altair_has_no_private_names_and_no_others_than_altair() -> None:
    assert _altair.Chart is alt.Chart
    assert not hasattr(_altair, "_repr_html_")
    with pytest.raises(AttributeError):
        _altair.NoSuchThing  # noqa: B018 - asking is what is tested


def test_a_plot_is_called_with_the_options_of_its_function(shipped: defcoop.Dataset) -> None:
    chart: Any = PLOTS["sources"](shipped, by="voice")
    assert "by voice" in subtitle(chart)[1]


@EACH
def test_a_legend_is_read_in_the_direction_of_the_language(name: str, shipped: defcoop.Dataset) -> None:
    def listed(lang: str) -> tuple[list[str], list[str]]:
        for _, layer, _ in layers(PLOTS[name](shipped, lang=lang)):
            told = layer["encoding"].get("color") or layer["encoding"].get("fill")
            if told:
                return told["scale"]["domain"], told["scale"]["range"]
        raise AssertionError

    (words, colours), (arabic, their_colours) = listed("en"), listed("ar")
    assert their_colours == colours[::-1]
    assert [word.strip(RTL + END) for word in arabic] == [say(word, "ar") for word in reversed(words)]
