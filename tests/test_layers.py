"""Dependencies point one way, modules are small, and only the command line prints."""

from __future__ import annotations

import ast
import re
from collections import Counter
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import pytest

from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = sorted((CHECKOUT / "defcoop").rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


TREES = {module_name(path): ast.parse(path.read_bytes()) for path in FILES}

NAME = re.compile(r"defcoop(\.\w+)+\.?")
"""The name of a module or of something in one, or how one begins in an f-string."""

LAYERS = [
    ["version", "_imports", "errors"],
    ["values"],
    ["models"],
    ["reference"],
    ["io"],
    ["lookup"],
    ["validation"],
    ["merging"],
    ["package"],
    ["alignment"],
    ["analysis"],
    ["dataset"],
    ["difference", "editions"],
    ["exports"],
    ["docgen"],
    ["publishing"],
    ["release", "scaffold"],
    ["defcoop"],  # the names at the top, each of which leads to its room
    ["cli"],
    ["__main__"],
]
MODULES = pytest.mark.parametrize("module", TREES)


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of defcoop that are imported when a module is run or used, those for types aside."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for other in node.orelse:
                yield from imported(other)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "defcoop")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            for alias in node.names if (node.module or "").split(".")[0] == "defcoop" else ():
                name = f"{node.module}.{alias.name}"
                yield name if name in TREES else node.module or ""
        else:
            yield from imported(node)


IMPORTS = {name: set(imported(tree)) - {name} for name, tree in TREES.items()}


def named(tree: ast.AST) -> Iterator[str]:
    """Yield the modules of defcoop that a module names in strings, from which they can be imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
            name = node.value.rstrip(".")
            while name not in TREES:
                name = name.rpartition(".")[0]
            if name != "defcoop":  # which is also the name of folders and of groups of entry points
                yield name


def layer(module: str) -> str:
    return (*module.split("."), "defcoop")[1] if module != "defcoop" else "defcoop"


def test_the_imports_are_found() -> None:
    assert "defcoop.package.reader" in IMPORTS["defcoop.dataset.loading"], "a lazy import"
    assert "defcoop.package.claims" in IMPORTS["defcoop.dataset.core"], "a module imported by name"
    assert "defcoop.analysis.panel" in IMPORTS["defcoop.dataset.core"], "likewise, under another name"
    assert "defcoop.dataset" not in IMPORTS["defcoop.package.writer"], "an import for types alone"
    assert "defcoop.values" in IMPORTS["defcoop.models.actor"]


def rank(module: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if layer(module) in names)


def reached(tree: ast.AST) -> set[str]:
    return {*imported(tree), *named(tree)}


def test_every_module_has_one_place_in_the_layers() -> None:
    assert sorted(name for names in LAYERS for name in names) == sorted({layer(name) for name in TREES})


@MODULES
def test_a_module_imports_nothing_from_a_layer_above(module: str) -> None:
    assert [name for name in reached(TREES[module]) if rank(name) > rank(module)] == []


@pytest.mark.parametrize(
    "code",
    [
        'import_module("defcoop.cli.build")',
        'getattr(import_module(f"defcoop.cli.{name}"), name)',
        '__getattr__ = lazily(__name__, {"build": "defcoop.cli.build"})',
        'def build():\n    return __import__("defcoop.cli.build.build")',
        "def build():\n    from defcoop.cli.build import build\n    return build()",
    ],
)
def test_an_import_from_above_is_found_wherever_it_stands(code: str) -> None:
    assert {layer(name) for name in reached(ast.parse(code))} == {"cli"}


def test_the_codebook_and_the_schemas_do_not_need_each_other() -> None:
    assert "defcoop.docgen.codebook" not in IMPORTS["defcoop.docgen.schemas"]
    assert "defcoop.docgen.schemas" not in IMPORTS["defcoop.docgen.codebook"]


def test_no_imports_run_in_a_circle() -> None:
    assert len(list(TopologicalSorter(IMPORTS).static_order())) == len(TREES)


def prints(tree: ast.AST) -> list[str]:
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if call in {"print", "pprint"} or call.startswith(("sys.std", "click."))]


@MODULES
def test_only_the_command_line_prints(module: str) -> None:
    assert layer(module) == "cli" or prints(TREES[module]) == []


def test_the_command_line_does_print() -> None:
    assert "click.echo" in prints(TREES["defcoop.cli.build"])


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_no_module_has_more_than_300_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@MODULES
def test_every_module_says_what_it_is(module: str) -> None:
    assert ast.get_docstring(TREES[module])


def test_no_class_has_the_name_of_another() -> None:
    names = Counter(node.name for tree in TREES.values() for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []


@MODULES
def test_what_is_private_to_a_room_stays_in_it(module: str) -> None:
    wanted = [node for node in ast.walk(TREES[module]) if isinstance(node, ast.ImportFrom)]
    from_rooms = [(node.module or "", [alias.name for alias in node.names]) for node in wanted]
    private = [
        (name, names)
        for name, names in from_rooms
        if name.startswith("defcoop.") and layer(name) not in {layer(module), "_imports"}
        if "._" in name or any(word.startswith("_") for word in names)
    ]
    assert private == []


def test_the_library_has_about_a_dozen_rooms() -> None:
    """The last was `publishing`: what packages bring for people is made by `docgen`, which lies above them."""
    assert len({layer(name) for name in TREES} - {"defcoop", "__main__"}) <= 22
