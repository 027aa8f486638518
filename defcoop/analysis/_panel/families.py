"""The families of acts that a panel counts: which records, told at which stage, dated by what, between whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from defcoop.models._shared import ParticipantRole
from defcoop.models.agreement import AgreementStatus
from defcoop.models.deployment import DeploymentStatus
from defcoop.models.engagement import EngagementStatus
from defcoop.models.evidence import Stance
from defcoop.models.exercise import ExerciseStatus
from defcoop.models.facility import FacilityStatus
from defcoop.models.trade_figure import Direction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from defcoop.models import Agreement, Deployment, Engagement, Exercise, Facility, TradeFigure

SOURCE, NEITHER, TARGET = 1, 0, -1
"""On which side of an act somebody is: PLOVER's source and target, troopdata's sender and host, or neither."""


class Side(NamedTuple):
    """Somebody with a part in an act: the actor, the path that tells so, on which side, and whether in an office."""

    actor: str
    path: str
    rank: int = NEITHER
    in_office: bool = False


class Family(NamedTuple):
    """Acts of one kind.

    Attributes:
        name: the name of its columns.
        folder: the collection of its records.
        stages: the stance that each status stands for; a status that is not in it is never counted.
        dated: the field that dates it.
        lasts: whether it goes on after its first day until it is told to have ended.
        across: whether only a source and a target make a dyad, and not two sources or two targets.
        sides: who has a part in it.
        what: what is counted, for people.
        source: where its definition comes from.
    """

    name: str
    folder: str
    stages: Mapping[str, Stance]
    dated: str
    lasts: bool
    across: bool
    sides: Callable[..., Iterator[Side]]
    what: str
    source: str


_UNSURE = {"alleged": Stance.ALLEGED, "denied": Stance.DENIED}
_AHEAD = {"planned": Stance.PLANNED, "announced": Stance.PLANNED, "expected": Stance.POSSIBLE}
_MADE = (AgreementStatus.SIGNED, AgreementStatus.RATIFIED, AgreementStatus.IN_FORCE, AgreementStatus.ENDED)
_RANKS = {
    ParticipantRole.INITIATOR: SOURCE,
    ParticipantRole.VISITOR: SOURCE,
    ParticipantRole.PROVIDER: SOURCE,
    ParticipantRole.HOST: TARGET,
    ParticipantRole.RECIPIENT: TARGET,
    ParticipantRole.PARTICIPANT: NEITHER,
    ParticipantRole.ANNOUNCER: NEITHER,
}
"""The sides of participants; an observer, who does not take part, is on none."""


def _done(*statuses: str) -> dict[str, Stance]:
    return dict.fromkeys(statuses, Stance.ASSERTED)


def _parties(agreement: Agreement) -> Iterator[Side]:
    for party in agreement.parties:
        yield Side(party, f"parties[{party}]")


def _forces(deployment: Deployment) -> Iterator[Side]:
    yield Side(deployment.sender, "sender", SOURCE)
    for host in deployment.hosts:
        yield Side(host, f"hosts[{host}]", TARGET)


def _participants(act: Engagement | Exercise) -> Iterator[Side]:
    for one in act.participants:
        rank = _RANKS.get(one.role)
        if rank is not None:
            yield Side(one.actor, f"participants[{one.actor}].actor", rank, getattr(one, "office", None) is not None)


def _users(facility: Facility) -> Iterator[Side]:
    yield Side(facility.host, "host", TARGET)
    for user in facility.users:
        yield Side(user, f"users[{user}]", SOURCE)


def _partners(figure: TradeFigure) -> Iterator[Side]:
    ranks = (SOURCE, TARGET) if figure.direction is Direction.FIRST_TO_SECOND else (NEITHER, NEITHER)
    # An amount between three is nobody's between two of them.
    if len(figure.partners) == len(ranks):
        for partner, rank in zip(figure.partners, ranks, strict=True):
            yield Side(partner, f"partners[{partner}]", rank)


FAMILIES = (
    Family(
        "agreements_signed",
        "agreements",
        _done(*_MADE) | {"agreed_to_sign": Stance.PLANNED, "planned": Stance.PLANNED} | _UNSURE,
        "signed",
        lasts=False,
        across=False,
        sides=_parties,
        what="agreements signed",
        source="DCAD signature",
    ),
    Family(
        "agreements_in_force",
        "agreements",
        _done(AgreementStatus.IN_FORCE, AgreementStatus.ENDED) | _UNSURE,
        "entry_into_force",
        lasts=True,
        across=False,
        sides=_parties,
        what="agreements in force on one day of it or more",
        source="DCAD entry into force",
    ),
    Family(
        "deployments",
        "deployments",
        _done(DeploymentStatus.DEPLOYED, DeploymentStatus.ENDED) | _AHEAD | {"permitted": Stance.PLANNED} | _UNSURE,
        "period",
        lasts=True,
        across=True,
        sides=_forces,
        what="deployments present on one day of it or more",
        source="troopdata sender and host",
    ),
    Family(
        "exercises",
        "exercises",
        _done(ExerciseStatus.HELD) | _AHEAD | _UNSURE,
        "period",
        lasts=False,
        across=False,
        sides=_participants,
        what="exercises held",
        source="JME exercise",
    ),
    Family(
        "engagements",
        "engagements",
        _done(EngagementStatus.HELD, EngagementStatus.ONGOING) | _AHEAD | _UNSURE,
        "period",
        lasts=False,
        across=False,
        sides=_participants,
        what="meetings, visits and other engagements held or under way",
        source="PLOVER CONSULT and COOPERATE",
    ),
    Family(
        "facilities",
        "facilities",
        _done(FacilityStatus.OPEN, FacilityStatus.CLOSED) | _AHEAD | _UNSURE,
        "opened",
        lasts=True,
        across=True,
        sides=_users,
        what="sites of one on the ground of the other, open on one day of it or more",
        source="Vine host and user",
    ),
)
"""The families, in the order of their columns."""

TRADE = Family(
    "trade",
    "trade_figures",
    {},
    "period",
    lasts=False,
    across=False,
    sides=_partners,
    what="amounts",
    source="SIPRI",
)
"""Trade figures, of which none has a stage and each kind has columns of its own."""

BY_NAME = {family.name: family for family in FAMILIES}

BY_FOLDER: dict[str, tuple[Family, ...]] = {
    folder: tuple(family for family in (*FAMILIES, TRADE) if family.folder == folder)
    for folder in dict.fromkeys(family.folder for family in (*FAMILIES, TRADE))
}
"""The families of the records of each collection."""
