"""The codes of findings, each once, in ranges by concern."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """What a code means and what to do about it; `page` explains it in Markdown where no page of our own does."""

    title: str
    remedy: str
    severity: Literal["error", "warning"] = "error"
    page: str = ""


RANGES = {
    "DC0": "Files and YAML",
    "DC1": "Structure",
    "DC2": "Ids",
    "DC3": "References",
    "DC4": "Evidence",
    "DC5": "Dates",
    "DC6": "Quantities and codes",
    "DC7": "Plausibility",
    "DC8": "The dataset as a whole",
    "DC9": "Sources",
}
"""The concern of each range of codes."""

CODES = {
    "DC001": Rule("The file cannot be read", "Put one regular file of at most 1 MB there."),
    "DC002": Rule("The file is not UTF-8", "Save it as UTF-8."),
    "DC003": Rule(
        "The file holds an invisible character", "Delete the character; store no byte order mark or bidi control."
    ),
    "DC005": Rule("The file is not YAML as defcoop reads it", "Mend the syntax at this place."),
    "DC006": Rule("A key stands twice", "Keep one of the two."),
    "DC007": Rule("Anchors and aliases are not read", "Write the value out."),
    "DC008": Rule("Tags are not read", "Take the tag out; quote the value if it is meant as text."),
    "DC009": Rule("Merge keys are not read", "Write the fields out."),
    "DC010": Rule("One file holds one record", "Move the second document to a file of its own."),
    "DC011": Rule(
        "A number is not in plain decimal digits", "Write plain digits, or quote it if it is text or a date."
    ),
    "DC012": Rule("A value is null", "Leave the field out and give the reason in `absent`."),
    "DC013": Rule("The nesting is too deep", "No record nests that deep; mend the indentation."),
    "DC014": Rule("The file does not belong here", "The folder holds only <folder>/<id>.yaml files."),
    "DC101": Rule("A field is missing", "Add the field."),
    "DC102": Rule("A field is unknown", "Take it out or use a field of the codebook."),
    "DC103": Rule("A value has the wrong type", "Write it as the codebook says."),
    "DC104": Rule("A value is not in its vocabulary", "Use a term of the codebook."),
    "DC105": Rule("A text has the wrong shape", "Mend its form or its length."),
    "DC106": Rule("An item stands twice in a list", "Keep one of the two."),
    "DC107": Rule("A field has neither value nor reason", "Code it, or put it into `absent` with a reason."),
    "DC108": Rule("An absence names no empty field", "Name an empty field of this type, or take the entry out."),
    "DC201": Rule("The id is not the file's name", "Make the id and the file's stem equal."),
    "DC202": Rule("The id has the wrong prefix", "Use the prefix of the record's type."),
    "DC301": Rule("A reference leads nowhere", "Name an existing record, or add the record."),
    "DC302": Rule("A reference leads to the wrong type", "Name a record of the type that the field asks for."),
    "DC303": Rule("A chain of links runs in a circle", "Cut the circle."),
    "DC304": Rule("A possible duplicate is named on one side only", "Name it on the other record too."),
    "DC401": Rule("A value has no evidence", "Add its path to the `supports` of the entry that carries it."),
    "DC402": Rule("An entry supports a path that has no value", "Name a path of the record, or take it out."),
    "DC403": Rule("A passage is out of bounds", "Give start and end inside the text, start before end."),
    "DC404": Rule("A quote is not in its passage", "Copy the phrase exactly, or move the passage."),
    "DC405": Rule("A digest is not that of the passage", "Check the passage, then compute the digest anew."),
    "DC406": Rule(
        "Voice and speaker do not fit", "Give a `speaker` for quoted, an `outlet` for relayed, neither otherwise."
    ),
    "DC407": Rule(
        "Basis and reasoning do not fit", "Give the reasoning of an inferred value, none for an explicit one."
    ),
    "DC408": Rule(
        "A name is not in its passage", "Write the name as the text has it, or cite the passage that has it."
    ),
    "DC409": Rule(
        "Status and stance do not fit", "Code the stage that the evidence tells: a plan carries nothing that is done."
    ),
    "DC410": Rule("An entry stands twice", "Join the two entries."),
    "DC411": Rule("A conflict does not contradict", "Name a value of the field that differs from the record's own."),
    "DC412": Rule("A value rests on opinion alone", "Take the value out, or dismiss the passage in the source card."),
    "DC413": Rule(
        "A quote does not say its value",
        "Quote the words that say it (at most 80 characters); if it follows from them, code it `inferred` and say how.",
    ),
    "DC414": Rule(
        "A passage does not name the actor",
        "Cite the passage that names it, add the name that the text has, or code it `inferred` and say how.",
    ),
    "DC501": Rule(
        "A date is not in the EDTF subset", "Write YYYY, YYYY-MM or YYYY-MM-DD, quoted, or another form of the subset."
    ),
    "DC502": Rule("Dates are out of order", "Check both dates against the text."),
    "DC503": Rule(
        "A relative date does not follow from its anchor", "Give the date that follows, or take the entry out."
    ),
    "DC601": Rule("A quantity does not fit together", "Give the number that the bound stands on, low ≤ best ≤ high."),
    "DC602": Rule("A currency is unknown", "Use a current ISO 4217 code."),
    "DC603": Rule("A code contradicts the table of states", "Use the codes and dates of defcoop/values/states.csv."),
    "DC604": Rule("A set or its number does not fit", "Check laterality and number of parties."),
    "DC701": Rule("Status and dates do not fit", "Check both against the text.", "warning"),
    "DC702": Rule(
        "A plan lies in the past of its only source", "Check whether the text tells it as carried out.", "warning"
    ),
    "DC703": Rule("A person holds two offices at once", "Check whether they are held at different times.", "warning"),
    "DC704": Rule("An actor deals with itself", "Check the sides: one belongs to the other.", "warning"),
    "DC705": Rule("A speaker is not in the seed", "Check the speaker, or give it evidence from that seed.", "warning"),
    "DC801": Rule("An acceptance is stale", "Take it out: the record has no such warning."),
    "DC802": Rule("Two records look alike", "Join them, or name each in the other's possibly_same_as.", "warning"),
    "DC803": Rule(
        "A passage is coded twice in one type", "Check whether the two records are about one thing.", "warning"
    ),
    "DC804": Rule("An actor is not referred to", "Refer to it where it takes part, or take it out.", "warning"),
    "DC901": Rule("A seed text is not the one on the card", "Use the text with the card's SHA-256, or mend the card."),
    "DC902": Rule("A seed text cannot be read", "Put the text there as one regular UTF-8 file."),
}
