"""Saving: a chart as a picture, a page or its specification, without a network and the same on every run."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from altair.typing import ChartType

FONTS = Path(__file__).parent / "fonts"
"""A font with Arabic letters, so that pictures do not depend on those of the machine."""

FORMATS = {".svg": "svg", ".png": "png", ".html": "html", ".json": "json"}
"""What a chart can be saved as, by the ending of the file's name."""

_SHARP = 2
"""How many pixels of a PNG stand for one of the chart."""


def format_of(place: Path) -> str:
    """Tell by a file's name what to save in it.

    Raises:
        ValueError: if it has another ending.
    """
    found = FORMATS.get(place.suffix.lower())
    if found is None:
        msg = f"{place}: a plot is saved as {', '.join(FORMATS)}"
        raise ValueError(msg)
    return found


def drawn(chart: ChartType, form: str) -> bytes:
    """Draw a chart as `svg`, `png` (two pixels for one), `html` (a page that needs no network) or `json` (Vega-Lite).

    Raises:
        ImportError: if vl-convert is not installed.
    """
    if form == "json":
        return f"{chart.to_json()}\n".encode()
    _register(FONTS)
    if form == "png":
        picture = BytesIO()
        chart.save(picture, format="png", scale_factor=_SHARP)
        return picture.getvalue()
    page = StringIO()
    if form == "html":
        chart.save(page, format="html", inline=True)
    else:
        chart.save(page, format="svg")
    return page.getvalue().encode()


@cache
def _register(fonts: Path) -> None:
    try:
        import_module("vl_convert").register_font_directory(str(fonts))
    except ModuleNotFoundError as error:
        msg = f"to save plots needs {error.name}: pip install 'defcoop[plots]'"
        raise ImportError(msg) from None
