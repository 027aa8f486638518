"""What the library promises is in the reference, says what it takes, gives and refuses, and is shown in an example that runs.

Promised are the names of `defcoop`, `defcoop.dataset`, `defcoop.models` and of every module of `defcoop.analysis`, and
whatever else has a page in the reference. The tests read the source, as the site does.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import griffe
import pytest
import yaml

from docs.site.doctests import fenced
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = CHECKOUT / "docs"
DIRECTIVE = re.compile(r"^::: (?P<name>[\w.]+)\n(?P<options>(?: {4}.*\n)*)", re.MULTILINE)
EXAMPLE = re.compile(r"^(?:>>>|\.\.\.) (.*)$|^```python\n((?!>>>).*?)^```$", re.MULTILINE | re.DOTALL)
MODULES = [
    ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((CHECKOUT / "defcoop/analysis").rglob("*.py"))
]
PROMISED = ["defcoop", "defcoop.dataset", "defcoop.models", *(name for name in MODULES if "._" not in name)]

Thing = griffe.Object | griffe.Alias


@cache
def library() -> griffe.Module:
    loaded = griffe.load("defcoop", search_paths=[str(CHECKOUT)], resolve_aliases=True)
    assert isinstance(loaded, griffe.Module)
    return loaded


def find(path: str) -> Thing:
    found: Any = library() if path == "defcoop" else library()[path.removeprefix("defcoop.")]
    return found.final_target if found.is_alias else found


def names(module: str) -> list[str]:
    """The names that a module offers: those of `__all__`, else what it defines under a public name."""
    found = find(module)
    if found.exports is not None:
        return [str(name) for name in found.exports if not str(name).startswith("_")]
    return [name for name, one in found.members.items() if is_offered(name, one)]


def is_offered(name: str, thing: Thing) -> bool:
    return not (name.startswith("_") or thing.is_alias or thing.is_module)


@cache
def documented() -> dict[str, str]:
    """What the reference shows, by where it is defined, with the page that shows it."""
    shown = {}
    for page in sorted((DOCS / "reference").rglob("*.md")):
        for directive in DIRECTIVE.finditer(page.read_text(encoding="utf-8")):
            options = (yaml.safe_load(directive["options"]) or {}).get("options", {})
            for name in options.get("members") or names(directive["name"]):
                shown[find(f"{directive['name']}.{name}").canonical_path] = page.name
    return shown


def things() -> Iterator[Thing]:
    """What is documented, with the public methods and properties of classes."""
    for path in documented():
        thing = find(path)
        yield thing
        if thing.is_class:
            yield from (one for name, one in thing.members.items() if is_offered(name, one) and one.is_function)


EVERY = pytest.mark.parametrize("path", sorted({thing.canonical_path for thing in things()}))


@cache
def shown_in_pages() -> frozenset[str]:
    """The words in the examples of pages; other tests run them."""
    pages = [CHECKOUT / "README.md", *DOCS.rglob("*.md")]
    code = "\n".join(a or b for page in pages for a, b in EXAMPLE.findall(page.read_text(encoding="utf-8")))
    return frozenset(re.findall(r"\w+", code))


def errors(thing: Thing) -> set[str]:
    """The errors that the code of a function raises by name."""
    tree = ast.parse("\n".join(thing.source.splitlines()) if thing.source else "")
    calls = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and node.exc]
    return {ast.unparse(call.func if isinstance(call, ast.Call) else call) for call in calls}


def sections(thing: Thing, kind: griffe.DocstringSectionKind) -> list[Any]:
    parsed = griffe.parse_google(thing.docstring, warnings=False) if thing.docstring else []
    return [one for section in parsed if section.kind is kind for one in section.value]


def test_the_reference_has_a_page_for_every_module_that_is_promised() -> None:
    assert len(documented()) > 30
    assert set(documented().values()) == {path.name for path in (DOCS / "reference").glob("*.md")} - {"index.md"}


@pytest.mark.parametrize("module", PROMISED)
def test_every_name_that_a_module_offers_is_in_the_reference(module: str) -> None:
    offered = {find(f"{module}.{name}").canonical_path for name in names(module)}
    assert offered - documented().keys() == set()


@EVERY
def test_it_says_what_it_is_in_one_sentence(path: str) -> None:
    thing = find(path)
    assert thing.docstring
    first = thing.docstring.value.splitlines()[0]
    assert re.search(r"[.:]$", first), first


@EVERY
def test_it_has_types_and_says_what_it_takes(path: str) -> None:
    thing = find(path)
    if not isinstance(thing, griffe.Function):
        return
    taken = [one for one in thing.parameters if one.name not in {"self", "cls", "_"}]
    assert [one.name for one in taken if one.annotation is None] == []
    assert thing.returns is not None
    told = {one.name.lstrip("*") for one in sections(thing, griffe.DocstringSectionKind.parameters)}
    # What Mapping asks of its classes is known from there.
    if "overload" not in thing.labels and thing.name not in {"get", "keys", "values", "items"}:
        assert {one.name for one in taken} - told == set()


@EVERY
def test_it_says_which_errors_it_raises(path: str) -> None:
    thing = find(path)
    if thing.is_function:
        told = {one.annotation for one in sections(thing, griffe.DocstringSectionKind.raises)}
        assert errors(thing) - {str(one) for one in told} == set()


@EVERY
def test_there_is_an_example_of_it_that_runs(path: str) -> None:
    thing = find(path)
    own = thing.docstring is not None and ">>>" in thing.docstring.value
    inside = thing.is_class and any(one.docstring and ">>>" in one.docstring.value for one in thing.members.values())
    assert own or inside or thing.name in shown_in_pages()


def test_what_is_undocumented_would_be_found() -> None:
    code = 'def f(a, b: int):\n    """Do it\n\n    Args:\n        b: a number.\n    """\n    raise KeyError(a)\n'
    module = griffe.visit("m", filepath=CHECKOUT / "m.py", code=code)
    thing = module["f"]
    assert [one.name for one in thing.parameters if one.annotation is None] == ["a"]
    assert [one.name for one in sections(thing, griffe.DocstringSectionKind.parameters)] == ["b"]
    assert errors(thing) == {"KeyError"}


def test_examples_in_docstrings_are_shown_as_sessions() -> None:
    shown = fenced("Add.\n\nArgs:\n    a: one.\n\n>>> f(1)  # doctest: +ELLIPSIS\n1...\n>>> f(2)\n2\n")
    assert shown == "Add.\n\nArgs:\n    a: one.\n\n```pycon\n>>> f(1)\n1...\n>>> f(2)\n2\n```\n"
