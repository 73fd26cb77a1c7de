"""The till over the API: taking, voiding and paying back, once each, by who collects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.world import MONDAY, declaration, publish
from motcua.core.fees.models import Receipt
from motcua.core.procedures.declaration import Exemption, FeeRule
from motcua.core.till.reconcile import check_till
from motcua.faces.api import auth
from motcua.faces.api.tests.conftest import error

CODE = "9.000009"
BOTH = {"fees": [{"fee": "copy"}, {"fee": "permit", "each": 50_000}], "method": "cash"}


@pytest.fixture
def code(api, monkeypatch) -> str:
    """Give the code of a dossier that owes two copies and a permit whose price is not fixed.

    Everything happens on its Monday morning: a receipt is voided on its own day.
    """
    monkeypatch.setattr(auth, "now", lambda: MONDAY)
    name = made_up._text("Lệ phí")
    poor = Exemption("poor", made_up._text("Hộ nghèo, có giấy"), None, None)
    fees = (
        FeeRule("copy", name, 8000, name, None, None, count="copies", exempt=(poor,)),
        FeeRule("permit", name, None, None, None, None),
    )
    publish(replace(declaration(CODE), fees=fees))
    fields = {"licence": "GP 12", "expires": "2026-12-01", "copies": 2}
    return api.world.take_in(procedure=CODE, fields=fields).code


def take(api, code, who="counter", sent=BOTH, key="k"):
    return api.post(f"/dossiers/{code}/receipts", sent, who, key=key)


def fees(api, code, who="counter") -> dict:
    answer = api.get(f"/dossiers/{code}/fees", who)
    assert answer.status_code == 200, answer.content
    return answer.json()


def act(api, code, name, who="counter", number=None, **sent):
    number = number or fees(api, code)["receipts"][0]["receipt"]
    key = sent.pop("key", f"{name}-{who}")
    return api.post(
        f"/dossiers/{code}/receipts/{number}/{name}", {"reason": "Nhầm", **sent}, who, key=key
    )


def test_what_is_owed_is_told_with_what_the_counter_must_state(api, code):
    told = fees(api, code)
    assert [(one["fee"], one["each"], one["times"], one["amount"]) for one in told["owed"]] == [
        ("copy", 8000, 2, 16_000),
        ("permit", None, 1, None),
    ]
    assert [one["key"] for one in told["owed"][0]["exemptions"]] == ["poor"]
    assert told["collects"]
    assert not fees(api, code, "unit_head")["collects"]


def test_fees_are_taken_once_and_a_repeat_gives_the_first_answer(api, code):
    first, again = take(api, code), take(api, code)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (again.json(), again["Idempotency-Replayed"]) == (first.json(), "true")
    told = fees(api, code)
    assert told["paid"] == 66_000
    assert [one["settled"] for one in told["owed"]] == [True, True]
    assert told["receipts"][0]["number"].startswith("0000001/")
    assert [*check_till()] == []


@pytest.mark.parametrize(
    ("who", "fee", "status", "reason"),
    [
        ("unit_head", {"fee": "copy"}, 403, "till.not_the_till"),
        ("counter", {"fee": "shoe"}, 422, "fees.not_owed"),
        ("counter", {"fee": "permit"}, 422, "fees.amount_missing"),
        ("counter", {"fee": "copy", "each": 1}, 422, "fees.amount_fixed"),
        ("counter", {"fee": "copy", "exempt": "rich"}, 422, "fees.not_exempt"),
        ("counter", {"fee": "permit", "each": 0}, 422, "input.invalid"),
        ("police", {"fee": "copy"}, 404, "dossiers.not_found"),
        (None, {"fee": "copy"}, 401, "api.sign_in"),
    ],
)
def test_what_may_not_be_taken_is_refused_by_name(api, code, who, fee, status, reason):
    sent = {"fees": [fee], "method": "cash"}
    told = error(take(api, code, who, sent), status)
    assert told["code"] == reason or told["fields"]
    assert not Receipt.objects.exists()


def test_a_key_needs_the_scope_till(api, code):
    others = api.key("counter", "read", "move", "file", "sign", "staff", "rate")
    answer = api.post(f"/dossiers/{code}/receipts", BOTH, **others)
    assert error(answer, 403)["code"] == "api.scope_missing"


def test_another_body_under_the_same_key_is_refused(api, code):
    take(api, code)
    other = take(api, code, sent={**BOTH, "method": "transfer"})
    assert error(other, 409)["code"] == "idempotency.key_reused"


def test_a_receipt_is_voided_once_and_the_fee_is_owed_again(api, code):
    take(api, code)
    first, again = (act(api, code, "void") for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    assert error(act(api, code, "void", key="other"), 409)["code"] == "till.receipt_gone"
    told = fees(api, code)
    assert (told["paid"], told["receipts"][0]["state"]) == (0, "voided")
    assert take(api, code, key="anew").status_code == 201


def test_a_receipt_is_paid_back_in_whole(api, code):
    take(api, code)
    assert act(api, code, "repayment", method="transfer").status_code == 200
    assert fees(api, code)["receipts"][0]["state"] == "repaid"
    assert [*check_till()] == []


def test_voiding_is_refused_to_others_without_reason_and_for_no_receipt(api, code):
    take(api, code)
    assert error(act(api, code, "void", "unit_head"), 403)["code"] == "till.not_the_till"
    assert error(act(api, code, "void", reason=" "), 422)["code"] == "till.reason_missing"
    assert error(act(api, code, "void", number=999, key="n"), 404)["code"] == "till.receipt_unknown"


def test_the_takings_of_a_day_are_the_sums_of_its_rows(api, code):
    take(api, code)
    told = api.get("/takings?agency=H26.12&on=2026-11-02", "counter").json()
    assert (told["total"], told["cash"], told["transfer"]) == (66_000, 66_000, 0)
    assert [row["code"] for row in told["items"]] == [code]
    assert api.get("/takings?on=2026-11-03", "counter").json()["items"] == []
    assert error(api.get("/takings", "specialist"), 403)["code"] == "till.not_the_till"


@pytest.mark.parametrize("day", ["0", "2026-02-30", "hôm nay"])
def test_a_day_is_written_as_the_description_says(api, code, day):
    assert "on" in error(api.get(f"/takings?on={day}", "counter"), 422)["fields"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_time_brought_nothing(api, code, day):
    assert api.get(f"/takings?on={day}", "counter").json()["total"] == 0
