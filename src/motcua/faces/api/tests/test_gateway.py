"""The gateway of 5656 and 156: what a partner hands on with its key."""

from __future__ import annotations

from motcua.faces.api.tests.conftest import error

SENT = {
    "message_id": "A-1",
    "to": "5656",
    "sender": "0912345678",
    "text": "LD (0387654321)(giả danh công an)",
    "received_on": "2026-11-02",
}


def hand_on(api, who="specialist", **more):
    return api.post("/spam-messages", {**SENT, **more}, who, key="")


def test_a_message_is_handed_on_once(api):
    first, again = hand_on(api), hand_on(api)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again["Idempotency-Replayed"] == "true"
    assert first.json() == again.json()
    assert first.json()["kind"] == "fraud"


def test_what_the_gateway_may_not_send(api):
    assert hand_on(api).status_code == 201
    error(hand_on(api, text="khác"), 409)
    error(hand_on(api, to="113"), 422)
    error(hand_on(api, who="counter", message_id="A-2"), 403)
    assert hand_on(api, who=None, message_id="A-3").status_code == 401
