"""A move that signs asks who is there, when the last proof is old; nothing typed is lost."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from motcua.core.accounts.factors import add_totp, new_secret
from motcua.core.accounts.models import SignIn
from motcua.core.accounts.rules import code_at, step_of
from motcua.core.accounts.tests.doors import KEEPER, account_of, signed_in
from motcua.core.dossiers.models import Dossier, Remark
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.limits.guesses import MOST_WRONG

NOW = MONDAY + datetime.timedelta(hours=30)


class Leader:
    """A head of agency who signed in some minutes ago, before a dossier to be issued."""

    def __init__(self, desk, minutes: int) -> None:
        self.done = desk.world.to("approve")
        desk.at(30)
        account = account_of("leader", desk.world.officer_id("leader"))
        self._secret = new_secret()
        add_totp(actor=KEEPER, at=MONDAY, account=account, name="x", secret=self._secret)
        since = NOW - datetime.timedelta(minutes=minutes)
        self._browser = signed_in(Client(), account, at=since)

    @property
    def address(self) -> str:
        return f"/ban/ho-so/{self.done.code}/issue"

    def sees(self):
        return self._browser.get(self.address)

    def issues(self, **sent):
        told = {"key": "k", "revision": self.done.revision, **sent}
        return self._browser.post(self.address, told)

    def code(self) -> str:
        return code_at(self._secret, step_of(NOW))


def step() -> str:
    return Dossier.objects.get().step


def test_a_fresh_proof_signs_at_once(desk):
    leader = Leader(desk, minutes=14)
    assert not leader.sees().context["asks_for_proof"]
    assert leader.issues().status_code == 302
    assert step() == "hand_back"


def test_an_old_proof_is_asked_for_again_and_then_serves(desk):
    leader = Leader(desk, minutes=15)
    assert 'name="proof"' in leader.sees().content.decode()
    assert leader.issues(proof=leader.code(), reason="Đồng ý cấp.").status_code == 302
    assert step() == "hand_back"
    assert not Leader.sees(leader).context.get("asks_for_proof")
    assert SignIn.objects.filter(what="proved", by="totp").count() == 1


@pytest.mark.parametrize("proof", ["", "000000"])
def test_without_the_code_nothing_is_signed_and_nothing_typed_is_lost(desk, proof):
    leader = Leader(desk, minutes=15)
    page = leader.issues(proof=proof, reason="Đồng ý cấp.")
    assert page.status_code == 422
    assert [fault.target for fault in page.context["errors"]] == ["box-proof"]
    assert "Đồng ý cấp." in page.content.decode()
    assert step() == "approve"
    assert not Remark.objects.filter(text="Đồng ý cấp.").exists()


def test_guessing_the_code_is_stopped(desk):
    leader = Leader(desk, minutes=15)
    for _ in range(MOST_WRONG):
        leader.issues(proof="000000")
    assert leader.issues(proof=leader.code()).status_code == 422
    assert step() == "approve"


def test_what_does_not_sign_asks_for_nothing(desk):
    done = desk.received()
    desk.at(4)
    account = account_of("specialist", desk.world.officer_id("specialist"))
    browser = signed_in(Client(), account, at=MONDAY + datetime.timedelta(hours=3.5))
    sent = {"key": "k", "revision": done.revision}
    assert browser.post(f"/ban/ho-so/{done.code}/submit", sent).status_code == 302
