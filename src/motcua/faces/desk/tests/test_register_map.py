"""The map of a register and the list beside it say the same; totals are those of the list."""

from __future__ import annotations

import re

import pytest

from motcua.core.dossiers.tests.world import MONDAY as AT
from motcua.core.registers.acts import enter
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import Order
from motcua.faces.ui.tests.pages import faults

SPANS, NODES = "/ban/so-dang-ky/telecom_spans", "/ban/so-dang-ky/telecom_nodes"
LINES = {
    "A": ("duct", "Phố Huế", "21.0100, 105.8500\n21.0200, 105.8500"),
    "B": ("duct", "phố Huế", "21.0200, 105.8500\n21.0200, 105.8600"),
    "C": ("aerial", "Láng Hạ", "21.0100, 105.8100\n21.0150, 105.8100"),
    "D": ("aerial", None, "21.0300, 105.8100\n21.0300, 105.8150"),
}


@pytest.fixture
def streets(desk) -> dict[str, int]:
    """Four spans on two streets, and a manhole at the end of one; give their records."""
    found = {}
    for code, (kind, street, shape) in LINES.items():
        ducts = 4 if kind == "duct" else None
        values = {"code": code, "kind": kind, "street": street, "ducts": ducts, "state": "planned"}
        found[code] = made(desk, "telecom_spans", values, shape)
    found["N"] = made(desk, "telecom_nodes", {"code": "N", "kind": "manhole"}, "21.0200, 105.8500")
    return found


def made(desk, register: str, values: dict[str, object], shape: str) -> int:
    done = enter(
        actor=desk.world.officers["specialist"],
        at=AT,
        declaration=register_of(register),
        agency_id=desk.world.department.pk,
        order=Order(values, shape),
        key=None,
    )
    return done.record_id


def page(desk, path: str):
    answer = desk.get("specialist", path)
    assert answer.status_code == 200
    assert faults(answer) == []
    return answer


def drawn(answer) -> set[str]:
    """Give the records that a drawing leads to."""
    picture = re.findall(r"<svg viewBox=\"0 0 800.*?</svg>", answer.content.decode(), re.DOTALL)
    return set(re.findall(r'<a href="([^"]+)" tabindex="-1"', "".join(picture)))


def listed(answer) -> set[str]:
    """Give the records that the list beside it leads to."""
    told = re.findall(r'<ol class="map-list">.*?</ol>', answer.content.decode(), re.DOTALL)
    return set(re.findall(r'<a href="([^"]+)"', "".join(told)))


SHOWN = {
    "": "ABCD",
    "?f.kind=duct": "AB",
    "?f.street=ph%E1%BB%91+hu%E1%BA%BF": "AB",
    "?q=lang+ha": "C",
    "?lop=telecom_nodes": "ABCDN",
    "?lop=telecom_nodes&f.kind=aerial": "CDN",
    "?khung=105.8490,21.0050,105.8510,21.0110": "A",
    "?khung=nonsense&f.kind=duct": "AB",
    "?khung=106,20,106.1,20.1": "",
}


def test_the_map_draws_what_the_list_says(desk, streets):
    for query, codes in SHOWN.items():
        answer = page(desk, f"{SPANS}/ban-do{query}")
        wanted = {f"{NODES if code == 'N' else SPANS}/{streets[code]}" for code in codes}
        assert drawn(answer) == listed(answer) == wanted, query
    assert "Không có bản ghi nào trong khung này" in answer.content.decode()


def test_a_register_without_shapes_has_no_map(desk):
    answer = desk.get("specialist", "/ban/so-dang-ky/telecom_cables/ban-do")
    assert answer.status_code != 200
    assert "Sổ chưa có" not in page(desk, f"{SPANS}/ban-do").content.decode()


def test_nothing_of_it_needs_a_script_or_another_house(desk, streets):
    body = page(desk, f"{SPANS}/ban-do").content.decode()
    picture = body[body.index('<figure class="map">') : body.index("</figure>")]
    assert not re.search(r"script|style=|https?:|<image|url\(", picture)


def test_totals_are_those_of_the_list(desk, streets):
    answer = page(desk, f"{SPANS}/tong-hop?theo=street")
    told = answer.context["totals"]
    assert [(one.label, one.count) for one in told.rows] == [
        ("Láng Hạ", 1),
        ("Phố Huế", 2),
        ("", 1),
    ]
    assert told.metres == pytest.approx(sum(Record.objects.values_list("metres", flat=True)[:4]))
    assert told.metres == pytest.approx(sum(one.metres for one in told.rows))
    body = answer.content.decode()
    assert f"{SPANS}?f.street=Ph%E1%BB%91+Hu%E1%BA%BF" in body
    narrowed = page(desk, f"{SPANS}?f.street=Ph%E1%BB%91+Hu%E1%BA%BF")
    assert narrowed.context["listed"].total == 2
    assert "tổng 2,15 km" in narrowed.content.decode()


GROUPS = {
    "kind": [("Cống bể", "duct", 2), ("Tuyến treo trên cột", "aerial", 2)],
    "state": [("Trong kế hoạch", "planned", 4)],
    "power": [("", "", 4)],
    "steward": [("H26.12", "", 4)],
}


def test_totals_by_choices(desk, streets):
    for by, groups in GROUPS.items():
        told = page(desk, f"{SPANS}/tong-hop?theo={by}").context["totals"]
        found = [(one.label, "" if by == "steward" else one.raw, one.count) for one in told.rows]
        assert found == groups


def test_totals_by_owner_lead_to_what_is_theirs(desk, streets):
    owner = made(desk, "telecom_operators", {"name": "Viễn thông Mẫu"}, "")
    values = {"code": "E", "kind": "aerial", "owner": "viễn thông mẫu"}
    mine = made(desk, "telecom_spans", values, LINES["C"][2])
    told = page(desk, f"{SPANS}/tong-hop?theo=owner").context["totals"]
    assert [(one.label, one.raw, one.count) for one in told.rows] == [
        ("Viễn thông Mẫu", str(owner), 1),
        ("", "", 4),
    ]
    found = page(desk, f"{SPANS}?f.owner={owner}")
    assert [row.pk for row, *_ in found.context["rows"]] == [mine]
    assert "Viễn thông Mẫu" in found.content.decode()
    assert page(desk, f"{SPANS}?f.owner=x").context["listed"].total == 0


def test_what_has_no_groups_is_not_added_up(desk):
    for path in (
        "spans/tong-hop?theo=code",
        "spans/tong-hop?theo=x",
        "operators/tong-hop?theo=phone",
    ):
        assert desk.get("specialist", f"/ban/so-dang-ky/telecom_{path}").status_code == 404


def test_what_is_not_drawn_is_counted_and_the_listed_page_always_is(desk, streets, monkeypatch):
    monkeypatch.setattr("motcua.faces.desk.shown.register_map.DRAWN", 1)
    monkeypatch.setattr("motcua.faces.desk.views.register_map.PAGE", 2)
    answer = page(desk, f"{SPANS}/ban-do?page=2")
    assert len(listed(answer)) == 2
    assert listed(answer) <= drawn(answer)
    assert len(drawn(answer)) == 3
    text = answer.content.decode()
    assert "Còn 1 bản ghi trong khung không vẽ." in text
    assert 'href="#narrow"' in text
    assert "không vẽ" not in page(desk, f"{SPANS}/ban-do?f.kind=duct").content.decode()
