"""The dataset in the words of schema.org, which search engines for data read, as JSON-LD."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defcoop.models.registry import BY_FOLDER
from defcoop.package import about

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from defcoop.docgen.coverage import Coverage

_DERIVED = ("_earliest", "_latest", "_date_prec")
_FORMATS = {".csv": "text/csv", ".json": "application/json", ".zip": "application/zip"}


def schema_org(
    descriptor: Mapping[str, Any], files: Mapping[str, tuple[int, str]], coverage: Coverage | None = None
) -> dict[str, Any]:
    """Describe the dataset as a schema.org Dataset.

    Args:
        descriptor: the package's descriptor; what it says of version, sources and tables is taken.
        files: size in bytes and SHA-256 of each file that can be had, by its path beside the description.
        coverage: when and where its records play.
    """
    home = about.homepage()
    described: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": about.TITLE,
        "description": f"{about.DESCRIPTION.replace('`', '')} {about.CAUTION}",
        "version": descriptor.get("version"),
        "url": home,
        "license": about.DATA_LICENCE.url,
        "isAccessibleForFree": True,
        "creator": [{"@type": "Organization", "name": name} for name in about.CREATORS],
        "keywords": list(about.KEYWORDS),
        "measurementTechnique": about.METHOD,
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": meaning} for name, meaning in _variables(descriptor)
        ],
        "temporalCoverage": coverage.years if coverage else None,
        "spatialCoverage": [{"@type": "Country", "name": state} for state in coverage.states] if coverage else None,
        "isBasedOn": [{"@type": "CreativeWork", "name": source["title"]} for source in descriptor.get("sources", ())],
        "distribution": [_download(path, *known) for path, known in sorted(files.items())],
    }
    return {name: value for name, value in described.items() if value not in (None, [])}


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
