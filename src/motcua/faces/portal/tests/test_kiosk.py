"""Lấy số: a press gives a number, a prank ends, and others go on taking theirs."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.core.limits import strangers
from motcua.core.limits.rules import Rate
from motcua.core.queueing.models import Ticket
from motcua.faces.portal.views import queueing


@pytest.fixture
def kiosk(world, clock, monkeypatch) -> str:
    """Give the address of the department's kiosk, on a day when one address gets two numbers."""
    monkeypatch.setattr(queueing, "now", clock)
    monkeypatch.setattr(strangers, "NUMBERS", Rate("strangers.numbers", 2, 3600))
    return f"/lay-so/{world.department.code}"


def press(kiosk: str, key: str, address: str = "192.0.2.1") -> int:
    client = Client(REMOTE_ADDR=address)
    return client.post(kiosk, {"key": key}).status_code


def test_each_press_gives_a_number_and_the_same_press_no_second_one(kiosk, client):
    assert [press(kiosk, "a"), press(kiosk, "a")] == [302, 302]
    assert Ticket.objects.count() == 1
    assert client.get(f"{kiosk}/1").status_code == 200


def test_one_address_cannot_fill_a_waiting_room(kiosk):
    assert [press(kiosk, key) for key in "abcd"] == [302, 302, 429, 429]
    assert press(kiosk, "e", address="192.0.2.2") == 302
    assert Ticket.objects.count() == 3
