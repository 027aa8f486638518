"""The codes of findings, each once, in ranges by concern."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Rule(NamedTuple):
    """What a code means and what to do about it; `page` explains it in Markdown where no page of our own does."""

    title: str
    remedy: str
    severity: Literal["error", "warning"] = "error"
    page: str = ""


_ACCEPT = " If it is right as it is, name the code and the reason in `accept`."

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
    "DC001": Rule("The file cannot be read", "Put one regular file of at most 1 MB there, which holds one record."),
    "DC002": Rule("The file is not UTF-8", "Save it as UTF-8."),
    "DC003": Rule(
        "The file holds an invisible character", "Delete the character; store no byte order mark or bidi control."
    ),
    "DC004": Rule(
        "The file holds an unresolved merge",
        "Keep the lines of one side, or of both where they fit together, and delete every line that git wrote.",
    ),
    "DC005": Rule(
        "The file is not YAML as defcoop reads it",
        "Write `key: value` lines, and quote texts with signs of YAML in them.",
    ),
    "DC006": Rule("A key stands twice", "Keep one of the two."),
    "DC007": Rule("Anchors and aliases are not read", "Write the value out; quote a text that begins with & or *."),
    "DC008": Rule("Tags are not read", "Take the tag out; quote the value if it is meant as text."),
    "DC009": Rule("Merge keys are not read", "Write the fields out."),
    "DC010": Rule(
        "One file holds one record",
        "Move the second document to a file of its own, and take the --- away that begins it.",
    ),
    "DC011": Rule(
        "A number is not in plain decimal digits", "Write plain digits, or quote it if it is text or a date."
    ),
    "DC012": Rule(
        "A value is null",
        "Give the value; or leave the field or item out, with a reason in `absent` if the field is a coded one.",
    ),
    "DC013": Rule(
        "The nesting is too deep",
        "No record nests that deep: take away the brackets or the indentation that hold nothing else.",
    ),
    "DC014": Rule(
        "The file does not belong here", "Move it elsewhere: the folder holds only <folder>/<id>.yaml files."
    ),
    "DC015": Rule("A text is read otherwise by other YAML readers", "Quote it.", "warning"),
    "DC101": Rule("A field is missing", "Add the field."),
    "DC102": Rule("A field is unknown", "Take it out, or use a field of the codebook."),
    "DC103": Rule("A value has the wrong type", "Write it in the form that schema/codebook.md has for the field."),
    "DC104": Rule("A value is not in its vocabulary", "Use a term of the codebook."),
    "DC105": Rule("A text has the wrong shape", "Write it in the form that schema/codebook.md has for the field."),
    "DC106": Rule("An item stands twice in a list", "Keep one of the two."),
    "DC107": Rule("A field has neither value nor reason", "Code it, or put it into `absent` with a reason."),
    "DC108": Rule("An absence names no empty field", "Name an empty field of this type, or take the entry out."),
    "DC201": Rule(
        "The id is not the file's name", "Write the file's name without .yaml for the id, or rename the file."
    ),
    "DC202": Rule(
        "The id has the wrong prefix", "Begin the id and the file's name with the prefix of the folder's type."
    ),
    "DC203": Rule(
        "A record was deleted without a tombstone",
        "Put the file back, and add `withdrawn` with a reason, since, and replaced_by if another took its place.",
    ),
    "DC301": Rule("A reference leads nowhere", "Name an existing record, or add the record."),
    "DC302": Rule(
        "A reference leads to the wrong type",
        "Name a record of the type asked for; else take it out, with its path in supports and a reason in `absent`.",
    ),
    "DC303": Rule(
        "A chain of links runs in a circle",
        "Take out the link that is wrong, and its path in supports.",
    ),
    "DC304": Rule(
        "A possible duplicate is named on one side only",
        "Name it in possibly_same_as of the other record too, or take it out here.",
    ),
    "DC401": Rule("A value has no evidence", "Add its path to the `supports` of the entry that carries it."),
    "DC402": Rule("An entry supports a path that has no value", "Name a path of the record, or take it out."),
    "DC403": Rule(
        "A passage is out of bounds",
        "Give the start and the end of the words in the text, start before end, and their digest.",
    ),
    "DC404": Rule("A quote is not in its passage", "Copy a phrase of the passage exactly."),
    "DC405": Rule(
        "A digest is not that of the passage", "Find the words in the text, and give their start, end and digest."
    ),
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
    "DC410": Rule("An entry stands twice", "Join the two: keep one entry, with the supports of both."),
    "DC411": Rule("A conflict does not contradict", "Name a value of the field that differs from the record's own."),
    "DC412": Rule(
        "A value rests on opinion alone",
        "Support it by a passage that tells it as a fact; else take it out, with its path in supports.",
    ),
    "DC413": Rule(
        "A quote does not say its value",
        "Quote the words that say it (at most 80 characters); if it follows from them, code it `inferred` and say how.",
    ),
    "DC414": Rule(
        "A passage does not name the actor",
        "Cite the passage that names it, add the name that the text has, or code it `inferred` and say how.",
    ),
    "DC415": Rule(
        "A passage says what is not reported",
        "Code the value that the passage tells of the field." + _ACCEPT,
        "warning",
    ),
    "DC416": Rule(
        "One quote carries unrelated values",
        "Give what other words say an entry of its own, with their passage, quote and digest." + _ACCEPT,
        "warning",
    ),
    "DC501": Rule(
        "A date is not in the EDTF subset", "Write YYYY, YYYY-MM or YYYY-MM-DD, quoted, or another form of the subset."
    ),
    "DC502": Rule(
        "Dates are out of order",
        "Correct the date that the text does not have; if it has both, keep one and put the other into conflicts.",
    ),
    "DC503": Rule(
        "A relative date does not follow from its anchor", "Give the date that follows, or take the entry out."
    ),
    "DC601": Rule(
        "A quantity does not fit together",
        "Write the number under the name that the bound stands on, and no other that it rules out; low ≤ best ≤ high.",
    ),
    "DC602": Rule("A currency is unknown", "Use a code of ISO 4217, current or historic."),
    "DC603": Rule("A code contradicts the table of states", "Use the codes and dates of defcoop/reference/codes.csv."),
    "DC604": Rule("A set or its number does not fit", "Check laterality and number of parties."),
    "DC605": Rule(
        "A currency was not in use then",
        "Check currency and period; accept the warning if the text states an old amount in it.",
        "warning",
    ),
    "DC606": Rule(
        "A number can be read in two ways", "Write it in plain digits without separators, such as 3000, or 3."
    ),
    "DC701": Rule(
        "Status and dates do not fit", "Write the status that the dates tell, or correct the date." + _ACCEPT, "warning"
    ),
    "DC702": Rule(
        "A plan lies in the past of its only source",
        "If the text tells it as done, write that status, and stance: asserted in its entry; else correct the period."
        + _ACCEPT,
        "warning",
    ),
    "DC703": Rule(
        "A person holds two offices at once",
        "Give both the times at which they are held, or keep one." + _ACCEPT,
        "warning",
    ),
    "DC704": Rule(
        "An actor deals with itself", "Name one of the two alone, for one belongs to the other." + _ACCEPT, "warning"
    ),
    "DC705": Rule(
        "A speaker is not in the seed",
        "Name who speaks there, or give this actor evidence from that seed." + _ACCEPT,
        "warning",
    ),
    "DC706": Rule("An actor is on both sides", "Check sender and host, or supplier and recipient.", "warning"),
    "DC707": Rule(
        "An actor of such a kind is no side", "Name whom the person acts for, or check the actor's kind.", "warning"
    ),
    "DC708": Rule("Too few take part", "Name the others who take part, or check the kind of the record.", "warning"),
    "DC709": Rule("A number is beyond what there is", "Check the number against the text.", "warning"),
    "DC710": Rule("A name is not in its language", "Give the tag of the language that the name is in.", "warning"),
    "DC801": Rule("An acceptance is stale", "Take it out: the record has no such warning."),
    "DC802": Rule(
        "Two records look alike", "Join them, or name each in the other's possibly_same_as, with the reason.", "warning"
    ),
    "DC803": Rule(
        "A passage is coded twice in one type",
        "Join the two if they are about one thing; else name each in the other's possibly_same_as.",
        "warning",
    ),
    "DC804": Rule(
        "An actor is not referred to",
        "Refer to it where it takes part; else delete its file, or withdraw it if it was published.",
        "warning",
    ),
    "DC810": Rule(
        "The card of the dataset does not fit", "Correct dataset.yaml, which says what the dataset is and needs."
    ),
    "DC811": Rule(
        "A term of the dataset's own does not fit", "Correct the file with the dataset's terms, or how it is named."
    ),
    "DC812": Rule(
        "A package that the dataset needs is not there", "Install the packages that dataset.yaml names under plugins."
    ),
    "DC901": Rule(
        "A seed text is not the one on the card",
        "Put the text back that has the card's SHA-256; another version of it needs a card of its own.",
    ),
    "DC902": Rule("A seed text cannot be read", "Put the text there as one regular UTF-8 file."),
    "DC903": Rule(
        "Part of a text is neither cited nor dismissed",
        "Read these sentences: code what they tell, and dismiss the others in the card, with the reason.",
        "warning",
    ),
}
