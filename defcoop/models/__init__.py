"""The typed records of defence cooperation, their envelope and their evidence."""

from typing import TYPE_CHECKING

from defcoop._imports import lazily

if TYPE_CHECKING:
    from defcoop.models.actor import Actor as Actor
    from defcoop.models.agreement import Agreement as Agreement
    from defcoop.models.dataset_card import DatasetCard as DatasetCard
    from defcoop.models.deployment import Deployment as Deployment
    from defcoop.models.engagement import Engagement as Engagement
    from defcoop.models.evidence import Citation as Citation
    from defcoop.models.evidence import Evidence as Evidence
    from defcoop.models.exercise import Exercise as Exercise
    from defcoop.models.facility import Facility as Facility
    from defcoop.models.record import Record as Record
    from defcoop.models.source_card import SourceCard as SourceCard
    from defcoop.models.trade_figure import TradeFigure as TradeFigure
    from defcoop.models.transfer import Transfer as Transfer

_HOMES = {
    "Actor": "defcoop.models.actor",
    "Agreement": "defcoop.models.agreement",
    "Citation": "defcoop.models.evidence",
    "DatasetCard": "defcoop.models.dataset_card",
    "Deployment": "defcoop.models.deployment",
    "Engagement": "defcoop.models.engagement",
    "Evidence": "defcoop.models.evidence",
    "Exercise": "defcoop.models.exercise",
    "Facility": "defcoop.models.facility",
    "Record": "defcoop.models.record",
    "SourceCard": "defcoop.models.source_card",
    "TradeFigure": "defcoop.models.trade_figure",
    "Transfer": "defcoop.models.transfer",
}

__all__ = [
    "Actor",
    "Agreement",
    "Citation",
    "DatasetCard",
    "Deployment",
    "Engagement",
    "Evidence",
    "Exercise",
    "Facility",
    "Record",
    "SourceCard",
    "TradeFigure",
    "Transfer",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted(__all__)
