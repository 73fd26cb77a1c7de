"""Photos of a phone in a draft: taken by what they are, shown upright, never lost."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from motcua.core.files import scanning
from motcua.core.files.scanning import ScannerSilent, VirusFound
from motcua.core.files.tests.test_pictures import HEIC, bomb, photo
from motcua.faces.portal.sheet import PAPERS
from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import PDF, POSTAL, pdf

PLACE = f"/thu-tuc/{POSTAL}/nop/{PAPERS}"


def choose(client, content, name="IMG_0412.HEIC"):
    file = SimpleUploadedFile(name, content)
    return walking.send(client, POSTAL, PAPERS, {"evidence.request": file})


def links(page) -> list[str]:
    parts = page.content.decode().split('src="')[1:]
    return [one.split('"')[0] for one in parts if one.startswith("/thu-tuc/")]


@pytest.mark.parametrize("content", [HEIC, photo(), photo("PNG")])
def test_a_photo_is_taken_whatever_its_name_says_and_shown(world, client, clock, content):
    (thumb,) = links(choose(client, content, "don.pdf"))
    for url in (thumb, thumb.removesuffix("/nho")):
        answer = client.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert Image.open(io.BytesIO(answer.getvalue())).format == "JPEG"


def test_nobody_else_is_shown_a_file_of_a_draft(world, client, clock):
    (thumb,) = links(choose(client, HEIC))
    for url in (thumb, thumb.removesuffix("/nho")):
        assert Client().get(url).status_code == 404
        assert client.get(url.replace(POSTAL, "1.003888")).status_code == 404


def test_a_document_is_handed_down_and_has_no_small_picture(world, client, clock):
    page = walking.send(client, POSTAL, PAPERS, {"evidence.request": pdf()})
    assert links(page) == []
    url = re.findall(r'href="(\S+/tep/\d+)"', page.content.decode())[0]
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.getvalue() == PDF
    assert client.get(f"{url}/nho").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff broken", "Không mở được ảnh này"),
        (bomb(60_000, 60_000), "quá nhiều điểm ảnh"),
        (b"GIF89a", "Chỉ nhận tệp"),
    ],
)
def test_what_cannot_be_shown_is_told_at_its_box(world, client, clock, content, words):
    page = choose(client, content, "a.jpg")
    assert page.status_code in {413, 415, 422}
    assert words in page.content.decode()
    assert links(client.get(PLACE)) == []


@pytest.mark.parametrize(
    ("refusal", "words"),
    [(VirusFound(found="Eicar"), "mã độc (Eicar)"), (ScannerSilent(), "Chưa kiểm tra được")],
)
def test_what_the_scanner_says_is_told_at_its_box(world, client, clock, refusal, words):
    def refuse(_path):
        raise refusal

    scanning.scan_with(refuse)
    try:
        page = choose(client, HEIC)
    finally:
        scanning.scan_with(None)
    assert words in page.content.decode()
    assert links(client.get(PLACE)) == []
