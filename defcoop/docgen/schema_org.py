"""The dataset in the words of schema.org, which search engines for data read, as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defcoop.dataset.loading import shipped_card
from defcoop.models.registry import BY_FOLDER
from defcoop.package import about

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.docgen.coverage import Coverage
    from defcoop.models import DatasetCard
    from defcoop.models.dataset_card import Contributor

_DERIVED = ("_earliest", "_latest", "_date_prec")
_FORMATS = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip"}


def schema_org(
    descriptor: Mapping[str, Any],
    files: Mapping[str, tuple[int, str]],
    coverage: Coverage | None = None,
    card: DatasetCard | None = None,
) -> dict[str, Any]:
    """Describe the dataset as a schema.org Dataset.

    Args:
        descriptor: the package's descriptor; what it says of version, sources and tables is taken.
        files: size in bytes and SHA-256 of each file that can be had, by its path beside the description.
        coverage: when and where its records play.
        card: what the dataset says of itself; by default that of the data that came with the library.
    """
    card = card or shipped_card()
    described: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": card.title,
        "description": " ".join([about.description(card).replace("`", ""), *card.limits[:1]]),
        "version": descriptor.get("version"),
        "url": card.homepage,
        "license": about.licence(card.licence).url,
        "isAccessibleForFree": True,
        "creator": [_creator(who) for who in about.creators(card)],
        "keywords": list(card.keywords),
        "measurementTechnique": next(iter(card.coding), None),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": meaning} for name, meaning in _variables(descriptor)
        ],
        "temporalCoverage": coverage.years if coverage else None,
        "spatialCoverage": [{"@type": "Country", "name": state} for state in coverage.states] if coverage else None,
        "isBasedOn": [{"@type": "CreativeWork", "name": source["title"]} for source in descriptor.get("sources", ())],
        "distribution": [_download(path, *known) for path, known in sorted(files.items())],
    }
    return {name: value for name, value in described.items() if value not in (None, [])}


def _creator(who: Contributor) -> dict[str, Any]:
    if not who.is_person:
        return {"@type": "Organization", "name": who.name}
    named = {
        "@type": "Person",
        "name": who.name,
        "@id": who.orcid and f"https://orcid.org/{who.orcid}",
        "affiliation": {"@type": "Organization", "name": who.affiliation} if who.affiliation else None,
    }
    return {name: value for name, value in named.items() if value}


def _variables(descriptor: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name the columns of the record types' tables that are their own, without those that every type has."""
    resources = (resource for resource in descriptor["resources"] if resource["name"] in BY_FOLDER)
    schemas = {resource["name"]: resource["schema"]["fields"] for resource in resources}
    common = set.intersection(*({field["name"] for field in fields} for fields in schemas.values()))
    for table, fields in schemas.items():
        for field in fields:
            if field["name"] not in common and not field["name"].endswith(_DERIVED):
                yield f"{table}.{field['name']}", field["description"]


def _download(path: str, size: int, sha256: str) -> dict[str, str]:
    ending = path[path.rfind(".") :]
    return {
        "@type": "DataDownload",
        "name": path,
        "contentUrl": path,
        "encodingFormat": _FORMATS.get(ending, "text/plain"),
        "contentSize": f"{size} B",
        "sha256": sha256,
    }
