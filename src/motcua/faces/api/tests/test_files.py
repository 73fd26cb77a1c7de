"""Evidence files: stored, attached by those who uploaded them, never by guessing."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.files.models import Evidence
from motcua.faces.api.tests.conftest import error

PDF = b"%PDF-1.7 made up"


def upload(api, content=PDF, kind="application/pdf", who=None):
    return api.client.post("/api/v1/files", content, kind, headers=api.key(who))


def paper(file_id):
    return [{"component": "request", "file_id": file_id}]


def test_raw_bytes_are_stored(api):
    told = upload(api)
    assert told.status_code == 201
    assert told.json()["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (told.json()["size"], told.json()["media_type"]) == (len(PDF), "application/pdf")


def test_a_form_file_is_stored(api):
    sent = {"file": SimpleUploadedFile("don.pdf", PDF)}
    assert api.client.post("/api/v1/files", sent).json()["size"] == len(PDF)


def test_a_stored_file_is_attached(api):
    lookup = api.file(evidence=paper(upload(api).json()["file_id"]))["lookup"]
    told = api.get(f"/dossiers/{lookup}", "counter").json()["evidence"]
    assert told[0]["file"]["sha256"] == hashlib.sha256(PDF).hexdigest()


def test_a_file_uploaded_before_signing_in_is_ones_own(api):
    api.file(who="counter", channel="counter", evidence=paper(upload(api).json()["file_id"]))
    assert Evidence.objects.get().file is not None


@pytest.mark.parametrize("who", [None, "leader"])
def test_nobody_attaches_the_file_of_another(api, who):
    theirs = upload(api, who="counter").json()["file_id"]
    told = error(api.post("/dossiers", api.filing(evidence=paper(theirs)), who), 422)
    assert told["fields"]["evidence.0.file_id"]["code"] == "api.file_id"


@pytest.mark.parametrize("guess", ["", "x", "a:b:c", hashlib.sha256(PDF).hexdigest()])
def test_a_guessed_id_attaches_nothing(api, guess):
    upload(api)
    told = error(api.post("/dossiers", api.filing(evidence=paper(guess))), 422)
    assert told["fields"].keys() == {"evidence.0.file_id"}


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        (b"<html>", "application/pdf", 415, "files.type_unknown"),
        (PDF, "text/html", 415, "api.media_type"),
        (b"{}", "application/json", 415, "api.media_type"),
        (b"x", "multipart/form-data", 400, "api.request_broken"),
        (b"--b--\r\n", "multipart/form-data; boundary=b", 422, "api.file_missing"),
    ],
)
def test_what_is_no_evidence_file_is_refused(api, content, kind, status, code):
    assert error(upload(api, content, kind), status)["code"] == code


def test_an_empty_file_is_refused(api):
    sent = {"file": SimpleUploadedFile("don.pdf", b"")}
    assert error(api.client.post("/api/v1/files", sent), 422)["code"] == "files.empty"


def test_a_file_over_the_limit_is_refused(api, settings):
    settings.MOTCUA_MAX_UPLOAD_BYTES = 1000
    assert error(upload(api, PDF * 100), 413)["code"] == "files.too_large"
    assert error(upload(api, PDF * 10_000), 413)["code"] == "api.body_too_large"
