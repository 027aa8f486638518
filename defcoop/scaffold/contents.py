"""Contents: every file that a dataset starts with, from its card and a set of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defcoop.docgen import schemas
from defcoop.io.yaml_writer import write_yaml
from defcoop.models.dataset_card import CARD, DatasetCard
from defcoop.publishing import licence_text
from defcoop.scaffold.templates import RenderedFile, render
from defcoop.version import LIBRARY

if TYPE_CHECKING:
    from defcoop.scaffold.templates import Templates


def generated() -> dict[str, str]:
    """Give the files that are generated from the models, to which the first line of each record leads an editor."""
    return {f"schema/{name}": text for name, text in schemas.files().items()}


def rendered(card: DatasetCard, templates: Templates) -> dict[str, RenderedFile]:
    """Give the files that are made from templates, by their paths."""
    return render(templates, _values(card))


def _values(card: DatasetCard) -> dict[str, str]:
    """Give what stands in templates for `@@name`."""
    return {
        "card": _card_text(card),
        "name": card.name,
        "title": card.title,
        "description": card.description,
        "licence": card.licence,
        "licence_text": licence_text(card.licence),
        "contributors": ", ".join(contributor.name for contributor in card.contributors),
        "seed_prefix": card.seed_prefixes[0],
        "defcoop": LIBRARY,
    }


def _card_text(card: DatasetCard) -> str:
    """Write the card, and below it what it may say beside that."""
    unsaid = [name for name in DatasetCard.model_fields if name not in card.model_fields_set]
    more = (f"#   {name}: {DatasetCard.model_fields[name].description}\n" for name in unsaid)
    return f"{write_yaml(card, CARD)}# What else it may say:\n{''.join(more)}"
