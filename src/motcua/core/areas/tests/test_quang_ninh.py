"""Another province from a folder of the same form: nothing of the house knows Hanoi."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.areas.models import Area, Succession
from motcua.core.areas.queries import (
    area_by_code,
    areas_on,
    heirs_on,
    kinds_on,
    main_heir,
    provinces,
    tiers_on,
)

EVE, DAY = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)


def test_its_units_are_counted_on_both_sides_of_the_reform(quang_ninh):
    assert tiers_on(EVE, province="22") == {"district": 13, "commune": 171}
    assert tiers_on(DAY, province="22") == {"district": 0, "commune": 54}
    assert kinds_on(DAY, province="22")["commune"] == {"phường": 30, "xã": 22, "đặc khu": 2}


def test_it_lies_beside_hanoi(hanoi, quang_ninh):
    assert [one.code for one in provinces()] == ["01", "22"]
    assert tiers_on(DAY, province="01")["commune"] == 126
    assert areas_on(DAY).count() == 126 + 54


def test_its_facts_begin_with_2025(quang_ninh):
    (province,) = provinces()
    assert not province.knows(datetime.date(2017, 12, 31))
    assert province.knows(EVE)


def test_every_unit_has_heirs_and_every_commune_a_main_one(quang_ninh):
    for one in areas_on(EVE):
        heirs = heirs_on(one, DAY)
        assert heirs
        assert one.tier == "district" or main_heir(heirs) is not None


@pytest.mark.parametrize(
    ("old", "kind", "new"),
    [
        ("Quảng La", "xã", {"Quảng La"}),
        ("Vũ Oai", "xã", {"Thống Nhất"}),
        ("Hải Lạng", "xã", {"Hải Lạng", "Hải Hòa", "Ba Chẽ"}),
        ("Tiên Yên", "thị trấn", {"Tiên Yên"}),
        ("Yên Than", "xã", {"Tiên Yên", "Điền Xá"}),
        ("Đông Hải", "xã", {"Đông Ngũ"}),
        ("Cái Rồng", "thị trấn", {"Vân Đồn"}),
    ],
)
def test_what_became_of_a_commune(quang_ninh, old, kind, new):
    unit = areas_on(EVE).get(name=old, kind=kind)
    assert {one.area.name for one in heirs_on(unit, DAY)} == new


def test_an_island_becomes_a_special_zone(quang_ninh):
    assert area_by_code("07192", on=EVE).full_name == "Thị trấn Cô Tô"
    assert area_by_code("07192", on=DAY).full_name == "Đặc khu Cô Tô"


def test_every_row_names_its_source_and_says_how_sure_it_is(quang_ninh):
    rows = [*Area.objects.all(), *Succession.objects.all()]
    assert all(one.source and one.status in {"confirmed", "unconfirmed"} for one in rows)
    assert Succession.objects.filter(status="confirmed").count() == 23
