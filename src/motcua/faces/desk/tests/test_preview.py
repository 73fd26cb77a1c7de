"""A letter is looked at before it is sent: as it would be, marked, and nothing is recorded."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from motcua.core.documents.preview import NoLetter
from motcua.core.dossiers.models import Dossier, Paper, Remark
from motcua.core.exchange.models import Message
from motcua.core.jobs.models import Job
from motcua.core.ledger.models import Entry


def look(desk, done, name="supplement", who="specialist", **sent):
    told = {"revision": done.revision, "key": "look", **sent}
    return desk.as_(who).post(f"/ban/ho-so/{done.code}/{name}/xem-truoc", told)


def rows():
    one = Dossier.objects.get()
    counts = [kind.objects.count() for kind in (Paper, Remark, Message, Job)]
    return [one.revision, one.state, one.seq, Entry.objects.of(one.pk).count(), *counts]


def words(answer):
    pages = PdfReader(io.BytesIO(b"".join(answer))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_letter_stands_as_it_would_go_out_and_nothing_is_recorded(desk):
    done = desk.received()
    before = rows()
    answer = look(desk, done, reason="Thiếu bản sao giấy phép")
    assert answer.headers["Content-Type"] == "application/pdf"
    told = words(answer)
    assert "Thiếu bản sao giấy phép" in told
    assert "XEM TRƯỚC" in told
    assert rows() == before


def test_what_the_move_is_refused_for_the_look_is_too(desk):
    done = desk.received()
    before = rows()
    assert look(desk, done, reason="").context["code"] == "flow.reason_missing"
    assert look(desk, done, reason="x", revision="0").status_code == 409
    assert look(desk, done, "khong-co", reason="x").context["code"] == "flow.unknown_move"
    assert rows() == before


def test_a_move_without_a_letter_says_so(desk):
    assert look(desk, desk.received(), "submit").context["code"] == NoLetter.code


def test_who_may_not_make_the_move_sees_no_letter(desk):
    done = desk.received()
    assert look(desk, done, who="unit_head", reason="x").status_code == 403
    assert look(desk, done, who="other_head", reason="x").status_code == 404


@pytest.mark.parametrize(("name", "offered"), [("supplement", True), ("submit", False)])
def test_the_form_offers_a_look_where_a_letter_goes_out(desk, name, offered):
    done = desk.received()
    page = desk.get("specialist", f"/ban/ho-so/{done.code}/{name}").content.decode()
    assert ("Xem trước văn bản" in page) is offered
