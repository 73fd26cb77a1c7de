"""The till's pages: fees are taken, voided and paid back on them, and a day adds up."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from motcua.core.access.models import Read
from motcua.core.dossiers.tests import world as made_up
from motcua.core.dossiers.tests.world import declaration, publish
from motcua.core.fees.models import Receipt
from motcua.core.procedures.declaration import Exemption, FeeRule

CODE = "9.000007"


@pytest.fixture
def done(desk):
    name = made_up._text("Lệ phí thử")
    shown = Exemption("poor", made_up._text("Hộ nghèo"), None, None)
    fee = FeeRule("fee", name, None, name, None, None, exempt=(shown,))
    publish(replace(declaration(CODE), fees=(fee,)))
    return desk.world.take_in(procedure=CODE)


def post(desk, done, who="counter", **sent):
    told = {"do": "take", "key": "k1", "fee": "fee", "fee.each": "5000", "fee.times": "3"}
    return desk.as_(who).post(f"/ban/thu-phi/{done.code}", {**told, **sent})


def test_a_receipt_is_made_on_the_page_and_shown_there(desk, done):
    assert post(desk, done).status_code == 302
    page = desk.get("counter", f"/ban/thu-phi/{done.code}").content.decode()
    assert "0000001/2026" in page
    assert "15.000" in page


def test_a_page_sent_twice_takes_once(desk, done):
    assert [post(desk, done).status_code for _ in range(2)] == [302, 302]
    assert Receipt.objects.count() == 1


@pytest.mark.parametrize("sent", [{"fee.each": ""}, {"fee.times": "x"}, {"fee": ""}])
def test_what_is_wrong_is_told_and_kept_on_the_form(desk, done, sent):
    answer = post(desk, done, **{"fee.each": "7000", **sent})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Receipt.objects.exists()


def test_other_posts_see_the_fees_without_buttons_and_cannot_take(desk, done):
    page = desk.get("unit_head", f"/ban/thu-phi/{done.code}").content.decode()
    assert "Thu và lập biên lai" not in page
    assert post(desk, done, who="unit_head").status_code == 422
    assert not Receipt.objects.exists()


def test_who_may_not_see_the_dossier_finds_no_page(desk, done):
    assert desk.get("other_head", f"/ban/thu-phi/{done.code}").status_code == 404


def test_voiding_asks_for_a_reason(desk, done):
    post(desk, done)
    receipt = Receipt.objects.get().pk
    without = post(desk, done, do="void", receipt=receipt, key="v1", reason="")
    assert without.status_code == 422
    assert post(desk, done, do="void", receipt=receipt, key="v2", reason="Nhầm").status_code == 302
    assert Receipt.objects.get().voided_seq is not None


def test_the_day_lists_its_rows_and_their_sum(desk, done):
    post(desk, done)
    answer = desk.get("counter", "/ban/thu-phi?ngay=2026-11-02")
    assert answer.context["takings"].total == 15_000
    assert answer.context["on"] == datetime.date(2026, 11, 2)
    assert done.code in answer.content.decode()
    empty = desk.get("counter", "/ban/thu-phi?ngay=không")
    assert empty.status_code == 200


def test_the_day_goes_out_as_it_stands_there(desk, done):
    post(desk, done)
    page = desk.get("counter", "/ban/thu-phi?ngay=2026-11-02").content.decode()
    assert "/ban/thu-phi/xuat?ngay=2026-11-02&amp;dang=xlsx" in page
    answer = desk.get("counter", "/ban/thu-phi/xuat?ngay=2026-11-02&dang=xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    _heads, row = book.get_sheet_by_index(0).to_python()
    assert (row[0], row[2], row[4]) == ("0000001/2026", done.code, 15_000)
    assert isinstance(row[1], datetime.datetime)
    assert Read.objects.get(what="takings.xlsx").count == 1
    assert desk.get("other_specialist", "/ban/thu-phi/xuat?dang=csv").status_code == 403


def test_a_day_is_for_the_house_itself(desk, done):
    post(desk, done)
    agency = desk.world.department.pk
    answer = desk.get("other_specialist", f"/ban/thu-phi?co-quan={agency}")
    assert answer.status_code == 403


def test_the_dossier_leads_to_its_fees_and_names_the_act(desk, done):
    post(desk, done)
    page = desk.get("counter", f"/ban/ho-so/{done.code}").content.decode()
    assert f"/ban/thu-phi/{done.code}" in page
    assert "Thu phí, lệ phí" in page
    assert "Biên lai thu phí, lệ phí" in page
