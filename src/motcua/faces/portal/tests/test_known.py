"""Who is signed in is not asked what the house knows, and can always say otherwise."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.core.accounts import phones
from motcua.core.dossiers.models import Dossier
from motcua.core.drafts.models import Draft
from motcua.core.limits.rules import Rate
from motcua.faces.portal.sheet import WHAT, WHO
from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import POSTAL, pdf
from motcua.faces.portal.tests.test_accounts import sign_in
from motcua.faces.ui.tests.pages import faults

URL = f"/thu-tuc/{POSTAL}/nop"
ENTERPRISE = f"{WHAT}-enterprise"
NUMBER = "001088004242"


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    monkeypatch.setattr(phones, "AGAIN", Rate("test.again", 100, 30))


@pytest.fixture
def citizen(client, clock, full):
    """Somebody who has filed while signed in."""
    sign_in(client)
    assert walking.file(client, POSTAL, {**full, "applicant.number": NUMBER}).status_code == 302
    return client


def again(full):
    return {**full, "evidence.request": pdf(), "evidence.accounts": pdf("b.pdf")}


def asked(client, part=WHO) -> str:
    return client.get(f"{URL}/{part}").content.decode()


def test_a_stranger_is_asked_everything(world, client):
    page = asked(client)
    assert "applicant.name" in page
    assert "Thông tin sai?" not in page


def test_a_first_filer_is_not_asked_for_the_telephone_they_proved(world, client, clock):
    sign_in(client)
    page = asked(client)
    assert 'name="applicant.name"' in page
    assert 'name="applicant.phone"' not in page
    assert "+84912345678" in page


def test_what_is_known_is_shown_and_not_asked(citizen):
    page = citizen.get(f"{URL}/{WHO}")
    text = page.content.decode()
    assert faults(page) == []
    for name in ("name", "phone", "number", "kind", "tax_code"):
        assert f'name="applicant.{name}"' not in text
    assert ("Nguyễn Trường Đạt" in text, "001********242" in text) == (True, True)
    assert NUMBER not in text
    assert "Thông tin sai?" in text


def test_what_is_known_is_filed_whatever_the_form_sends(citizen, full):
    forged = {"applicant.name": "Kẻ Khác", "applicant.number": "001088009999"}
    assert walking.file(citizen, POSTAL, {**again(full), **forged}).status_code == 302
    first, second = Dossier.objects.order_by("id")
    assert second.applicant.name == "Nguyễn Trường Đạt"
    assert bytes(first.applicant.number_hash) == bytes(second.applicant.number_hash)


def test_who_files_for_another_is_asked_everything_and_can_turn_back(citizen, full):
    walking.send(citizen, POSTAL, WHO, {}, do="other")
    text = asked(citizen)
    assert 'name="applicant.name"' in text
    assert walking.file(citizen, POSTAL, {**again(full), "applicant.name": "Trần Thị Bình"})
    assert Dossier.objects.latest("id").applicant.name == "Trần Thị Bình"
    walking.send(citizen, POSTAL, WHO, {}, do="other")
    walking.send(citizen, POSTAL, WHO, {}, do="self")
    assert 'name="applicant.name"' not in asked(citizen)


def test_another_telephone_is_told_nothing(citizen, world):
    stranger = Client()
    sign_in(stranger, phone="0987654321")
    text = stranger.get(f"{URL}/{WHO}").content.decode()
    assert "Nguyễn Trường Đạt" not in text


def test_a_draft_of_an_account_opens_from_another_browser_after_signing_in(citizen, full):
    walking.send(citizen, POSTAL, ENTERPRISE, full)
    other = Client()
    assert other.get(URL)["Location"].endswith("/noi-nhan")
    sign_in(other)
    for page in ("/", "/ho-so-cua-toi", f"/thu-tuc/{POSTAL}"):
        assert "Làm tiếp" in other.get(page).content.decode()
    assert "Sông Hồng" in asked(other, ENTERPRISE)


def test_who_signs_out_leaves_no_draft_on_the_screen(citizen, full):
    walking.send(citizen, POSTAL, ENTERPRISE, full)
    citizen.post("/dang-xuat")
    assert "Sông Hồng" not in asked(citizen, ENTERPRISE)


def test_a_closed_account_leaves_no_draft(citizen, full):
    walking.send(citizen, POSTAL, ENTERPRISE, full)
    assert Draft.objects.filter(dossier_id=None).count() == 1
    citizen.post("/ho-so-cua-toi/tai-khoan/dong")
    assert Draft.objects.count() == 0
