"""`defcoop search`, and `show` by a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Result


@pytest.mark.usefixtures("copied")
def test_search_lists_records_as_json_in_a_pipe(defcoop: Callable[..., Result]) -> None:
    found = defcoop("search", "Barzan")
    assert (found.code, found.err) == (0, "")
    assert "act-qat-barzan" in [row["id"] for row in json.loads(found.out)]
    assert defcoop("search", "Xqzzyw").code == 1


@pytest.mark.usefixtures("copied")
def test_show_takes_a_name(defcoop: Callable[..., Result]) -> None:
    assert defcoop("show", "Türkiye") == defcoop("show", "act-tur")
    assert "act-cod" in defcoop("show", "Congo").err
