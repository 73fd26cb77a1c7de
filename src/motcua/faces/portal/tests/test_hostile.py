"""Hostile and broken input: a named error, and nothing changed."""

from __future__ import annotations

import unicodedata

import pytest
from django.core import signing
from django.test import Client

from motcua.core.dossiers.models import Dossier
from motcua.faces.portal.tests.conftest import POSTAL, pdf

URL = f"/thu-tuc/{POSTAL}/nop"


def send(client, answers, **changes):
    names = {"name": "applicant.name", "day": "fields.licence_date.day"}
    return client.post(
        URL, {**answers, **{names[k]: v for k, v in changes.items()}, "do": "submit"}
    )


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
    shown = client.post(URL, {**full, "applicant.name": "<b>x</b>", "do": "check"}).content
    assert b"<b>x</b>" not in shown


def test_a_form_without_its_token_changes_nothing(full):
    page = Client(enforce_csrf_checks=True).post(URL, {**full, "do": "submit"})
    assert page.status_code == 403
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    "reference",
    ["", "x:y:z", signing.dumps(["request", "0" * 64, 1, "application/pdf", "a"], salt="other")],
)
def test_a_reference_to_a_file_cannot_be_made_up(full, client, reference):
    page = client.post(URL, {**full, "kept.evidence.request": reference, "do": "submit"})
    assert page.status_code == 422
    assert "không còn dùng được" in page.content.decode()


def test_a_reference_serves_its_own_paper_only(full, client):
    told = ["accounts", "0" * 64, 1, "application/pdf", "a"]
    forged = signing.dumps(told, salt="motcua.upload")
    page = client.post(URL, {**full, "kept.evidence.request": forged, "do": "submit"})
    assert page.status_code == 422


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf("a.pdf", b"MZ not a paper"), "Chỉ nhận tệp"),
        (pdf("a.pdf", b""), "Tệp không có nội dung"),
    ],
)
def test_a_file_of_the_wrong_kind_is_told_at_its_box(form, client, file, words):
    page = client.post(URL, {**form, "evidence.request": file, "do": "check"})
    assert page.status_code == 422
    assert words in page.content.decode()


def test_a_file_that_is_too_large_is_refused(form, client, settings):
    settings.MOTCUA_MAX_UPLOAD_BYTES = 1024 * 1024
    big = pdf("a.pdf", b"%PDF-" + b"0" * 1024 * 1024)
    page = client.post(URL, {**form, "evidence.request": big, "do": "check"})
    assert page.status_code == 422
    assert "lớn hơn 1 MB" in page.content.decode()


def test_a_form_that_is_too_large_as_a_whole_is_not_even_read(form, client, settings):
    settings.MOTCUA_MAX_BODY_BYTES = 1000
    many = [pdf("a.pdf", b"%PDF-" + b"0" * 600), pdf("b.pdf", b"%PDF-" + b"0" * 600)]
    page = client.post(URL, {**form, "evidence.request": many, "do": "check"})
    assert page.status_code == 413
    assert "tối đa 1000 byte" in page.content.decode()
    assert not hasattr(page.wsgi_request, "_post")


def test_a_key_of_the_wrong_length_is_refused(full, client):
    assert client.post(URL, {**full, "key": "x" * 81, "do": "submit"}).status_code == 422
    assert Dossier.objects.count() == 0


def test_a_key_with_nul_is_only_a_key(full, client, clock):
    assert client.post(URL, {**full, "key": "\x00a", "do": "submit"}).status_code == 302


@pytest.mark.parametrize("url", ["/thu-tuc/a%00", "/ho-so/a%00b", "/da-nop/%00"])
def test_an_address_with_nul_leads_nowhere(world, client, url):
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("code", ["9.999999", "../../etc", "%00", "<script>"])
def test_an_unknown_procedure_is_named(world, client, code):
    assert client.get(f"/thu-tuc/{code}/nop").status_code == 404


def test_too_many_fields_end_on_a_plain_page(world, client):
    page = client.post(URL, {f"x{n}": "1" for n in range(2100)})
    assert page.status_code == 400
    assert "Yêu cầu này không đọc được" in page.content.decode()
