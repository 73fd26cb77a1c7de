"""Which units there were on a day, and what became of each."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from motcua.core.areas.queries import (
    UnknownArea,
    area,
    area_by_code,
    areas_on,
    heirs_on,
    kinds_on,
    main_heir,
    steps_to,
)

TODAY = datetime.date(2026, 11, 26)


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "districts", "communes"),
    [
        ("2014-03-31", 29, 577),
        ("2014-04-01", 30, 584),
        ("2017-06-01", 30, 584),
        ("2020-02-29", 30, 584),
        ("2020-03-01", 30, 579),
        ("2020-12-31", 30, 579),
        ("2024-12-31", 30, 579),
        ("2025-01-01", 30, 526),
        ("2025-06-30", 30, 526),
        ("2025-07-01", 0, 126),
        ("2026-11-26", 0, 126),
    ],
)
def test_the_units_of_a_day_are_counted(hanoi, on, districts, communes):
    found = kinds_on(day(on), province="01")
    assert {tier: sum(kinds.values()) for tier, kinds in found.items()} == {
        "district": districts,
        "commune": communes,
    }
    assert areas_on(day(on)).count() == districts + communes


def test_the_communes_of_2025_are_51_wards_and_75_communes(hanoi):
    assert kinds_on(TODAY, province="01")["commune"] == {"phường": 51, "xã": 75}


def test_a_code_comes_again_with_its_successor(hanoi):
    before = area_by_code("09973", on=day("2024-12-31"))
    after = area_by_code("09973", on=day("2025-01-01"))
    assert (before.name, after.name) == ("Canh Nậu", "Lam Sơn")
    with pytest.raises(UnknownArea):
        area_by_code("09973", on=TODAY)
    assert area_by_code("00004", on=TODAY).full_name == "Phường Ba Đình"


def test_a_unit_that_is_in_force_is_its_own_heir(hanoi):
    ward = area_by_code("00004", on=TODAY)
    (only,) = heirs_on(ward, TODAY)
    assert (only.area, only.whole, only.main) == (ward, True, True)


def test_a_district_is_held_by_the_communes_that_took_its_land(hanoi):
    district = area_by_code("001", on=day("2025-06-30"))
    heirs = heirs_on(district, day("2025-07-01"))
    assert {"Ba Đình", "Ngọc Hà", "Giảng Võ"} <= {one.area.name for one in heirs}
    assert {one.portion for one in heirs} == {None}
    assert main_heir(heirs_on(district, day("2025-06-30"))) == district


def test_heirs_of_2014_are_followed_until_today(hanoi):
    old = areas_on(day("2014-03-31")).get(name="Cổ Nhuế")
    then = heirs_on(old, day("2014-04-01"))
    assert {one.area.name for one in then} == {"Cổ Nhuế 1", "Cổ Nhuế 2"}
    assert not any(one.confirmed for one in then)
    assert {one.area.tier for one in heirs_on(old, TODAY)} == {"commune"}


def test_known_shares_are_told(hanoi):
    old = areas_on(day("2020-01-01")).get(name="Ngô Thì Nhậm")
    told = {one.area.name: one.portion for one in heirs_on(old, day("2020-03-01"))}
    assert sorted(told.values()) == [Decimal("0.104"), Decimal("0.896")]


def test_an_open_main_heir_is_told_as_open(hanoi):
    old = areas_on(day("2024-12-31")).get(name="Cầu Dền")
    heirs = heirs_on(old, day("2025-01-01"))
    assert {one.main for one in heirs} == {None}
    assert main_heir(heirs) is None


def test_every_commune_of_june_2025_has_one_main_heir_in_july(hanoi):
    on = day("2025-07-01")
    before = areas_on(day("2025-06-30")).filter(tier="commune").order_by("unit_id")
    without = [one.unit_id for one in before if main_heir(heirs_on(one, on)) is None]
    assert without == []


def test_origins_lead_back(hanoi):
    ward = area_by_code("00004", on=TODAY)
    assert {"Quán Thánh", "Trúc Bạch"} <= {one.old.name for one in steps_to(ward)}


def test_an_unknown_unit_is_refused(hanoi):
    with pytest.raises(UnknownArea, match=r"hn\.x"):
        area("hn.x")
