"""Croissant: the tables with a JSON-LD description that machine-learning tools and dataset search read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from defcoop.exports._data import text
from defcoop.exports._files import languages, write_described
from defcoop.package.about import creators

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from defcoop.package import Package
    from defcoop.package.described import DescribedColumn, DescribedTable, Digest
    from defcoop.package.descriptor import Descriptor

FILE = "croissant.json"
"""The name of the description; the CSV files lie beside it."""

_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def write(package: Package, out: Path) -> None:
    """Write the tables and their Croissant description to a folder."""
    write_described(package, out, FILE, _describe(package))


def _describe(package: Package) -> Descriptor:
    whole, tables = package.descriptor, package.tables
    digests = package.described.digests or {}
    return {
        # The context of Croissant 1.1, which its readers expect word for word.
        "@context": json.loads(text("croissant_context.json")),
        "@type": "sc:Dataset",
        "name": {"en": whole["name"]},
        "description": {"en": whole["description"]},
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        **({"url": whole["homepage"]} if "homepage" in whole else {}),
        "license": [licence["path"] for licence in whole["licenses"]],
        "creator": [
            {"@type": "sc:Person" if who.is_person else "sc:Organization", "name": {"en": who.name}}
            for who in creators(package.card)
        ],
        "keywords": list(package.card.keywords),
        "inLanguage": sorted({"en", *languages(package).values()}),
        "version": package.version,
        "citeAs": _citation(package),
        "distribution": [_file(table.path, digests[table.path]) for table in tables.values()],
        "recordSet": [
            *(_record_set(table, tables) for table in tables.values()),
            *(_terms(table, column) for table in tables.values() for column in table.columns if column.terms),
        ],
    }


def _citation(package: Package) -> str:
    """Say how the package is cited, as BibTeX; it bears no date, so it has no year."""
    card = package.card
    authors = " and ".join(f"{{{who.name}}}" for who in creators(card))
    title = f"{{{card.title}}}"
    return f"@misc{{{card.name}, author = {{{authors}}}, title = {{{title}}}, version = {{{package.version}}}}}"


def _file(path: str, digest: Digest) -> Descriptor:
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": {"en": path},
        "contentUrl": path,
        "contentSize": f"{digest.size} B",
        "encodingFormat": "text/csv",
        "sha256": digest.sha256,
    }


def _record_set(table: DescribedTable, tables: Mapping[str, DescribedTable]) -> Descriptor:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": {"en": table.name},
        "description": {"en": table.description},
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(table, column, tables) for column in table.columns],
    }


def _field(table: DescribedTable, column: DescribedColumn, tables: Mapping[str, DescribedTable]) -> Descriptor:
    field: Descriptor = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": {"en": column.name},
        "description": {"en": column.description},
        "dataType": _TYPES[column.kind],
        "source": _column(table.path, column.name),
    }
    if column.terms:
        field["references"] = {"field": {"@id": f"{_vocabulary(table, column)}/term"}}
    if column.target:
        # A reference to the field of the other table would run in a circle where actors belong to actors, and
        # mlcroissant loads no circle; so the reference names the column of the file.
        field["references"] = _column(tables[column.target].path, "id")
    return field


def _column(path: str, column: str) -> Descriptor:
    return {"fileObject": {"@id": path}, "extract": {"column": column}}


def _vocabulary(table: DescribedTable, column: DescribedColumn) -> str:
    return f"{table.name}.{column.name}"


def _terms(table: DescribedTable, column: DescribedColumn) -> Descriptor:
    """Describe the terms that a column may hold as an enumeration, with their meanings."""
    name = _vocabulary(table, column)
    term, meaning = f"{name}/term", f"{name}/meaning"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": {"en": name},
        "description": {"en": f"The terms of {name}."},
        "dataType": "sc:Enumeration",
        "key": {"@id": term},
        "field": [
            {"@type": "cr:Field", "@id": key, "name": {"en": key.rpartition("/")[2]}, "dataType": "sc:Text"}
            for key in (term, meaning)
        ],
        "data": [{term: value, meaning: label} for value, label in column.terms.items()],
    }
