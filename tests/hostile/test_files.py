"""Files that lie about themselves: polyglots, bombs and names, at the door and when handed out."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.files.models import Evidence
from motcua.core.files.store import keep, path_of
from motcua.core.people.models import Account
from motcua.faces.ui.uploads import _name

SCRIPT = b"<script>alert(1)</script>"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path / "files"


@pytest.fixture
def officer(world) -> Client:
    client = Client()
    account = Account(username="can.bo", officer_id=world.officer_id("counter"))
    account.save()
    client.force_login(account)
    return client


def archive(name: str, content: bytes, *, times: int = 1) -> bytes:
    """A zip archive, in a zip archive, and so on."""
    for _ in range(times):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(name, content)
        content = whole.getvalue()
    return content


@pytest.mark.parametrize(
    "content",
    [
        SCRIPT,
        LAUGHS,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a" + SCRIPT,
        b"MZ\x90\x00",
        b"\x7fELF",
        b"#!/bin/sh\n",
        b"Rar!\x1a\x07",
        gzip.compress(b"0" * 1000),
        archive("evil.exe", b"MZ"),
        archive("../../etc/passwd", b"root"),
        archive("nested.zip", b"0" * 1_000_000, times=5),
        b" %PDF-1.7",
        b"\xef\xbb\xbf%PDF-1.7",
    ],
    ids=lambda content: ascii(content[:4]),
)
def test_what_is_no_paper_is_refused_by_its_first_bytes(db, content):
    with refused("files.type_unknown"):
        keep([content])


def test_a_bomb_is_kept_as_small_as_it_came_and_never_unpacked(db):
    """Nothing here opens what was handed in; a document that would fill a disk stays a few KB."""
    bomb = archive("word/document.xml", b"0" * 50_000_000)
    stored = keep([bomb])
    assert stored.size == len(bomb) < 100_000
    assert path_of(stored.sha256).read_bytes() == bomb


@pytest.mark.parametrize(
    ("head", "down"),
    [
        (b"%PDF-1.7\n", True),
        (b"\xff\xd8\xff\xe0", False),
        (b"\x89PNG\r\n\x1a\n", False),
        (archive("word/a.xml", b"x"), True),
    ],
    ids=["pdf", "jpeg", "png", "docx"],
)
def test_what_was_handed_in_is_handed_down_in_a_sandbox(world, officer, head, down):
    stored = keep([head + SCRIPT])
    done = world.file(evidence=(Handed("request", stored, name="a.html"),))
    number = Evidence.objects.get(dossier_id=done.dossier_id).pk
    code = world.move(done, "counter", "receive").code
    response = officer.get(f"/ban/ho-so/{code}/tep/{number}")
    if response.status_code == 404:  # numbered within the dossier
        response = officer.get(f"/ban/ho-so/{code}/tep/1")
    assert b"".join(response.streaming_content) == head + SCRIPT
    response.close()
    assert response["Content-Type"] == stored.media_type
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert response.get("Content-Disposition", "").startswith("attachment") is down


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\x\\giấy.pdf", "giấy.pdf"),
        ("a\x00.pdf", "request"),
        ("a\u202egpj.exe", "request"),
        ("a\r\nSet-Cookie: x.pdf", "request"),
        ("CON", "CON"),
        ("", "request"),
        ("/", "request"),
    ],
    ids=ascii,
)
def test_a_name_is_only_a_name(given, kept):
    assert _name(given, "request") == kept


def test_a_long_name_keeps_its_end():
    assert _name("đ" * 5000 + ".pdf", "request").endswith("đ.pdf")
    assert len(_name("đ" * 5000 + ".pdf", "request")) <= 200


def test_a_form_of_a_thousand_files_is_refused(world):
    many = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(1000)]
    response = Client(raise_request_exception=False).post("/api/v1/files", {"file": many})
    assert response.status_code in {400, 413, 422}
