"""Linkage: references lead to records of the right type, and links between records make sense."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from defcoop.models.registry import ANY, SEED
from defcoop.validation.issues import CrossRecordIssue

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Mapping

    from defcoop.validation.issues import DatasetIndex
    from defcoop.validation.named import IdsMeant

    _Node = TypeVar("_Node", bound=Hashable)

_MOST_HINTS = 200


def references_name_records(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """Every id names an existing record of the type that its field asks for."""
    hints: dict[tuple[str, str], str] = {}
    ids_meant: IdsMeant | None = None
    for own, summary in index.summaries.items():
        for target, wanted in summary.links:
            kind = index.ids.get(target)
            if kind == wanted or (wanted == ANY and kind not in {None, SEED}):
                continue
            if kind is not None:
                yield CrossRecordIssue(
                    own, "DC302", f"{target} is of type {kind}, not {wanted}", target=target, wanted=wanted
                )
                continue
            # Each search goes through all ids, so a tree full of broken references gets no more than these.
            if (target, wanted) not in hints and len(hints) < _MOST_HINTS:
                ids_meant = ids_meant or _ids_meant(index)
                hints[target, wanted] = ids_meant.hint(target, wanted)
            hint = hints.get((target, wanted), "")
            yield CrossRecordIssue(own, "DC301", _missing(target, wanted), hint, target, wanted=wanted)


def no_circles(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """Links that lead upward (a parent, a wider facility, an agreement amended) never come back."""
    above: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for own, summary in index.summaries.items():
        for field, up in summary.ranks:
            above[field][own].add(up)
    for field, links in sorted(above.items()):
        for circle in circles(links):
            own = min(circle)
            yield CrossRecordIssue(own, "DC303", f"leads back to {own}", target=min(links[own] & circle), field=field)


def circles(links: Mapping[_Node, Collection[_Node]]) -> Iterator[set[_Node]]:
    """Yield the nodes of each circle, and of circles that meet together, so that each is told once.

    This is Kosaraju's way to the strongly connected components: it looks at every node and link twice.
    """
    back = _reversed(links)
    taken: set[_Node] = set()
    for node in reversed(_in_order_of_leaving(links)):
        circle = _reached(node, back, taken)
        taken |= circle
        if len(circle) > 1 or node in links.get(node, ()):
            yield circle


def _in_order_of_leaving(links: Mapping[_Node, Collection[_Node]]) -> list[_Node]:
    """List all nodes in the order in which a search in depth leaves them; not by recursion, for it may be deep."""
    left: list[_Node] = []
    entered: set[_Node] = set()
    for root in links:
        ahead = [(root, False)]
        while ahead:
            node, leaving = ahead.pop()
            if leaving:
                left.append(node)
            elif node not in entered:
                entered.add(node)
                ahead.append((node, True))
                ahead += [(far, False) for far in links.get(node, ()) if far not in entered]
    return left


def _reached(start: _Node, links: Mapping[_Node, Collection[_Node]], taken: set[_Node]) -> set[_Node]:
    """Give the nodes, the start among them, to which links lead past none that is taken."""
    reached: set[_Node] = set()
    ahead = [start]
    while ahead:
        node = ahead.pop()
        if node not in reached and node not in taken:
            reached.add(node)
            ahead += links.get(node, ())
    return reached


def _reversed(links: Mapping[_Node, Collection[_Node]]) -> dict[_Node, set[_Node]]:
    back: dict[_Node, set[_Node]] = {}
    for node, fars in links.items():
        for far in fars:
            back.setdefault(far, set()).add(node)
    return back


def duplicates_know_each_other(index: DatasetIndex) -> Iterator[CrossRecordIssue]:
    """A possible duplicate is named on both records."""
    for own, summary in index.summaries.items():
        for twin in summary.twins:
            if twin in index.summaries and own not in index.summaries[twin].twins:
                yield CrossRecordIssue(
                    own, "DC304", f"{twin} does not name {own}", target=twin, field="possibly_same_as"
                )


def _missing(target: str, wanted: str) -> str:
    return f"there is no {'source card' if wanted == SEED else 'record'} {target}"


def _ids_meant(index: DatasetIndex) -> IdsMeant:
    # A sound dataset needs neither the models nor the names of states.
    from defcoop.validation.named import IdsMeant  # noqa: PLC0415 - as above

    return IdsMeant(index)
