"""Source cards: what is known of a seed text, and what in it was left uncoded."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from defcoop.models.evidence import Reliability
from defcoop.models.ids import ActorId, CardId, Digest, Passage
from defcoop.values import Edtf, Frozen, Label, Term, Text, uncoded


class Genre(Term, is_open=True):
    """What kind of text a seed is."""

    INTERVIEW = "interview", "Mostly the words of one named speaker."
    NEWS_REPORT = "news_report", "A report of events."
    NEWS_ANALYSIS = "news_analysis", "A report mixed with interpretation."
    OPINION = "opinion", "A text that argues."


class DismissalReason(Term):
    """Why a passage carries no coded value."""

    OPINION = "opinion", "A judgement, praise or blame."
    LOADED_WORDING = "loaded_wording", "Wording that takes sides; the facts in it, if any, are coded elsewhere."
    DUPLICATE_TELLING = "duplicate_telling", "The same thing told again in the same text without anything new."
    NO_ACT = "no_act", "No act of defence cooperation: general talk, aims, wishes, background."
    TOO_VAGUE = "too_vague", "An act or a set too vague to be told apart: no count, date, place or content."
    PAGE_FURNITURE = "page_furniture", "Headings, counters, comment forms and the like."


class Dismissed(Frozen):
    """A passage that was read and left uncoded, with the reason."""

    KEY: ClassVar[tuple[str, ...]] = ("passage",)

    passage: Annotated[Passage, uncoded("First and last-plus-one code point.", source="W3C TextPositionSelector")]
    digest: Annotated[Digest, uncoded("SHA-256 of the passage's UTF-8 bytes.")]
    reason: Annotated[DismissalReason, uncoded("Why it carries no coded value.")]
    note: Annotated[Text, uncoded("What stands there, in defcoop's own words.")]


class SourceCard(Frozen):
    """A seed text described; the text itself never enters the project."""

    id: Annotated[CardId, uncoded("The seed's id.")]
    file: Annotated[Label, uncoded("The text's file name.")]
    sha256: Annotated[Digest, uncoded("SHA-256 of the file's bytes.")]
    bytes: Annotated[int, Field(strict=True, ge=1), uncoded("Length in bytes.")]
    code_points: Annotated[int, Field(strict=True, ge=1), uncoded("Length in Unicode code points.")]
    language: Annotated[str, uncoded("Its language.", source="BCP 47", pattern=r"^[a-z]{2,3}$")]
    description: Annotated[Text, uncoded("What the text is about, in defcoop's own words, in English.")]
    genre: Annotated[Genre, uncoded("What kind of text it is.")]
    publisher: Annotated[Label | None, uncoded("Who published it, where the text itself says so.")] = None
    publisher_reasoning: Annotated[Text, uncoded("What in the text speaks for it, or what is missing.")]
    published: Annotated[Edtf | None, uncoded("When, in the bounds that the text itself allows.", time=None)] = None
    published_reasoning: Annotated[Text, uncoded("How the bounds follow from the text.")]
    outlet: Annotated[ActorId | None, uncoded("An outlet that the text names as its source.", role=None)] = None
    reliability: Annotated[Reliability, uncoded("How far to trust it, A to F.", source="Admiralty reliability")]
    reliability_reasoning: Annotated[Text, uncoded("Why.")]
    slant: Annotated[Text, uncoded("Which way it leans, and how that shows.")]
    dismissed: Annotated[tuple[Dismissed, ...], uncoded("Passages read and left uncoded.")] = ()
    note: Annotated[Text | None, uncoded("A remark of the coder's; background knowledge is marked as such.")] = None
