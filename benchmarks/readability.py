"""How many explicit values that their words do not say are found, and how many sound ones are called unreadable.

    python -m benchmarks.readability [ROOT] [--texts FOLDER]

Each explicit value of a dataset is changed in up to five ways, one at a time, and the checks of readability are asked
again. Printed for each kind of value: how many there are, how many changes were made and reported, how many values are
not judged, and how many untouched ones are reported. Kinds that no check judges are counted too, so that they show.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import defcoop
from defcoop.models.evidence import Basis, Stance
from defcoop.models.leaves import covers, leaves, text_of, without_items
from defcoop.validation.issues import Sources
from defcoop.validation.record_checks.readability import denials_say_no, judges_of
from defcoop.validation.summarising import called
from defcoop.validation.wording import is_currency_known, is_date_judged, says_name
from defcoop.values import Edtf, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.models import Citation, Record
    from defcoop.models.leaves import Leaf

CURRENCIES = ("EUR", "QAR", "GBP", "TRY", "RUB", "USD")


class Trial(NamedTuple):
    """A claim of a kind of value: whether it is judged, found readable as it is, and what came of each change."""

    kind: str
    judged: bool
    readable: bool
    reported: tuple[bool, ...]


def trials(dataset: defcoop.Dataset, texts: Mapping[str, str]) -> Iterator[Trial]:
    """Try each explicit value of the records that stand, and each stance."""
    actors = [actor.id for actor in dataset.actors.values() if not actor.withdrawn]
    for record in dataset:
        if record.withdrawn:
            continue
        coded = leaves(record)
        for number, entry in enumerate(record.evidence):
            yield _of_stance(record, number)
            if entry.basis is Basis.EXPLICIT:
                for leaf in coded:
                    if any(covers(path, leaf.path) for path in entry.supports):
                        yield _of_leaf(record, leaf, entry, dataset, texts, actors)


def _of_stance(record: Record, number: int) -> Trial:
    nothing = Sources({}, {}, {})
    entry = record.evidence[number]
    denied = entry.model_copy(update={"stance": Stance.DENIED})
    changed = record.model_copy(update={"evidence": (denied,), "conflicts": (), "alternatives": ()})
    as_it_is = record.model_copy(update={"evidence": (entry,), "conflicts": (), "alternatives": ()})
    is_denied = entry.stance is Stance.DENIED
    reported = () if is_denied else (any(denials_say_no(changed, nothing)),)
    return Trial(
        "stance (told as denied)", judged=True, readable=not any(denials_say_no(as_it_is, nothing)), reported=reported
    )


def _of_leaf(  # noqa: PLR0913, PLR0917 - all that a claim hangs on
    record: Record, leaf: Leaf, entry: Citation, dataset: defcoop.Dataset, texts: Mapping[str, str], actors: list[str]
) -> Trial:
    judge = judges_of(type(record)).get(without_items(leaf.path))
    value = text_of(leaf.value)
    if judge:
        kind, others = _changed(leaf)
        is_judged = is_date_judged(leaf.value) if isinstance(leaf.value, Edtf) else True
        is_judged = is_judged and (kind != "currency" or is_currency_known(value))
        return Trial(
            kind, is_judged, judge(entry.quote, value), tuple(not judge(entry.quote, other) for other in others)
        )
    if value in dataset.actors and leaf.path.partition(".")[2] != "id":
        passage = texts[entry.seed][slice(*entry.passage)] if entry.seed in texts else None
        if passage is None:
            return Trial("actor", judged=False, readable=True, reported=())
        actors_of_the_kind = _of_the_same_kind(dataset, value, actors)
        # Whom the passage names as well, no reading of words can tell from the one meant.
        reported = tuple(True for other in actors_of_the_kind if not _names(dataset, other, passage))
        return Trial("actor", judged=True, readable=_names(dataset, value, passage), reported=reported)
    kind = f"term ({type(leaf.value).__name__})" if isinstance(leaf.value, Term) else type(leaf.value).__name__
    return Trial("name, title or code" if kind in {"str", "int", "bool"} else "term of a vocabulary", False, True, ())


def _of_the_same_kind(dataset: defcoop.Dataset, actor: str, actors: list[str]) -> list[str]:
    """Give up to five others: states for a state, persons for a person, bodies for a body."""
    own = _group(dataset, actor)
    place = actors.index(actor)
    return [other for other in (*actors[place + 1 :], *actors[:place]) if _group(dataset, other) == own][:5]


def _group(dataset: defcoop.Dataset, actor: str) -> str:
    kind = dataset.actors[actor].kind.value
    return kind if kind in {"state", "person"} else "body"


def _names(dataset: defcoop.Dataset, actor: str, passage: str) -> bool:
    told = dataset.actors[actor]
    return says_name(passage, called(told), adjective=told.kind != "person", shortened=told.kind == "person")


def _changed(leaf: Leaf) -> tuple[str, tuple[str, ...]]:
    """Name the kind of a judged value, and give five others."""
    if isinstance(leaf.value, Edtf):
        text = str(leaf.value)
        year = int(text.strip("[{~?")[:4])
        others = [text.replace(str(year), str(year + step)) for step in (1, -1, 2, 10)]
        month = text[5:7]
        others.append(
            text[:5] + f"{int(month) % 12 + 1:02}" + text[7:]
            if month.isdecimal()
            else text.replace(str(year), str(year - 3))
        )
        return "date", tuple(others)
    if isinstance(leaf.value, str):
        return "currency", tuple(code for code in CURRENCIES if code != leaf.value)[:5]
    number = Decimal(leaf.value)
    return "number", tuple(
        text_of(int(other)) for other in (number + 1, number * 10, number * 1000, number * 2 + 3, number + 90)
    )


def main() -> int:
    """Print the counts by kind of value."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readability", description="Change explicit values.")
    parser.add_argument("root", type=Path, nargs="?", default=Path(), help="a checkout")
    parser.add_argument("--texts", type=Path, help="the folder of the seed texts, for actors")
    given = parser.parse_args()
    dataset = defcoop.load(given.root)
    texts = {}
    for card in dataset.seeds.values():
        path = given.texts / card.file if given.texts else None
        if path and path.exists():
            texts[card.id] = path.read_text(encoding="utf-8")
    counts: dict[str, Counter[str]] = {}
    for trial in trials(dataset, texts):
        count = counts.setdefault(trial.kind, Counter())
        count["values"] += 1
        count["not judged"] += not trial.judged
        count["changed"] += len(trial.reported) if trial.judged else 0
        count["reported"] += sum(trial.reported) if trial.judged else 0
        count["false alarms"] += not trial.readable
    heads = ("values", "not judged", "changed", "reported", "false alarms")
    sys.stdout.write(f"{'kind':30}" + "".join(f"{head:>14}" for head in heads) + "\n")
    for kind, count in sorted(counts.items()):
        sys.stdout.write(f"{kind:30}" + "".join(f"{count[head]:14,}" for head in heads) + "\n")
    total = sum(counts.values(), Counter())
    judged = total["values"] - total["not judged"]
    sys.stdout.write(
        f"reported {total['reported']} of {total['changed']} changes "
        f"({total['reported'] / max(total['changed'], 1):.1%}); "
        f"false alarms {total['false alarms']} of {judged} ({total['false alarms'] / max(judged, 1):.1%})\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
