"""The chapter on the sources: each text as its card describes it, with its slant and how much rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.docgen.codebook._markdown import markdown_table, text
from defcoop.package.tables import CLAIMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.dataset import Dataset
    from defcoop.docgen.codebook.counts import UsageCounts
    from defcoop.models import SourceCard

_HEAD = ("property", "on the card")


def chapter(dataset: Dataset, counts: UsageCounts) -> str:
    """Write the chapter."""
    if not dataset.seeds:
        return "Each text has a source card, whose fields are those of [seeds](#seeds).\n"
    return "\n".join(
        f"### {card.id}\n\n{text(card.description)}\n\n{markdown_table(_HEAD, _rows(card, dataset, counts))}"
        for card in dataset.seeds.values()
    )


def _rows(card: SourceCard, dataset: Dataset, counts: UsageCounts) -> Iterator[tuple[str, str]]:
    yield "genre", f"`{card.genre.value}`: {card.genre.definition}"
    yield "language", f"{card.language}, {card.code_points} characters"
    yield "publisher", f"{text(card.publisher or 'not named')}: {text(card.publisher_reasoning)}"
    yield "published", f"{f'`{card.published}`' if card.published else 'not known'}: {text(card.published_reasoning)}"
    yield "outlet", "none named" if card.outlet is None else _names(card.outlet, dataset)
    yield "reliability", f"{card.reliability.value}: {card.reliability.definition} {text(card.reliability_reasoning)}"
    yield "slant", text(card.slant)
    if card.note:
        yield "note", text(card.note)
    yield "passages left uncoded", str(len(card.dismissed))
    if counts.rows:
        yield "claims", str(counts.used(CLAIMS.name, "seed_id").get(card.id, 0))
    yield "SHA-256", f"`{card.sha256}`"


def _names(actor_id: str, dataset: Dataset) -> str:
    names = [name.text for name in dataset[actor_id].names] if actor_id in dataset else []
    return f"{text(' / '.join(names))} (`{actor_id}`)" if names else f"`{actor_id}`"
