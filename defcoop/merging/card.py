"""The card of a merged dataset: that of the first, with the contributors of the second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from defcoop.io.yaml_reader import read

if TYPE_CHECKING:
    from defcoop.merging.contents import CheckoutContents


def merged_card(first: CheckoutContents, second: CheckoutContents) -> bytes:
    """Give the card of the first dataset, with the contributors and languages of the second that it lacks."""
    if not first.card:
        return second.card
    card, other = _read(first.card), _read(second.card)
    for field, is_in in (("contributors", _is_named), ("languages", list.__contains__)):
        own = card.get(field) or []
        more = [item for item in other.get(field) or [] if not is_in(own, item)]
        if more:
            card[field] = own + more
    if card == _read(first.card):
        return first.card  # with its comments
    return yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None).encode()


def _read(source: bytes) -> dict[str, Any]:
    data = read(source) if source else {}
    return data if isinstance(data, dict) else {}


def _is_named(contributors: list[Any], other: Any) -> bool:  # noqa: ANN401 - what YAML holds
    return any(
        isinstance(who, dict) and isinstance(other, dict) and who.get("name") == other.get("name")
        for who in contributors
    )
