"""Source cards: what is known of a seed text, and what in it was left uncoded."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from defcoop.models._fields import ActorId, CardId, Digest, Passage
from defcoop.models.evidence import Reliability
from defcoop.values import Edtf, Frozen, Label, Term, Text, reference


class Genre(Term):
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

    passage: Annotated[Passage, reference("First and last-plus-one code point.", source="W3C TextPositionSelector")]
    digest: Annotated[Digest, reference("SHA-256 of the passage's UTF-8 bytes.")]
    reason: Annotated[DismissalReason, reference("Why it carries no coded value.")]
    note: Annotated[Text, reference("What stands there, in defcoop's own words.")]


class SourceCard(Frozen):
    """A seed text described; the text itself never enters the project."""

    id: Annotated[CardId, reference("The seed's id.")]
    file: Annotated[Label, reference("The text's file name.")]
    sha256: Annotated[Digest, reference("SHA-256 of the file's bytes.")]
    bytes: Annotated[int, Field(strict=True, ge=1), reference("Length in bytes.")]
    code_points: Annotated[int, Field(strict=True, ge=1), reference("Length in Unicode code points.")]
    language: Annotated[str, reference("Its language.", source="BCP 47", pattern=r"^[a-z]{2,3}$")]
    description: Annotated[Text, reference("What the text is about, in defcoop's own words, in English.")]
    genre: Annotated[Genre, reference("What kind of text it is.")]
    publisher: Annotated[Label | None, reference("Who published it, where the text itself says so.")] = None
    publisher_reasoning: Annotated[Text, reference("What in the text speaks for it, or what is missing.")]
    published: Annotated[Edtf | None, reference("When, in the bounds that the text itself allows.")] = None
    published_reasoning: Annotated[Text, reference("How the bounds follow from the text.")]
    outlet: Annotated[ActorId | None, reference("An outlet that the text names as its source.")] = None
    reliability: Annotated[Reliability, reference("How far to trust it, A to F.", source="Admiralty reliability")]
    reliability_reasoning: Annotated[Text, reference("Why.")]
    slant: Annotated[Text, reference("Which way it leans, and how that shows.")]
    dismissed: Annotated[tuple[Dismissed, ...], reference("Passages read and left uncoded.")] = ()
    note: Annotated[Text | None, reference("A remark of the coder's; background knowledge is marked as such.")] = None
