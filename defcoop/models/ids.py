"""The building blocks of record models: ids, references, passages, mappings that do not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

from pydantic import Field

from defcoop.models.record_type import ANY, SEED

ID_PATTERN = r"^[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*$"
DIGEST_PATTERN = r"^[0-9a-f]{64}$"
SEED_PATTERN = r"^seed(?:-[a-z0-9]*[a-z][a-z0-9]*)*-[0-9]{3,6}$"


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks an id that must be the id of an existing record of the type named."""

    type: str


RecordId = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
ActorId = Annotated[RecordId, Reference("actor")]
AgreementId = Annotated[RecordId, Reference("agreement")]
FacilityId = Annotated[RecordId, Reference("facility")]
AnyId = Annotated[RecordId, Reference(ANY)]
CardId = Annotated[str, Field(pattern=SEED_PATTERN)]
SeedId = Annotated[CardId, Reference(SEED)]
Digest = Annotated[str, Field(pattern=DIGEST_PATTERN)]
Passage = tuple[
    Annotated[int, Field(strict=True, ge=0)],
    Annotated[int, Field(strict=True, ge=1)],
]


class FrozenMapping(dict[str, Any]):
    """A mapping that does not change."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        msg = "a record does not change"
        raise TypeError(msg)

    __setitem__ = __delitem__ = __ior__ = update = setdefault = pop = popitem = clear = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        """Hash by content; pydantic would also copy a default that has no hash, for each record."""
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by content."""
        return FrozenMapping, (dict(self),)
