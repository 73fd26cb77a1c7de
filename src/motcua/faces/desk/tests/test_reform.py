"""The pages of reforms: who heads everything that ends looks, is told of faults, and undoes."""

from __future__ import annotations

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.reform.models import Reform
from motcua.core.reform.tests.city import WARD, City

PAGE = "/ban/sap-xep"


@pytest.fixture
def city(desk):
    yield City(desk.world)
    forget_tree()


@pytest.fixture
def planned(city):
    city.world.take_in()
    return city.plan()


def shown(desk, who: str, row: Reform) -> str:
    return desk.get(who, f"{PAGE}/{row.pk}").content.decode()


def test_the_head_of_the_city_sees_what_would_go_where(planned, desk):
    page = shown(desk, "leader", planned)
    for word in ("UBND quận Ba Đình", "UBND phường Ba Đình", "12/NQ-HĐND", "specialist"):
        assert word in page
    assert f"{PAGE}/{planned.pk}" in desk.get("leader", PAGE).content.decode()


def test_a_fault_is_told_on_the_page(planned, desk):
    Agency.objects.filter(code=WARD).delete()
    forget_tree()
    assert f"Cơ quan kế thừa {WARD} không hoạt động" in shown(desk, "leader", planned)


def test_it_is_undone_by_a_button_and_once(planned, desk):
    address = f"{PAGE}/{planned.pk}"
    assert desk.as_("leader").post(address).status_code == 302
    assert Reform.objects.get().state == "undone"
    assert desk.as_("leader").post(address).status_code == 409


def test_to_others_there_is_no_such_plan(planned, desk):
    address = f"{PAGE}/{planned.pk}"
    for who in ("counter", "unit_head", "other_head"):
        assert desk.get(who, address).status_code == 404
        assert desk.as_(who).post(address).status_code == 404
        assert address not in desk.get(who, PAGE).content.decode()
    assert Reform.objects.get().state == "planned"


def test_what_is_done_tells_how_many_went_over(planned, city, desk):
    city.run(planned)
    assert "Đã chuyển 1 hồ sơ" in shown(desk, "leader", planned)
