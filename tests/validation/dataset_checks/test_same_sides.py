"""What two facilities must have in common to look alike: host, users, class and time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checkouts import edit, report_of

if TYPE_CHECKING:
    from pathlib import Path

BASE = "dataset/facilities/fac-qat-marjan-base.yaml"
SECOND = "dataset/facilities/fac-qat-second-base.yaml"


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        (("summary: An invented base.", "summary: Another."), True),
        (("users: [act-coast-league]", "users: [act-gull-regiment]"), False),
        (("class: base", "class: port"), False),
        (("host: act-qat", "host: act-gull-regiment"), False),
        (('opened: "2030"', 'opened: "2029"'), False),
    ],
)
def test_facilities_look_alike_if_sides_class_and_time_are_the_same(
    change: tuple[str, str], *, alike: bool, tree: Path
) -> None:
    (tree / SECOND).write_bytes((tree / BASE).read_bytes())
    edit(tree, SECOND, ("id: fac-qat-marjan-base", "id: fac-qat-second-base"), change)
    assert any(finding.code == "DC802" for finding in report_of(tree).findings) is alike
