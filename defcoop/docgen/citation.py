"""How to cite a dataset: `CITATION.cff` for people and GitHub, `.zenodo.json` for Zenodo, BibTeX and CSL."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

import yaml

from defcoop.dataset.loading import shipped_card
from defcoop.package import about

if TYPE_CHECKING:
    from defcoop.models import DatasetCard
    from defcoop.models.dataset_card import Contributor


def citation(version: str | None = None, date: str | None = None, card: DatasetCard | None = None) -> str:
    """Write CITATION.cff.

    Args:
        version: the version of the data; none before the first release.
        date: the day of its release, as YYYY-MM-DD.
        card: what the dataset says of itself; by default that of the data that came with the library.
    """
    card = card or shipped_card()
    body = _given(
        {
            "cff-version": "1.2.0",
            "message": "If you use these data, please cite them with the version that you used.",
            "type": "dataset",
            "title": card.title,
            "abstract": about.abstract(card),
            "authors": [_author(who) for who in about.creators(card)],
            "keywords": list(card.keywords),
            "license": card.licence,
            "version": version,
            "date-released": date,
            "repository-code": card.homepage,
        }
    )
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120)


def zenodo(version: str | None = None, date: str | None = None, card: DatasetCard | None = None) -> str:
    """Write .zenodo.json, whose words take the place of those of CITATION.cff on Zenodo.

    Args:
        version: the version of the data; none before the first release.
        date: the day of its release, as YYYY-MM-DD.
        card: what the dataset says of itself; by default that of the data that came with the library.
    """
    card = card or shipped_card()
    related = {"identifier": card.homepage, "relation": "isSupplementTo", "scheme": "url"}
    body = _given(
        {
            "upload_type": "dataset",
            "title": card.title,
            "description": f"<p>{escape(about.abstract(card), quote=False)}</p>",
            "creators": [_creator(who) for who in about.creators(card)],
            "keywords": list(card.keywords),
            "access_right": "open",
            "license": card.licence,
            "language": "eng",
            "notes": _licences(card),
            "version": version,
            "publication_date": date,
            "related_identifiers": [related] if card.homepage else None,
        }
    )
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def bibtex(version: str | None = None, date: str | None = None, card: DatasetCard | None = None) -> str:
    """Write an entry of BibTeX, with version, day and card as for `citation`."""
    card = card or shipped_card()
    fields = _given(
        {
            "author": " and ".join(_sorted_name(who) for who in about.creators(card)),
            "title": f"{{{card.title}}}",
            "version": version,
            "year": date and date[:4],
            "url": card.homepage,
            "note": card.licence,
        }
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{card.name},\n{lines}}}\n"


def csl(version: str | None = None, date: str | None = None, card: DatasetCard | None = None) -> str:
    """Write an item of CSL JSON, with version, day and card as for `citation`."""
    card = card or shipped_card()
    item = _given(
        {
            "id": card.name,
            "type": "dataset",
            "title": card.title,
            "author": [
                _given({"family": who.family, "given": who.given}) if who.family else {"literal": who.name}
                for who in about.creators(card)
            ],
            "abstract": about.abstract(card),
            "version": version,
            "issued": {"date-parts": [[int(part) for part in date.split("-")]]} if date else None,
            "URL": card.homepage,
        }
    )
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _author(who: Contributor) -> dict[str, Any]:
    """Write a contributor as CFF has persons and groups."""
    orcid = who.orcid and f"https://orcid.org/{who.orcid}"
    if who.is_person:
        names = {"family-names": who.family or who.name, "given-names": who.given}
        return _given({**names, "affiliation": who.affiliation, "orcid": orcid})
    return {"name": who.name}


def _creator(who: Contributor) -> dict[str, Any]:
    return _given({"name": _sorted_name(who, ""), "affiliation": who.affiliation, "orcid": who.orcid})


def _sorted_name(who: Contributor, braces: str = "{}") -> str:
    """Write the family name first, and a name that has none whole, in braces where BibTeX would take it apart."""
    if who.family:
        return ", ".join(part for part in (who.family, who.given) if part)
    return f"{braces[:1]}{who.name}{braces[1:]}"


def _licences(card: DatasetCard) -> str:
    named = [("the data", card.licence), *([("the code", card.code_licence)] if card.code_licence else [])]
    kinds = [(covered, about.licence(spdx)) for covered, spdx in named]
    listed = (f"{covered} under {kind.title} ({kind.spdx})" for covered, kind in kinds)
    return f"Licences: {', '.join(listed)}." if card.code_licence else f"Licence: {', '.join(listed)}."


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], "")}
