"""Saving: a chart as a picture, a page or its specification, without a network and the same on every run."""

from __future__ import annotations

import json
import os
import tempfile
from functools import cache
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from defcoop.errors import InputError, MissingLibraryError

if TYPE_CHECKING:
    from altair.typing import ChartType

FONTS = Path(__file__).parent / "fonts"
"""A font with Arabic letters, so that pictures do not depend on those of the machine."""

FORMATS = {".svg": "svg", ".png": "png", ".html": "html", ".json": "json"}
"""What a chart can be saved as, by the ending of the file's name."""

_SHARP = 2
"""How many pixels of a PNG stand for one of the chart."""


def save(chart: ChartType, place: Path | str) -> None:
    """Save a chart as its file's name ends; what was there before stays whole until the new file is done.

    Args:
        chart: the chart.
        place: the file: `.svg`, `.png` (two pixels for one of the chart), `.html` (a page that needs no network) or
            `.json` (Vega-Lite).

    Raises:
        ImportError: if Altair or vl-convert is not installed.
        OSError: if the file cannot be written.
        ValueError: if its name has another ending.

    >>> import altair as alt
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(alt.Chart().mark_text(text="قطر"), f"{folder}/qatar.svg")
    ...     Path(f"{folder}/qatar.svg").read_text()[:4]
    '<svg'
    """
    picture = drawn(chart, format_of(Path(place)))
    place = Path(os.path.realpath(place))  # a link to a picture stays a link
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - an open handle
            file.write(picture)
        Path(fresh).chmod(0o644)
        Path(fresh).replace(place)
    except BaseException:
        Path(fresh).unlink(missing_ok=True)
        raise


def format_of(place: Path) -> str:
    """Tell by a file's name what to save in it.

    Raises:
        ValueError: if it has another ending.
    """
    form = FORMATS.get(place.suffix.lower())
    if form is None:
        msg = f"{place}: a plot is saved as {', '.join(FORMATS)}"
        raise InputError(msg)
    return form


def drawn(chart: ChartType, form: str) -> bytes:
    """Draw a chart as `svg`, `png`, `html` or `json`.

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
    if form == "html":
        return chart.to_html(inline=True, json_kwds={"cls": _InScript}).encode()
    page = StringIO()
    chart.save(page, format="svg")
    return page.getvalue().encode()


class _InScript(json.JSONEncoder):
    """Writes JSON to stand in a script: a name that holds `</script>` would end it otherwise."""

    def encode(self, o: object) -> str:
        """Write a thing without `<`, which stands in JSON within texts alone."""
        return super().encode(o).replace("<", "\\u003c")


@cache
def _register(fonts: Path) -> None:
    try:
        import_module("vl_convert").register_font_directory(str(fonts))
    except ModuleNotFoundError as error:
        msg = f"saving a plot needs {error.name}: pip install 'defcoop[plots]'"
        raise MissingLibraryError(msg) from None
