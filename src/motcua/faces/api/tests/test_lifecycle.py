"""The whole way of a dossier over HTTP."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.faces.api.tests.conftest import error

WAY = (
    ("counter", "receive"),
    ("unit_head", "assign"),
    ("specialist", "submit"),
    ("unit_head", "agree"),
    ("leader", "issue"),
    ("counter", "return"),
)


def through(api, lookup, *, until="return"):
    for who, name in WAY:
        wish = {"officer": api.world.officer_id("specialist")} if name == "assign" else {}
        response = api.move(lookup, who, name, **wish)
        assert response.status_code == 200, response.content
        if name == until:
            return response.json()
    raise AssertionError(until)


def test_a_dossier_goes_the_whole_way(api):
    done = through(api, api.file()["lookup"])
    assert (done["state"], done["revision"]) == ("returned", 7)
    assert Dossier.objects.get().outcome == "granted"
    assert list(check_state()) == []


def test_filing_answers_what_the_applicant_needs(api):
    response = api.post("/dossiers", api.filing())
    done = response.json()
    assert (done["state"], done["code"], done["revision"]) == ("submitted", None, 1)
    assert done["link"].endswith(f"/ho-so/{done['lookup']}")
    assert response["Location"] == f"/api/v1/dossiers/{done['lookup']}"
    assert response["ETag"] == '"1"'


def test_reception_gives_code_and_instants_in_utc(api):
    done = through(api, api.file()["lookup"], until="receive")
    assert done["code"].startswith("H26.12-")
    assert done["due_at"].endswith("Z")
    assert done["promised_at"] == done["due_at"]


def test_the_counter_takes_in_at_once(api):
    done = api.file(who="counter", channel="counter", take_in=True)
    assert (done["step"], done["revision"]) == ("assign", 1)
    assert done["code"]


def test_a_stranger_cannot_receive_what_they_file(api):
    told = error(api.post("/dossiers", api.filing(take_in=True)), 422)
    assert told["fields"]["take_in"]["code"] == "api.counter_only"
    assert not Dossier.objects.exists()


def test_the_counter_is_for_those_who_hold_it(api):
    response = api.post("/dossiers", api.filing(channel="counter", take_in=True), "leader")
    assert error(response, 403)["code"] == "dossiers.not_your_counter"


def test_every_fault_of_a_form_is_told_at_once(api):
    body = api.filing(applicant={"phone": "12"}, fields={"licence": "", "odd": 1}, evidence=[])
    told = error(api.post("/dossiers", body), 422)
    assert told["fields"].keys() == {
        *("applicant.name", "applicant.phone", "licence", "expires", "odd", "evidence.request"),
    }


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"procedure": "9.999999"}, 404, "procedures.not_offered"),
        ({"agency": "H99"}, 404, "agencies.unknown"),
    ],
)
def test_unknown_names_are_named(api, change, status, code):
    assert error(api.post("/dossiers", api.filing(**change)), status)["code"] == code


def test_a_repeat_gets_the_first_answer(api):
    first = api.file(key="one")
    again = api.post("/dossiers", api.filing(), key="one")
    assert (again.status_code, again.json()) == (200, first)
    assert again["Idempotency-Replayed"] == "true"
    assert Dossier.objects.count() == 1


def test_another_body_under_the_key_is_refused(api):
    api.file(key="one")
    other = api.filing(fields={"licence": "GP 13", "expires": "2026-12-01"})
    told = error(api.post("/dossiers", other, key="one"), 409)
    assert told["code"] == "idempotency.key_reused"


def test_a_repeated_move_gets_the_first_answer(api):
    lookup = api.file()["lookup"]
    first = api.move(lookup, "counter", "receive", key="twice")
    again = api.move(lookup, "counter", "receive", key="twice")
    assert (again.status_code, again.json()) == (200, first.json())
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Dossier.objects.get().revision == 2


def test_a_stale_revision_is_refused(api):
    lookup = api.file()["lookup"]
    api.move(lookup, "counter", "receive")
    for stale in ({"revision": 1}, {"If-Match": '"1"'}):
        told = error(api.move(lookup, "unit_head", "assign", **stale), 409)
        assert told["code"] == "dossiers.stale"
    assert api.move(lookup, "unit_head", "assign", **{"If-Match": '"2"'}).status_code == 200


@pytest.mark.parametrize("match", ['W/"1"', "1", '"x"', '"99999999999"'])
def test_an_if_match_that_says_no_revision_is_refused(api, match):
    response = api.move(
        api.file()["lookup"], "counter", "receive", revision=1, **{"If-Match": match}
    )
    assert error(response, 400)["code"] == "api.revision"


def test_two_revisions_that_differ_are_refused(api):
    lookup = api.file()["lookup"]
    response = api.move(lookup, "counter", "receive", revision=1, **{"If-Match": '"2"'})
    assert error(response, 422)["code"] == "api.revision_twice"


def test_the_wrong_post_is_told_whose_it_is(api):
    lookup = api.file()["lookup"]
    told = error(api.move(lookup, "unit_head", "receive"), 403)
    assert told["code"] == "dossiers.not_yours"
    assert "counter" in told["details"]["holder"]


def test_a_closed_dossier_moves_no_more(api):
    lookup = api.file()["lookup"]
    assert (
        api.move(lookup, "counter", "turn_away", reason="Không thuộc thẩm quyền").status_code == 200
    )
    assert error(api.move(lookup, "counter", "receive"), 409)["code"] == "flow.ended"


def test_an_unknown_move_is_named(api):
    told = error(api.move(api.file()["lookup"], "counter", "fly"), 422)
    assert told["code"] == "flow.unknown_move"


def test_a_reason_is_demanded(api):
    told = error(api.move(api.file()["lookup"], "counter", "turn_away"), 422)
    assert told["code"] == "flow.reason_missing"


def test_the_applicant_withdraws_by_phone(api):
    lookup = api.file()["lookup"]
    gone = api.move(lookup, None, "withdraw", reason="Đổi ý", **{"X-Phone": "+84 912 345 678"})
    assert gone.json()["state"] == "withdrawn"


def test_a_stranger_moves_nothing(api):
    told = error(api.move(api.file()["lookup"], None, "withdraw", reason="x"), 404)
    assert told["code"] == "dossiers.not_found"
    assert Dossier.objects.get().revision == 1


def test_consultation_opens_legs_and_takes_replies(api):
    lookup = api.file()["lookup"]
    through(api, lookup, until="assign")
    asked = api.move(lookup, "specialist", "consult", legs=["police"], reason="Xin ý kiến")
    assert asked.json()["state"] == "liaison"
    told = error(api.move(lookup, "specialist", "submit"), 409)
    assert told["details"]["legs"] == ["police"]
    answered = api.move(lookup, "police", "reply", leg=1, reason="Đồng ý")
    assert answered.json()["state"] == "processing"
