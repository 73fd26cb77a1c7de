"""Hostile and broken input: a named error, and nothing changed."""

from __future__ import annotations

import unicodedata

import pytest
from django.test import Client

from motcua.core.dossiers.models import Dossier
from motcua.core.drafts.models import Draft
from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import POSTAL, pdf

URL = f"/thu-tuc/{POSTAL}/nop"


def send(client, answers, **changes):
    names = {"name": "applicant.name", "day": "fields.licence_date.day"}
    answers = {**answers, **{names[k]: v for k, v in changes.items()}}
    pages = [walking.send(client, POSTAL, part, answers) for part in walking.parts(POSTAL)]
    wrong = [page for page in pages if page.status_code != 302]
    return wrong[0] if wrong else walking.submit(client, POSTAL)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Nguyễn\x00Văn A"}, "ký tự điều khiển U+0000"),
        ({"name": "\u202eA"}, "U+202E"),
        ({"name": "A" * 201}, "tối đa 200"),
        ({"day": "30"}, "Không có ngày 30/2/2020"),
        ({"day": "hai"}, "Không đọc được ngày"),
        ({"day": ""}, "Không đọc được ngày"),
        ({"day": "٣" * 3}, "Không đọc được ngày"),
    ],
)
def test_broken_input_is_told_by_name(full, client, changes, words):
    page = send(client, full, **changes)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert Dossier.objects.count() == 0


def test_decomposed_letters_are_composed(full, client, clock):
    assert (
        send(client, full, name=unicodedata.normalize("NFD", "Nguyễn Trường Đạt")).status_code
        == 302
    )
    assert Dossier.objects.get().applicant.name == "Nguyễn Trường Đạt"


def test_html_in_a_name_is_text(full, client, clock):
    location = send(client, full, name='<img src=x onerror="alert(1)">')["Location"]
    page = client.get(location.replace("/da-nop/", "/ho-so/")).content
    assert b"<img src=x" not in page
    walking.send(client, POSTAL, "nguoi-nop", {**full, "applicant.name": "<b>x</b>"})
    shown = client.get(f"{URL}/nguoi-nop").content
    assert b"&lt;b&gt;x" in shown
    assert b"<b>x</b>" not in shown


def test_a_form_without_its_token_changes_nothing(full):
    for part in (*walking.parts(POSTAL), walking.CHECK):
        page = Client(enforce_csrf_checks=True).post(f"{URL}/{part}", full)
        assert page.status_code == 403
    assert Draft.objects.count() == 0
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf("a.pdf", b"MZ not a paper"), "Chỉ nhận tệp"),
        (pdf("a.pdf", b""), "Tệp không có nội dung"),
    ],
)
def test_a_file_of_the_wrong_kind_is_told_at_its_box(form, client, file, words):
    page = walking.send(client, POSTAL, "giay-to", {"evidence.request": file})
    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_file_that_is_too_large_is_refused(form, client, settings):
    settings.MOTCUA_MAX_UPLOAD_BYTES = 1024 * 1024
    big = pdf("a.pdf", b"%PDF-" + b"0" * 1024 * 1024)
    page = walking.send(client, POSTAL, "giay-to", {"evidence.request": big})
    assert page.status_code == 422
    assert "lớn hơn 1 MB" in page.content.decode()


def test_a_form_that_is_too_large_as_a_whole_is_not_even_read(form, client, settings):
    settings.MOTCUA_MAX_BODY_BYTES = 1000
    many = [pdf("a.pdf", b"%PDF-" + b"0" * 600), pdf("b.pdf", b"%PDF-" + b"0" * 600)]
    page = walking.send(client, POSTAL, "giay-to", {"evidence.request": many})
    assert page.status_code == 413
    assert "tối đa 1000 byte" in page.content.decode()
    assert not hasattr(page.wsgi_request, "_post")


@pytest.mark.parametrize("key", ["", "x" * 4000, "\x00a"])
def test_a_key_that_is_none_of_ours_files_nothing(full, client, clock, key):
    walking.fill(client, POSTAL, full)
    assert client.post(f"{URL}/kiem-tra", {"key": key}).status_code == 302
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize("cookie", ["", "x", "x" * 5000, "a" * 43, "\xe9" * 43])
def test_a_made_up_secret_opens_nothing(full, client, clock, cookie):
    walking.fill(client, POSTAL, full)
    client.cookies["draft"] = cookie
    assert client.get(URL)["Location"] == f"{URL}/noi-nhan"


@pytest.mark.parametrize("wish", ["drop-", "drop-x", "drop-999999999999999999999", "drop-\u0663"])
def test_a_file_that_is_none_is_not_taken_out(full, client, clock, wish):
    walking.fill(client, POSTAL, full)
    assert client.post(f"{URL}/giay-to", {"do": wish}).status_code == 302
    assert "don.pdf" in client.get(f"{URL}/kiem-tra").content.decode()


def test_answers_beyond_any_form_are_told_and_shown_again(form, client, clock):
    walking.send(client, POSTAL, "nguoi-nop", form)
    page = walking.send(
        client, POSTAL, "noi-dung-services", {**form, "fields.services": "x" * 70_000}
    )
    assert page.status_code == 422
    assert "tối đa 64 KB" in page.content.decode()


@pytest.mark.parametrize("url", ["/thu-tuc/a%00", "/ho-so/a%00b", "/da-nop/%00"])
def test_an_address_with_nul_leads_nowhere(world, client, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("code", ["9.999999", "../../etc", "%00", "<script>"])
def test_an_unknown_procedure_is_named(world, client, code):
    assert client.get(f"/thu-tuc/{code}/nop").status_code == 404


def test_too_many_fields_end_on_a_plain_page(world, client):
    page = client.post(f"{URL}/noi-dung", {f"x{n}": "1" for n in range(2100)})
    assert page.status_code == 400
    assert "Yêu cầu này không đọc được" in page.content.decode()
