"""The counter's queue in a browser: take, call, miss, call again; a screen that names nobody."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.queueing.models import Ticket
from motcua.faces.portal.views import queueing
from motcua.faces.ui.tests.pages import faults

CODE = "H26.12"
PATH = "/ban/hang-cho"


@pytest.fixture
def counter(desk, monkeypatch):
    """Give the desk with two people waiting."""
    monkeypatch.setattr(queueing, "now", lambda: MONDAY + datetime.timedelta(hours=1))
    for key in ("one", "two"):
        Client().post(f"/lay-so/{CODE}", {"key": key})
    return desk


def press(desk, do, **sent):
    told = {"do": do, "window": "3", **sent}
    return desk.as_("counter").post(PATH, told, follow=True)


def text(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_a_number_is_taken_without_a_name(counter):
    answer = Client().post(f"/lay-so/{CODE}", {"key": "three"}, follow=True)
    assert answer.redirect_chain == [(f"/lay-so/{CODE}/3", 302)]
    assert "Trước bạn còn 2 người" in re.sub(r"\s+", " ", text(answer))
    assert faults(answer) == []


def test_calling_shows_the_number_on_the_screen(counter):
    page = press(counter, "next")
    assert "Đã gọi số 1." in text(page)
    screen = Client().get(f"/man-hinh/{CODE}")
    assert screen.context["board"].called == ((1, "3"),)
    assert screen.headers["Refresh"] == "5"
    assert faults(screen) == []
    assert "quầy 3" in re.sub(r"\s+", " ", text(Client().get(f"/lay-so/{CODE}/1")))


def test_the_counter_keeps_its_window(counter):
    officer = counter.as_("counter")
    officer.post(PATH, {"do": "next", "window": "3"})
    assert officer.get(PATH).context["window"].value == "3"


def test_a_press_too_many_says_so_and_calls_nobody(counter):
    press(counter, "next")
    assert "đã đổi" in text(press(counter, "next"))
    assert Ticket.objects.filter(state="waiting").count() == 1


def test_a_missed_number_is_offered_again(counter):
    press(counter, "next")
    page = press(counter, "miss", number="1")
    assert page.context["queue"].missed == (1,)
    assert "Đã gọi lại số 1." in text(press(counter, "recall", number="1"))


def test_without_a_window_nobody_is_called(counter):
    answer = counter.as_("counter").post(PATH, {"do": "next", "window": ""})
    assert (answer.status_code, bool(answer.context["window"].error)) == (422, True)
    assert Ticket.objects.filter(state="called").count() == 0


@pytest.mark.parametrize("sent", [{"do": "miss", "number": "x"}, {"do": "serve", "number": "99"}])
def test_nonsense_changes_nothing(counter, sent):
    assert press(counter, **sent).status_code == 200
    assert set(Ticket.objects.values_list("state", flat=True)) == {"waiting"}


def test_who_sits_at_no_counter_is_refused(counter):
    assert counter.get("specialist", PATH).status_code == 403
    assert counter.as_("counter").get(f"{PATH}?co-quan=999").status_code == 403


def test_the_head_reads_the_waits(counter):
    press(counter, "next")
    (day,) = counter.get("unit_head", f"{PATH}/thoi-gian").context["days"]
    assert (day.taken, day.median_minutes) == (2, 60)
    assert counter.get("specialist", f"{PATH}/thoi-gian").status_code == 403


@pytest.mark.parametrize("path", ["lay-so/H26.99", "man-hinh/x", f"lay-so/{CODE}/77"])
def test_what_is_not_there_is_not_found(counter, path):
    assert Client().get(f"/{path}").status_code == 404
