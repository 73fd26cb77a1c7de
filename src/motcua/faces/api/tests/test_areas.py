"""Units through time by the API: found by old words, told with heirs and history."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.areas.importing import folder_of, import_areas

AT = datetime.datetime(2026, 11, 26, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture
def hanoi(db):
    return import_areas(actor="system:test", at=AT, folder=folder_of("hanoi"))


def test_an_old_address_is_found_with_who_holds_it_today(hanoi, client):
    answer = client.get("/api/v1/areas", {"q": "xa canh nau, huyen thach that"}).json()
    (one,) = answer["items"]
    assert (one["id"], one["valid_until"], answer["count"]) == ("hn.c.09973.1", "2025-01-01", 1)
    (heir,) = one["heirs"]
    assert (heir["area"]["id"], heir["share"], heir["confirmed"]) == ("hn.c.10003.2", "1", False)


def test_a_code_is_told_apart_by_its_day(hanoi, client):
    for on, name in (("2024-12-31", "Canh Nậu"), ("2025-01-01", "Lam Sơn")):
        (one,) = client.get("/api/v1/areas", {"q": "09973", "on": on}).json()["items"]
        assert one["name"] == name


def test_a_department_is_told_with_its_heir(hanoi, client):
    answer = client.get("/api/v1/areas", {"q": "so thong tin va truyen thong"}).json()
    (one,) = answer["agencies"]
    assert one["heir_name"] == {
        "vi": "Sở Khoa học và Công nghệ",
        "en": "Department of Science and Technology",
    }


def test_a_unit_is_told_with_its_history(hanoi, client):
    answer = client.get("/api/v1/areas/hn.c.00253.1").json()
    assert {one["share"] for one in answer["became"]} == {"0.896", "0.104"}
    then = client.get("/api/v1/areas/hn.c.00253.1", {"on": "2020-03-01"}).json()
    assert {one["share"] for one in then["heirs"]} == {"0.896", "0.104"}
    assert client.get("/api/v1/areas/hn.c.00004.2").json()["came_from"]


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/areas/hn.x", 404, "areas.unknown"),
        ("/areas", 422, ""),
        ("/areas?q=a&on=2025-02-30", 422, ""),
        ("/areas?q=a&onn=2025-02-01", 422, ""),
    ],
)
def test_what_cannot_be_answered_is_refused(hanoi, client, address, status, code):
    answer = client.get(f"/api/v1{address}")
    assert answer.status_code == status
    assert code in answer.json()["error"]["code"]
