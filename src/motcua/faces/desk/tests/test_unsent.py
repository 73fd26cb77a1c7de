"""What an officer typed is offered again when the form opens, and gone once it was sent."""

from __future__ import annotations

import json
import re

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.drafts.models import Draft
from motcua.faces.desk import doors
from motcua.faces.desk.tests.test_intake import GOOD, PATH
from motcua.faces.ui import views

WORDS = [["reason", "Thiếu bản sao"], ["promised", "30/11/2026"]]


@pytest.fixture
def at_work(desk):
    desk.done = desk.received()
    desk.client = desk.as_("specialist")
    desk.page = f"/ban/ho-so/{desk.done.code}/supplement"
    return desk


def form_of(page):
    return re.search(r'data-form="([^"]+)"', page.content.decode())[1]


def put(at_work, told=WORDS, client=None, **more):
    form = form_of(at_work.client.get(at_work.page))
    body = {"form": form, "key": "k1", "told": json.dumps(told), **more}
    return (client or at_work.client).post("/ban/nhap", body)


def test_a_form_offers_its_draft_from_anywhere(at_work):
    assert put(at_work).json()["saved"].endswith("02/11/2026")
    page = at_work.get("specialist", at_work.page).content.decode()
    assert "Có bản nháp lúc" in page
    assert "Thiếu bản sao" not in page
    page = at_work.get("specialist", f"{at_work.page}?nhap=1").content.decode()
    assert "Thiếu bản sao" in page
    assert "Đã điền lại bản nháp" in page


def test_a_colleague_is_offered_nothing(at_work):
    put(at_work)
    assert "bản nháp" not in at_work.get("second", at_work.page).content.decode()


def test_a_draft_is_dropped_and_leads_back(at_work):
    put(at_work)
    gone = put(at_work, do="drop", next=at_work.page)
    assert gone.headers["Location"] == at_work.page
    assert not Draft.objects.exists()
    put(at_work)
    assert put(at_work, do="drop", next="https://example.org/").headers["Location"] == "/ban/viec"


def test_the_act_ends_the_draft_and_what_was_still_on_its_way(at_work):
    put(at_work)
    sent = {"key": "k1", "revision": at_work.done.revision, "reason": "Thiếu bản sao"}
    assert at_work.client.post(at_work.page, sent).status_code == 302
    late = {"form": f"ho-so/{at_work.done.lookup}/supplement/", "key": "k1", "told": "[]"}
    assert at_work.client.post("/ban/nhap", late).json()["stamp"] == ""
    assert not Draft.objects.filter(dossier_id=None).exists()


def test_a_refused_act_leaves_the_draft(at_work):
    put(at_work)
    assert at_work.client.post(at_work.page, {"key": "k1", "revision": 0}).status_code == 409
    assert Draft.objects.filter(dossier_id=None).count() == 1


def test_signing_out_wipes_it(at_work, monkeypatch):
    monkeypatch.setattr(views, "now", doors.now)
    put(at_work)
    at_work.client.post("/dang-xuat")
    assert not Draft.objects.exists()


def test_what_is_taken_in_ends_its_draft(desk):
    client = desk.as_("counter")
    page = PATH
    told = [["applicant.name", "Trần Thị Bích"], ["find", ""]]
    body = {"form": form_of(client.get(page)), "key": "k1", "told": json.dumps(told)}
    client.post("/ban/nhap", body)
    filled = client.get(f"{page}?nhap=1")
    assert "Trần Thị Bích" in filled.content.decode()
    assert client.post(page, {**GOOD, "key": "k1"}).status_code == 302
    assert Draft.objects.get().dossier_id == Dossier.objects.get().pk


@pytest.mark.parametrize("told", ["", "{", "1", '[["a"]]', '[["a", 1]]', "[1]"])
def test_what_is_no_form_is_refused(at_work, told):
    body = {"form": "ho-so/x", "key": "k1", "told": told}
    assert at_work.client.post("/ban/nhap", body).status_code == 400


def test_nobody_else_keeps_anything(at_work, client):
    assert put(at_work, client=client).status_code == 401
    assert put(at_work, account="987654").status_code == 409
    assert client.get("/ban/phien").status_code == 401
    assert not Draft.objects.exists()


def test_a_session_tells_how_long_it_lasts(at_work, settings):
    settings.MOTCUA_SESSION_IDLE_MINUTES = 30
    assert at_work.client.get("/ban/phien").json() == {"seconds": 29 * 60}
    settings.MOTCUA_SESSION_IDLE_MINUTES = 60 * 24
    whole = settings.MOTCUA_SESSION_HOURS * 3600
    assert at_work.client.get("/ban/phien").json() == {"seconds": whole}
