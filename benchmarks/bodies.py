"""The YAML of synthetic records, one template for each type, in the layout that `defcoop.io.yaml_writer` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.clauses import day, later, millions, persons
from defcoop.values.states import state_codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.plan import Plan, Slot
    from benchmarks.texts import Text

_TOPICS = ("defence_industry", "training", "logistics", "drones", "counter_terrorism", "border_security", "maintenance")
_SCOPES = ("policy_coordination", "procurement_arms", "training_exchange", "working_group", "research_development")

# The runs of words that entries cite: no two records of a type share a passage.
_OWN, _OWN_PART, _NEXT, _NEXT_PART, _ELSEWHERE = (0, 14), (2, 11), (1, 14), (3, 13), (0, 12)


class Scene(NamedTuple):
    """A record to be written, the plan it belongs to, its text and the text after that."""

    slot: Slot
    plan: Plan
    text: Text
    other: Text

    def entry(self, run: tuple[int, int], supports: str, *, stance: str = "asserted", reasoning: str = "") -> str:
        """Write an entry of evidence on a run of words; who speaks follows from the run."""
        text = self.other if run is _ELSEWHERE and self.slot.place < len(self.other) else self.text
        place = self.slot.place + (run in {_NEXT, _NEXT_PART})
        start, end, digest, quote = text.cite(place, *run)
        basis = f"inferred\n    reasoning: {reasoning}" if reasoning else "explicit"
        return f"""\
  - seed: {text.id}
    passage: [{start}, {end}]
    quote: {quote}
    digest: {digest}
    voice: {self._voice(run)}
    stance: {stance}
    basis: {basis}
    supports: [{supports}]
"""

    def _voice(self, run: tuple[int, int]) -> str:
        seed, turn = self.slot.seed, self.slot.number
        if run is _OWN_PART:
            people = self.plan.speakers[seed]
            return f"quoted\n    speaker: {people[turn % len(people)]}"
        if run is _NEXT:
            outlets = self.plan.outlets[seed]
            return f"relayed\n    outlet: {outlets[turn % len(outlets)]}"
        return "anonymous" if run is _NEXT_PART else "seed"


def body(scene: Scene) -> str:
    """Write the file of a record."""
    slot = scene.slot
    return (
        f"# yaml-language-server: $schema=../../schema/{slot.type}.schema.json\nid: {slot.id}\nnames:\n"
        f"  - {{text: {slot.word}, lang: ar, kind: reported}}\n" + _BODIES[slot.type](scene)
    )


def _told(slot: Slot, title: str, lines: str) -> str:
    """Write what follows the reported name: an editorial one, a summary, and the core fields."""
    return f"""\
  - {{text: {title} {slot.title}, lang: en, kind: editorial}}
summary: {title} {slot.title} is told of in a text of invented words, once by the text itself and then by others.
{lines}
evidence:
"""


def _actor(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    lines = [
        f"  - {{text: {slot.title}, lang: en, kind: official, scheme: press}}",
        f"summary: {slot.title} is a {slot.kind.replace('_', ' ')} of which several invented texts tell in few words.",
        f"kind: {slot.kind}",
    ]
    if slot.kind == "state":
        codes = sorted(state_codes()[slot.id])
        lines += ["codes:", *(f'  - {{scheme: {kind}, code: "{code}", valid: "{on}"}}' for kind, code, on in codes)]
    else:
        lines.append(f"country: {plan.one('state', slot.number)}")
    if slot.kind == "person":
        lines += ["rank: Colonel", "offices:"]
        lines.append(
            f"  - {{title: Head of Department {slot.number % 40}, organisation: {plan.one('body', slot.ordinal)}}}"
        )
    carried = {"state": "kind", "person": "country, offices, rank"}.get(slot.kind, "country")
    entries = scene.entry(_OWN, f"kind, 'names[{slot.word}]'") + scene.entry(_OWN_PART, carried)
    if slot.number % 3:
        entries += scene.entry(_ELSEWHERE, "kind")
    return "\n".join(lines) + "\nevidence:\n" + entries


def _agreement(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    first, second = plan.pair(slot)
    lines = f"""\
instrument: {("mou", "protocol", "agreement", "contract")[slot.ordinal % 4]}
laterality: bilateral
parties: [{first}, {second}]
signatories:
  - {{actor: {plan.one("person", slot.number)}, party: {first}, office: Minister of Defence}}
scope: [{_SCOPES[slot.ordinal % len(_SCOPES)]}]
subjects: [{_TOPICS[slot.ordinal % len(_TOPICS)]}, defence_cooperation]
signed: "{day(slot.number)}"
entry_into_force: "{later(slot.number)}"
status: in_force
provisions: {{milaid: 3}}
absent: {{term: not_reported}}"""
    if slot.ordinal:
        lines += f"\nrelations:\n  - {{kind: implements, agreement: {plan.ids['agreement'][slot.ordinal // 2]}}}"
    entries = (
        scene.entry(_OWN, f"'names[{slot.word}]', instrument, parties, status, signed")
        + scene.entry(_OWN_PART, "'subjects[defence_cooperation]', entry_into_force, signatories, status")
        + scene.entry(_NEXT, "subjects, scope", reasoning="The words of the outlet name the field and nothing else.")
    )
    carried = "laterality, provisions" + ", relations" * bool(slot.ordinal)
    entries += scene.entry(_ELSEWHERE, carried, reasoning="Two bodies are named, one of which gives technology.")
    return _told(slot, "Arrangement", lines) + entries


def _deployment(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    sender, host = plan.pair(slot)
    lines = f"""\
sender: {sender}
hosts: [{host}]
mission: {("presence", "training_given", "advisory")[slot.ordinal % 3]}
personnel: {("troops", "advisers", "police")[slot.ordinal % 3]}
size: {{best: {persons(slot.number)}, bound: about, unit: persons, wording: some hundreds or thousands of people}}
posture: site
legal_basis: {plan.one("agreement", slot.ordinal)}
mandate: {{issuer: {sender}, act: granted, date: "{day(slot.number)}"}}
facility: {plan.one("facility", slot.ordinal)}
start: "{later(slot.number)}"
status: deployed"""
    return _told(slot, "Detachment", lines) + (
        scene.entry(_OWN, f"'names[{slot.word}]', sender, hosts, personnel, mandate, status")
        + scene.entry(_OWN_PART, "mission, size, start")
        + scene.entry(_NEXT, "legal_basis, facility")
        + scene.entry(_NEXT_PART, "posture", reasoning="Whoever stays at a place that has a name stays at a site.")
    )


def _engagement(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    guest = plan.one("person", slot.ordinal)
    host = plan.pair(slot)[0]
    lines = f"""\
kind: {("meeting", "visit", "call", "joint_committee")[slot.ordinal % 4]}
participants:
  - {{actor: {guest}, role: visitor, office: Chief of Staff}}
  - {{actor: {host}, role: host}}
place: {{name: {slot.title} Hall, country: {plan.one("state", slot.number)}, where_prec: {1 + slot.number % 6}}}
period: "{day(slot.number)}"
topics: [{_TOPICS[slot.ordinal % len(_TOPICS)]}, defence_cooperation]
status: held
outcomes: [{plan.one("agreement", slot.ordinal)}]"""
    return _told(slot, "Encounter", lines) + (
        scene.entry(_OWN, f"'names[{slot.word}]', kind, 'participants[{guest}]', status")
        + scene.entry(_OWN_PART, f"'participants[{host}].actor', 'participants[{host}].role', place, period")
        + scene.entry(_NEXT, "topics, outcomes", reasoning="The outlet tells of nothing else that was talked about.")
    )


def _facility(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    host, user = plan.pair(slot)
    lines = f"""\
class: {("base", "naval_base", "headquarters", "port")[slot.ordinal % 4]}
place: {{name: {slot.title}, country: {plan.one("state", slot.number)}, where_prec: 1}}
host: {host}
users: [{user}]
operator: {user}
opened: "{day(slot.number):%Y-%m}"
status: open"""
    return _told(slot, "Site", lines) + (
        scene.entry(_OWN, f"'names[{slot.word}]', class, place.name, host, status")
        + scene.entry(_OWN_PART, "users, operator, opened")
        + scene.entry(_NEXT, "place", reasoning="The outlet names the place and the state in which it lies.")
    )


def _exercise(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    first, second = plan.pair(slot)
    lines = f"""\
participants:
  - {{actor: {first}, role: participant}}
  - {{actor: {second}, role: participant}}
kind: ftx
domains: [{("air", "land", "sea")[slot.ordinal % 3]}]
period: "{day(slot.number):%Y-%m}"
status: held
absent: {{place: not_reported}}"""
    return _told(slot, "Manoeuvre", lines) + (
        scene.entry(_OWN, f"'names[{slot.word}]', participants, status")
        + scene.entry(
            _OWN_PART, "kind, domains, period", reasoning="Vehicles are told of, which are used in the field."
        )
    )


def _trade_figure(scene: Scene) -> str:
    slot, plan = scene.slot, scene.plan
    first, second = plan.pair(slot)
    number = millions(slot.number)
    lines = f"""\
measure: contract_value
partners: [{first}, {second}]
direction: first_to_second
period: "{day(slot.number).year}"
amount: {{low: {number}000000, best: {number}500000.25, bound: about, currency: USD, currency_stated: false}}
as_reported: about {number} million dollars
absent: {{price_basis: not_reported}}"""
    return _told(slot, "Order", lines) + (
        scene.entry(_OWN, f"'names[{slot.word}]', measure, partners, direction")
        + scene.entry(_OWN_PART, "period, amount.low, amount.best, amount.bound")
        + scene.entry(_NEXT, "amount.currency, amount.currency_stated", reasoning="Only the word dollar is told.")
    )


_BODIES: dict[str, Callable[[Scene], str]] = {
    "actor": _actor,
    "agreement": _agreement,
    "deployment": _deployment,
    "engagement": _engagement,
    "facility": _facility,
    "exercise": _exercise,
    "trade_figure": _trade_figure,
}
