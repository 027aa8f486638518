"""Agreement: who carries each value, which of them depend on each other, and who tells it otherwise."""

from __future__ import annotations

import pickle
from collections import Counter
from html.parser import HTMLParser
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import defcoop
from defcoop.analysis._agreement.origins import independent
from defcoop.analysis.agreement import Report, Source, Standing, Support, report, support
from defcoop.models import Actor, SourceCard
from defcoop.models.leaves import leaves, text_of
from tests.sound import SEEDS, WIDE, datasets

OWN = {"voice": "seed"}


def card(number: int, **fields: Any) -> SourceCard:
    return SourceCard.model_validate({
        "id": f"seed-00{number}", "file": f"{number}.txt", "sha256": "0" * 64, "bytes": 99, "code_points": 99,
        "language": "en", "description": "A text.", "genre": "news_report", "publisher_reasoning": "None.",
        "reliability": "F", "published_reasoning": "None.", "reliability_reasoning": "None.", "slant": "None.",
        **fields,
    })  # fmt: skip


def cited(number: int, stance: str = "asserted", **who: Any) -> dict[str, Any]:
    """Cite a text in which somebody says something; by default the text itself."""
    return {
        "seed": f"seed-00{number}", "passage": (0, 9), "quote": "Words", "digest": "0" * 64, "stance": stance,
        "basis": "explicit", **(who or OWN),
    }  # fmt: skip


def quoted(speaker: str) -> dict[str, str]:
    return {"voice": "quoted", "speaker": speaker}


def relayed(outlet: str) -> dict[str, str]:
    return {"voice": "relayed", "outlet": outlet}


def actor(key: str, *evidence: dict[str, Any], **fields: Any) -> Actor:
    named = {"names": [{"text": key, "lang": "en", "kind": "editorial"}], "summary": "X.", "kind": "person"}
    told = [{"supports": ["kind"], **one} for one in evidence or (cited(0),)]
    return Actor.model_validate({"id": key, **named, "evidence": told, **fields})


WIRE = actor("act-wire", kind="media", names=[{"text": "The Wire", "lang": "en", "kind": "official"}])
CARDS = (
    card(0),
    card(1),
    card(2, outlet="act-wire"),
    card(3, publisher="the WIRE"),
    card(4, publisher="Gazette"),
    card(5, publisher="Gazette"),
)


def told(*evidence: dict[str, Any], **fields: Any) -> Support:
    """Give what the sources say of the kind of an actor for which there is some evidence."""
    dataset = defcoop.Dataset([actor("act-a", *evidence, **fields), WIRE, actor("act-b"), actor("act-c")], CARDS)
    [found] = support(dataset, "act-a", "kind")
    return found


@pytest.mark.parametrize(
    ("count", "evidence"),
    [
        pytest.param(1, [cited(0)], id="one text"),
        pytest.param(1, [cited(0), cited(0)], id="one text twice"),
        pytest.param(2, [cited(0), cited(1)], id="two texts"),
        pytest.param(1, [cited(0, **quoted("act-b")), cited(1, **quoted("act-b"))], id="one speaker in two texts"),
        pytest.param(1, [cited(0, **quoted("act-b")), cited(0, **quoted("act-c"))], id="two speakers in one text"),
        pytest.param(1, [cited(0), cited(0, **quoted("act-b"))], id="a text and whom it quotes"),
        pytest.param(2, [cited(0, **quoted("act-b")), cited(1, **quoted("act-c"))], id="two speakers in two texts"),
        pytest.param(2, [cited(0, **quoted("act-b")), cited(1)], id="a speaker, and another text"),
        pytest.param(
            2,
            [cited(0, **quoted("act-b")), cited(0, **quoted("act-c")), cited(1, **quoted("act-b"))],
            id="one of two speakers in another text too",
        ),
        pytest.param(1, [cited(0, **relayed("act-wire")), cited(1, **relayed("act-wire"))], id="an outlet twice"),
        pytest.param(1, [cited(0), cited(0, **relayed("act-wire"))], id="a text and what it relays"),
        pytest.param(2, [cited(0), cited(1, **relayed("act-wire"))], id="a text, and another that relays an outlet"),
        pytest.param(1, [cited(0, **relayed("act-wire")), cited(2)], id="an outlet relayed, and its own text"),
        pytest.param(1, [cited(2), cited(3)], id="an outlet, and a text that it published"),
        pytest.param(1, [cited(4), cited(5)], id="two texts of one publisher"),
        pytest.param(2, [cited(3), cited(4)], id="two publishers"),
        pytest.param(1, [cited(0), cited(0, voice="anonymous")], id="a text, and somebody unnamed in it"),
        pytest.param(2, [cited(0, voice="anonymous"), cited(1, voice="anonymous")], id="somebody unnamed in two texts"),
    ],
)  # fmt: skip
def test_sources_that_depend_on_each_other_count_once(count: int, evidence: list[dict[str, Any]]) -> None:
    assert told(*evidence).independent == count
    assert told(*reversed(evidence)).independent == count


NODES = st.sampled_from("abcde")
SOURCES = st.lists(st.builds(Source, NODES, NODES), max_size=8)


@given(SOURCES)
def test_it_is_the_most_sources_of_which_no_two_share_anything(sources: list[Source]) -> None:
    def apart(some: tuple[Source, ...]) -> bool:
        return all(len({getattr(one, side) for one in some}) == len(some) for side in ("voice", "carrier"))

    every = [some for size in range(len(sources) + 1) for some in combinations(sources, size)]
    assert independent(sources) == max(len(some) for some in every if apart(some))


@given(SOURCES, st.builds(Source, NODES, NODES))
def test_another_source_never_makes_it_less(sources: list[Source], more: Source) -> None:
    assert independent(sources) <= independent([*sources, more]) <= independent(sources) + 1


def test_a_long_chain_of_speakers_and_texts_is_counted() -> None:
    chain = [Source(f"v{n}", f"c{n + more}") for n in range(2000) for more in (1, 0)]
    assert independent(chain) == 2000


def test_what_is_attributed_is_told_from_what_is_asserted() -> None:
    found = told(
        cited(0), cited(0, **quoted("act-b")), cited(1, "alleged", **relayed("act-wire")), cited(4, "planned")
    )  # fmt: skip
    assert (found.claims, found.seeds) == (4, ("seed-000", "seed-001", "seed-004"))
    assert (found.attributed, found.asserted, found.denied) == (2, 2, 0)
    assert (found.independent, found.asserting) == (3, 1)
    assert found.sources == (
        Source("Gazette", "Gazette"), Source("act-b", "seed-000"), Source("act-wire", "seed-001"),
        Source("seed-000", "seed-000"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("standing", "evidence"),
    [
        ("firm", [cited(0), cited(1)]),
        ("single_sourced", [cited(0), cited(0)]),
        ("single_sourced", [cited(0), cited(1, "alleged")]),
        ("single_sourced", [cited(0, "planned"), cited(1, "planned")]),
        ("single_sourced", [cited(0, "denied"), cited(1, "denied")]),
        ("contested", [cited(0), cited(1, "denied")]),
        ("contested", [cited(0), cited(1), cited(4, "denied")]),
    ],
)
def test_a_value_is_firm_single_sourced_or_contested(standing: str, evidence: list[dict[str, Any]]) -> None:
    assert told(*evidence).standing == standing


def test_another_value_makes_it_contested_whatever_became_of_that() -> None:
    for resolution in ("preferred", "unresolved", "superseded"):
        other = {
            "field": "kind",
            "value": "state",
            "evidence": [cited(2), cited(4)],
            "resolution": resolution,
            "rationale": "X.",
        }
        found = told(cited(0), cited(1), conflicts=[other])
        assert (found.value, found.others, found.contradicting) == ("person", ("state",), 2)
        assert found.against == (Source("Gazette", "Gazette"), Source("act-wire", "act-wire"))
        assert (found.claims, found.independent, found.standing) == (2, 2, Standing.CONTESTED)


def test_a_value_that_is_told_though_the_record_has_none_is_contested() -> None:
    other = {
        "field": "country",
        "value": "act-b",
        "evidence": [cited(1)],
        "resolution": "unresolved",
        "rationale": "X.",
    }
    record = actor("act-a", absent={"country": "unknown"}, conflicts=[other])
    dataset = defcoop.Dataset([record, actor("act-b")], CARDS)
    [found] = support(dataset, "act-a", "country")
    assert (found.value, found.claims, found.others, found.standing) == (None, 0, ("act-b",), Standing.CONTESTED)
    assert "country: **no value**; 0 claims, 0 independent; told otherwise: act-b (by seed-001)" in str(report(dataset))


@pytest.mark.parametrize(
    ("other", "alternatives"),
    [({"value": "state"}, ("state",)), ({"record": "act-b"}, ("act-b",)), ({"speaker": "act-b"}, ())],
)
def test_a_passage_that_allows_another_reading_makes_a_value_contested(
    other: dict[str, str], alternatives: tuple[str, ...]
) -> None:
    reading = {"field": "kind", "evidence": [cited(0)], "rationale": "X."} | other
    record = actor("act-a", cited(0), cited(1), alternatives=[reading])
    dataset = defcoop.Dataset([record, actor("act-b")], CARDS)
    [found] = support(dataset, "act-a")
    assert (found.claims, found.independent, found.alternatives) == (2, 2, alternatives)
    assert found.standing is (Standing.CONTESTED if alternatives else Standing.FIRM)
    for value in alternatives:
        assert f"told otherwise: {value} (another reading)" in str(report(dataset, "act-a"))


def test_a_value_that_nobody_carries_is_counted_as_such() -> None:
    dataset = defcoop.Dataset([actor("act-a", {**cited(0), "supports": ["names"]})], CARDS)
    [found] = support(dataset, "act-a")
    assert (found.field, found.claims, found.sources, found.standing) == ("kind", 0, (), Standing.SINGLE_SOURCED)


def test_what_was_withdrawn_is_told_only_when_it_is_asked_for() -> None:
    gone = actor("act-a", withdrawn={"reason": "X.", "since": "0.2.0"})
    dataset = defcoop.Dataset([gone, actor("act-b")], CARDS)
    assert {one.record_id for one in support(dataset)} == {"act-b"} == set(report(dataset).names)
    assert {one.record_id for one in support(dataset, "act-a")} == {"act-a"} == set(report(dataset, "act-a").names)


def test_an_unknown_record_is_a_key_error(shipped: defcoop.Dataset) -> None:
    for ask in (support, report):
        with pytest.raises(KeyError, match="act-nobody"):
            ask(shipped, "act-nobody")


@WIDE
@given(datasets())
def test_there_is_a_row_for_each_value_that_is_read_from_texts(dataset: defcoop.Dataset) -> None:
    standing = [one for one in dataset if not one.withdrawn]
    values = [(one.id, leaf.path, text_of(leaf.value)) for one in standing for leaf in leaves(one)]
    found = support(dataset)
    assert [(one.record_id, one.field, one.value) for one in found] == values
    claims = Counter(
        (claim.record_id, claim.field, claim.relation) for one in standing for claim in dataset.claims(one)
    )
    for one in found:
        assert one.claims == claims[one.record_id, one.field, "supports"]
        assert one.contradicting == claims[one.record_id, one.field, "contradicts"]
        assert 1 <= one.independent <= min(len(one.seeds), len(one.sources))
        assert one.asserting <= min(one.independent, one.asserted)
        assert one.asserted + one.denied <= one.claims >= one.attributed
    told = {(one.record_id, one.field) for one in found if one.contradicting}
    assert told == {
        (one.record_id, one.field) for one in dataset.conflicts() if one.record_id in {r.id for r in standing}
    }


@WIDE
@given(datasets(), st.sampled_from(SEEDS))
def test_without_a_text_nothing_has_more_support(dataset: defcoop.Dataset, seed: str) -> None:
    before = {(one.record_id, one.field): one for one in support(dataset)}
    outlets = {card.id: card.outlet for card in dataset.seeds.values()}
    left = dataset.without(seed)
    # An outlet that is lost is no longer known to be behind a text, which then seems to be another source.
    assume(all(outlets[card.id] == card.outlet for card in left.seeds.values()))
    for one in support(left):
        if one.value is None:
            continue  # it is lost with a record that it named, and what contradicted it is left
        had = before[one.record_id, one.field]
        assert one.seeds == tuple(other for other in had.seeds if other != seed)
        if set(one.sources) <= set(had.sources):  # a speaker who is lost is no longer known to be behind two texts
            assert had.independent - 1 <= one.independent <= had.independent
        assert (one.claims, one.contradicting) <= (had.claims, max(one.contradicting, had.contradicting))


def test_values_beneath_a_field_can_be_asked_for(shipped: defcoop.Dataset) -> None:
    every = support(shipped, "act-hulusi-akar")
    office = [one for one in every if one.field.startswith("offices[")]
    assert list(support(shipped, "act-hulusi-akar", "offices")) == office
    assert 0 < len(office) < len(every)
    assert support(shipped, "act-hulusi-akar", "codes") == ()


def test_the_dataset_has_both_as_methods(shipped: defcoop.Dataset) -> None:
    assert shipped.support() == support(shipped)
    assert shipped.support("act-qat", "kind") == support(shipped, "act-qat", "kind")
    assert shipped.report() == report(shipped)
    assert shipped.report("act-qat") == report(shipped, "act-qat")


def test_a_report_has_each_value_in_one_of_three_parts(shipped: defcoop.Dataset) -> None:
    found = report(shipped)
    parts = {"firm": found.firm, "single_sourced": found.single_sourced, "contested": found.contested}
    for standing, part in parts.items():
        assert part == tuple(one for one in support(shipped) if one.standing == standing)
    assert repr(found) == (
        f"<report: {len(found.firm)} firm, {len(found.single_sourced)} single-sourced, 1 contested values>"
    )
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - its own


def test_a_report_is_text_with_a_line_for_each_value(shipped: defcoop.Dataset) -> None:
    found = report(shipped)
    lines = str(found).splitlines()
    assert lines[0] == "# What the sources agree on"
    heads = [line for line in lines if line.startswith("## ")]
    sizes = (len(found.firm), len(found.single_sourced), len(found.contested))
    assert heads == [f"## {name} ({n})" for name, n in zip(("Firm", "Single-sourced", "Contested"), sizes, strict=True)]
    assert sum(line.startswith("- ") for line in lines) == sum(sizes)
    [line] = lines[lines.index(heads[2]) + 4 :]
    assert line == (
        "- act-khalid-al-attiyah (Khalid bin Mohammad Al Attiyah), "
        r"offices\[Minister of State for Defence Affairs/act-qat-mod\].title: "
        "**Minister of State for Defence Affairs**; 1 claim, 1 attributed, 1 independent; "
        "told by act-hulusi-akar via seed-000; texts: seed-000; "
        "told otherwise: Minister of Defence (by act-nabd via seed-001)"
    )


def test_each_count_is_told_for_itself() -> None:
    dataset = defcoop.Dataset(
        [actor("act-a", cited(0), cited(1, "alleged"), cited(2, "denied"), cited(4, **quoted("act-b"))), WIRE], CARDS
    )
    [line] = [line for line in str(report(dataset)).splitlines() if line.startswith("- act-a ")]
    assert "; 4 claims, 1 attributed, 1 less than asserted, 1 denied, 4 independent; told by Gazette" not in line
    assert "; 4 claims, 1 attributed, 1 less than asserted, 1 denied, 4 independent; told by act-b via Gazette" in line
    assert line.endswith("texts: seed-000, seed-001, seed-002, seed-004")


def test_an_empty_part_says_so() -> None:
    text = str(report(defcoop.Dataset([], [])))
    assert text.count("\nNone.\n") == 3


SHARP = "<script>alert(1)</script> & **x** `y`"


class Tags(HTMLParser):
    """Lists the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {tag, *(f"{tag} {name}={value}" for name, value in attrs)}


def sharp() -> Report:
    named = [{"text": SHARP, "lang": "en", "kind": "reported"}]
    dataset = defcoop.Dataset([actor("act-a", {**cited(6), "supports": ["kind", "names"]}, names=named)],
                              [card(6, publisher="<b>Wire</b>")])  # fmt: skip
    return report(dataset)


def test_text_in_a_notebook_stays_text() -> None:
    page = sharp()._repr_html_()
    parser = Tags()
    parser.feed(page)
    assert parser.tags == {"h3", "table", "caption", "thead", "tbody", "tr", "th", "td", "td dir=auto"}
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;Wire" in page


def test_text_in_markdown_is_no_markup() -> None:
    text = str(sharp())
    assert r"\<script\>alert(1)\</script\> \& \*\*x\*\* \`y\`" in text
    assert r"told by \<b\>Wire\</b\>; texts: seed-006" in text


def test_arabic_keeps_its_place_on_a_line(shipped: defcoop.Dataset) -> None:
    text = str(report(shipped, "act-qat"))
    assert "**\u2068قطر\u2069**; " in text
    assert text.count("\u2068") == text.count("\u2069") > 0


def test_a_notebook_shows_the_first_hundred_of_each_part(shipped: defcoop.Dataset) -> None:
    found = report(shipped)
    page = found._repr_html_()
    assert page.count("<tr><td") == len(found.firm) + 100 + len(found.contested)
    assert f"The first 100 of {len(found.single_sourced)}.</caption>" in page
    assert page.count("The first ") == 1
