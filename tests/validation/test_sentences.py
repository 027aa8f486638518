"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from defcoop.validation.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n. -- \n", []),
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("A title\nA line without a sign\n\nLast", ["A title", "A line without a sign", "Last"]),
        ("«وقعا.» ثم قال: ماذا؟ نعم.", ["«وقعا.»", "ثم قال: ماذا؟", "نعم."]),
        (
            "Org. Gül ile Prof. Dr. Ak geldi. 3.500 asker gitti… Bitti.",
            ["Org. Gül ile Prof. Dr. Ak geldi.", "3.500 asker gitti…", "Bitti."],
        ),
        ("The U.S. Army came. At 3.5 km.", ["The U.S. Army came.", "At 3.5 km."]),
        ("وصل.\u200f وعاد\u06d4 ذهب", ["وصل.\u200f وعاد\u06d4", "ذهب"]),
    ],
)
def test_sentences_of_several_languages(text: str, expected: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(text)] == expected
