"""What a notebook shows of a dataset, and what it offers for completion."""

from __future__ import annotations

import re
from pathlib import Path

import defcoop
from defcoop.package import open_package

FIFTY = "agr-qat-tur-fifty-treaties"


def test_a_record_links_each_value_to_its_evidence(shipped: defcoop.Dataset) -> None:
    for record in shipped:
        shown = record._repr_html_()
        links = set(re.findall(r'href="#([^"]+)"', shown))
        anchors = set(re.findall(r'<tr id="([^"]+)"', shown))
        assert links <= anchors
        assert len(anchors) == len(record.evidence)
    assert '<td dir="auto">تم الاتفاق' in shipped[FIFTY]._repr_html_()


def test_every_text_stays_text(shipped: defcoop.Dataset) -> None:
    record = shipped[FIFTY]
    evil = "<script>\"&'"
    [entry, *_] = record.evidence
    spoilt = record.model_copy(
        update={
            "id": evil,
            "summary": evil,
            "names": tuple(name.model_copy(update={"text": evil}) for name in record.names),
            "evidence": (entry.model_copy(update={"quote": evil, "seed": evil, "speaker": evil, "outlet": evil}),),
        }
    )
    assert "<script" not in spoilt._repr_html_()
    claims = shipped.claims(FIFTY)
    assert "<script" not in type(claims)(claim._replace(quote=evil, value=evil) for claim in claims)._repr_html_()  # type: ignore[attr-defined]


def test_a_collection_leads_from_each_id_to_the_evidence_of_its_record(shipped: defcoop.Dataset) -> None:
    shown = shipped.agreements._repr_html_()
    for key, record in shipped.agreements.items():
        assert f'<a href="#{key}">{key}</a>' in shown
        assert f'<details id="{key}">' in shown
        assert shown.count(f'<tr id="{key}-evidence-') == len(record.evidence)
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(re.findall(r' id="([^"]+)"', shown))
    assert "<details" not in shipped.seeds._repr_html_()
    evil = shipped[FIFTY].model_copy(update={"id": "<script>\"&'"})
    assert "<script" not in shipped.with_records([evil]).agreements._repr_html_()


def test_claims_lead_to_their_record(shipped: defcoop.Dataset) -> None:
    assert f'<a href="#{FIFTY}">{FIFTY}</a>' in shipped.claims(FIFTY)._repr_html_()  # type: ignore[attr-defined]


def test_claims_show_who_says_it_and_where(shipped: defcoop.Dataset) -> None:
    shown = shipped.claims(FIFTY, "aggregate")._repr_html_()  # type: ignore[attr-defined]
    assert "تم الاتفاق" in shown
    assert "seed-" in shown


def test_ids_are_completed(shipped: defcoop.Dataset) -> None:
    assert shipped._ipython_key_completions_() == [record.id for record in shipped]
    assert shipped.actors._ipython_key_completions_() == list(shipped.actors)


def test_tables_version_and_citation(shipped: defcoop.Dataset, tmp_path: Path) -> None:
    assert {"agreements", "claims", "records"} <= set(shipped.tables)
    defcoop.build(Path(__file__).parents[1] / "good", tmp_path / "package")
    packaged = defcoop.load(tmp_path / "package")
    assert packaged.version == open_package(tmp_path / "package").version != ""
    assert f"Version {packaged.version}." in packaged.cite()
    assert packaged.as_of(2030).version == ""
    assert "No released version." in packaged.as_of(2030).cite()
