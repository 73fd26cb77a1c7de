"""Changes of calendars over the API: proposed, previewed, decided and undone, once each."""

from __future__ import annotations

import datetime

import pytest
from django.utils.timezone import localtime

from motcua.core.clock.models import CalendarChange
from motcua.core.now import now
from motcua.core.redating.preview import show
from motcua.faces.api.tests.conftest import error


def working_day(after: int) -> datetime.date:
    """Give a Wednesday of ordinary weeks, so many weeks from now."""
    today = localtime(now()).date()
    return today + datetime.timedelta(days=7 * after - today.weekday() + 2)


@pytest.fixture
def change() -> dict:
    on = localtime(now()).date() + datetime.timedelta(days=1)
    return {
        "calendar": "national",
        "date": on.isoformat(),
        "document": "14/TB-UBND",
        "off": [working_day(6).isoformat()],
        "name_vi": "Nghỉ bù",
    }


@pytest.fixture
def proposed(api, change) -> dict:
    answer = api.post("/calendar-changes", change, "leader")
    assert answer.status_code == 200, answer.content
    return answer.json()


def do(api, told, what, who="leader", **more):
    return api.post(f"/calendar-changes/{told['change']}/{what}", None, who, **more)


def test_a_change_is_proposed_with_its_days_and_waits_for_its_preview(proposed, change):
    assert (proposed["state"], proposed["date"]) == ("proposed", change["date"])
    assert (proposed["preview"], proposed["is_fresh"]) == (None, False)
    [day] = proposed["days"]
    assert day == {"day": change["off"][0], "kind": "off", "vi": "Nghỉ bù", "en": "Nghỉ bù"}


def test_a_preview_tells_what_would_move_and_then_a_head_decides(api, proposed):
    assert error(do(api, proposed, "decide"), 409)["code"] == "calendar.preview_missing"
    assert do(api, proposed, "preview").status_code == 200
    show(at=now(), change_id=proposed["change"])
    told = api.get(f"/calendar-changes/{proposed['change']}", "leader").json()
    assert (told["is_fresh"], told["preview"]["dossiers"]) == (True, 0)
    first, again = (do(api, proposed, "decide", key="d") for _ in range(2))
    assert first.json() == again.json()
    assert first.json()["state"] == "decided"


def test_a_request_that_is_sent_twice_is_carried_out_once(api, change):
    first, again = (api.post("/calendar-changes", change, "leader", key="k") for _ in range(2))
    assert first.json() == again.json()
    other = api.post("/calendar-changes", change | {"document": "15/TB"}, "leader", key="k")
    assert error(other, 409)["code"] == "idempotency.key_reused"
    assert CalendarChange.objects.count() == 1


def test_what_is_proposed_is_taken_back_once(api, proposed):
    for _ in range(2):
        assert do(api, proposed, "undo", key="u").json()["state"] == "undone"
    assert error(do(api, proposed, "decide"), 409)["code"] == "calendar.not_open"


@pytest.mark.parametrize("who", ["unit_head", "counter", "specialist"])
def test_to_others_there_is_no_such_change(api, proposed, change, who):
    assert api.get("/calendar-changes", who).json() == {"items": []}
    for what in ("decide", "undo", "preview"):
        assert error(do(api, proposed, what, who), 404)
    assert error(api.post("/calendar-changes", change, who), 403)["code"] == "calendar.not_yours"
    assert CalendarChange.objects.get().state == "proposed"


def test_strangers_and_narrow_keys_are_refused(api, change):
    assert error(api.get("/calendars"), 401)
    sent = api.client.post(
        "/api/v1/calendar-changes",
        change,
        "application/json",
        headers={**api.key("leader", "read"), "Idempotency-Key": "n"},
    )
    assert error(sent, 403)["details"] == {"scope": "calendar"}


def test_calendars_and_their_days_are_told_to_every_officer(api):
    [one] = api.get("/calendars", "specialist").json()["items"]
    assert (one["calendar"], one["enters"], one["decides"]) == ("national", False, False)
    assert api.get("/calendars", "leader").json()["items"][0]["decides"]
    days = api.get("/calendars/national/days?year=2026", "specialist").json()["items"]
    assert ("2026-09-02", "off") in {(one["day"], one["kind"]) for one in days}
    assert error(api.get("/calendars/lunar/days?year=2026", "specialist"), 404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": "2027-02-30"},
        {"off": ["2027-02-30"]},
        {"off": []},
        {"document": ""},
        {"document": " "},
        {"name_vi": ""},
        {"name_vi": "a\x00b"},
        {"off": ["2999-01-01"]},
    ],
)
def test_what_no_change_says_is_refused(api, change, wrong):
    assert api.post("/calendar-changes", change | wrong, "leader").status_code == 422
    assert not CalendarChange.objects.exists()
