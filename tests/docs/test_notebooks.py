"""The notebooks run on the data of the library, say what they promise, and keep no outputs."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from docs.site.notebooks import execute, read, show
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOKS = sorted((CHECKOUT / "docs" / "notebooks").iterdir())
FIRST, PANEL, SOURCES = NOTEBOOKS


@cache
def shown(name: str) -> str:
    """What a reader of an executed notebook sees, as Markdown."""
    return show(execute(read((CHECKOUT / "docs" / "notebooks" / name).read_text(encoding="utf-8"))))


def outputs(name: str) -> list[str]:
    return re.findall(r"``` \{ \.text \.output \}\n(.*?)\n```", shown(name), re.DOTALL)


def test_there_are_three_and_they_are_kept_as_pages() -> None:
    assert [path.name for path in NOTEBOOKS] == [
        "1-first-five-minutes.md",
        "2-a-panel-with-uncertainty.md",
        "3-sources-and-contradictions.md",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_nothing_of_an_earlier_run_is_kept(path: Path) -> None:
    notebook = read(path.read_text(encoding="utf-8"))
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 5
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert ".output" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_reader_is_told_what_to_install(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    needed = {"pandas": "pandas", "networkx": "to_networkx", "plots": "analysis.plots"}
    told = set(re.findall(r"\w+", " ".join(re.findall(r"pip install 'defcoop\[(.*?)\]'", text))))
    assert told == {extra for extra, word in needed.items() if word in text}


def test_the_first_gives_a_typed_dataset_and_leads_a_number_to_its_sentence() -> None:
    page, said = shown(FIRST.name), "\n".join(outputs(FIRST.name))
    assert "agr-qat-tur-fifty-treaties" in page
    assert "[2017-05..2017-08] is between 2017-05-01 and 2017-08-31" in said
    assert re.search(r"value +3000\nwords +ستبعث 3 آلاف شرطي\nspeaker +Süleyman Soylu\nstance +planned", said)
    assert re.search(r"agreements +12 in all, +3 on explicit assertion", said)


def test_the_panel_is_merged_with_invented_rows_and_its_cells_lead_to_words() -> None:
    page, said = shown(PANEL.name), "\n".join(outputs(PANEL.name))
    tables = [re.findall(r"<t[dh]>(.*?)</t[dh]>", table) for table in re.findall(r"<table.*?</table>", page, re.DOTALL)]
    first, *_, merged = ([html.unescape(cell) for cell in table if cell] for table in tables)
    low, best, high = (f"agreements_in_force_{which}" for which in ("low", "best", "high"))
    assert first[:13] == ["year", "cow_a", "cow_b", low, best, high, *"0 2016 640 694 <NA> <NA> <NA>".split()]
    assert merged == ["year", low, high, "invented", *"0 2017 1 2 0.1 1 2018 <NA> 2 0.2".split()]
    assert "agr-qat-tur-military-cooperation-2017\n    2017-06\n    ودخلت حيز التنفيذ في يونيو 2017" in said
    assert "from 1.0 to 4.0 with a median of 2.0" in said


def test_the_third_shows_what_rests_on_one_text_what_contradicts_and_a_picture() -> None:
    page, said = shown(SOURCES.name), "\n".join(outputs(SOURCES.name))
    assert len(re.findall(r"^without seed-\d{3}: +\d+ records and +\d+ values are lost$", said, re.MULTILINE)) == 5
    assert "Minister of Defence: seed-001 (relayed)" in said
    counts = re.findall(r"^ *(\d+) (?:firm|single sourced|contested)$", said, re.MULTILINE)
    assert len(counts) == 3
    assert all(int(count) > 0 for count in counts)
    assert "Minister of Defence" in re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    assert page.count('src="data:image/svg+xml;base64,') == 1
    assert re.search(r"25 +Qatar - Turkey", said)


def test_a_notebook_that_fails_stops_the_build() -> None:
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute(read("# Title\n\n```python\n1 / 0\n```\n"))


def test_a_notebook_runs_at_the_top_of_the_checkout_and_leaves_no_socket_there() -> None:
    done = execute(read("# Title\n\n```python\nimport os\n\nos.getcwd()\n```\n"))
    assert done.cells[1].outputs[0].data["text/plain"] == repr(str(CHECKOUT))
    assert list(CHECKOUT.glob("kernel*")) == []


def test_outputs_are_shown_as_text_tables_and_pictures() -> None:
    made = {
        "print('<b>')": "``` { .text .output }\n<b>\n```",
        "1 + 1": "``` { .text .output }\n2\n```",
        "from IPython.display import HTML; HTML('<table>\\n\\n<tr></tr></table>')": (
            '<div class="output" tabindex="0">\n<table class="shown">\n<tr></tr></table>\n</div>'
        ),
        "from IPython.display import Image; Image(data=b'\\x89PNG\\r\\n\\x1a\\n', format='png')": (
            '<img class="output" alt="What the code above draws" src="data:image/png;base64,iVBORw0KGgo=">'
        ),
    }
    page = show(execute(read("# Title\n\n" + "\n\n".join(f"```python\n{code}\n```" for code in made))))
    for code, expected in made.items():
        assert f"```python\n{code}\n```\n\n{expected}\n" in page


def test_the_download_for_jupyter_is_the_same_each_time() -> None:
    text = FIRST.read_text(encoding="utf-8")
    assert nbformat.writes(read(text)) == nbformat.writes(read(text))
    assert json.loads(nbformat.writes(read(text)))["metadata"]["kernelspec"]["name"] == "python3"
