"""The building blocks of record models: ids, references, names of things, short texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from defcoop.registry import ANY, SEED

ID_PATTERN = r"^[a-z]{3}-[a-z0-9]+(?:-[a-z0-9]+)*$"
SEED_PATTERN = r"^seed-[0-9]{3,6}$"


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks an id that must be the id of an existing record of the type named."""

    type: str


RecordId = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
ActorId = Annotated[RecordId, Reference("actor")]
AgreementId = Annotated[RecordId, Reference("agreement")]
FacilityId = Annotated[RecordId, Reference("facility")]
AnyId = Annotated[RecordId, Reference(ANY)]
SeedId = Annotated[str, Field(pattern=SEED_PATTERN), Reference(SEED)]

# A cell that began with one of these would be a formula to a spreadsheet; edges of white space are never meant.
Text = Annotated[str, Field(pattern=r"^[^\s=+\-@](?:[^\r\n\t]*\S)?$", max_length=2000)]
Label = Annotated[Text, Field(max_length=160)]
# A label that names an item of a list stands in brackets in paths.
Key = Annotated[str, Field(pattern=r"^[^\s=+\-@\[\]](?:[^\r\n\t\[\]]*[^\s\[\]])?$", max_length=160)]
Quote = Annotated[Text, Field(max_length=80)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Passage = tuple[
    Annotated[int, Field(strict=True, ge=0)],
    Annotated[int, Field(strict=True, ge=1)],
]
