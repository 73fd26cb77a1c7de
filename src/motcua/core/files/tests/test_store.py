"""Bytes lie under their hash, whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import io
import os
import zipfile

import pytest

from motcua.core.files.models import StoredFile
from motcua.core.files.store import FileTypeUnknown, keep, path_of, record, sweep
from motcua.core.sql import act

PDF = b"%PDF-1.7\n%%EOF"
AT = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)


def archive(first: str) -> bytes:
    """A zip archive, which is what documents of Word and Excel are."""
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as written:
        written.writestr(first, "x")
    return told.getvalue()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    return tmp_path


def files(folder) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_bytes_lie_under_their_hash(folder):
    stored = keep([PDF[:3], PDF[3:]])
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert path_of(stored.sha256).read_bytes() == PDF
    assert files(folder) == [stored.sha256]


def test_the_same_bytes_again_are_the_same_file(folder):
    assert keep([PDF]) == keep([PDF])
    assert len(files(folder)) == 1


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (archive("[Content_Types].xml"), "application/zip"),
        (archive("xl/workbook.xml"), "application/zip"),
    ],
)
def test_a_kind_is_known_by_its_first_bytes(head, media_type):
    assert keep([bytes([byte]) for byte in head + b"more"]).media_type == media_type


@pytest.mark.parametrize(
    "content", [b"#!/bin/sh", archive("setup.exe"), archive("META-INF/MANIFEST.MF"), b"PK\x03\x04"]
)
def test_a_refused_file_leaves_nothing(folder, content):
    with pytest.raises(FileTypeUnknown):
        keep([content])
    assert files(folder) == []


def test_only_what_broke_off_long_ago_is_swept(folder):
    kept = keep([PDF])
    (folder / "incoming" / "old").write_bytes(b"%PD")
    (folder / "incoming" / "new").write_bytes(b"%PD")
    now = AT.timestamp()
    os.utime(folder / "incoming" / "old", (now, now - 24 * 3600 - 1))
    os.utime(folder / "incoming" / "new", (now, now - 3600))
    sweep(at=AT)
    assert sorted(files(folder)) == sorted(["new", kept.sha256])


@pytest.mark.django_db
def test_a_file_is_recorded_once():
    stored = keep([PDF])
    with act() as tx:
        assert record(tx, stored, at=AT) == record(tx, stored, at=AT)
    assert StoredFile.objects.get().stored_at == AT


@pytest.mark.django_db
def test_an_undone_act_leaves_no_record():
    stored = keep([PDF])

    def undone():
        with act() as tx:
            record(tx, stored, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert not StoredFile.objects.exists()
