"""What every value and model shares: frozen, closed, and described field by field."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A model whose instances cannot change and whose unknown keys are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        # An id, a name or a quote that differs only in its edges would be two things that look like one.
        str_strip_whitespace=False,
        # `class` is a field's name in the data and a keyword in Python.
        populate_by_name=True,
        defer_build=True,
    )

    KEY: ClassVar[tuple[str, ...]] = ()
    """The fields by which an item of a list of such parts is known; no two items of a list share them."""

    @property
    def needs_evidence(self) -> bool:
        """Whether the coded values in it are read from a text."""
        return True


def coded(
    description: str,
    *,
    source: str | None = None,
    expected: bool = False,
    acyclic: bool = False,
    item: str | None = None,
    **constraints: Any,  # noqa: ANN401 - handed to pydantic.Field as it is
) -> Any:  # noqa: ANN401 - a FieldInfo, which pydantic types as Any
    """Describe a field whose value is read from a source and so needs evidence.

    `source` names the field's term of origin and ends the description; `expected` asks for a value or
    a reason in `absent`; `acyclic` marks links that may not run in a circle; `item` names one item of a list (the
    column of its table).
    """
    extra = {"x-coded": True, "x-expected": expected, "x-acyclic": acyclic, "x-item": item}
    return _field(description, source, extra, constraints)


def uncoded(
    description: str,
    *,
    source: str | None = None,
    acyclic: bool = False,
    item: str | None = None,
    **constraints: Any,  # noqa: ANN401 - handed to pydantic.Field as it is
) -> Any:  # noqa: ANN401 - a FieldInfo, which pydantic types as Any
    """Describe a field that defcoop adds itself (ids, codes, prose) and that needs no evidence."""
    return _field(description, source, {"x-acyclic": acyclic, "x-item": item}, constraints)


def _field(description: str, source: str | None, extra: dict[str, Any], constraints: dict[str, Any]) -> Any:  # noqa: ANN401 - a FieldInfo, which pydantic types as Any
    text = f"{description} ({source})" if source else description
    return Field(description=text, json_schema_extra={k: v for k, v in extra.items() if v}, **constraints)
