"""Registers over the API: the same rights, masks and acts as the pages."""

from __future__ import annotations

import pytest

from motcua.core.access.models import Read
from motcua.core.registers.models import Record
from motcua.faces.api.tests.conftest import error

LIST = "/registers/advert_numbers/records"
VALUES = {
    "number": "0900070001",
    "kind": "advert",
    "text": "Khoan cắt",
    "owner": "Phạm Thị Mẫu",
    "owner_number": "001190000345",
}
PLACE = {"type": "Point", "coordinates": [105.8542, 21.0285]}


def enter(api, *, key="", who="specialist", **more):
    body = {
        "agency": "H26.12",
        "values": {**VALUES, **more},
        "geometry": "POINT (105.8542 21.0285)",
    }
    return api.post(LIST, body, who, key=key)


@pytest.fixture
def number(api) -> int:
    answer = enter(api)
    assert answer.status_code == 200, answer.content
    return answer.json()["id"]


def test_registers_tell_their_parts_and_quality(api, number):
    items = api.get("/registers", "specialist").json()["items"]
    [told] = [one for one in items if one["key"] == "advert_numbers"]
    assert (told["records"], told["clean"]) == (1, 1000)
    assert {one["key"]: one["type"] for one in told["parts"]}["area"] == "area"


def test_a_record_is_told_with_masks(api, number):
    for who, masked in (("specialist", ["owner_number"]), ("police", ["owner", "owner_number"])):
        told = api.get(f"{LIST}/{number}", who).json()
        assert told["masked"] == masked
        assert told["geometry"] == PLACE
        assert "001190000345" not in str(told)
    assert told["values"]["owner"] == "***"


def test_a_record_that_is_not_there(api, number):
    assert error(api.get(f"{LIST}/{number + 1}", "specialist"), 404)["code"]
    assert error(api.get("/registers/nothing/records", "specialist"), 404)["code"]
    assert api.get(LIST).status_code == 401


def test_records_are_listed_and_narrowed(api, number):
    assert api.get(f"{LIST}?q=khoan+cat", "specialist").json()["total"] == 1
    assert api.get(f"{LIST}?failing=incomplete", "specialist").json()["total"] == 1
    assert api.get(f"{LIST}?failing=broken", "specialist").json()["total"] == 0
    assert api.get(f"{LIST}?q=mau", "police").json()["total"] == 0
    assert api.get(f"{LIST}?agency=H26.20", "specialist").json()["total"] == 0


def test_the_same_request_writes_once(api):
    first, again = (enter(api, key="k").json() for _ in range(2))
    assert first == again
    assert Record.objects.count() == 1
    assert error(enter(api, key="k", text="Khác"), 409)["code"] == "idempotency.key_reused"


def test_what_is_wrong_is_told_by_part(api):
    told = error(enter(api, number="12", kind="x"), 422)
    assert {"number", "kind"} == set(told["fields"])


def test_only_keepers_write(api, number):
    assert error(enter(api, who="counter"), 403)["code"] == "registers.not_yours"
    body = {"revision": 1}
    told = api.post(f"{LIST}/{number}/confirm", body, "police")
    assert error(told, 403)["code"] == "registers.not_yours"


def test_a_record_is_changed_confirmed_retired_and_restored(api, number):
    body = {
        "values": {**VALUES, "text": "Thông tắc"},
        "geometry": "21.0285, 105.8542",
        "revision": 1,
    }
    answer = api.post(f"{LIST}/{number}/change", body, "specialist")
    assert answer.json() == {"id": number, "revision": 2}
    answer = api.post(f"{LIST}/{number}/change", body, "specialist")
    assert error(answer, 409)["code"] == "registers.moved"
    assert api.post(f"{LIST}/{number}/confirm", {"revision": 2}, "specialist").status_code == 200
    for revision, act in ((3, "retire"), (4, "restore")):
        told = {"revision": revision, "reason": "Nhập nhầm"}
        assert api.post(f"{LIST}/{number}/{act}", told, "specialist").status_code == 200
    versions = api.get(f"{LIST}/{number}/versions", "specialist").json()["items"]
    assert [one["act"] for one in versions] == ["enter", "change", "confirm", "retire", "restore"]
    assert error(api.get(f"{LIST}/{number}/versions?on=2020-01-01", "specialist"), 404)


def test_quality_and_files(api, number):
    [told] = api.get("/registers/advert_numbers/quality", "specialist").json()["items"]
    assert (told["agency"], told["records"], told["clean"]) == ("H26.12", 1, 1)
    answer = api.get("/registers/advert_numbers/export?format=geojson", "specialist")
    assert b"0900070001" in b"".join(answer.streaming_content)


def test_a_masked_value_is_answered_for_a_purpose(api, number):
    path, asked = f"{LIST}/{number}/reveal", {"field": "owner", "purpose": "Gọi xác minh"}
    answer = api.post(path, asked, "other_head")
    assert answer.json() == {"field": "owner", "value": VALUES["owner"]}
    assert Read.objects.get(kind="revealed").what == f"register.advert_numbers.{number}.owner"
    secret = asked | {"field": "owner_number"}
    assert error(api.post(path, secret, "other_head"), 403)["code"] == "registers.not_revealed"
    assert api.post(path, secret, "counter").json()["value"] == VALUES["owner_number"]
    refused = api.post(path, asked, None, **api.key("other_head", "read"))
    assert error(refused, 403)["code"] == "api.scope_missing"


def test_a_list_of_any_length_is_asked_for(api, number):
    answer = api.post("/registers/advert_numbers/exports?format=geojson", None, "specialist")
    assert answer.status_code == 202, answer.content
    told = api.get(answer["Location"].removeprefix("/api/v1"), "specialist").json()
    assert (told["state"], told["format"], told["expected"]) == ("making", "geojson", 1)
    assert error(api.get(answer["Location"].removeprefix("/api/v1"), "leader"), 404)
