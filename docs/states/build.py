"""Write the tables of `defcoop/reference/`, the states of the world. `python docs/states/build.py`.

Beside it lie what cannot be derived: which actor each code of the two lists of states is (`actors.csv`), and names that
CLDR does not have (`names.csv`). `cow.csv` and `gw.csv` are the facts of the lists: Correlates of War Project, State
System Membership List, v2016; Gleditsch and Ward, list of independent states since 1816. ISO 3166-1 and 3166-3 come
from pycountry, the other names from CLDR as Babel holds it.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pycountry
from babel import Locale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
TABLES = HERE.parents[1] / "defcoop/reference"

LANGUAGES = ("en", "ar", "tr", "fr")
KOSOVO = "XK"
FIRST = "1974-12-15?"
"""The first edition of ISO 3166; most codes are of it, but not every one is known to be."""

SINCE = {
    **dict.fromkeys(("ARM", "AZE", "EST", "GEO", "KAZ", "KGZ", "LVA", "LTU", "MDA", "RUS"), "1992?"),
    **dict.fromkeys(("TJK", "TKM", "UZB", "HRV", "SVN", "BIH"), "1992?"),
    **dict.fromkeys(("FSM", "MHL", "PLW"), "1986?"),
    **dict.fromkeys(("KIR", "TUV"), "1979?"),
    "MKD": "1993?",
    "CZE": "1993-06-15",
    "SVK": "1993-06-15",
    "ERI": "1993-07-16",
    "PSE": "1999-10-01",
    "SCG": "2003-07-23",
    "SRB": "2006-09-26",
    "MNE": "2006-09-26",
    "SSD": "2011-08-09",
}
"""When codes came into ISO 3166-1 after its first edition, by its newsletters; those of a year only are marked."""

RENAMED = {
    "BEN": "DHY",
    "BFA": "HVO",
    "BLR": "BYS",
    "COD": "ZAR",
    "DJI": "AFI",
    "MMR": "BUR",
    "TLS": "TMP",
    "VNM": "VDR",
    "VUT": "NHB",
    "ZWE": "RHO",
}
"""Codes in the place of codes withdrawn for a new name, which ISO 3166-3 lists."""

LETTERS = {"ROU": [("iso3", "ROM", f"{FIRST}/2002-01-31"), ("iso3", "ROU", "2002-02-01/..")]}
"""Codes of which only the three letters changed, which is not in ISO 3166-3."""

SECOND = "1981?"
"""The second edition of ISO 3166, which took over the numbers of the United Nations."""

NUMBERS = {
    "DEU": [("280", f"{SECOND}/1990-10-29"), ("276", "1990-10-30/..")],
    "ETH": [("230", f"{SECOND}/1993-07-15"), ("231", "1993-07-16/..")],
    "SDN": [("736", f"{SECOND}/2011-08-08"), ("729", "2011-08-09/..")],
    "YEM": [("886", f"{SECOND}/1990-08-13"), ("887", "1990-08-14/..")],
    "YUG": [("890", f"{SECOND}/1992-04-26"), ("891", "1992-04-27/2003-07-22")],
}
"""Numbers that changed with the territory while the letters stayed."""

SOUTH_VIETNAM = [("iso2", "VN", f"{FIRST}/1975-04-30"), ("iso3", "VNM", f"{FIRST}/1975-04-30")]
"""The first edition gave VN to the south; the united state took it over in 1977."""

Row = tuple[str, str, str]


def rows_of(name: str) -> list[dict[str, str]]:
    """Read a table beside this script."""
    with (HERE / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def day_before(day: str) -> str:
    """Give the day before a code was withdrawn; of a year, the year."""
    return str(date.fromisoformat(day) - timedelta(1)) if len(day) > len("1977") else day


def listed(scheme: str, claims: str) -> Iterator[Row]:
    """Yield the spans of a list that belong to an actor: those of a code, or their parts within a window."""
    spans = [(row[f"{scheme}code"], row["start"], row["end"]) for row in rows_of(scheme)]
    for claim in claims.split():
        code, _, window = claim.partition(":")
        first, _, last = window.partition("/")
        for listed_code, start, end in spans:
            begins, ends = max(start, first), min(end or "..", last or "..", key=lambda day: (day == "..", day))
            if listed_code == code and (ends == ".." or begins <= ends):
                yield scheme, code, f"{begins}/{ends}"


def iso(letters: str) -> Iterator[Row]:
    """Yield the codes of ISO 3166-1 of a state, also those that were withdrawn, with their spans."""
    if letters == "RVN":
        yield from SOUTH_VIETNAM
        return
    former = pycountry.historic_countries.get(alpha_3=letters)
    country = former or pycountry.countries.get(alpha_3=letters)
    if country is None:
        return
    old = pycountry.historic_countries.get(alpha_3=RENAMED.get(letters, ""))
    since = old.withdrawal_date if old else SINCE.get(letters, FIRST)
    until = day_before(former.withdrawal_date) if former else ".."
    if old:
        before = f"{FIRST}/{day_before(old.withdrawal_date)}"
        yield "iso3", old.alpha_3, before
        if old.alpha_2 != country.alpha_2:
            yield "iso2", old.alpha_2, before
    yield "iso2", country.alpha_2, f"{FIRST if old and old.alpha_2 == country.alpha_2 else since}/{until}"
    yield from LETTERS.get(letters, [("iso3", letters, f"{since}/{until}")])
    first_number = SECOND if since == FIRST or old else since
    for number, valid in NUMBERS.get(letters, [(country.numeric, f"{first_number}/{until}")]):
        yield "iso_numeric", number, valid


def codes() -> Iterator[tuple[str, str, str, str]]:
    """Yield each code of each actor with its span."""
    for row in rows_of("actors"):
        letters = row["actor"].removeprefix("act-").upper()
        wikidata = [("wikidata", row["wikidata"], "/..")] if row["wikidata"] else []
        of_lists = [span for scheme in ("cow", "gw") for span in listed(scheme, row[scheme])]
        for code in [*iso(letters), *of_lists, *wikidata]:
            yield row["actor"], *code


def from_cldr() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the names of today's states in CLDR and in ISO 3166-1."""
    for row in rows_of("actors"):
        country = pycountry.countries.get(alpha_3=row["actor"].removeprefix("act-").upper())
        letters = country.alpha_2 if country else KOSOVO if row["actor"] == "act-xkx" else None
        for lang in LANGUAGES if letters else ():
            yield row["actor"], lang, Locale(lang).territories[letters], "official", ""
        for name in ("official_name", "common_name"):
            if country and (text := getattr(country, name, None)):
                yield row["actor"], "en", text, "alias", ""


def names() -> Iterable[tuple[str, str, str, str, str]]:
    """Give the names of each actor: ours first, since those of CLDR are some of them odd in a text."""
    ours = [(row["actor"], row["lang"], row["text"], row["kind"], row["valid"]) for row in rows_of("names")]
    # Where we have a name of our own in a language, that of CLDR is another spelling.
    taken = {(actor, lang) for actor, lang, _, kind, _ in ours if kind == "official"}
    known = {name[:3]: name for name in reversed(ours)}
    for actor, lang, text, kind, valid in from_cldr():
        usual = text.replace(" & ", " and ") if lang == "en" else text
        for spelling in dict.fromkeys((usual, text)):
            is_first = kind == "official" and (actor, lang) not in taken
            known.setdefault(
                (actor, lang, spelling), (actor, lang, spelling, "official" if is_first else "alias", valid)
            )
            taken.add((actor, lang))
    return sorted(known.values(), key=in_order)


def in_order(name: tuple[str, str, str, str, str]) -> tuple[str, bool, int, bool, str]:
    """Sort by actor: official names before others, by language, those of today before earlier ones."""
    actor, lang, text, kind, valid = name
    return actor, kind == "alias", LANGUAGES.index(lang), valid != "" and not valid.endswith(".."), text


def write(name: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table."""
    with (TABLES / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def main() -> None:
    """Write the tables."""
    write("codes", ("actor", "scheme", "code", "valid"), codes())
    write("names", ("actor", "lang", "text", "kind", "valid"), names())


if __name__ == "__main__":
    main()
