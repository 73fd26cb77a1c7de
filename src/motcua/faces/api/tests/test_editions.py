"""Preparing editions over the API: by scoped keys, in lines, once for each request key."""

from __future__ import annotations

import pytest

from motcua.core.catalogue.queries import find
from motcua.core.catalogue.tests.conftest import brought_out
from motcua.core.catalogue.tests.samples import FACTS
from motcua.core.ledger.models import Entry
from motcua.faces.api.tests.conftest import error

KEY = "1.900001"
AT = f"/catalogue/{KEY}/proposal"
BETTER = {"values": {"result": {"text": "Giấy mới", "source": "QĐ 5", "confirmed": True}}}


@pytest.fixture
def listed(api):
    brought_out(FACTS)
    return api


def refused(answer):
    return answer.status_code, error(answer, answer.status_code)["code"]


def handed_in(api):
    api.post(AT, None, "specialist", key="a")
    api.post(f"{AT}/values", BETTER, "specialist", key="b")
    answer = api.post(f"{AT}/submission", {}, "specialist", key="c")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_edition_is_prepared_handed_in_and_signed(listed):
    assert handed_in(listed) == {"number": 2, "state": "submitted", "revision": 2}
    sent = {"document": "9/QĐ-UBND", "revision": 2}
    answer = listed.post(f"{AT}/signature", sent, "unit_head", key="d")
    assert answer.json() == {"number": 2, "state": "done", "revision": 2}
    assert find(KEY).content.text("result") == "Giấy mới"
    again = listed.post(f"{AT}/signature", sent, "unit_head", key="d")
    assert again.json() == answer.json()
    assert Entry.objects.filter(act="catalogue_sign").count() == 1


def test_it_is_read_in_the_lines_in_which_it_is_written(listed):
    listed.post(AT, None, "specialist", key="a")
    told = listed.get(AT, "police").json()
    assert told["state"] == "editing"
    assert told["values"]["time_limit"]["text"] == "10 ngày làm việc"
    assert told["values"]["evidence"]["text"] == "Đơn | 1 | 2\nSố bộ: 02 bộ"
    values = {
        name: {part: one[part] for part in ("text", "source", "confirmed")}
        for name, one in told["values"].items()
    }
    listed.post(f"{AT}/values", {"values": values}, "specialist", key="b")
    assert listed.get(AT, "police").json()["values"] == told["values"]


def test_gaps_are_told_by_their_place(listed):
    listed.post(AT, None, "specialist", key="a")
    sent = {"values": {"fee": {"text": "Không", "source": "nhớ"}}}
    listed.post(f"{AT}/values", sent, "specialist", key="b")
    gaps = listed.get(AT, "specialist").json()["gaps"]
    assert [(one["where"], one["code"]) for one in gaps] == [("fee", "catalogue.unconfirmed")]
    answer = listed.post(f"{AT}/submission", {}, "specialist", key="c")
    assert refused(answer) == (422, "catalogue.not_publishable")


@pytest.mark.parametrize(
    ("address", "sent", "who", "told"),
    [
        ("/signature", {"document": "1/QĐ"}, "specialist", (403, "catalogue.heads_decide")),
        ("/signature", {"document": "1/QĐ"}, "other_head", (403, "catalogue.heads_decide")),
        ("/signature", {"document": " "}, "unit_head", (422, "catalogue.no_document")),
        (
            "/signature",
            {"document": "1/QĐ", "since": "2020-01-01"},
            "unit_head",
            (422, "catalogue.bad_day"),
        ),
        (
            "/signature",
            {"document": "1/QĐ", "revision": 1},
            "unit_head",
            (409, "catalogue.edition_moved"),
        ),
        ("/return", {"reason": ""}, "unit_head", (422, "catalogue.reason_missing")),
        ("/withdrawal", {}, "police", (403, "catalogue.not_your_edition")),
        ("/submission", {}, "specialist", (409, "catalogue.other_state")),
        ("", None, "counter", (409, "catalogue.being_prepared")),
    ],
)
def test_refused(listed, address, sent, who, told):
    handed_in(listed)
    assert refused(listed.post(f"{AT}{address}", sent, who, key="x")) == told


def test_a_head_sends_back_and_an_officer_gives_up(listed):
    handed_in(listed)
    listed.post(f"{AT}/return", {"reason": "Thiếu"}, "unit_head", key="d")
    assert listed.get(AT, "specialist").json()["reason"] == "Thiếu"
    answer = listed.post(f"{AT}/withdrawal", {}, "specialist", key="e")
    assert answer.json()["state"] == "dropped"
    assert refused(listed.get(AT, "specialist")) == (404, "catalogue.no_proposal")


def test_strangers_learn_nothing_of_it(listed, client):
    handed_in(listed)
    assert client.get(f"/api/v1{AT}").status_code == 401
    assert "Giấy mới" not in client.get(f"/api/v1/catalogue/{KEY}").content.decode()


def test_a_key_does_no_more_than_its_scopes(listed):
    handed_in(listed)
    for scopes, code in (
        (("read",), "api.scope_missing"),
        (("catalogue",), "dossiers.proof_needed"),
    ):
        token = listed.key("unit_head", *scopes)
        answer = listed.post(f"{AT}/signature", {"document": "1/QĐ"}, **token)
        assert refused(answer) == (403, code)
