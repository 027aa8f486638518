"""Croissant: the tables with a JSON-LD description that machine-learning tools and dataset search read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from defcoop.exports._columns import tables_of
from defcoop.exports._copies import copy
from defcoop.exports._languages import languages

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

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context of Croissant 1.1, which its readers expect word for word."""


def write(package: Package, out: Path) -> None:
    """Write the tables and their Croissant description to a folder."""
    tables = tables_of(package)
    copy(package, (table.path for table in tables), out)
    described = json.dumps(_describe(package, tables), ensure_ascii=False, indent=2)
    (out / FILE).write_text(described + "\n", encoding="utf-8")


def _describe(package: Package, tables: tuple[DescribedTable, ...]) -> Descriptor:
    whole = package.descriptor
    paths = {table.name: table.path for table in tables}
    digests = package.described.digests or {}
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": {"en": whole["name"]},
        "description": {"en": whole["description"]},
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        **({"url": whole["homepage"]} if "homepage" in whole else {}),
        "license": [one["path"] for one in whole["licenses"]],
        "creator": [{"@type": "sc:Organization", "name": {"en": one["title"]}} for one in whole["contributors"]],
        "keywords": whole["keywords"],
        "inLanguage": sorted({"en", *languages(package).values()}),
        "version": package.version,
        "citeAs": _citation(whole),
        "distribution": [_file(table.path, digests[table.path]) for table in tables],
        "recordSet": [
            *(_record_set(table, paths) for table in tables),
            *(_terms(table, column) for table in tables for column in table.columns if column.terms),
        ],
    }


def _citation(whole: Descriptor) -> str:
    """Say how the package is cited, as BibTeX; it bears no date, so it has no year."""
    authors = " and ".join(f"{{{one['title']}}}" for one in whole["contributors"])
    title = f"{{{whole['title']}}}"
    return f"@misc{{{whole['name']}, author = {{{authors}}}, title = {{{title}}}, version = {{{whole['version']}}}}}"


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


def _record_set(table: DescribedTable, paths: Mapping[str, str]) -> Descriptor:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": {"en": table.name},
        "description": {"en": table.description},
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(table, column, paths) for column in table.columns],
    }


def _field(table: DescribedTable, column: DescribedColumn, paths: Mapping[str, str]) -> Descriptor:
    found: Descriptor = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": {"en": column.name},
        "description": {"en": column.description},
        "dataType": _TYPES[column.kind],
        "source": _column(table.path, column.name),
    }
    if column.terms:
        found["references"] = {"field": {"@id": f"{_vocabulary(table, column)}/term"}}
    if column.target:
        # A reference to the field of the other table would run in a circle where actors belong to actors, and
        # mlcroissant loads no circle; so the reference names the column of the file.
        found["references"] = _column(paths[column.target], "id")
    return found


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
        "data": [{term: one, meaning: text} for one, text in column.terms.items()],
    }
