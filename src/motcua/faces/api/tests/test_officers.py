"""Acts on officers over the API: as their head or themself; to others there is nobody there."""

from __future__ import annotations

import datetime

import pytest
from django.utils.timezone import localtime

from motcua.core.agencies.models import Absence, Appointment, Delegation
from motcua.core.dossiers.models import WorkItem
from motcua.core.now import now
from motcua.core.people.models import Interest
from motcua.faces.api.tests.conftest import error

NOBODY = 987_654


@pytest.fixture
def number(api):
    """Give the address of an officer by name; of nobody for another."""

    def find(who: str) -> str:
        found = api.world.officer_id(who) if who in api.world.officers else NOBODY
        return f"/officers/{found}"

    return find


def days(first: int = 1, last: int = 5) -> dict[str, str]:
    on = localtime(now()).date()
    both = {"first_day": first, "last_day": last}
    return {name: (on + datetime.timedelta(days=day)).isoformat() for name, day in both.items()}


def lending(api, **changes) -> dict:
    plain = {"agency": "H26.12", "post": "specialist", "taker": api.world.officer_id("second")}
    return {**plain, "capacity": "TUQ.", "document": "12/QĐ", **days(), **changes}


def twice(api, address, sent, who):
    first, again = (api.post(address, sent, who, key="twice") for _ in range(2))
    assert first.status_code == 200, first.content
    assert again.json() == first.json()
    return first.json()["row"]


def test_an_absence_is_recorded_once_read_and_ended(api, number):
    second = api.world.officer_id("second")
    row = twice(
        api, number("specialist") + "/absences", {**days(), "stand_in": second}, "specialist"
    )
    told = api.get(number("specialist"), "unit_head").json()
    assert [(one["absence"], one["last_day"]) for one in told["absences"]] == [
        (row, days()["last_day"])
    ]
    assert [one["giver"]["name"] for one in api.get(number("second"), "second").json()["taken"]]
    assert twice(api, f"{number('specialist')}/absences/{row}/end", None, "unit_head") == row
    assert Absence.objects.get().valid_to == Absence.objects.get().valid_from


def test_powers_are_lent_once_and_taken_back(api, number):
    row = twice(api, number("specialist") + "/delegations", lending(api), "specialist")
    lent = api.get(number("specialist"), "specialist").json()["lent"]
    assert [one["delegation"] for one in lent] == [row]
    assert twice(api, f"{number('specialist')}/delegations/{row}/end", None, "unit_head") == row
    assert Delegation.objects.get().valid_to == Delegation.objects.get().valid_from


def test_a_declaration_never_tells_its_number(api, number):
    sent = {"kind": "relative", "number": "001190000345"}
    row = twice(api, number("specialist") + "/interests", sent, "specialist")
    answer = api.get(number("specialist"), "unit_head")
    assert answer.json()["interests"] == [{"interest": row, "kind": "relative"}]
    assert sent["number"] not in answer.content.decode()
    assert twice(api, f"{number('specialist')}/interests/{row}/end", None, "specialist") == row
    assert Interest.objects.get().ended


@pytest.mark.parametrize("who", ["second", "police", "other_head", "counter"])
def test_to_everybody_else_there_is_no_such_officer(api, number, who):
    row = twice(api, number("specialist") + "/absences", days(), "specialist")
    sent = {
        "": None,
        "/absences": days(),
        "/delegations": lending(api),
        "/interests": {"kind": "relative", "number": "001190000345"},
        "/leaving": {"first_day": days()["first_day"], "to_post": True},
        f"/absences/{row}/end": None,
    }
    for end, body in sent.items():
        told = []
        for whose in ("specialist", "nobody"):
            address = number(whose) + end
            answer = api.get(address, who) if not end else api.post(address, body, who)
            told.append(error(answer, 404))
        assert told[0] == told[1]
        assert told[0]["code"] == "staff.unknown_officer"
    assert Absence.objects.get().valid_to > Absence.objects.get().valid_from


def test_a_row_of_one_officer_is_not_found_under_another(api, number):
    row = twice(api, number("specialist") + "/absences", days(), "specialist")
    refused = api.post(f"{number('second')}/absences/{row}/end", None, "unit_head")
    assert error(refused, 404)["code"] == "staff.not_lent"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"document": " "}, 422, "staff.document_missing"),
        ({"post": "leader"}, 422, "staff.not_held"),
        ({"taker": NOBODY}, 422, "staff.not_the_same_house"),
        ({"procedures": ["9.999999"]}, 422, "staff.unknown_bounds"),
        (days(-2, 3), 422, "staff.bad_period"),
        ({"last_day": "9999-12-31"}, 422, "staff.bad_period"),
        ({"last_day": "2027-02-30"}, 422, "input.invalid"),
    ],
)
def test_what_may_not_be_lent_is_refused_by_name(api, number, changes, status, code):
    address = number("specialist") + "/delegations"
    told = error(api.post(address, lending(api, **changes), "specialist"), status)
    assert told["code"] == code or "last_day" in told["fields"]
    assert not Delegation.objects.exists()


def test_a_key_needs_the_scope_staff(api, number):
    header = api.key("specialist", "read", "move", "till", "rate", "sign")
    refused = api.post(number("specialist") + "/absences", days(), **header)
    assert error(refused, 403)["code"] == "api.scope_missing"


def test_a_head_lists_the_officers_of_their_agencies(api):
    told = api.get("/officers", "unit_head").json()["items"]
    assert [one["agency"]["code"] for one in told] == ["H26.12"]
    assert "second" in {one["name"] for one in told[0]["officers"]}
    assert api.get("/officers", "specialist").json() == {"items": []}


@pytest.fixture
def held(api):
    """Give a dossier that the specialist holds."""
    return api.world.to("appraise")


def give(api, held, who="unit_head", *, to="second", key="g", **changes):
    sent = {"officer": api.world.officer_id(to), "reason": "Nghỉ dài ngày", **changes}
    return api.post(f"/dossiers/{held.code}/reassignment", sent, who, key=key)


def test_a_head_gives_work_on_once(api, number, held):
    work = api.get(number("specialist"), "unit_head").json()["work"]
    assert [one["code"] for one in work] == [held.code]
    first, again = (give(api, held, revision=work[0]["revision"]) for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert WorkItem.objects.get(ended_at=None).officer_id == api.world.officer_id("second")


@pytest.mark.parametrize(
    ("who", "changes", "status", "code"),
    [
        ("specialist", {}, 403, "staff.not_their_head"),
        ("unit_head", {"reason": ""}, 422, "staff.reassignment_unexplained"),
        ("unit_head", {"revision": 0}, 409, "dossiers.stale"),
        ("unit_head", {"leg": 9}, 409, "staff.nothing_open"),
        ("unit_head", {"to": "specialist"}, 409, "staff.already_theirs"),
        ("other_head", {}, 404, "dossiers.not_found"),
        (None, {}, 401, "api.sign_in"),
    ],
)
def test_work_is_not_given_on_by_others_or_blindly(api, held, who, changes, status, code):
    assert error(give(api, held, who, **changes), status)["code"] == code


def test_a_leaver_needs_a_plan_and_a_repeat_is_answered_after_they_left(api, number, held):
    address, on = number("specialist") + "/leaving", days(0)["first_day"]
    refused = api.post(address, {"first_day": on}, "unit_head")
    assert error(refused, 409)["code"] == "staff.open_work"
    twice(api, address, {"first_day": on, "to_post": True}, "unit_head")
    left = Appointment.objects.get(officer_id=api.world.officer_id("specialist"))
    assert left.valid_to.isoformat() == on


def test_nobody_records_their_own_leaving(api, number):
    sent = {"first_day": days()["first_day"]}
    refused = api.post(number("unit_head") + "/leaving", sent, "unit_head")
    assert error(refused, 403)["code"] == "staff.not_their_head"
