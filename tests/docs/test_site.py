"""The site builds strictly, with all its notebooks executed, and fetches nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from defcoop.validation.codes import CODES
from docs.site.arabic import marked
from docs.site.code_list import page
from docs.site.outside import lead
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

COMMAND = ("mkdocs", "build", "--strict", "-f", "docs/site/mkdocs.yml")
FETCHING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "audio": "src"}


class Page(HTMLParser):
    """What a page fetches, where it leads, and the places in it that can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.places.add(found.get("id") or "")
        if tag == "a":
            self.links.append(found.get("href") or "")
        elif tag in FETCHING and found.get("rel") not in {"canonical", "next", "prev"}:
            self.fetched.append(found.get(FETCHING[tag]) or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make docs` does, but elsewhere."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", *COMMAND, "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_make_docs_is_what_is_tested() -> None:
    assert f"docs: $(VENV)/.dev\n\t$(BIN)/{' '.join(COMMAND)}\n" in (CHECKOUT / "Makefile").read_text(encoding="utf-8")


def test_no_page_fetches_anything_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert len(pages) > 80
    for path, found in pages.items():
        outside = [url for url in found.fetched if urlsplit(url).scheme not in {"", "data"} or url.startswith("//")]
        assert outside == [], path
        assert 'class="mermaid"' not in path.read_text(encoding="utf-8"), "the theme would fetch what draws it"
    for style in site.rglob("*.css"):
        assert re.findall(r"@import|url\(['\"]?(?:https?:)?//", style.read_text(encoding="utf-8")) == [], style


def test_every_link_and_everything_fetched_is_there(site: Path, pages: dict[Path, Page]) -> None:
    missing = []
    for path, found in pages.items():
        for url in [*found.links, *found.fetched]:
            parts = urlsplit(url)
            if parts.scheme or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].places):
                missing.append((str(path.relative_to(site)), url))
    assert missing == []


def test_the_notebooks_are_executed_and_can_be_downloaded(site: Path) -> None:
    page = (site / "notebooks" / "1-first-five-minutes.html").read_text(encoding="utf-8")
    assert "Süleyman Soylu" in page
    assert 'href="1-first-five-minutes.ipynb"' in page
    assert (site / "notebooks" / "1-first-five-minutes.ipynb").is_file()


def test_examples_are_shown_without_what_only_tests_need(pages: dict[Path, Page]) -> None:
    for path in pages:
        assert "doctest:" not in path.read_text(encoding="utf-8"), path


def test_the_reference_shows_signatures_arguments_and_errors(site: Path) -> None:
    page = (site / "reference" / "plots.html").read_text(encoding="utf-8")
    assert 'id="defcoop.analysis.plots.timeline.timeline"' in page
    for word in ("Parameters", "Returns", "Raises", "ValueError"):
        assert word in page


def test_every_code_is_listed_with_its_page(site: Path) -> None:
    text = page()
    for code in CODES:
        assert f"[{code}]({code}.md)" in text
        assert (site / "codes" / f"{code}.html").is_file()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>Doha قطر.</p>", '<p>Doha <bdi lang="ar" dir="rtl">قطر</bdi>.</p>'),
        ("<code>'340 مليون دولار عام 2010'</code>", "<code>'{}'</code>"),
        ("<p>no Arabic, 2010</p>", "<p>no Arabic, 2010</p>"),
        ("<script>'قطر'</script>", "<script>'قطر'</script>"),
        ('<a title="قطر">x</a>', '<a title="قطر">x</a>'),
    ],
)
def test_arabic_is_marked_as_such_with_the_numbers_that_belong_to_it(text: str, expected: str) -> None:
    inner = '<bdi lang="ar" dir="rtl">340 مليون دولار عام 2010</bdi>'
    assert marked(text) == expected.replace("{}", inner)


@pytest.mark.parametrize(
    ("here", "link", "expected"),
    [
        ("index.md", "[add](../CONTRIBUTING.md)", "[add](contributing.md)"),
        ("howto/cite-a-value.md", "[c](../../schema/codebook.md#limits)", "[c](../codebook.md#limits)"),
        ("contributing.md", "[d](docs/diff.md)", "[d](diff.md)"),
        ("contributing.md", "[Makefile](Makefile)", "Makefile"),
        ("contributing.md", "[action.yml](action.yml)", "`action.yml`"),
        ("index.md", "[x](https://example.org/a.md)", "[x](https://example.org/a.md)"),
        ("index.md", "[x](missing.md)", "[x](missing.md)"),
        ("index.md", "```\n[add](../CONTRIBUTING.md)\n```", "```\n[add](../CONTRIBUTING.md)\n```"),
    ],
)
def test_links_lead_to_where_things_are_on_the_site(here: str, link: str, expected: str) -> None:
    assert lead(link, here, {"contributing.md", "codebook.md", "diff.md"}) == expected
