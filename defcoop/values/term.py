"""Controlled terms: values that carry their own definition."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from pydantic_core import PydanticKnownError, core_schema

from defcoop.values._described import restore_description

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Term(StrEnum):
    """One term of a vocabulary; `definition` says what it means, in one sentence.

    A vocabulary that is made with `is_open=True` may have further terms in a dataset. These are members of no class, so
    that one dataset knows nothing of another's; the context of a validation says which there are.

    >>> class Colour(Term):
    ...     RED = "red", "The colour of a stop light."
    >>> Colour.RED == "red", Colour("red").definition
    (True, 'The colour of a stop light.')
    """

    definition: str
    is_open: bool

    def __init_subclass__(cls, *, is_open: bool | None = None) -> None:
        """Keep the description, and whether a dataset may add terms; else that is as in the class above."""
        super().__init_subclass__()
        restore_description(cls)
        if is_open is not None:
            cls.is_open = is_open

    # A term equals its text, so the two hash alike; and the hash of an Enum is slow.
    __hash__ = str.__hash__

    def __new__(cls, value: str, definition: str, *_: object) -> Self:
        """Make a term from its text and its definition; what else a vocabulary's terms say, its `__init__` keeps."""
        term = str.__new__(cls, value)
        term._value_ = value
        term.definition = definition
        return term

    @property
    def is_own(self) -> bool:
        """Whether a dataset added it, so that the library knows nothing of it but what its broader term says."""
        return self._value_ not in type(self)._value2member_map_

    @property
    def known(self) -> Self | None:
        """The term itself, or of one that a dataset added, the nearest broader term of the library's, if any."""
        broader: Self | None = vars(self).get("broader")
        return (broader and broader.known) if self.is_own else self

    @classmethod
    def own(cls, value: str, definition: str, **traits: Any) -> Self:  # noqa: ANN401 - whatever such terms say
        """Make a term that a dataset adds to a vocabulary.

        Args:
            value: its text.
            definition: what it means.
            traits: what else it says: the attributes that the vocabulary's own terms have, and `broader`.

        >>> from defcoop.models.deployment import Mission
        >>> Mission.own("mine_clearing", "The force clears mines.").definition
        'The force clears mines.'
        """
        term: Self = _own(cls, value, {"_value_": value, "_name_": value.upper(), "definition": definition, **traits})
        return term

    def __reduce_ex__(self, protocol: Any) -> Any:  # noqa: ANN401 - as of an Enum
        """Pickle an added term with all that it says, for its class does not have it."""
        return (_own, (type(self), self._value_, vars(self))) if self.is_own else super().__reduce_ex__(protocol)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Term], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take the vocabulary's terms, and what else the context of the validation has as terms of it."""
        closed: Any = handler(source)
        if not getattr(cls, "is_open", False):
            return closed  # type: ignore[no-any-return]
        refused = {"expected": " or ".join(", ".join(repr(term.value) for term in cls).rsplit(", ", 1))}

        def added(value: object, info: ValidationInfo) -> Term:
            terms = info.context.terms.get(cls) if info.context is not None and isinstance(value, str) else None
            term: Term | None = terms.get(value) if terms is not None else None
            if term is None:
                raise PydanticKnownError("enum", refused)  # noqa: EM101 - the name of an error
            return term

        return core_schema.union_schema(
            [closed, core_schema.with_info_plain_validator_function(added)],
            mode="left_to_right",  # so that Python is asked only for what is no term of the library's
            custom_error_type="enum",
            custom_error_context=dict(refused),
            serialization=closed.get("serialization"),
            ref=closed.pop("ref", None),  # so that JSON Schemas name it
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Show the vocabulary's terms."""
        listed: Any = schema["choices"][0] if schema["type"] == "union" else schema
        return handler(listed)


def _own(vocabulary: type[Term], value: str, traits: dict[str, Any]) -> Any:  # noqa: ANN401 - a term of the vocabulary
    term = str.__new__(vocabulary, value)
    vars(term).update(traits)
    return term
