"""How to cite defcoop: `CITATION.cff` for people and GitHub, `.zenodo.json` for Zenodo."""

from __future__ import annotations

import json
from html import escape
from typing import Any

import yaml

from defcoop.package import about


def citation(version: str | None = None, date: str | None = None) -> str:
    """Write CITATION.cff.

    Args:
        version: the version of the data; none before the first release.
        date: the day of its release, as YYYY-MM-DD.
    """
    body: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them with the version that you used.",
        "type": "dataset",
        "title": about.TITLE,
        "abstract": _abstract(),
        "authors": [{"name": name} for name in about.CREATORS],
        "keywords": list(about.KEYWORDS),
        "license": about.DATA_LICENCE.spdx,
        **_given({"version": version, "date-released": date, "repository-code": about.homepage()}),
    }
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=120)


def zenodo(version: str | None = None, date: str | None = None) -> str:
    """Write .zenodo.json, whose words take the place of those of CITATION.cff on Zenodo.

    Args:
        version: the version of the data; none before the first release.
        date: the day of its release, as YYYY-MM-DD.
    """
    home = about.homepage()
    body: dict[str, Any] = {
        "upload_type": "dataset",
        "title": about.TITLE,
        "description": f"<p>{escape(_abstract(), quote=False)}</p>",
        "creators": [{"name": name} for name in about.CREATORS],
        "keywords": list(about.KEYWORDS),
        "access_right": "open",
        "license": about.DATA_LICENCE.spdx,
        "language": "eng",
        "notes": _licences(),
        **_given({"version": version, "publication_date": date}),
    }
    if home:
        body["related_identifiers"] = [{"identifier": home, "relation": "isSupplementTo", "scheme": "url"}]
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _abstract() -> str:
    return f"{about.DESCRIPTION.replace('`', '')} {about.METHOD} {about.CAUTION}"


def _licences() -> str:
    licences = (about.DATA_LICENCE, about.CODE_LICENCE)
    listed = (f"{licence.covers} under {licence.title} ({licence.spdx})" for licence in licences)
    return f"Licences: {', '.join(listed)}."


def _given(values: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
