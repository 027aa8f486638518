"""The typed records of defence cooperation, their envelope and their evidence."""

from defcoop.models.actor import Actor
from defcoop.models.agreement import Agreement
from defcoop.models.deployment import Deployment
from defcoop.models.engagement import Engagement
from defcoop.models.evidence import Citation, Evidence
from defcoop.models.exercise import Exercise
from defcoop.models.facility import Facility
from defcoop.models.record import Record
from defcoop.models.source_card import SourceCard
from defcoop.models.trade_figure import TradeFigure

__all__ = [
    "Actor",
    "Agreement",
    "Citation",
    "Deployment",
    "Engagement",
    "Evidence",
    "Exercise",
    "Facility",
    "Record",
    "SourceCard",
    "TradeFigure",
]
