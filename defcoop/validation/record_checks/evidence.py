"""Evidence: every value is carried by an entry, and every entry is coherent."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING

from defcoop.models.evidence import Basis, Stance, Voice
from defcoop.models.field_layout import Shape, is_empty
from defcoop.models.leaves import coded_fields, field_of, leaves, text_of
from defcoop.models.meaning import status_field
from defcoop.models.own_terms import NO_TERMS
from defcoop.validation.issues import Issue, did_you_mean
from defcoop.values import Edtf, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defcoop.models import Citation, Record
    from defcoop.models.leaves import Leaf, Pointer
    from defcoop.models.own_terms import OwnTerms
    from defcoop.validation.issues import Sources
    from defcoop.values import Status

_PARTNER = {Voice.QUOTED: "speaker", Voice.RELAYED: "outlet"}
"""Who must be named for a voice, and for no other."""

_VOICE_OF = {name: voice for voice, name in _PARTNER.items()}

_NAMED = {voice: tuple(_PARTNER.get(voice) == name for name in ("speaker", "outlet")) for voice in Voice}
"""Whether a speaker and whether an outlet must be named for a voice."""

_REASONING = "is given for an explicit value", "Take the reasoning out, or write basis: inferred."
_NO_REASONING = (
    "is missing for an inferred value",
    "Add reasoning, which says how the value follows; or write basis: explicit, if the words say it.",
)

_IDENTITY = attrgetter("seed", "passage", "voice", "speaker", "outlet", "stance", "basis", "reasoning")
"""What two entries may not have in common altogether."""

# Asking an Enum for a member takes longer than comparing it.
_INFERRED, _OPINION, _PARTS = Basis.INFERRED, Stance.OPINION, Shape.PARTS
_AHEAD = {Stance.PLANNED, Stance.POSSIBLE}


def values_have_evidence(record: Record, _: Sources) -> Iterator[Issue]:
    """Every coded value is supported, and every supported path has a value."""
    supported = set().union(*[entry.supports for entry in record.evidence])
    filled = _filled(record)
    # A field that is supported as a whole needs no look at its values.
    looked_at = {field_of(path) for path in filled ^ supported}
    if not looked_at:
        return
    coded = leaves(record, looked_at)
    paths = (filled - looked_at).union(*[leaf.steps for leaf in coded])
    misspelt = supported - paths
    if misspelt:
        yield from _misspelt(record, misspelt, paths)
    bare = [leaf for leaf in coded if supported.isdisjoint(leaf.steps)]
    for pointer, path in _tops(bare, coded):
        # A misspelt path leaves its value bare: that is one mistake, not two.
        if not any(field_of(wrong) == field_of(path) or did_you_mean(wrong, [path]) for wrong in misspelt):
            # In a list a path with brackets would be read as a list.
            shown = f"'{path}'" if "[" in path else path
            hint = f"Add {shown} to the supports of the entry that carries it."
            yield Issue("DC401", pointer, "no evidence entry supports it", hint)


def _filled(record: Record) -> set[str]:
    """Name the fields that hold a value that is read from a text."""
    values = vars(record)
    return {
        field.name
        for field in coded_fields(type(record))
        if not is_empty(value := values[field.attribute])
        and (field.shape is not _PARTS or any(part.needs_evidence for part in value))
    }


def _misspelt(record: Record, misspelt: set[str], paths: set[str]) -> Iterator[Issue]:
    for number, entry in enumerate(record.evidence):
        for position, path in enumerate(entry.supports):
            if path in misspelt:
                hint = did_you_mean(path, paths)
                yield Issue("DC402", ("evidence", number, "supports", position), f"{path} has no value here", hint)


def entries_are_coherent(record: Record, _: Sources) -> Iterator[Issue]:
    """Voice goes with speaker or outlet, an inference with its reasoning, and no entry stands twice."""
    for pointer, entry in citations(record):
        if (entry.speaker is not None, entry.outlet is not None) != _NAMED[entry.voice]:
            yield from _voice(entry, pointer)
        if (entry.basis is _INFERRED) != (entry.reasoning is not None):
            problem, hint = _REASONING if entry.reasoning else _NO_REASONING
            yield Issue("DC407", (*pointer, "reasoning"), problem, hint)
    passages = {entry.passage for entry in record.evidence}
    if record.conflicts or record.alternatives or len(passages) < len(record.evidence):
        yield from _repeated(record)


def _repeated(record: Record) -> Iterator[Issue]:
    seen: set[tuple[object, ...]] = set()
    for pointer, entry in citations(record):
        identity = (pointer[:-1], *_IDENTITY(entry))
        if identity in seen:
            yield Issue("DC410", pointer, "has the passage, voice, stance, basis and reasoning of an earlier entry")
        seen.add(identity)


def stage_fits_stance(record: Record, _: Sources) -> Iterator[Issue]:
    """No plan and no expectation carries what is done."""
    field = status_field(type(record))
    stances = {entry.stance for entry in record.evidence if field and field.name in entry.supports} - {Stance.OPINION}
    if not field or not stances:
        return  # no value rests on opinion alone
    status: Status = getattr(record, field.attribute)
    if status.phase.is_done and stances <= _AHEAD:
        ahead = [term for term in type(status) if term.phase.is_ahead]
        hint = (
            f"Write {field.name}: {' or '.join(ahead)}, whichever the words say; "
            "or stance: asserted in the entry that supports it, if they tell it as done."
        )
        yield Issue("DC409", (field.name,), f"is {status} on evidence that is {', '.join(sorted(stances))}", hint)


def opinion_carries_nothing(record: Record, _: Sources) -> Iterator[Issue]:
    """No value rests on opinion alone."""
    opinions = [entry for entry in record.evidence if entry.stance is _OPINION]
    if not opinions:
        return
    opined = {path for entry in opinions for path in entry.supports}
    firm = {path for entry in record.evidence if entry.stance is not _OPINION for path in entry.supports}
    coded = leaves(record)
    weak = [leaf for leaf in coded if firm.isdisjoint(leaf.steps) and not opined.isdisjoint(leaf.steps)]
    for pointer, _path in _tops(weak, coded):
        yield Issue("DC412", pointer, "rests on opinion alone")


def other_values_differ(record: Record, sources: Sources) -> Iterator[Issue]:
    """A conflict, or an alternative with a value, names one value of the record and differs from it."""
    others = list(record.set_beside)
    coded = leaves(record) if others else ()
    own = {leaf.path: leaf.value for leaf in coded}
    covered = {step for leaf in coded for step in leaf.steps}
    for pointer, other in others:
        value = own.get(other.field)
        # A reading that moves a value elsewhere may move a whole field.
        known = own.keys() if other.value is not None else covered
        if other.field not in known and other.field not in record.absent:
            items = [path for path in known if path.startswith(f"{other.field}[")]
            hint = f"Name one item: {' or '.join(items)}." if items else did_you_mean(other.field, known)
            yield Issue("DC411", (*pointer, "field"), f"{other.field} has no value here", hint)
        elif value is None or other.value is None:
            continue
        elif text_of(value) == other.value:
            hint = "Give the value that the other passage has; if it has the same, take the entry out."
            yield Issue("DC411", (*pointer, "value"), "is the record's own value", hint)
        elif not _is_like(value, other.value, sources.own_terms or NO_TERMS):
            yield Issue("DC411", (*pointer, "value"), f"{other.value} could not stand in {other.field}")


def _is_like(value: object, text: str, own: OwnTerms) -> bool:
    """Tell whether a text could be a value of the same type."""
    if isinstance(value, bool):
        return text in {"true", "false"}
    try:
        if isinstance(value, int | Decimal):
            Decimal(text)
        elif isinstance(value, Edtf):
            Edtf(text)
        elif isinstance(value, Term):
            return text in own.all_of(type(value))
    except (ValueError, ArithmeticError):
        return False
    return True


def citations(record: Record) -> Iterator[tuple[Pointer, Citation]]:
    """Yield every citation of a record, of its evidence, its conflicts and its alternatives, with its place."""
    for number, entry in enumerate(record.evidence):
        yield ("evidence", number), entry
    for place, other in record.set_beside:
        for position, cited in enumerate(other.evidence):
            yield (*place, "evidence", position), cited


def _voice(entry: Citation, pointer: Pointer) -> Iterator[Issue]:
    partner = _PARTNER.get(entry.voice)
    given = [name for name in _PARTNER.values() if getattr(entry, name) is not None]
    if partner and partner not in given:
        hint = f"Add {partner} with the id of the actor who speaks, or write voice: anonymous if the text names nobody."
        if given:
            hint = f"Write voice: {_VOICE_OF[given[0]]}, or name the actor under {partner} in place of {given[0]}."
        yield Issue("DC406", (*pointer, "voice"), f"is {entry.voice} without {partner}", hint)
        return
    for name in given:
        if name != partner:
            hint = f"Take {name} out" + ("." if partner else f", or write voice: {_VOICE_OF[name]}.")
            yield Issue("DC406", (*pointer, name), f"is given though the voice is {entry.voice}", hint)


def _tops(bare: list[Leaf], coded: list[Leaf]) -> Iterator[tuple[Pointer, str]]:
    """Join bare values under the highest step below which all values are so."""
    pointers = {leaf.pointer for leaf in bare}
    reported: set[Pointer] = set()
    for leaf in bare:
        for depth in range(1, len(leaf.pointer) + 1):
            top = leaf.pointer[:depth]
            if all(value.pointer in pointers for value in coded if value.pointer[:depth] == top):
                if top not in reported:
                    reported.add(top)
                    yield top, leaf.steps[depth - 1]  # the path has one step for each step of the pointer
                break
