"""Fuzz the EDTF parser; see README.md beside this file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import atheris

with atheris.instrument_imports(include=["defcoop"]):
    from defcoop.values.edtf import Edtf
    from defcoop.values.edtf_parts import FIRST_YEAR, LAST_YEAR, PATTERN, bounds

_SHAPE = re.compile(PATTERN[:-1] + r"\Z")


def one_input(source: bytes) -> None:
    """Take a text as a date or refuse it with ValueError, and hold a date to what dates promise."""
    text = atheris.FuzzedDataProvider(source).ConsumeUnicodeNoSurrogates(len(source)) if source[:1] == b"\0" else None
    text = source.decode(errors="replace") if text is None else text
    bounds.cache_clear()
    try:
        found = Edtf(text)
    except ValueError:
        return
    assert str(found) == text == found, "changes its text"
    assert _SHAPE.match(text), "is taken though the published pattern refuses it"
    assert text.isascii(), "takes digits of other scripts"
    earliest, latest = found.earliest, found.latest
    assert (earliest, latest) == (Edtf(text).earliest, Edtf(text).latest), "changes its bounds"
    for bound in (earliest, latest):
        assert bound is None or FIRST_YEAR <= bound.year <= LAST_YEAR, bound
    if earliest and latest:
        assert earliest <= latest, "ends before it begins"
    _is_exact_where_plain(found)
    # A number of days that are known, or none.
    assert found.date_prec is None or 1 <= found.date_prec <= 5, found.date_prec


def _is_exact_where_plain(found: Edtf) -> None:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]?", found):
        assert found.earliest == found.latest, "is one day"
        assert found.earliest is not None, "is one day"
        assert found.earliest.isoformat() == found[:10], "is another day"
    elif re.fullmatch(r"[0-9X]{4}-2[1-4][?~%]?", found):
        assert found.latest is not None, "is bounded"
        assert found.latest.isoformat()[5:] in {"12-21", "03-20"}, "ends no season"
    elif "/" not in found and found[0] not in "[{":
        assert found.earliest is not None, "is bounded"
        assert found.latest is not None, "is bounded"
        for day in (found.earliest, found.latest):
            digits = zip(day.isoformat(), found.rstrip("?~%"), strict=False)
            assert all(shown in {"X", digit} for digit, shown in digits), "bounds are no readings of it"


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
