"""Pages of the site that lie outside `docs/`, and links that lead out of it."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from defcoop import load
from defcoop.docgen.codebook import codebook

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

CHECKOUT = Path(__file__).parents[2]
PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "schema/codebook.md": "codebook.md"}
"""Files of the repository that are pages of the site, and where they stand there."""

_AT = {page: file for file, page in PAGES.items()}
_FENCE = re.compile(r"^(`{3,}).*?^\1`*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?P<head>!?\[(?P<text>[^\]]*)\])\((?P<target>(?![a-z]+:|#)[^)#\s]+)(?P<anchor>#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages from outside."""
    texts = {file: (CHECKOUT / file).read_text(encoding="utf-8") for file in PAGES}
    # A site shows the data of its day, so its codebook counts them, unlike the one that lies in the repository.
    texts["schema/codebook.md"] = codebook(load(CHECKOUT))["codebook.md"]
    for file, page in PAGES.items():
        files.append(File.generated(config, page, content=texts[file]))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - mkdocs' names
    """Point links to where things are on the site; a link to a file that is not there becomes its text."""
    here = page.file.src_uri
    there = {file.src_uri for file in files}
    return lead(markdown, here, there)


def lead(markdown: str, here: str, there: set[str]) -> str:
    """Rewrite the links of a page, code aside.

    Args:
        markdown: the page's text.
        here: where the page stands in the site.
        there: the pages and other files that the site has.
    """
    parts, end = [], 0
    for fence in _FENCE.finditer(markdown):
        parts += [_led(markdown[end : fence.start()], here, there), fence[0]]
        end = fence.end()
    return "".join([*parts, _led(markdown[end:], here, there)])


def _led(text: str, here: str, there: set[str]) -> str:
    origin = posixpath.dirname(_AT.get(here, f"docs/{here}"))

    def rewritten(link: re.Match[str]) -> str:
        file = posixpath.normpath(posixpath.join(origin, link["target"]))
        target = PAGES.get(file, file.removeprefix("docs/") if file.startswith("docs/") else "")
        if target not in there:
            if not (CHECKOUT / file).exists():
                return link[0]  # mkdocs says what is wrong with it
            return link["text"] if re.search(r"[/.]", link["text"]) is None else f"`{link['text'].strip('`')}`"
        relative = posixpath.relpath(target, posixpath.dirname(here) or ".")
        return f"{link['head']}({relative}{link['anchor'] or ''})"

    return _LINK.sub(rewritten, text)
