"""A citizen whose session ends in the midst of a form loses nothing of either draft."""

from __future__ import annotations

import pytest

from motcua.core.accounts import phones
from motcua.core.accounts.models import Session
from motcua.core.drafts.models import Draft
from motcua.core.limits.rules import Rate
from motcua.faces.portal.sheet import WHERE, WHO
from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import POSTAL
from motcua.faces.portal.tests.test_accounts import sign_in

URL = f"/thu-tuc/{POSTAL}/nop"
TASKS = "Gộp hai bản nháp"


@pytest.fixture
def half_way(client, clock, form, monkeypatch):
    """Somebody who sent one part signed in, and the next when the session was over."""
    monkeypatch.setattr(phones, "AGAIN", Rate("test.again", 100, 30))
    sign_in(client)
    walking.send(client, POSTAL, WHERE, form)
    Session.objects.update(ended_at=clock())
    walking.send(client, POSTAL, WHO, form)
    return client


def page(client, path=URL) -> str:
    return client.get(path).content.decode()


def test_it_is_said_and_leads_back(half_way):
    told = page(half_way, f"{URL}/{WHO}")
    assert "Phiên đăng nhập của bạn đã hết" in told
    assert f"/dang-nhap/dien-thoai?next={URL}/{WHO}" in told
    assert sign_in(half_way, aim=f"{URL}/{WHO}").headers["Location"] == f"{URL}/{WHO}"
    assert "Phiên đăng nhập của bạn đã hết" not in page(half_way)


def test_after_signing_in_both_are_one_when_asked(half_way):
    sign_in(half_way)
    assert TASKS in page(half_way)
    assert half_way.post(URL, {"do": "merge"}).headers["Location"] == URL
    told = page(half_way)
    assert TASKS not in told
    assert "Đã gộp hai bản nháp" in told
    assert 'value="Nguyễn Trường Đạt"' in page(half_way, f"{URL}/{WHO}")
    assert Draft.objects.get().account_id is not None


def test_the_draft_of_a_stranger_at_the_same_computer_is_dropped(half_way):
    sign_in(half_way)
    half_way.post(URL, {"do": "drop-beside"})
    assert TASKS not in page(half_way)
    assert 'value="Nguyễn Trường Đạt"' not in page(half_way, f"{URL}/{WHO}")


@pytest.mark.parametrize("wish", ["merge", "drop-beside"])
def test_who_has_no_two_drafts_is_led_on(client, clock, world, wish):
    assert client.post(URL, {"do": wish}).headers["Location"] == URL


def test_a_stranger_is_told_nothing_of_sessions(client, clock, world, form):
    walking.send(client, POSTAL, WHERE, form)
    told = page(client)
    assert "Phiên đăng nhập" not in told
    assert TASKS not in told
