"""Sound datasets by chance: references lead to records, and every value is carried by evidence from some seed.

They are built by a random number generator from a number that Hypothesis draws, a hundred times as fast as it would
draw each value; what comes of a number is always the same.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st

from defcoop import Dataset
from defcoop.models import Citation, Evidence, SourceCard
from defcoop.models.evidence import Basis, Stance
from defcoop.models.field_layout import Shape, layout
from defcoop.models.leaves import leaves, steps, text_of
from defcoop.models.record import Conflict, Resolution
from defcoop.models.registry import ANY, BY_NAME, SEED, TYPES
from defcoop.values import Amount, Bound, Edtf, Term, Unit
from tests.strategies import _limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.models import Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.values import Frozen

    Document = dict[str, Any]

SEEDS = ("seed-000", "seed-001", "seed-002")
WIDE = settings(max_examples=150)
SOME = settings(max_examples=40)
FEW = settings(max_examples=15)

_NEEDED = ("actor", "actor", "actor", "agreement", "facility")
"""Records that there always are, so that every reference has something to lead to."""
_TAKEN_CARE_OF = frozenset({"id", "evidence", "conflicts", "alternatives", "relative_dates", "accept"})
_DIGEST = hashlib.sha256(b"").hexdigest()
_DATES = (
    *(
        "2016",
        "2017-06",
        "2017-06-15",
        "2018?",
        "2018-03~",
        "201X",
        "2019-XX-05",
        "2017-06/..",
        "2017/2018-05",
        "../2018",
    ),
    *(
        "/2017",
        "2018-02/",
        "/..",
        "[2016,2018-01]",
        "[..2017]",
        "[2018..]",
        "{2016-05,2019}",
        "{2017..2018}",
        "{..2018}",
    ),
)
_TEXTS = {"lang": ("ar", "en"), "code": ("ABC", "12"), "currency": ("USD", "TRY"), "since": ("0.1.0",)}


def datasets(largest: int = 6) -> st.SearchStrategy[Dataset]:
    """Draw a sound dataset of a few records, told by three seeds, each value by one of them or more."""
    return st.integers(0, 2**40).map(lambda number: dataset(number, largest))


def dataset(number: int, largest: int = 6) -> Dataset:
    """Give the dataset of a number."""
    chance = Random(number)  # noqa: S311 - no secret depends on it
    names = [*_NEEDED, *(chance.choice(TYPES).name for _ in range(chance.randint(0, largest)))]
    ids = {f"{BY_NAME[name].prefix}-{number}": name for number, name in enumerate(names)}
    maker = _Maker(chance, ids)
    records = [maker.record(key) for key in ids]
    return Dataset(records, [maker.card(seed) for seed in SEEDS])


class _Maker:
    """Makes records that refer to each other."""

    def __init__(self, chance: Random, ids: Mapping[str, str]) -> None:
        self.chance, self.ids = chance, ids

    def pick(self, kind: str) -> str:
        if kind == SEED:
            return self.chance.choice(SEEDS)
        return self.chance.choice([key for key, name in self.ids.items() if kind in {name, ANY}])

    def record(self, key: str) -> Record:
        model = BY_NAME[self.ids[key]].model
        document = self.part(model) | {"id": key, "evidence": [self.citation() | {"supports": ["kind"]}]}
        bare = model.model_validate(document)
        told = list(leaves(bare))
        entries = [self.citation() | {"supports": {}} for _ in range(self.chance.randint(1, 4))]
        for leaf in told:
            for entry in self.chance.sample(entries, min(len(entries), self.chance.choice((1, 1, 2)))):
                entry["supports"][self.chance.choice(steps(leaf.path))] = None
        kept = [entry | {"supports": tuple(entry["supports"])} for entry in entries if entry["supports"]]
        evidence = tuple(Evidence.model_validate(entry) for entry in kept)
        return bare.model_copy(update={"evidence": evidence, "conflicts": tuple(self.conflicts(told))})

    def conflicts(self, told: list[Any]) -> Iterator[Conflict]:
        for leaf in self.chance.sample(told, min(len(told), self.chance.choice((0, 0, 1, 2)))):
            other = self.chance.choice(_DATES) if isinstance(leaf.value, Edtf) else f"Not {text_of(leaf.value)}"
            cited = tuple(Citation.model_validate(self.citation()) for _ in range(self.chance.randint(1, 2)))
            yield Conflict(
                field=leaf.path, value=other, evidence=cited, resolution=Resolution.UNRESOLVED, rationale="None."
            )

    def citation(self) -> Document:
        start = self.chance.randint(0, 9999)
        found: Document = {
            "seed": self.pick(SEED), "passage": (start, start + 9), "quote": "Words", "digest": _DIGEST, "voice": "seed",  # noqa: E501 - one entry on one line
            "stance": self.chance.choice(list(Stance)), "basis": self.chance.choice(list(Basis)),
            "credibility": self.chance.randint(1, 6),
        }  # fmt: skip
        if self.chance.random() < 1 / 3:
            found |= {"voice": "quoted", "speaker": self.pick("actor")}
        return found

    def part(self, model: type[Frozen]) -> Document:
        found: Document = {}
        for field in layout(model):
            if field.name in _TAKEN_CARE_OF or (issubclass(model, Amount) and field.name in Amount.model_fields):
                continue
            if field.required or self.chance.random() < 1 / 2:
                found[field.name] = self.value(model, field)
        if issubclass(model, Amount):
            unit = found.get("unit")
            found |= self.amount(whole=isinstance(unit, Unit) and unit.is_whole)
        if not found:  # a part that requires nothing must hold something all the same
            field = self.chance.choice(layout(model))
            found[field.name] = self.value(model, field)
        return found

    def value(self, model: type[Frozen], field: FieldLayout) -> Any:
        match field.shape:
            case Shape.SCALAR:
                return self.scalar(model, field)
            case Shape.PART:
                return self.part(field.type)
            case Shape.MAPPING:
                return {}
            case Shape.SCALARS:
                return list(dict.fromkeys(self.scalar(model, field) for _ in range(self.chance.randint(1, 3))))
        items = [self.part(field.type) for _ in range(self.chance.randint(1, 3))]
        key = field.type.KEY
        return list({tuple(str(item[name]) for name in key) or n: item for n, item in enumerate(items)}.values())

    def scalar(self, model: type[Frozen], field: FieldLayout) -> Any:  # noqa: PLR0911 - a return for each kind of value
        if field.reference:
            return self.pick(field.reference)
        if issubclass(field.type, Edtf):
            return self.chance.choice(_DATES)
        if issubclass(field.type, Term):
            return self.chance.choice(list(field.type))
        if field.type is bool:
            return self.chance.random() < 1 / 2
        if field.type is int:
            said = _limits(model)[field.name]
            said = next((one for one in said.get("anyOf", ()) if "minimum" in one), said)
            return self.chance.randint(said["minimum"], said.get("maximum", 99))
        if field.type is Decimal:
            return self.number()
        return self.chance.choice(_TEXTS.get(field.name) or [f"Word {n}" for n in range(9)])

    def number(self) -> int | Decimal:
        whole = self.chance.randint(0, 5000)
        return whole if self.chance.random() < 2 / 3 else Decimal(whole).scaleb(-2)

    def amount(self, *, whole: bool) -> Document:
        numbers = [self.number() for _ in range(3)]
        low, best, high = sorted(map(int, numbers) if whole else numbers)
        told = {
            Bound.EXACT: {"best": best},
            Bound.ABOUT: {"best": best, "low": low, "high": high},
            Bound.AT_LEAST: {"low": low, "best": best},
            Bound.MORE_THAN: {"low": low},
            Bound.AT_MOST: {"high": high, "best": best},
            Bound.LESS_THAN: {"high": high},
            Bound.BETWEEN: {"low": low, "high": high},
        }
        bound = self.chance.choice(list(Bound))
        if bound is Bound.BETWEEN:
            return {"bound": bound, **told[bound]}
        first, *others = told[bound].items()
        return {"bound": bound, **dict([first, *(one for one in others if self.chance.random() < 1 / 2)])}

    def card(self, seed: str) -> SourceCard:
        return SourceCard.model_validate({
            "id": seed, "file": f"{seed}.txt", "sha256": _DIGEST, "bytes": 9999, "code_points": 9999, "language": "ar",
            "description": "A text.", "genre": "news_report", "publisher_reasoning": "None.", "reliability": "F",
            "published_reasoning": "None.", "reliability_reasoning": "None.", "slant": "None.",
            "outlet": self.chance.choice((None, self.pick("actor"))),
        })  # fmt: skip
