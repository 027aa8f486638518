"""Notebooks: kept as Markdown without outputs, executed when the site is built, shown with what they gave."""

from __future__ import annotations

import base64
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jupytext
import nbformat
from mkdocs.structure.files import File
from nbclient import NotebookClient
from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from nbformat import NotebookNode

CHECKOUT = Path(__file__).parents[2]
SECONDS = 120
"""How long a cell may take before a build gives up."""

_FOLDER = "notebooks/"
_BLANK = re.compile(r"\n\s*\n")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each notebook as a file for Jupyter, without outputs."""
    for page in [file for file in files.documentation_pages() if file.src_uri.startswith(_FOLDER)]:
        content = nbformat.writes(read(page.content_string))
        files.append(File.generated(config, page.src_uri.replace(".md", ".ipynb"), content=content))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Execute a notebook and show what it gives."""
    if not page.file.src_uri.startswith(_FOLDER):
        return markdown
    title, body = show(execute(read(markdown))).split("\n", 1)
    name = Path(page.file.src_uri).with_suffix(".ipynb").name
    return f"{title}\n\n[Download for Jupyter]({name}){{ .download }}\n{body}"


def read(markdown: str) -> NotebookNode:
    """Read a notebook: code in fences, all else text."""
    notebook: NotebookNode = jupytext.reads(markdown, fmt="md")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # jupytext draws them, and a file should be the same each time
    return notebook


def execute(notebook: NotebookNode) -> NotebookNode:
    """Run every cell of a notebook, at the top of the repository.

    Raises:
        nbclient.exceptions.CellExecutionError: if a cell fails.
    """
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # or the kernel warns of frozen modules
    place = {"metadata": {"path": str(CHECKOUT)}}
    with tempfile.TemporaryDirectory() as folder:
        # No port is opened, for others on the machine could listen there; the sockets are files of this run alone.
        config = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})
        client = NotebookClient(notebook, timeout=SECONDS, resources=place, config=config)
        done: NotebookNode = client.execute()
    return done


def show(notebook: NotebookNode) -> str:
    """Write an executed notebook as Markdown."""
    return "\n\n".join(part for cell in notebook.cells for part in _cell(cell)) + "\n"


def _cell(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type != "code":
        yield cell.source
        return
    yield f"```python\n{cell.source}\n```"
    for output in cell.outputs:
        yield _output(output)


def _output(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return _text(output.text)
    data: dict[str, Any] = output.data
    if "image/svg+xml" in data:
        return _picture("image/svg+xml", base64.b64encode(data["image/svg+xml"].encode()).decode())
    if "image/png" in data:
        return _picture("image/png", data["image/png"].replace("\n", ""))
    if "text/html" in data:
        # A blank line would end what Markdown takes for HTML; tables without a class are the theme's.
        html = _BLANK.sub("\n", data["text/html"]).strip().replace("<table>", '<table class="shown">')
        return f'<div class="output" tabindex="0">\n{html}\n</div>'
    return _text(data["text/plain"])


def _text(text: str) -> str:
    return f"``` {{ .text .output }}\n{text.rstrip()}\n```"


def _picture(kind: str, content: str) -> str:
    return f'<img class="output" alt="What the code above draws" src="data:{kind};base64,{content}">'
