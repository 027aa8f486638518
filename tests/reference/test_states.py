"""The table of states, held to the two lists of states, to ISO 3166 and to the names by which states are called."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pycountry
import pytest

from defcoop.errors import UnknownIdError
from defcoop.models import Actor
from defcoop.models.actor import ActorKind, Code, CodeScheme
from defcoop.models.lists import read_list
from defcoop.models.own_terms import OwnTerms
from defcoop.reference.states import (
    ReferenceIds,
    is_state,
    referenced,
    state,
    state_codes,
    state_names,
    states,
    successors,
)
from defcoop.values import Edtf, fold
from docs.states import build
from tests.processes import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [(actor, *code) for actor, codes in sorted(state_codes().items()) for code in sorted(codes)]

UN_MEMBERS = """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN BWA CAF
    CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI
    FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN
    KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT
    MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT
    ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON
    TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
""".split()

OTHERS = ["VAT", "PSE", "TWN"]
"""The two observers of the United Nations, and Taiwan; Kosovo has no code of ISO."""

LEFT = {
    "act-tbt": ("gw", "711", "1950-01-01", "Tibet", "التبت", "Tibet"),
    "act-zan": ("cow", "511", "1964-02-01", "Zanzibar", "زنجبار", "Zanzibar"),
    "act-rvn": ("cow", "817", "1970-01-01", "South Vietnam", "فيتنام الجنوبية", "Güney Vietnam"),
    "act-ddr": ("iso3", "DDR", "1985-01-01", "East Germany", "ألمانيا الشرقية", "Doğu Almanya"),
    "act-ymd": ("iso3", "YMD", "1985-01-01", "South Yemen", "اليمن الجنوبي", "Güney Yemen"),
    "act-sun": ("iso3", "SUN", "1985-01-01", "Soviet Union", "الاتحاد السوفيتي", "Sovyetler Birliği"),
    "act-csk": ("iso3", "CSK", "1985-01-01", "Czechoslovakia", "تشيكوسلوفاكيا", "Çekoslovakya"),
    "act-yug": ("iso3", "YUG", "1985-01-01", "Yugoslavia", "يوغوسلافيا", "Yugoslavya"),
    "act-scg": ("iso3", "SCG", "2005-01-01", "Serbia and Montenegro", "صربيا والجبل الأسود", "Sırbistan-Karadağ"),
    "act-yem": ("cow", "678", "1985-01-01", "Yemen Arab Republic", "اليمن الشمالي", "Kuzey Yemen"),
    "act-deu": ("cow", "260", "1985-01-01", "West Germany", "ألمانيا الغربية", "Batı Almanya"),
}
"""Each state that left since 1945: a code of it, a day on which that held, and its names."""


def listed(scheme: str) -> dict[str, list[tuple[str, str]]]:
    """Give the spans of each code of a list of states."""
    spans = defaultdict(list)
    with (CHECKOUT / f"docs/states/{scheme}.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            spans[row[f"{scheme}code"]].append((row["start"], row["end"] or ".."))
    return spans


def joined(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Join spans of which one begins on the day after the other ends."""
    together: list[tuple[str, str]] = []
    for start, end in sorted(spans):
        if together and together[-1][1] == str(date.fromisoformat(start) - timedelta(1)):
            together[-1] = together[-1][0], end
        else:
            together.append((start, end))
    return together


def at(scheme: str, code: str, day: str) -> list[str]:
    """Give the actors that have a code on a day."""
    return [
        actor
        for actor, known_scheme, known, valid in ROWS
        if (known_scheme, known) == (scheme, code) and Edtf(day).within(Edtf(valid)) is not False
    ]


def codes_on(actor: str, scheme: str, day: str) -> list[str]:
    """Give the codes of an actor on a day."""
    codes = sorted(state_codes()[actor])
    return [code for kind, code, valid in codes if kind == scheme and Edtf(day).within(Edtf(valid)) is not False]


def called(name: str) -> set[str]:
    """Give the actors of a name."""
    return {actor for actor, names in state_names().items() if fold(name) in {fold(other.text) for other in names}}


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_each_span_of_the_list_is_there_and_no_other(scheme: str) -> None:
    ours = defaultdict(list)
    for _, kind, code, valid in ROWS:
        if kind == scheme:
            start, _, end = valid.partition("/")
            ours[code].append((start, end))
    assert {code: joined(spans) for code, spans in ours.items()} == listed(scheme)


@pytest.mark.parametrize("scheme", ["cow", "gw", "iso2", "iso3"])
def test_no_code_is_of_two_actors_at_a_time(scheme: str) -> None:
    spans = defaultdict(list)
    for actor, kind, code, valid in ROWS:
        if kind == scheme:
            start, _, end = valid.replace("?", "").partition("/")
            spans[code].append((start, end.replace("..", "9"), actor))
    for held in spans.values():
        for (_, end, actor), (start, _, other) in zip(sorted(held), sorted(held)[1:], strict=False):
            assert end < start or end == start == "1977", (actor, other)


def test_each_list_says_when_it_closes() -> None:
    closes = {scheme.value: scheme.closes for scheme in CodeScheme if scheme.closes}
    assert closes == {"cow": date(2016, 12, 31), "gw": date(2017, 12, 31)}
    assert all(str(closes[scheme]) in CodeScheme(scheme).definition for scheme in closes)


def test_the_tables_are_what_the_script_writes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(build, "TABLES", tmp_path)
    build.main()
    for name in ("codes", "names"):
        made = (tmp_path / f"{name}.csv").read_text(encoding="utf-8")
        assert made == (CHECKOUT / f"defcoop/reference/{name}.csv").read_text(encoding="utf-8")


def test_each_row_makes_a_code_of_an_actor() -> None:
    for actor, scheme, code, valid in ROWS:
        made = Code.model_validate({"scheme": scheme, "code": code, "valid": valid})
        assert (made.scheme.value, made.code, made.valid) == (scheme, code, Edtf(valid))
        assert actor.startswith("act-")


def test_the_records_are_those_of_the_models_but_for_evidence() -> None:
    records = list(states())
    source = b"[" + b",".join(record.model_dump_json().encode() for record in records) + b"]"
    assert read_list(source, Actor, OwnTerms().context(ReferenceIds())) == records
    with pytest.raises(ValueError, match="evidence"):
        read_list(source, Actor)
    assert all(record.is_reference and record.note for record in records)


def test_others_than_reference_records_need_evidence() -> None:
    stranger = state("act-nor").model_copy(update={"id": "act-stranger"})
    with pytest.raises(ValueError, match="evidence"):
        read_list(b"[" + stranger.model_dump_json().encode() + b"]", Actor, OwnTerms().context(ReferenceIds()))


@pytest.mark.parametrize("letters", [*UN_MEMBERS, *OTHERS])
def test_a_state_has_all_three_codes_of_iso_today(letters: str) -> None:
    country = pycountry.countries.get(alpha_3=letters)
    actor = f"act-{letters.lower()}"
    for scheme, code in (("iso3", letters), ("iso2", country.alpha_2), ("iso_numeric", country.numeric)):
        assert at(scheme, code, "2024-06-30") == [actor]
    assert state(actor).kind is ActorKind.STATE
    assert is_state(actor)


def test_there_are_195_and_kosovo_and_taiwan() -> None:
    assert len({*UN_MEMBERS, *OTHERS}) == 193 + 2 + 1
    assert codes_on("act-xkx", "cow", "2024-01-01") == ["347"] == codes_on("act-xkx", "gw", "2024-01-01")
    assert not {code for scheme, code, _ in state_codes()["act-xkx"] if scheme.startswith("iso")}
    assert codes_on("act-twn", "cow", "2024-01-01") == ["713"]
    assert not codes_on("act-pse", "cow", "2024-01-01")


@pytest.mark.parametrize("actor", [*(f"act-{code.lower()}" for code in [*UN_MEMBERS, *OTHERS]), "act-xkx"])
def test_a_state_has_names_in_four_languages(actor: str) -> None:
    names = state_names()[actor]
    assert {name.lang for name in names if name.kind == "official"} == {"en", "ar", "tr", "fr"}
    assert state(actor).name == next(name.text for name in names)
    for lang in ("en", "ar", "tr"):
        official = next(name.text for name in names if name.lang == lang)
        assert called(official) == {actor}


@pytest.mark.parametrize("actor", LEFT)
def test_a_state_that_left_is_known_by_code_and_by_name(actor: str) -> None:
    scheme, code, day, *names = LEFT[actor]
    assert at(scheme, code, day) == [actor]
    assert [called(name) for name in names] == [{actor}] * len(names)


@pytest.mark.parametrize(
    ("name", "actors"),
    [
        ("Turkey", {"act-tur"}),
        ("Swaziland", {"act-swz"}),
        ("Macedonia FYR", {"act-mkd"}),
        ("Burma", {"act-mmr"}),
        ("Zaire", {"act-cod"}),
        ("UAE", {"act-are"}),
        ("ABD", {"act-usa"}),
        ("أمريكا", {"act-usa"}),
        ("بريطانيا", {"act-gbr"}),
        ("الناتو", {"act-nato"}),
        ("Congo", {"act-cod", "act-cog"}),
        ("Korea", {"act-kor", "act-prk"}),
    ],
)
def test_short_forms_and_old_names_are_known(name: str, actors: set[str]) -> None:
    assert called(name) == actors


def test_a_name_has_its_time() -> None:
    valid = {name.text: name.valid for name in state_names()["act-tur"] if name.lang == "en"}
    assert (valid["Türkiye"], valid["Turkey"]) == ("2022-06-01/..", "/2022-05-31")


def test_successors_are_states() -> None:
    assert all(is_state(old) and is_state(later.actor) for old, each in successors().items() for later in each)
    assert {later.actor for later in successors()["act-csk"]} == {"act-cze", "act-svk"}
    assert all(Edtf(later.date) for each in successors().values() for later in each)


def test_an_organisation_has_no_code_of_a_state() -> None:
    for actor in ("act-eu", "act-nato"):
        assert {scheme for scheme, _, _ in state_codes()[actor]} == {"wikidata"}
        assert state(actor).kind is ActorKind.IGO
        assert not is_state(actor)


def test_what_a_dataset_has_itself_is_not_brought() -> None:
    assert referenced(["act-nor", "act-fin", "act-nobody"], {"act-fin": 1}) == ["act-nor"]
    with pytest.raises(UnknownIdError, match="no state has the id act-nobody"):
        state("act-nobody")
