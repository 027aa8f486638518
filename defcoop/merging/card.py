"""Cards that are merged: of the first dataset and its texts, with what the second has more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from defcoop.io.record_files import SUFFIX
from defcoop.io.yaml_reader import read
from defcoop.io.yaml_writer import write_yaml
from defcoop.models import SourceCard
from defcoop.models.own_terms import ANY_TERM
from defcoop.models.registry import SEED

if TYPE_CHECKING:
    from defcoop.merging.contents import CheckoutContents, RecordSource

_LISTS = ("contributors", "languages", "plugins", "vocabularies")
"""What a card of two datasets has of both."""


def merged_card(first: CheckoutContents, second: CheckoutContents, vocabularies: list[str]) -> bytes:
    """Give the card of the first dataset, with the contributors, languages and plugins of the second that it lacks.

    Args:
        first: the one dataset.
        second: the other.
        vocabularies: the files with the terms of both.
    """
    if not first.card:
        return second.card
    card, other = _read(first.card), _read(second.card) | {"vocabularies": vocabularies}
    for field in _LISTS:
        is_in = _is_named if field == "contributors" else list.__contains__
        own = card.get(field) or []
        more = [item for item in other.get(field) or [] if not is_in(own, item)]
        if more:
            card[field] = own + more
    if card == _read(first.card):
        return first.card  # with its comments
    return yaml.safe_dump(card, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None).encode()


def with_vocabularies(first: CheckoutContents, second: CheckoutContents) -> dict[str, bytes]:
    """Give the files with terms of both datasets; of two with one name, that of the second gets its dataset's too."""
    files = dict(first.vocabularies)
    for name, source in second.vocabularies.items():
        if source not in files.values():
            taken = f"{name.removesuffix(SUFFIX)}-{second.name}{SUFFIX}"
            files[taken if name in files else name] = source
    return files


def with_dismissals(card: RecordSource, other: RecordSource) -> RecordSource:
    """Give the source card of the first dataset, with the passages that only that of the second dismisses."""
    data, more = card.data, other.data.get("dismissed") or []
    own = data.get("dismissed") or []
    passages = [item.get("passage") for item in own]
    added = [item for item in more if item.get("passage") not in passages]
    if not added:
        return card  # with its comments
    try:
        model = SourceCard.model_validate({**data, "dismissed": [*own, *added]}, context=ANY_TERM)
    except ValidationError:
        return card  # `defcoop validate` says what is wrong with it
    return card._replace(source=write_yaml(model, SEED).encode())


def _read(source: bytes) -> dict[str, Any]:
    data = read(source) if source else {}
    return data if isinstance(data, dict) else {}


def _is_named(contributors: list[Any], other: Any) -> bool:  # noqa: ANN401 - what YAML holds
    return any(
        isinstance(who, dict) and isinstance(other, dict) and who.get("name") == other.get("name")
        for who in contributors
    )
