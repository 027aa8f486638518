"""Structure: what pydantic found wrong with a document, each mistake once and in plain words."""

from __future__ import annotations

from decimal import Decimal
from enum import EnumType
from typing import TYPE_CHECKING, Any

from defcoop.faults import Fault, did_you_mean
from defcoop.models.layout import Shape, layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from defcoop.models.leaves import Pointer
    from defcoop.values import Frozen

_CODE_OF = {
    "missing": "DC101",
    "extra_forbidden": "DC102",
    "enum": "DC104",
    "string_pattern_mismatch": "DC105",
    "string_too_long": "DC105",
    "string_too_short": "DC105",
    "edtf": "DC501",
    "quantity": "DC601",
    "currency": "DC602",
}
"""The code of each kind of pydantic error; any other kind is a wrong type (DC103)."""


def faults_of(error: ValidationError, data: object, model: type[Frozen]) -> Iterator[Fault]:
    """Yield one fault for each place that pydantic complains of."""
    details: dict[Pointer, ErrorDetails] = {}
    for detail in error.errors(include_url=False):
        pointer, rest = _reach(detail["loc"], data)
        details.setdefault(pointer + rest[:1] if detail["type"] == "missing" else pointer, detail)
    unknown = [pointer for pointer, detail in details.items() if detail["type"] == "extra_forbidden"]
    for pointer, detail in details.items():
        if detail["type"] != "missing" or not any(_misspells(other, pointer) for other in unknown):
            yield _fault(detail, pointer, model)


def _misspells(unknown: Pointer, missing: Pointer) -> bool:
    """Tell whether an unknown field is the missing one misspelt, which is one mistake."""
    return unknown[:-1] == missing[:-1] and bool(did_you_mean(str(unknown[-1]), [str(missing[-1])]))


def _reach(loc: tuple[str | int, ...], data: Any) -> tuple[Pointer, Pointer]:  # noqa: ANN401 - a YAML document
    """Follow a pydantic location into the document as far as it goes; the names of union members lead nowhere."""
    for depth, step in enumerate(loc):
        known = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if step not in known:
            return loc[:depth], loc[depth:]
        data = data[step]
    return loc, ()


def _fault(detail: ErrorDetails, pointer: Pointer, model: type[Frozen]) -> Fault:
    found, code = detail["input"], _CODE_OF.get(detail["type"], "DC103")
    if code == "DC101":
        return Fault(code, pointer, "is missing")
    if code == "DC102":
        known = [field.name for field in layout(_owner(model, pointer[:-1]))]
        return Fault(code, pointer, "is no field here", did_you_mean(str(pointer[-1]), known), at_key=True)
    if code == "DC104":
        return _not_a_term(detail, pointer, model)
    if code in {"DC501", "DC601", "DC602"}:
        return Fault(code, pointer, _plainly(detail["msg"]))
    hint = "Quote it." if detail["type"] == "string_type" and isinstance(found, int | Decimal) else ""
    return Fault(code, pointer, f"{_shown(found)}: {_plainly(detail['msg'])}", hint)


def _not_a_term(detail: ErrorDetails, pointer: Pointer, model: type[Frozen]) -> Fault:
    found = detail["input"]
    owner = _owner(model, tuple(step for step in pointer[:-1] if step != pointer[-1]))
    name = next((step for step in reversed(pointer) if isinstance(step, str)), "")
    vocabulary = next((field.type for field in layout(owner) if field.name == name), None)
    known = [term.value for term in vocabulary] if isinstance(vocabulary, EnumType) else []
    hint = did_you_mean(str(found), known) or (f"Use one of: {', '.join(known)}." if known else "")
    return Fault("DC104", pointer, f"{_shown(found)} is not in the vocabulary", hint)


def _owner(model: type[Frozen], pointer: Pointer) -> type[Frozen]:
    """Give the model whose fields stand at a pointer."""
    for step in pointer:
        field = next((field for field in layout(model) if field.name == step), None)
        if field and field.shape in {Shape.PART, Shape.PARTS}:
            model = field.type
    return model


def _shown(found: Any) -> str:  # noqa: ANN401 - whatever stood in the file
    text = repr(found) if isinstance(found, str | int) else type(found).__name__
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line of a terminal


def _plainly(message: str) -> str:
    plain = message.replace("Input should", "should").replace("String should", "should")
    return plain[:1].lower() + plain[1:]
