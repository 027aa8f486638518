"""What every value and model shares: frozen, closed, and described field by field."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from defcoop.errors import DefcoopError
from defcoop.values._described import restore_description
from defcoop.values.meaning import Meaning


class NoFieldError(DefcoopError, AttributeError):
    """A model has no such attribute; what is near is looked for only when the message is read."""

    def __str__(self) -> str:
        """Name the model and the nearest of its attributes, or all of its fields."""
        model = type(self.obj)
        fields = list(getattr(model, "model_fields", ()))
        own = [name for name in dir(model) if not name.startswith("_") and not hasattr(BaseModel, name)]
        near = get_close_matches(str(self.name), [*fields, *own], 1)
        hint = f"Did you mean {near[0]}?" if near else f"It has {', '.join(fields)}."
        return f"{model.__name__} has no attribute {self.name}. {hint}"


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

    def __init_subclass__(cls, **more: Any) -> None:  # noqa: ANN401 - pydantic's configuration
        """Keep the description."""
        super().__init_subclass__(**more)
        restore_description(cls)

    if not TYPE_CHECKING:  # so that a type checker tells a misspelt name

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - pydantic's own attributes, else none
            """Give what pydantic keeps elsewhere, or refuse with what is near."""
            try:
                return super().__getattr__(name)
            except AttributeError:
                raise NoFieldError(name=name, obj=self) from None

    @property
    def needs_evidence(self) -> bool:
        """Whether the coded values in it are read from a text."""
        return True


def coded(
    description: str,
    *,
    source: str | None = None,
    expected: bool = False,
    **more: Any,  # noqa: ANN401 - as for `uncoded`
) -> Any:  # noqa: ANN401 - a FieldInfo, which pydantic types as Any
    """Describe a field whose value is read from a source and so needs evidence.

    `expected` asks for a value or a reason in `absent`; all else is as for `uncoded`.
    """
    return uncoded(description, source=source, coded=True, expected=expected, **more)


def uncoded(
    description: str,
    *,
    source: str | None = None,
    **more: Any,  # noqa: ANN401 - those of Meaning, and what is handed to pydantic.Field as it is
) -> Any:  # noqa: ANN401 - a FieldInfo, which pydantic types as Any
    """Describe a field that defcoop adds itself (ids, codes, prose) and that needs no evidence.

    `source` names the field's term of origin and ends the description. What else the field means is said as `Meaning`
    has it: `role` for ids of actors, `time` for dates, `identifies`, `acyclic`, `item` and so on.
    """
    said = {name: more.pop(name) for name in Meaning.__dataclass_fields__ if name in more}
    text = f"{description} ({source})" if source else description
    return Field(description=text, json_schema_extra=Meaning(**said), **more)
