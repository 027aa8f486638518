"""Seed texts: where they lie, whether they are the right ones, and what stands in a passage."""

from __future__ import annotations

import codecs
import hashlib
import os
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from defcoop.io.files import FileError, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from defcoop.models import SourceCard

MAX_TEXT_BYTES = 10_000_000


class Refusal(NamedTuple):
    """A text that was found and not taken: the finding's code, the reason, and what to do about it."""

    code: str
    reason: str
    hint: str = ""


class Texts(NamedTuple):
    """The texts at hand by seed id, and those refused; a seed in neither has no text here."""

    texts: Mapping[str, str]
    refused: Mapping[str, Refusal]


def find_folder(checkout: Path, environment: Mapping[str, str], given: Path | None = None) -> Path | None:
    """Find the folder of texts: the one given, else $DEFCOOP_SEEDS, `seeds/text/`, `../shared/seeds`.

    Raises:
        FileNotFoundError: if a folder was given, or named by the variable, and is not there.
    """
    named = given or (Path(environment["DEFCOOP_SEEDS"]) if environment.get("DEFCOOP_SEEDS") else None)
    if named:
        if not named.is_dir():
            raise FileNotFoundError(ENOENT, "no such folder", str(named))
        return named
    usual = (checkout / "seeds" / "text", checkout.parent / "shared" / "seeds")
    return next((folder for folder in usual if folder.is_dir()), None)


def read_texts(cards: Iterable[SourceCard], folder: Path | None) -> Texts:
    """Read the texts of source cards; one whose SHA-256 is not the card's is refused."""
    texts: dict[str, str] = {}
    refused: dict[str, Refusal] = {}
    for card in cards if folder else ():
        path = Path(folder or "", card.file)
        if Path(card.file).name != card.file:
            hint = f"Write file: {Path(card.file).name or 'its name'}, and put the text into the folder of texts."
            refused[card.id] = Refusal("DC902", f"{card.file!r} is not a plain file name", hint)
            continue
        if not os.path.lexists(path):
            continue
        try:
            source = read_regular(path, MAX_TEXT_BYTES)
            text = source.decode()
        except FileError as error:
            refused[card.id] = Refusal("DC902", f"the text {card.file} {error}")
            continue
        except UnicodeDecodeError:
            refused[card.id] = Refusal("DC902", f"the text {card.file} is not UTF-8")
            continue
        if hashlib.sha256(source).hexdigest() != card.sha256:
            refused[card.id] = _another(card, source)
            continue
        texts[card.id] = text
    return Texts(texts, refused)


_LINE_ENDS = "its line ends, which git changes where core.autocrlf is set"
_CHANGES: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    (_LINE_ENDS, lambda source: source.replace(b"\r\n", b"\n")),
    (_LINE_ENDS, lambda source: source.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")),
    ("a byte order mark at its start", lambda source: source.removeprefix(codecs.BOM_UTF8)),
    ("the line feed at its end", lambda source: source.removesuffix(b"\n")),
    ("the line feed at its end", lambda source: source + b"\n"),
    ("its Unicode form", lambda source: normalize("NFC", source.decode()).encode()),
    ("its Unicode form", lambda source: normalize("NFD", source.decode()).encode()),
)
"""What programs change in a text that nobody edited, and how it was before."""


def _another(card: SourceCard, source: bytes) -> Refusal:
    """Say in what a text differs from that of the card."""
    reason = f"the text {card.file} has another SHA-256 than the card"
    for what, restored in _CHANGES:
        if hashlib.sha256(restored(source)).hexdigest() == card.sha256:
            hint = "Leave the card as it is, and copy the text anew from where it came."
            if what == _LINE_ENDS:
                hint += " If git keeps it, a line with its name and -text in .gitattributes lets git leave it alone."
            return Refusal("DC901", f"{reason}, which differs in nothing but {what}", hint)
    if (len(source), len(source.decode())) == (card.bytes, card.code_points):
        hint = f"If this is the text that was coded, write sha256: {hashlib.sha256(source).hexdigest()}."
        return Refusal("DC901", reason, f"{hint} If not, put that text back.")
    return Refusal("DC901", reason)


def digest(passage: str) -> str:
    """Hash a passage: SHA-256 of its UTF-8 bytes."""
    return hashlib.sha256(passage.encode()).hexdigest()
