"""The picture of the rooms is that of the code as it stands."""

from __future__ import annotations

from docs import house


def test_the_picture_is_up_to_date() -> None:
    assert house.PICTURE.read_text(encoding="utf-8") == house.draw(house.rooms(), house.imports()), "run `make fix`"


def test_every_room_says_what_it_is_for() -> None:
    assert [name for name, job in house.rooms().items() if not job] == []


def test_only_what_no_other_way_leads_to_is_drawn() -> None:
    edges = {("cli", "io"), ("cli", "models"), ("models", "io")}
    assert house.in_order_of_need(edges) == ["cli", "models", "io"]
    assert house.not_implied(edges) == {("cli", "models"), ("models", "io")}
