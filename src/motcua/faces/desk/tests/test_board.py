"""Bàn điều hành: every count has its list; what is late says why; signing many at once."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from motcua.core.accounts.factors import add_totp, new_secret
from motcua.core.accounts.rules import code_at, step_of
from motcua.core.accounts.tests.doors import KEEPER, account_of, signed_in
from motcua.core.agencies.models import Absence
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.ui import signed

NOW = MONDAY + datetime.timedelta(hours=30)


def board(desk, who="unit_head"):
    return desk.get(who, "/ban/nhom").context["boards"][0]


def listed(desk, query, who="unit_head"):
    answer = desk.get(who, f"/ban/nhom/viec?{query}")
    return answer.context["listed"].total, [row.code for row in answer.context["rows"]]


def test_each_count_of_the_board_is_the_length_of_its_list(desk):
    for _ in range(2):
        desk.received()
    desk.received(officer_id=desk.world.officer_id("second"))
    desk.world.take_in()
    desk.at(24 * 30)
    found = board(desk)
    here = f"co-quan={desk.world.department.pk}"
    for one in found.members:
        for kind, count in (("", one.load.open), ("qua-han", one.load.late)):
            assert listed(desk, f"{here}&nguoi={one.id}&loai={kind}")[0] == count
    assert listed(desk, f"{here}&nguoi=0")[0] == found.unnamed.open == 1
    assert listed(desk, here)[0] == found.whole.open == 4
    assert listed(desk, f"{here}&loai=qua-han")[0] == found.whole.late == 4


def test_what_falls_due_this_week_is_counted_until_sunday(desk):
    desk.received()
    assert board(desk).whole.week == 0  # ten working days are left
    desk.at(24 * 8)
    assert board(desk).whole.week == 1


def test_a_late_dossier_names_the_step_that_ran_over(desk):
    done = desk.world.take_in()
    desk.world.move(
        done, "unit_head", "assign", hours=24 * 20, officer_id=desk.world.officer_id("specialist")
    )
    desk.at(24 * 21)
    (row,) = board(desk).late
    assert "Bước “assign”" in row.why
    assert row.code == done.code


def test_who_is_away_shows_with_who_stands_in(desk):
    Absence.objects.create(
        officer_id=desk.world.officer_id("specialist"),
        stand_in_id=desk.world.officer_id("second"),
        valid_from=MONDAY.date(),
        valid_to=MONDAY.date() + datetime.timedelta(days=2),
    )
    away = {one.name: one.away for one in board(desk).members}
    assert (away["specialist"], away["second"]) == ("Vắng mặt, second thay", "")
    desk.at(24 * 3)
    assert {one.away for one in board(desk).members} == {""}


@pytest.mark.parametrize(("who", "where"), [("specialist", "own"), ("unit_head", "other")])
def test_nobody_lists_the_work_of_an_agency_they_do_not_read(desk, who, where):
    there = desk.world.department if where == "own" else desk.world.city
    assert desk.get(who, f"/ban/nhom/viec?co-quan={there.pk}").status_code == 403


@pytest.mark.parametrize("query", ["loai=x&nguoi=-1&page=zz", f"nguoi={10**30}", "co-quan="])
def test_nonsense_in_the_address_breaks_nothing(desk, query):
    assert desk.get("unit_head", f"/ban/nhom/viec?{query}").status_code == 200


class Leader:
    """A head of agency before two dossiers to be issued, whose last proof is some minutes old."""

    def __init__(self, desk, minutes: int) -> None:
        self.waiting = [desk.world.to("approve") for _ in range(2)]
        desk.at(30)
        account = account_of("leader", desk.world.officer_id("leader"))
        self.secret = new_secret()
        add_totp(actor=KEEPER, at=MONDAY, account=account, name="x", secret=self.secret)
        since = NOW - datetime.timedelta(minutes=minutes)
        self.browser = signed_in(Client(), account, at=since)

    def form(self):
        page = self.browser.get("/ban/ky").context
        sent = {f"revision-{row.id}": row.revision for row in page["rows"]}
        sent |= {f"move-{row.id}": row.move for row in page["rows"]}
        return {"key": "k", "work": [row.id for row in page["rows"]], **sent}

    def signs(self, **sent):
        return self.browser.post("/ban/ky", {**self.form(), **sent})


def steps() -> list[str]:
    return list(Dossier.objects.order_by("id").values_list("step", flat=True))


def test_those_ticked_are_signed_each_by_itself(desk):
    leader = Leader(desk, minutes=1)
    sent = {**leader.form(), "work": leader.form()["work"][:1]}
    answer = leader.browser.post("/ban/ky", sent)
    assert [one.why_not for one in answer.context["outcomes"]] == [""]
    assert steps() == ["hand_back", "approve"]
    assert answer.context["listed"].total == 1


@pytest.mark.parametrize("minutes", [1, 20])
def test_a_form_sent_twice_signs_once_and_tells_the_same_twice(desk, minutes):
    leader = Leader(desk, minutes=minutes)
    sent = {**leader.form(), "proof": code_at(leader.secret, step_of(NOW))}
    first = leader.browser.post("/ban/ky", sent).context["outcomes"]
    again = leader.browser.post("/ban/ky", sent).context["outcomes"]
    assert [one.why_not for one in first] == ["", ""]
    assert again == first
    assert steps() == ["hand_back", "hand_back"]


def test_a_twin_whose_code_was_just_used_goes_on_with_that_proof(desk, monkeypatch):
    leader = Leader(desk, minutes=20)
    sent = {**leader.form(), "proof": code_at(leader.secret, step_of(NOW))}

    def after_the_twin(request, code, *, at):  # which proved and signed while this one was read
        monkeypatch.setattr(signed, "prove", prove)
        leader.browser.post("/ban/ky", sent)
        prove(request, code, at=at)

    prove = signed.prove
    monkeypatch.setattr(signed, "prove", after_the_twin)
    answer = leader.browser.post("/ban/ky", sent)
    assert [one.why_not for one in answer.context["outcomes"]] == ["", ""]
    assert steps() == ["hand_back", "hand_back"]


def test_what_was_never_ticked_or_is_not_theirs_to_see_is_left_alone(desk):
    leader = Leader(desk, minutes=1)
    for told in ("", "x", str(10**30), "999999"):
        answer = leader.browser.post("/ban/ky", {"key": "k", "work": [told]})
        assert (answer.status_code, answer.context["outcomes"]) == (200, [])


def test_an_old_proof_is_asked_for_once_for_all(desk):
    leader = Leader(desk, minutes=20)
    assert leader.browser.get("/ban/ky").context["asks_for_proof"]
    refused = leader.signs(proof="000000")
    assert (refused.status_code, steps()) == (422, ["approve", "approve"])
    answer = leader.signs(proof=code_at(leader.secret, step_of(NOW)))
    assert [one.why_not for one in answer.context["outcomes"]] == ["", ""]
    assert steps() == ["hand_back", "hand_back"]


def test_one_that_somebody_acted_on_since_is_not_signed(desk):
    leader = Leader(desk, minutes=1)
    sent = leader.form()
    sent[f"revision-{sent['work'][0]}"] = 1
    outcomes = leader.browser.post("/ban/ky", sent).context["outcomes"]
    assert [bool(one.why_not) for one in outcomes] == [True, False]
    assert sorted(steps()) == ["approve", "hand_back"]


def test_who_signs_nothing_sees_nothing_to_sign(desk):
    desk.world.to("approve")
    assert desk.get("specialist", "/ban/ky").context["rows"] == []
