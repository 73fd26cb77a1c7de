"""Figures by ward, operator and year: the sums of the works that each leads to, on any day."""

from __future__ import annotations

import csv
import datetime
import html
import io
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.areas.models import Area, Province
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.registers.acts import change, retire
from motcua.core.registers.importing import import_rows
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import Order
from motcua.faces.api import auth
from motcua.faces.api.tests.conftest import Api, error
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.faces.ui.tests.pages import faults
from motcua.systems.telecom.queries import works_of
from motcua.systems.telecom.rules import (
    BLANK,
    Subject,
    Work,
    areas_of,
    is_of,
    operators_of,
    years_of,
)

PAGE = "/ban/ha-tang-vien-thong/tong-hop"
LATER = MONDAY + datetime.timedelta(days=7)
LINE = '"LINESTRING (105.85 21.01, 105.85 21.02)"'
FILES = {
    "telecom_operators": "name\nMạng Một\nMạng Hai\n",
    "telecom_sites": "code,operator,state,on_air_on,area\n"
    "T-1,Mạng Một,on_air,2019-02-03,u-1\nT-2,Mạng Hai,removed,2019-02-03,u-1\n",
    "telecom_spans": "code,kind,owner,handed_over_on,area,geometry\n"
    f"D-1,duct,Mạng Một,2017-05-06,u-1,{LINE}\nD-2,trench,Mạng Hai,2018-05-06,u-2,{LINE}\n"
    f"D-3,duct,,,,{LINE}\nD-4,aerial,Mạng Một,,u-2,{LINE}\n",
    "telecom_cables": "code,span,kind,owner,state\n"
    "C-1,D-1,fibre,Mạng Hai,in_order\nC-2,D-4,fibre,Mạng Hai,gone\n",
}


@pytest.fixture
def world(db) -> World:
    """A city with a few works in two wards; a week later a duct moved, and another one went."""
    found = make_world()
    province = Province.objects.create(code="01", name_vi="Mẫu", name_en="Mẫu", digest="")
    for unit, name in (("u-1", "Phường Một"), ("u-2", "Phường Hai")):
        Area.objects.create(
            unit_id=unit, name=name, folded=name, province=province, tier="commune", kind="ward",
            status="confirmed",
        )  # fmt: skip
    told = {"actor": found.officers["specialist"], "agency_id": found.department.pk}
    for key, body in FILES.items():
        import_rows(**told, at=MONDAY, declaration=register_of(key), body=body.encode())
    act = {"actor": told["actor"], "at": LATER, "declaration": register_of("telecom_spans")}
    named = {one.title: one.pk for one in Record.objects.filter(register="telecom_spans")}
    values = {"code": "D-1", "kind": "duct", "owner": "Mạng Hai", "area": "u-2"}
    change(**act, record_id=named["D-1"], revision=1, key=None,
           order=Order(values, "21.01, 105.85\n21.03, 105.85"))  # fmt: skip
    retire(**act, record_id=named["D-3"], revision=1, reason="Bỏ tuyến", key=None)
    return found


@pytest.fixture
def page(world, client, monkeypatch):
    for door in (doors, context):
        monkeypatch.setattr(door, "now", lambda: LATER)
    officer = world.officer_id("specialist")
    return lambda query="": signed_in(client, account_of("specialist", officer), at=LATER).get(
        PAGE + query
    )


def works_at(world: World, subject: Subject, on: datetime.datetime) -> list[Work]:
    actor = world.officers["counter"]
    return works_of(actor, subject, on.date(), today=LATER.date(), language="vi")


def told(world: World, subject: Subject, on: datetime.datetime) -> dict[str, tuple]:
    return {
        one.title: (one.area_name, one.operator_name, one.year, round(one.metres))
        for one in works_at(world, subject, on)
    }


def test_a_day_that_is_over_counts_what_was_there_then(world):
    assert told(world, Subject.DUCTS, MONDAY) == {
        "D-1": ("Phường Một", "Mạng Một", 2017, 1112),
        "D-2": ("Phường Hai", "Mạng Hai", 2018, 1112),
        "D-3": ("", "", None, 1112),
    }
    assert told(world, Subject.DUCTS, LATER) == {
        "D-1": ("Phường Hai", "Mạng Hai", None, 2224),
        "D-2": ("Phường Hai", "Mạng Hai", 2018, 1112),
    }
    assert told(world, Subject.DUCTS, MONDAY - datetime.timedelta(days=1)) == {}


def test_a_cable_is_where_its_span_is_and_what_is_gone_counts_no_more(world):
    assert told(world, Subject.CABLES, MONDAY) == {"C-1": ("Phường Một", "Mạng Hai", 2017, 1112)}
    assert told(world, Subject.CABLES, LATER) == {"C-1": ("Phường Hai", "Mạng Hai", None, 2224)}
    assert told(world, Subject.AERIAL, LATER) == {"D-4": ("Phường Hai", "Mạng Một", None, 1112)}
    assert told(world, Subject.SITES, LATER) == {"T-1": ("Phường Một", "Mạng Một", 2019, 0)}


WORKS = st.builds(
    Work,
    number=st.integers(1, 9),
    title=st.just("x"),
    code=st.just(""),
    area=(some := st.sampled_from(["", "a", "b"])),
    area_name=some,
    operator=some,
    operator_name=some,
    year=st.none() | st.integers(2016, 2018),
    metres=st.floats(0, 1e6),
)


@given(st.lists(WORKS, max_size=12))
def test_every_figure_is_the_sum_of_the_works_that_it_leads_to(works):
    for groups, place in ((areas_of, 0), (operators_of, 1), (years_of, 2)):
        found = groups(works)
        assert sum(one.count for one in found) == len(works)
        for one in found:
            asked = [""] * 3
            asked[place] = one.key
            behind = [work for work in works if is_of(work, *asked)]
            assert one.count == len(behind)
            assert one.metres == math.fsum(work.metres for work in behind)


def test_what_is_not_told_comes_last(world):
    works = works_of(
        world.officers["counter"], Subject.DUCTS, MONDAY.date(), today=LATER.date(), language="vi"
    )
    assert [one.key for one in areas_of(works)] == ["u-2", "u-1", BLANK]
    assert [one.label for one in years_of(works)] == ["2017", "2018", ""]


def test_each_figure_opens_its_works(page):
    answer = page(f"?ngay={MONDAY.date()}")
    text = answer.content.decode()
    assert (answer.status_code, faults(answer)) == (200, [])
    assert "Số lượng: 3" in text
    for link in re.findall(r'href="(\?[^"]*(?:phuong|dn|nam)=[^"]*)"', text):
        assert "Số lượng: 1" in page(html.unescape(link)).content.decode()
    assert "Số lượng: 2" in page().content.decode()
    assert "dữ liệu chưa có ranh giới phường" in text


def test_the_file_has_the_works_and_a_wrong_day_is_told(page, client):
    rows = list(csv.DictReader(io.StringIO(page("?dang=csv").content.decode("utf-8-sig"))))
    assert [(one["Công trình"], one["Dài (m)"]) for one in rows] == [
        ("D-1", "2223.90"),
        ("D-2", "1111.95"),
    ]
    for day in ("x", "2099-01-01"):
        assert page(f"?ngay={day}").status_code == 422
    client.cookies["language"] = "en"
    assert "What is added up" in page("?cong-trinh=sites").content.decode()
    assert "There is nothing of it." in page("?cong-trinh=streets").content.decode()


@pytest.mark.parametrize("subject", Subject)
def test_the_api_adds_up_as_the_page_does(world, monkeypatch, subject):
    monkeypatch.setattr(auth, "now", lambda: LATER)
    api = Api(world)
    address = f"/telecom/totals?subject={subject}"
    told = api.get(address, "specialist").json()
    works = works_at(world, subject, LATER)
    assert (told["subject"], told["count"]) == (subject, len(works))
    assert told["metres"] == pytest.approx(sum(one.metres for one in works))
    for name in ("areas", "operators", "years"):
        assert sum(one["count"] for one in told[name]) == len(works)
        for one in told[name]:
            narrowed = api.get(f"{address}&{name[:-1]}={one['key']}", "specialist").json()
            assert (narrowed["count"], narrowed["metres"]) == (one["count"], one["metres"])


def test_the_api_adds_up_as_of_a_day_that_has_come(world, monkeypatch):
    monkeypatch.setattr(auth, "now", lambda: LATER)
    api = Api(world)
    address = "/telecom/totals?subject=ducts&day="
    before = api.get(f"{address}{MONDAY.date()}", "specialist").json()
    assert before["count"] == len(works_at(world, Subject.DUCTS, MONDAY))
    ahead = (LATER + datetime.timedelta(days=1)).date()
    assert error(api.get(f"{address}{ahead}", "specialist"), 422)
    assert error(api.get("/telecom/totals?subject=streets&area=u-1&x=1", "specialist"), 422)
    assert api.get(address).status_code == 401
