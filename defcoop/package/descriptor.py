"""The descriptor: `datapackage.json`, Data Package version 2, written from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from defcoop.models.dataset_card import UNTITLED, ContributorRole
from defcoop.package import about
from defcoop.package.views import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from defcoop.models import DatasetCard
    from defcoop.models.dataset_card import Contributor
    from defcoop.package.columns import Column
    from defcoop.package.tables import Table

_PROFILES = "https://datapackage.org/profiles/2.0"

Descriptor = dict[str, Any]

_FIRST_NAME = "defcoop"
"""The name of the only dataset that there was before packages held the card of theirs."""

CARD, CARD_RESOURCE = "dataset.json", "dataset-card"
"""The file that holds the card of the dataset, and the name of its resource."""

DATA = "data"
"""The folder of the tables."""

README, CODEBOOK, LICENCE = "README.md", "codebook.html", "LICENSE"
"""What people read beside the tables."""

_DOCUMENTS = {
    README: ("readme", "md", "text/markdown"),
    CODEBOOK: ("codebook", "html", "text/html"),
    LICENCE: ("licence", "txt", "text/plain"),
}
"""The name, format and media type of documents."""

_JSON = ("json", "application/json")

DESCRIPTOR, SUMS = "datapackage.json", "SHA256SUMS"
"""The file that describes the package, and the one with the hashes of all others, as sha256sum reads it."""

_ROLES = {
    ContributorRole.CREATOR: "creator",
    ContributorRole.EDITOR: "editor",
    ContributorRole.CODER: "dataCurator",
    ContributorRole.REVIEWER: "dataCollector",
    ContributorRole.MAINTAINER: "contactPerson",
    ContributorRole.FUNDER: "funder",
}
"""The roles of contributors in the words of DataCite, as Data Package asks."""

_FILES = "The JSON file of a record type holds whole records, those of other tables their rows."


def is_described(document: Any) -> bool:  # noqa: ANN401 - whatever stands in the file
    """Tell whether a descriptor is that of a package that defcoop wrote."""
    if not isinstance(document, dict):
        return False
    resources = document.get("resources")
    listed = resources if isinstance(resources, list) else []
    return document.get("name") == _FIRST_NAME or any(
        isinstance(resource, dict) and (resource.get("name"), resource.get("path")) == (CARD_RESOURCE, CARD)
        for resource in listed
    )


def descriptor(
    tables: Iterable[Table],
    files: Mapping[str, tuple[int, str]],
    sources: Mapping[str, str],
    version: str,
    card: DatasetCard = UNTITLED,
) -> Descriptor:
    """Describe a package.

    Args:
        tables: its tables.
        files: size in bytes and SHA-256 of each of its files, by path.
        sources: the texts that it is read from: by seed id, what they are.
        version: the version of its data.
        card: what the dataset says of itself.
    """
    tables, licence = list(tables), about.licence(card.licence)
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": card.name,
        "title": card.title,
        "description": f"{about.description(card)} {_FILES}",
        "version": version,
        **({"homepage": card.homepage} if card.homepage else {}),
        "licenses": [{"name": licence.spdx, "path": licence.url, "title": licence.title}],
        "contributors": [_contributor(who) for who in card.contributors],
        **({"keywords": list(card.keywords)} if card.keywords else {}),
        "sources": [{"title": f"{seed}: {description}"} for seed, description in sources.items()],
        "resources": [
            *(_csv_resource(table, f"{DATA}/{table.name}.csv", files) for table in tables),
            *(_resource(files, f"{DATA}/{table.name}.json", f"{table.name}-json", *_JSON) for table in tables),
            *([_resource(files, CARD, CARD_RESOURCE, *_JSON)] if CARD in files else []),
            *(_resource(files, path, *said) for path, said in _DOCUMENTS.items() if path in files),
            *(_csv_resource(view, path, files) for path, view in views(card).items() if path in files),
        ],
    }


def _contributor(who: Contributor) -> Descriptor:
    named = {
        "title": who.name,
        "givenName": who.given,
        "familyName": who.family,
        "path": who.orcid and f"https://orcid.org/{who.orcid}",
        "organization": who.affiliation,
    }
    return {name: value for name, value in named.items() if value} | {"roles": [_ROLES[role] for role in who.roles]}


def schema(table: Table) -> Descriptor:
    """Describe the columns and keys of a table as a Table Schema."""
    described: Descriptor = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column, table.key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if keys := [_foreign_key(column, table) for column in table.columns if column.target]:
        described["foreignKeys"] = keys
    return described


def _csv_resource(table: Table, path: str, files: Mapping[str, tuple[int, str]]) -> Descriptor:
    size, sha256 = files[path]
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "description": table.description,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
        "schema": schema(table),
    }


def _resource(files: Mapping[str, tuple[int, str]], path: str, name: str, form: str, mediatype: str) -> Descriptor:
    """Describe a file that is no table."""
    size, sha256 = files[path]
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": name,
        "path": path,
        "format": form,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{sha256}",
    }


def _field(column: Column, key: tuple[str, ...]) -> Descriptor:
    described: Descriptor = {"name": column.name, "type": column.kind, "description": column.description}
    constraints: Descriptor = {}
    if column.required or column.name in key:
        constraints["required"] = True
    if (column.name,) == key:
        constraints["unique"] = True
    if column.vocabulary:
        described["categories"] = [{"value": term.value, "label": term.definition} for term in column.terms]
        constraints["enum"] = [term.value for term in column.terms]
    if constraints:
        described["constraints"] = constraints
    return described


def _foreign_key(column: Column, table: Table) -> Descriptor:
    reference: Descriptor = {"fields": ["id"]}
    if column.target != table.name:
        reference = {"resource": column.target, **reference}
    return {"fields": [column.name], "reference": reference}
