"""Structure: what pydantic found wrong with a document, each mistake once and in plain words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from defcoop.models import dataset_card, ids, own_terms
from defcoop.models.field_layout import Shape, layout
from defcoop.validation.issues import Issue, did_you_mean
from defcoop.validation.record_checks.meant import date_hint, nearest_or_all, shape_hint, type_hint
from defcoop.values import Edtf
from defcoop.values.relative import PATTERN as OFFSET_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from defcoop.models.field_layout import FieldLayout
    from defcoop.models.leaves import Pointer
    from defcoop.models.own_terms import OwnTerms
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
    "number": "DC606",
}
"""The code of each kind of pydantic error; any other kind is a wrong type (DC103)."""

_PLAINLY = {
    "string_type": "should be text",
    "int_type": "should be a whole number",
    "bool_type": "should be true or false",
    "is_instance_of": "should be a number",
    "tuple_type": "should be a list",
    "dict_type": "should be a mapping",
    "mapping_type": "should be a mapping",
    "model_type": "should be a mapping with the fields of the codebook",
    "model_attributes_type": "should be a mapping with the fields of the codebook",
    "too_short": "should not be empty",
    "too_long": "has more than {max_length} items",
    "string_too_short": "should not be empty",
    "decimal_max_digits": "has too many digits",
    "multiple_of": "has more than six decimals",
    "greater_than_equal": "should be {ge} or more",
    "less_than_equal": "should be {le} or less",
    "less_than": "should be less than {lt}",
    "string_too_long": "is longer than {max_length} characters",
}
"""Kinds of pydantic error in the words of people who write YAML."""

_FORMS = {
    ids.ID_PATTERN: ("id", "is no id: three letters of the type, then words of a-z and 0-9 joined by hyphens"),
    ids.SEED_PATTERN: ("seed", "is no seed id such as seed-000"),
    r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$": ("language", "is no language tag such as ar or ar-Latn"),
    r"^[A-Z]{3}$": ("currency", "is no currency code of three capital letters"),
    ids.DIGEST_PATTERN: ("digest", "is no SHA-256 of 64 hexadecimal digits"),
    r"^[a-z]{2,3}$": ("language", "is no language tag such as ar"),
    dataset_card.VERSION_PATTERN: ("version", "is no version such as 1.2.3"),
    dataset_card.REQUIRED_PATTERN: ("version", "is no version such as 0.3"),
    dataset_card.NAME_PATTERN: ("name", "is no short name such as border-patrols"),
    dataset_card.LICENCE_PATTERN: ("licence", "is no SPDX name of a licence such as CC-BY-4.0"),
    dataset_card.URL_PATTERN: ("address", "is no address such as https://example.org/data"),
    dataset_card.ORCID_PATTERN: ("orcid", "is no ORCID iD such as 0000-0002-1825-0097"),
    dataset_card.PREFIX_PATTERN: ("prefix", "is no beginning of seed ids such as seed or seed-nordic"),
    dataset_card.FILE_PATTERN: ("file", "is no file of the folder vocabularies such as vocabularies/missions.yaml"),
    dataset_card.PACKAGE_PATTERN: ("package", "is no name of a Python package"),
    own_terms.TERM_PATTERN: ("term", "is no term of small letters joined by _, such as search_and_rescue"),
    own_terms.VOCABULARY_PATTERN: ("vocabulary", "is no name of a vocabulary such as Mission"),
    OFFSET_PATTERN: ("offset", "is no offset such as last-03, this-year or P-3M"),
}
"""What the texts that a pattern refuses should be, and are not."""

_NO_LINE = "should be one line of visible characters, without white space at its ends"


def issues_of(
    error: ValidationError, data: object, model: type[Frozen], own: OwnTerms | None = None
) -> Iterator[Issue]:
    """Yield one issue for each mistake that pydantic complains of."""
    details: dict[Pointer, ErrorDetails] = {}
    for detail in error.errors(include_url=False):
        pointer, rest = _reach(detail["loc"], data)
        # A number is tried as a whole one first; that it is none is not what is wrong with it.
        if detail["type"] == "int_type" and rest:
            continue
        # Both ends of a passage that is none are one mistake.
        if detail["loc"][-2:-1] == ("passage",) and any(
            known[: len(detail["loc"]) - 1] == detail["loc"][:-1] for known in details
        ):
            continue
        details.setdefault(pointer + rest[:1] if detail["type"] == "missing" else pointer, detail)
    unknown = [pointer for pointer, detail in details.items() if detail["type"] == "extra_forbidden"]
    for pointer, detail in details.items():
        misspelt = detail["type"] == "missing" and any(_misspells(field, pointer) for field in unknown)
        # A list is called too short when its only item is broken, and the item has its own finding.
        emptied = detail["type"] == "too_short" and any(_lies_in(inner, pointer) for inner in details)
        if not misspelt and not emptied:
            yield _issue(detail, pointer, model, own)


def _misspells(unknown: Pointer, missing: Pointer) -> bool:
    """Tell whether an unknown field is the missing one misspelt, which is one mistake."""
    return unknown[:-1] == missing[:-1] and bool(did_you_mean(str(unknown[-1]), [str(missing[-1])]))


def _lies_in(inner: Pointer, outer: Pointer) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _reach(loc: tuple[str | int, ...], data: Any) -> tuple[Pointer, Pointer]:  # noqa: ANN401 - a YAML document
    """Follow a pydantic location into the document as far as it goes; the names of union members lead nowhere."""
    for depth, step in enumerate(loc):
        known = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if step not in known:
            return loc[:depth], loc[depth:]
        data = data[step]
    return loc, ()


def _issue(detail: ErrorDetails, pointer: Pointer, model: type[Frozen], own: OwnTerms | None) -> Issue:
    value, code = detail["input"], _CODE_OF.get(detail["type"], "DC103")
    field = field_at(model, pointer)
    if code == "DC101":
        return Issue(code, pointer, "is missing", _how_to_add(str(pointer[-1]), field, own))
    if code == "DC102":
        return Issue(code, pointer, "is no field here", _known_fields(pointer, model), at_key=True)
    if code == "DC104":
        hint = nearest_or_all(str(value), list(_terms_of(field, own)))
        return Issue(code, pointer, f"{_brief(value)} is not in the vocabulary", hint)
    if code in {"DC501", "DC601", "DC602", "DC606"}:
        return _no_date(detail["msg"], value, pointer) if code == "DC501" else Issue(code, pointer, detail["msg"])
    if detail["type"] == "string_type" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _unquoted(value, pointer, field, detail)
    hint = _shape_hint(detail, value) if code == "DC105" else _type_hint(detail, value, field)
    return Issue(code, pointer, f"{_brief(value)} {_plainly(detail)}", hint)


def _known_fields(pointer: Pointer, model: type[Frozen]) -> str:
    holder = field_at(model, pointer[:-1])
    owner: type[Frozen] = holder.type if holder else model
    known = [known.name for known in layout(owner)]
    hint = did_you_mean(str(pointer[-1]), known)
    # Of a record the fields are too many for a line.
    return hint or (f"Take it out, or use one of: {', '.join(known)}." if holder else "")


def _no_date(message: str, value: object, pointer: Pointer) -> Issue:
    # A year of which all digits are known does not only seem to lie there.
    certain = message.replace("may lie", "lies") if re.fullmatch(r"\d{4}", str(value)) else message
    return Issue("DC501", pointer, certain, date_hint(str(value)))


def _how_to_add(name: str, field: FieldLayout | None, own: OwnTerms | None) -> str:
    if name == "id":
        return "Add id, which is the file's name without .yaml."
    if name.isdigit():
        return "Write [start, end]."
    terms = ", ".join(_terms_of(field, own))
    return f"Add {name}, one of: {terms}." if terms else ""


def _terms_of(field: FieldLayout | None, own: OwnTerms | None) -> Iterator[str]:
    """Yield the terms of a field's vocabulary, the dataset's own too."""
    if field and hasattr(field.type, "__members__"):
        yield from (term.value for term in (own.all_of(field.type) if own else field.type))


def _unquoted(value: object, pointer: Pointer, field: FieldLayout | None, detail: ErrorDetails) -> Issue:
    """Ask for quotes around a number where a text should stand, unless that text would be refused too."""
    if field and field.type is Edtf:
        try:
            Edtf(str(value))
        except ValueError as error:
            return _no_date(str(error), value, pointer)
    if field and field.reference:
        return Issue("DC105", pointer, f"{value} is no id", shape_hint(value, "seed") if field.name == "seed" else "")
    return Issue("DC103", pointer, f"{_brief(value)} {_plainly(detail)}", "Quote it.")


def _shape_hint(detail: ErrorDetails, value: object) -> str:
    if detail["type"] == "string_too_long":
        return f"Shorten it to {detail['ctx']['max_length']} characters."
    wanted = _FORMS.get(detail.get("ctx", {}).get("pattern", ""), ("line", ""))[0]
    return shape_hint(value, wanted)


def _type_hint(detail: ErrorDetails, value: object, field: FieldLayout | None) -> str:
    limits = {**detail.get("ctx", {})}
    if detail["type"] == "too_long" and field and field.shape is Shape.SPAN:
        return "Write [start, end]; no comma stands inside a number."
    if detail["type"] == "too_short":
        return "Name at least one item" + ("." if field and field.required else ", or leave the field out.")
    if detail["type"] == "greater_than_equal":
        missing = str(value).strip("-") in {"9", "99", "999", "88", "888", "77", "777"}
        reason = (
            "; if it stands for a missing one, leave the field out and give the reason in `absent`" if missing else ""
        )
        return f"Give a number of {limits['ge']} or more{reason}."
    if detail["type"] in {"less_than_equal", "less_than"}:
        return "Give a number that {}.".format(_plainly(detail).replace("should be", "is"))
    return type_hint(value, field, detail["type"])


def field_at(model: type[Frozen], pointer: Pointer) -> FieldLayout | None:
    """Give the field at a pointer, or the field that holds what is there."""
    holder: FieldLayout | None = None
    for step in pointer:
        inner: type[Frozen] = model if holder is None else holder.type
        fields = layout(inner) if hasattr(inner, "model_fields") else ()
        holder = next((field for field in fields if field.name == step), holder)
    return holder


def _plainly(detail: ErrorDetails) -> str:
    if detail["type"] == "string_pattern_mismatch":
        pattern = detail["ctx"]["pattern"]
        # The patterns of texts all begin alike; those left are short and say themselves what they want.
        if pattern.startswith(r"^[^\s"):
            return _NO_LINE
        return _FORMS[pattern][1] if pattern in _FORMS else f"does not match {pattern}"
    plain = _PLAINLY.get(detail["type"])
    return plain.format(**detail.get("ctx", {})) if plain else detail["msg"].replace("Input should", "should")


def _brief(value: object) -> str:
    text = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else repr(value)
    if isinstance(value, bool | Decimal):
        text = str(value).lower()
    return text if len(text) <= 60 else f"{text[:57]}…"  # noqa: PLR2004 - a line of a terminal
