"""Saving: offline, the same bytes each time, and whole or not at all."""

from __future__ import annotations

import json
import re
import struct
import sys
import xml.etree.ElementTree as ET  # the pictures are our own
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest

from defcoop.analysis.plots import PLOTS, _words, saving
from defcoop.analysis.plots.saving import FONTS, FORMATS, drawn, save
from tests.processes import python

if TYPE_CHECKING:
    import defcoop

EACH = pytest.mark.parametrize("name", PLOTS)
STARTS = {".svg": b"<svg", ".png": b"\x89PNG\r\n\x1a\n", ".html": b"<!DOCTYPE html>", ".json": b"{"}
FETCHED = re.compile(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(["']?https?:""")
OFFLINE = """
import socket, sys
from pathlib import Path

def refuse(*_, **__):
    raise AssertionError("the network was asked")

socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse

import defcoop
from defcoop.analysis.plots import PLOTS
from defcoop.analysis.plots.saving import save

ds = defcoop.load()
for ending in ("svg", "png"):
    save(PLOTS["trade"](ds, lang="ar"), Path(sys.argv[1], f"trade.{ending}"))
"""


@pytest.fixture
def chart() -> Any:
    return alt.Chart().mark_text(text="قطر")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_chart_is_saved_as_its_name_ends(ending: str, chart: Any, tmp_path: Path) -> None:
    save(chart, tmp_path / f"a{ending.upper()}")
    assert (tmp_path / f"a{ending.upper()}").read_bytes().startswith(STARTS[ending])


@EACH
@pytest.mark.parametrize(("lang", "form"), [("en", "svg"), ("ar", "png")])
def test_the_same_data_make_the_same_bytes(name: str, lang: str, form: str, shipped: defcoop.Dataset) -> None:
    assert drawn(PLOTS[name](shipped, lang=lang), form) == drawn(PLOTS[name](shipped, lang=lang), form)


def test_pictures_are_the_same_in_another_process_and_need_no_network(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    done = python("-c", OFFLINE, str(tmp_path), env={"https_proxy": "http://127.0.0.1:9", "PYTHONHASHSEED": "7"})
    assert done.returncode == 0, done.stderr
    for form in ("svg", "png"):
        assert (tmp_path / f"trade.{form}").read_bytes() == drawn(PLOTS["trade"](shipped, lang="ar"), form)


@EACH
def test_pictures_and_pages_fetch_nothing(name: str, shipped: defcoop.Dataset) -> None:
    chart = PLOTS[name](shipped)
    assert FETCHED.search(drawn(chart, "svg").decode()) is None
    page = drawn(chart, "html").decode()
    assert re.findall(r"<(?:script|link|iframe)[^>]* (?:src|href)=[^>]*>", page) == []
    assert FETCHED.search(re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)) is None


def test_the_specification_reads_back(shipped: defcoop.Dataset) -> None:
    told = json.loads(drawn(PLOTS["trade"](shipped), "json"))
    assert told == PLOTS["trade"](shipped).to_dict()


def test_a_page_carries_the_specification_and_no_text_ends_its_script() -> None:
    page = drawn(alt.Chart().mark_text(text="</script><!--<b>"), "html").decode()
    [spec] = re.findall(r"const spec = (\{.*\});\n", page)
    assert json.loads(spec)["mark"]["text"] == "</script><!--<b>"
    assert "<" not in spec


def letters_of(font: bytes) -> set[int]:
    """The code points of a font: the segments of its table `cmap`, in format 4."""
    tables = {font[at : at + 4]: struct.unpack(">II", font[at + 8 : at + 16]) for at in range(12, 12 + 16 * 40, 16)}
    start, _ = tables[b"cmap"]
    [count] = struct.unpack(">H", font[start + 2 : start + 4])
    offsets = [struct.unpack(">HHI", font[at : at + 8])[2] for at in range(start + 4, start + 4 + 8 * count, 8)]
    at = next(start + offset for offset in offsets if font[start + offset : start + offset + 2] == b"\0\4")
    [double] = struct.unpack(">H", font[at + 6 : at + 8])
    ends = struct.unpack(f">{double // 2}H", font[at + 14 : at + 14 + double])
    starts = struct.unpack(f">{double // 2}H", font[at + 16 + double : at + 16 + 2 * double])
    return {point for first, last in zip(starts, ends, strict=True) for point in range(first, last + 1)}


def test_the_font_that_comes_with_the_library_has_every_letter_that_is_drawn(shipped: defcoop.Dataset) -> None:
    names = "".join(name.text for record in shipped for name in record.names)
    needed = {
        ord(letter)
        for letter in names + Path(_words.__file__).with_name("arabic.json").read_text(encoding="utf-8")
        if letter.isalpha()
    }
    found = letters_of((FONTS / "NotoSansArabic.ttf").read_bytes())
    assert "".join(sorted(map(chr, needed - found))) == ""
    assert ord("中") not in found
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8").upper()


def test_arabic_letters_are_joined() -> None:
    together, apart = (
        drawn(alt.Chart().mark_text(text=text, font="Noto Sans Arabic", fontSize=40), "png")
        for text in ("قطر", "ق\u200cط\u200cر")
    )
    assert together != apart


def test_a_png_has_two_pixels_for_one_of_the_chart(shipped: defcoop.Dataset) -> None:
    chart = PLOTS["trade"](shipped)
    root = ET.fromstring(drawn(chart, "svg"))  # noqa: S314 - our own
    png = drawn(chart, "png")
    size = [int.from_bytes(png[place : place + 4]) for place in (16, 20)]
    assert size == pytest.approx([2 * float(root.get(side) or 0) for side in ("width", "height")], abs=2)


def test_folders_are_made_and_what_was_there_is_replaced(chart: Any, tmp_path: Path) -> None:
    place = tmp_path / "deep" / "er" / "a.svg"
    save(chart, str(place))
    place.write_text("old", encoding="utf-8")
    save(chart, place)
    assert place.read_bytes() == drawn(chart, "svg")
    assert place.stat().st_mode & 0o777 == 0o644
    assert list(place.parent.iterdir()) == [place]


def test_a_link_to_a_picture_stays_a_link(chart: Any, tmp_path: Path) -> None:
    (tmp_path / "link.svg").symlink_to("real.svg")
    save(chart, tmp_path / "link.svg")
    assert (tmp_path / "link.svg").is_symlink()
    assert (tmp_path / "real.svg").is_file()


def test_what_cannot_be_written_leaves_what_was_there(
    chart: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "a.svg"
    place.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="No space left"):
        save(chart, place)
    assert place.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize("name", ["a.pdf", "a", "svg"])
def test_another_ending_is_refused_before_anything_is_drawn(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a plot is saved as \.svg, \.png, \.html, \.json"):
        save(object(), tmp_path / name)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["svg", "png", "html"])
def test_without_vl_convert_what_to_install_is_told(
    form: str, chart: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    monkeypatch.setattr(saving, "FONTS", tmp_path)  # which were not registered yet
    with pytest.raises(ImportError, match=r"saving a plot needs vl_convert: pip install 'defcoop\[plots\]'"):
        drawn(chart, form)
    assert drawn(chart, "json")


def test_the_plots_can_be_listed_without_altair() -> None:
    done = python(
        "-c", "import sys, defcoop.analysis.plots as p; print([*p.PLOTS], {'altair', 'vl_convert'} & set(sys.modules))"
    )
    assert done.stdout == "['timeline', 'network', 'trade', 'sources'] set()\n"
