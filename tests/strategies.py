"""Shared Hypothesis strategies: dates, texts, numbers, and whole records built from the layout of their models."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from defcoop.docgen.schemas import _Generator
from defcoop.models import SourceCard
from defcoop.models.field_layout import Shape, layout
from defcoop.models.record import Alternative, RelativeDate
from defcoop.models.registry import ANY, BY_NAME, SEED, TYPES
from defcoop.values import CURRENCIES, Amount, Bound, Edtf, Frozen, Money, Quantity, Term, Text, Unit
from defcoop.values.number import MAX_DIGITS
from defcoop.values.text import HIDDEN, TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from defcoop.models import Record
    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.registry import RecordType

    Strategy = st.SearchStrategy

LARGE = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
"""For tests that draw whole records."""

# --- dates -----------------------------------------------------------------------------------------------------

QUALIFIERS = ("", "", "", "?", "~", "%")


def accepted(text: str) -> bool:
    """Tell whether a text is in the subset."""
    try:
        Edtf(text)
    except ValueError:
        return False
    return True


def _masked(digits: str, mask: int) -> str:
    """Put an X for each digit whose bit is set, from the last digit on."""
    shown = [("X" if mask >> place & 1 else digit) for place, digit in enumerate(reversed(digits))]
    return "".join(reversed(shown))


@st.composite
def edtf_dates(draw: st.DrawFn, *, plain: bool = False) -> str:
    """Draw a date of the subset: a year, season, month or day, unless plain with masked digits and a qualifier."""
    masks = st.just(0) if plain else st.sampled_from((0, 0, 0, 1, 2, 3))
    parts = [_masked(f"{draw(st.integers(1800, 2100))}", draw(masks))]
    if draw(st.integers(0, 7)) == 0:
        return f"{parts[0]}-{draw(st.integers(21, 24))}" + ("" if plain else draw(st.sampled_from(QUALIFIERS)))
    parts += [_masked(f"{draw(st.integers(1, top)):02d}", draw(masks)) for top in (12, 31)[: draw(st.integers(0, 2))]]
    return "-".join(parts) + ("" if plain else draw(st.sampled_from(QUALIFIERS)))


def _ranges(dates: Strategy[str]) -> Strategy[str]:
    return st.one_of(
        dates,
        st.builds("{}..{}".format, dates, dates),
        dates.map("..{}".format),
        dates.map("{}..".format),
    ).filter(lambda text: accepted(f"[{text}]"))


def edtf_strings(*, plain: bool = False) -> Strategy[str]:
    """Draw any string of the EDTF subset."""
    dates = edtf_dates(plain=plain).filter(accepted)
    sets = st.lists(_ranges(dates), min_size=1, max_size=4).map(",".join)
    return st.one_of(
        dates,
        st.builds("{}/{}".format, dates, dates).filter(accepted),
        st.builds("{}/{}".format, dates, st.sampled_from(("", ".."))),
        st.builds("{}/{}".format, st.sampled_from(("", "..")), dates),
        st.just("/.."),
        sets.map("[{}]".format),
        sets.map("{{{}}}".format),
    )


# --- texts -----------------------------------------------------------------------------------------------------

ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةؤئءـًٌَُِّْ٠١٢٣٤٥٦٧٨٩،؛؟«»"
YAML_MARKS = "'\"#:,[]{}&*!|>%@`?-=~ \\"
_INVISIBLE = re.compile(f"[{HIDDEN}{TAGS}]")
_ANY_TEXT = st.one_of(
    st.text(ARABIC + " ", min_size=1, max_size=20),
    st.text(YAML_MARKS + "abX019./", min_size=1, max_size=12),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12),
).map(lambda text: _INVISIBLE.sub("", text).lstrip("=+-@ ").strip())
TRICKY = (
    *("null", "~", "true", "no", "Yes", "on", "1", "017", "0x1F", "1:30", "1_000", "1e3", ".5", ".inf", "2017-06-05"),
    *("<<", "a: b", "a #b", "- a", "? a", "!tag", "&a", "*a", "'", '"', "[a]", "{a: b}", "%YAML", "...", "---"),
    *("القوات القطرية", "Lieutenant General", "word " * 60 + "end", "كلمة " * 60 + "نهاية", "x" * 150, "😀 y"),
)


@cache
def matching(pattern: str, longest: int) -> Strategy[str]:
    """Draw a text that a pattern of the models allows."""
    shape = re.compile(pattern.removesuffix("$") + r"\Z")
    drawn = st.one_of(_ANY_TEXT, st.sampled_from(TRICKY)) if r"\s" in pattern else _regular(pattern)
    return drawn.filter(lambda text: len(text) <= longest and shape.match(text) is not None)


def _regular(pattern: str) -> Strategy[str]:
    if pattern == "^[0-9a-f]{64}$":
        return st.integers(0, 99).map(lambda number: hashlib.sha256(bytes([number])).hexdigest())
    if pattern == "^[A-Z]{3}$":
        return st.sampled_from(sorted(CURRENCIES))
    return st.from_regex(pattern.removesuffix("$") + r"\Z")


def texts(longest: int = 160) -> Strategy[str]:
    """Draw a text as a record may hold it."""
    return matching(TypeAdapter(Text).json_schema()["pattern"], longest)


def ids(prefix: str) -> Strategy[str]:
    """Draw the id of a record."""
    word = st.text("abcxyz0189", min_size=1, max_size=5)
    return st.lists(word, min_size=1, max_size=3).map(lambda words: "-".join((prefix, *words)))


def seed_ids() -> Strategy[str]:
    """Draw the id of a source card."""
    return st.integers(0, 999).map("seed-{:03d}".format)


# --- numbers ---------------------------------------------------------------------------------------------------


def numbers() -> Strategy[int | Decimal]:
    """Draw a number of any kind and size that is taken."""
    whole = st.one_of(st.integers(0, 5000), st.integers(0, 10**MAX_DIGITS - 1))
    parts = st.builds(lambda number, places: Decimal(number).scaleb(-places), whole, st.integers(0, 6))
    # With three decimals of which the last is 0, it may be thousands.
    return st.one_of(whole, parts.map(Decimal.normalize))


@st.composite
def amounts(draw: st.DrawFn) -> dict[str, object]:
    """Draw the numbers and the bound of an amount so that they fit together."""
    bound = draw(st.sampled_from(Bound))
    low, best, high = sorted(draw(st.tuples(numbers(), numbers(), numbers())))
    told = {
        Bound.EXACT: {"best": best},
        Bound.ABOUT: {"low": low, "best": best, "high": high},
        Bound.AT_LEAST: {"low": low, "best": best},
        Bound.MORE_THAN: {"low": low},
        Bound.AT_MOST: {"best": best, "high": high},
        Bound.LESS_THAN: {"high": high},
        Bound.BETWEEN: {"low": low, "high": high},
    }[bound]
    needed = {"exact": {"best"}, "at_least": {"low"}, "more_than": {"low"}, "between": {"low", "high"}}.get(
        bound, {"high"}
    )
    if bound is Bound.ABOUT:
        needed = draw(st.sampled_from(({"best"}, {"low", "high"})))
    kept = {name: number for name, number in told.items() if name in needed or draw(st.booleans())}
    return {**kept, "bound": bound}


def _counted(amount: dict[str, object], other: dict[str, object]) -> dict[str, object]:
    """Join an amount and its unit, of which most are counted whole."""
    unit = other.get("unit")
    if isinstance(unit, Unit) and unit.is_whole:
        amount = {name: int(number) if isinstance(number, Decimal) else number for name, number in amount.items()}
    return amount | other


def quantities() -> Strategy[Quantity]:
    """Draw a count."""
    return parts(Quantity).map(Quantity.model_validate)


def money() -> Strategy[Money]:
    """Draw an amount of money."""
    return parts(Money).map(Money.model_validate)


_ONE_OF: dict[type[Frozen], tuple[tuple[str, ...], ...]] = {
    Alternative: (("value",), ("record",), ("speaker",)),
    RelativeDate: (("seed",), ("record", "record_field")),
}
"""Of which optional fields of a model one group must be there and no other."""

# --- records, from the layout ----------------------------------------------------------------------------------


@cache
def _limits(model: type[Frozen]) -> dict[str, dict[str, Any]]:
    """Give what the JSON Schema of a model says of each of its fields."""
    found: dict[str, dict[str, Any]] = model.model_json_schema(schema_generator=_Generator)["properties"]
    return found


def _scalar(field: FieldLayout, said: dict[str, Any]) -> Strategy[Any]:
    """Draw a value of a field, or one item of a list, within what the JSON Schema says of it."""
    if field.reference == SEED:
        return seed_ids()
    if field.reference:
        prefixes = [kind.prefix for kind in TYPES] if field.reference == ANY else [BY_NAME[field.reference].prefix]
        return st.sampled_from(prefixes).flatmap(ids)
    if issubclass(field.type, Edtf):
        return edtf_strings()
    if issubclass(field.type, Term):
        return st.sampled_from(field.type)
    return _BY_TYPE[field.type](said)


_BY_TYPE: dict[type, Callable[[dict[str, Any]], Strategy[Any]]] = {
    bool: lambda _: st.booleans(),
    int: lambda said: st.integers(said["minimum"], said.get("maximum", 10**6)),
    Decimal: lambda _: numbers(),
    str: lambda said: matching(said["pattern"], min(said.get("maxLength", 400), 400)),
}


@cache
def _field(model: type[Frozen], field: FieldLayout) -> Strategy[Any]:
    said = _limits(model)[field.name]
    match field.shape:
        case Shape.SCALAR:
            return _scalar(field, said)
        case Shape.SPAN:
            return st.tuples(st.integers(0, 5000), st.integers(1, 5000))
        case Shape.PART:
            return parts(field.type)
        case Shape.SCALARS:
            return st.lists(_scalar(field, said["items"]), min_size=said.get("minItems", 0), max_size=2)
        case Shape.PARTS:
            return st.lists(parts(field.type), min_size=said.get("minItems", 0), max_size=2)
        case Shape.MAPPING:
            names = [other.name for other in layout(model)]
            return st.dictionaries(st.sampled_from(names), st.sampled_from(field.type), max_size=3)


@cache
def parts(model: type[Frozen], prefix: str | None = None) -> Strategy[dict[str, Any]]:
    """Draw the document of a model: every required field, any of the others; a record's id has the prefix given."""
    drawn = {field.name: st.deferred(lambda field=field: _field(model, field)) for field in layout(model)}
    if prefix:
        drawn["id"] = ids(prefix)
    if issubclass(model, Amount):
        drawn = {name: strategy for name, strategy in drawn.items() if name not in Amount.model_fields}
    required = {field.name for field in layout(model) if field.required}
    if model in _ONE_OF:
        return st.sampled_from(_ONE_OF[model]).flatmap(
            lambda one: st.fixed_dictionaries({name: drawn[name] for name in (*required, *one)})
        )
    document = st.fixed_dictionaries(
        {name: strategy for name, strategy in drawn.items() if name in required},
        optional={name: strategy for name, strategy in drawn.items() if name not in required},
    )
    if issubclass(model, Amount):
        return st.builds(_counted, amounts(), document)
    # A part that requires nothing must hold something all the same.
    return document if required else document.filter(bool)


def records(kind: RecordType) -> Strategy[Record]:
    """Draw a record of a type that its model takes; the checks beyond the model may find fault with it."""
    return parts(kind.model, kind.prefix).map(kind.model.model_validate)


def source_cards() -> Strategy[SourceCard]:
    """Draw a source card."""
    return parts(SourceCard).map(SourceCard.model_validate)
