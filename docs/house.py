"""Draw docs/house.svg: the rooms of the library and which imports which. `python docs/house.py`; `make fix` runs it."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from xml.sax.saxutils import escape

LIBRARY = Path(__file__).parents[1] / "defcoop"
PICTURE = Path(__file__).with_suffix(".svg")

STEP, LEFT, RIGHT, TOP = 40, 16, 760, 64
"""Height of a room's row, where rooms begin and end, where the first stands; in pixels of the picture."""

Edges = set[tuple[str, str]]
"""Pairs of a room and one that it imports from."""

NOTE = "An arc runs from a room down to one that it imports from, unless others lead there."


def rooms() -> dict[str, str]:
    """Give each room, which is a package, with the first sentence of its docstring."""
    described = {}
    for init in sorted(LIBRARY.glob("*/__init__.py")):
        docstring = ast.get_docstring(ast.parse(init.read_bytes())) or ""
        described[init.parent.name] = docstring.split("\n")[0]
    return described


def imports() -> Edges:
    """Pair each room with each other room that a module of it imports from, when loaded or when used."""
    paths = LIBRARY.glob("*/**/*.py")
    pairs = ((path.relative_to(LIBRARY).parts[0], used) for path in paths for used in _imported(path.read_bytes()))
    return {(user, used) for user, used in pairs if user != used}


def _imported(source: bytes | ast.AST) -> set[str]:
    """Name the rooms from which a module imports; what only type checkers read is left out."""
    wanted = set()
    for node in ast.iter_child_nodes(ast.parse(source) if isinstance(source, bytes) else source):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("defcoop."):
            wanted.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "defcoop":
            wanted |= {alias.name for alias in node.names}
        else:
            wanted |= _imported(node)
    return wanted


def in_order_of_need(edges: Edges) -> list[str]:
    """List the rooms so that each stands above all that it imports from.

    Raises:
        graphlib.CycleError: if imports between rooms run in a circle.
    """
    needs: dict[str, set[str]] = {}
    for user, used in sorted(edges):
        needs.setdefault(user, set()).add(used)
    return list(TopologicalSorter(needs).static_order())[::-1]


def not_implied(edges: Edges) -> Edges:
    """Leave out an import where one by way of other rooms leads to the same room."""
    below: dict[str, set[str]] = {}
    for user, used in edges:
        below.setdefault(user, set()).add(used)

    def reached(room: str) -> set[str]:
        nearest = below.get(room, set())
        return nearest.union(*(reached(name) for name in nearest))

    return {
        (user, used) for user, used in edges if not any(used in reached(between) for between in below[user] - {used})
    }


def draw(described: dict[str, str], edges: Edges) -> str:
    """Draw the rooms as rows and each import between two of them as an arc that runs downwards."""
    order = [name for name in in_order_of_need(edges) if name in described]
    row = {name: TOP + STEP * place for place, name in enumerate(order)}
    height = TOP + STEP * len(order) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="960" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" font-size="15" font-weight="bold">The rooms of defcoop</text>',
        f'<text x="{LEFT}" y="44" fill="#555">{NOTE}</text>',
    ]
    parts += [
        f'<rect x="{LEFT}" y="{row[name]}" width="{RIGHT - LEFT}" height="{STEP - 8}" rx="5" fill="#eef3f8"/>'
        f'<text x="{LEFT + 10}" y="{row[name] + 20}" font-weight="bold">{name}</text>'
        f'<text x="{LEFT + 100}" y="{row[name] + 20}" font-size="11">{escape(described[name])}</text>'
        for name in order
    ]
    for user, used in sorted(not_implied(edges)):
        if user in row and used in row:
            start, end = row[user] + 16, row[used] + 16
            bend = RIGHT + 12 + abs(end - start) * 0.62
            parts.append(
                f'<path d="M{RIGHT} {start}C{bend:.0f} {start} {bend:.0f} {end} {RIGHT} {end}" fill="none"'
                ' stroke="#2563a8" stroke-width="2">'
                f"<title>{user} imports from {used}</title></path>"
            )
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(draw(rooms(), imports()), encoding="utf-8")
