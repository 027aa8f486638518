"""What the library promises is in the reference, says what it takes and refuses, and is shown in an example that runs.

Promised are the names of `defcoop`, `defcoop.dataset`, `defcoop.models` and of the modules of `defcoop.analysis`, and
whatever else has a page in the reference. The tests read the source, as the site does.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import griffe
import pytest
import yaml

import defcoop.errors
from defcoop.analysis.plots import PLOTS
from docs.site.doctests import fenced
from docs.site.methods import BoundFunctions
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = CHECKOUT / "docs"
DIRECTIVE = re.compile(r"^::: (?P<name>[\w.]+)\n(?P<options>(?: {4}.*\n)*)", re.MULTILINE)
EXAMPLE = re.compile(r"^(?:>>>|\.\.\.) (.*)$|^```python\n((?!>>>).*?)^```$", re.MULTILINE | re.DOTALL)
MAPPING = {"get", "items", "keys", "values"}
"""What Mapping asks of its classes is known from there."""

MODULES = [
    ".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((CHECKOUT / "defcoop/analysis").rglob("*.py"))
    if not re.search(r"/_(?!_)", str(path))
]
PROMISED = ["defcoop", "defcoop.dataset", "defcoop.models", *(name for name in MODULES if name.count(".") == 2)]
"""Of the modules beneath one of these, only what has a page is promised."""

Thing = griffe.Object | griffe.Alias


@cache
def library() -> griffe.Module:
    methods = griffe.load_extensions(BoundFunctions)
    loaded = griffe.load("defcoop", search_paths=[str(CHECKOUT)], resolve_aliases=True, extensions=methods)
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
            thing = find(directive["name"])
            if thing.is_module:
                members = options.get("members") or names(thing.path)
                shown |= {find(f"{thing.path}.{name}").canonical_path: page.name for name in members}
            else:
                shown[thing.canonical_path] = page.name
    return shown


def things() -> Iterator[Thing]:
    """What is documented, with the public methods and properties of classes, inherited ones too."""
    for path in documented():
        thing = find(path)
        yield thing
        if isinstance(thing, griffe.Class):
            for name, one in thing.all_members.items():
                target = one.final_target if one.is_alias else one
                if is_offered(name, target) and target.is_function and target.path.startswith("defcoop."):
                    yield target


EVERY = pytest.mark.parametrize("path", sorted({thing.canonical_path for thing in things()}))


@cache
def shown_in_pages() -> frozenset[str]:
    """What the examples of pages import, call or name in `defcoop`; other tests run them."""
    pages = [CHECKOUT / "README.md", *DOCS.rglob("*.md")]
    code = "\n".join(a or b for page in pages for a, b in EXAMPLE.findall(page.read_text(encoding="utf-8")))
    imported = " ".join(re.findall(r"import (.*)", code))
    return frozenset(re.findall(r"\w+(?=\()|(?<=defcoop\.)\w+", code) + re.findall(r"\w+", imported))


@cache
def shown_as_answers() -> frozenset[str]:
    """The classes that a function gives which has an example."""
    shown = (one for one in things() if isinstance(one, griffe.Function) and is_shown(one))
    return frozenset(re.findall(r"\w+", " ".join(str(one.returns) for one in shown)))


def is_shown(thing: Thing) -> bool:
    return (thing.docstring is not None and ">>>" in thing.docstring.value) or thing.name in shown_in_pages()


def errors(source: str) -> set[str]:
    """The errors that the code of a function raises by name."""
    calls = [node.exc for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Raise) and node.exc]
    return {ast.unparse(call.func if isinstance(call, ast.Call) else call) for call in calls}


def kinds(error: str) -> set[str]:
    """The names under which an error may be caught, its own first: an InputError is a ValueError too."""
    own = getattr(defcoop.errors, error, None)
    return {kind.__name__ for kind in own.__mro__} if own else {error}


def sections(thing: Thing, kind: griffe.DocstringSectionKind) -> list[Any]:
    parsed = griffe.parse_google(thing.docstring, warnings=False) if thing.docstring else []
    return [one for section in parsed if section.kind is kind for one in section.value]


def test_every_page_of_the_reference_shows_something() -> None:
    assert len(documented()) > 30
    assert set(documented().values()) == {path.name for path in (DOCS / "reference").glob("*.md")} - {"index.md"}


@pytest.mark.parametrize("module", PROMISED)
def test_every_name_that_a_module_offers_is_in_the_reference(module: str) -> None:
    offered = {find(f"{module}.{name}").canonical_path for name in names(module)}
    assert offered - documented().keys() == set()


@pytest.mark.parametrize("name", PLOTS)
def test_every_plot_is_in_the_reference(name: str) -> None:
    assert f"defcoop.analysis.plots.{name}.{name}" in documented()


@EVERY
def test_it_says_what_it_is_in_a_sentence(path: str) -> None:
    thing = find(path)
    assert thing.docstring
    first = thing.docstring.value.split("\n\n")[0]
    assert re.search(r"[.:]$", first), first


@EVERY
def test_it_has_types_and_says_what_it_takes(path: str) -> None:
    thing = find(path)
    if not isinstance(thing, griffe.Function):
        return
    taken = [one for one in thing.parameters if one.name not in {"self", "cls"}]
    assert [one.name for one in taken if one.annotation is None] == []
    assert thing.returns is not None
    if thing.name not in MAPPING:
        told = {one.name.lstrip("*") for one in sections(thing, griffe.DocstringSectionKind.parameters)}
        assert {one.name for one in taken} - told == set()


@EVERY
def test_it_says_which_errors_it_raises(path: str) -> None:
    thing = find(path)
    if isinstance(thing, griffe.Function):
        told = {str(one.annotation) for one in sections(thing, griffe.DocstringSectionKind.raises)}
        assert [name for name in errors(dedent(thing.source)) if kinds(name).isdisjoint(told)] == []


@EVERY
def test_there_is_an_example_of_it_that_runs(path: str) -> None:
    thing = find(path)
    if thing.is_attribute or thing.name in MAPPING:
        return
    inside = thing.is_class and any(map(is_shown, thing.members.values()))
    assert is_shown(thing) or inside or thing.name in shown_as_answers()


def test_what_is_undocumented_would_be_found() -> None:
    code = 'def f(a, b: int):\n    """Do it\n\n    Args:\n        b: a number.\n    """\n    raise KeyError(a)\n'
    thing = griffe.visit("m", filepath=CHECKOUT / "m.py", code=code)["f"]
    assert [one.name for one in thing.parameters if one.annotation is None] == ["a"]
    assert [one.name for one in sections(thing, griffe.DocstringSectionKind.parameters)] == ["b"]
    assert errors(code) == {"KeyError"}


def test_examples_in_docstrings_are_shown_as_sessions() -> None:
    shown = fenced("Add.\n\nArgs:\n    a: one.\n\n>>> f(1)  # doctest: +ELLIPSIS\n1...\n>>> f(2)\n2\n")
    assert shown == "Add.\n\nArgs:\n    a: one.\n\n```pycon\n>>> f(1)\n1...\n>>> f(2)\n2\n```\n"
