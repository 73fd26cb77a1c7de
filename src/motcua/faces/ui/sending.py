"""Handing out a stored file, so that no browser takes it for a page of ours."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse

from motcua.core.files.pictures import Size, shown
from motcua.core.files.store import path_of

_PICTURES = frozenset({"image/jpeg", "image/png"})
TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
    "xes": "application/xml",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
"""Media types of tables by the end of their name."""
_SANDBOX = "default-src 'none'; img-src 'self'; sandbox"
WITH_FRAMES = f"{settings.MOTCUA_ANSWER_HEADERS['Content-Security-Policy']}; frame-src 'self'"
"""The policy of a page that shows files of a dossier in frames of its own."""
_FRAMED = "default-src 'none'; frame-ancestors 'self'"
_PDF = "application/pdf"


def in_place(path: Path, media_type: str, name: str) -> FileResponse:
    """Send what somebody handed in to a frame of our own page: a PDF, which is no page of ours.

    A browser shows it in its own viewer, which a sandbox would shut out; every other kind is sent
    as `handed_in` does.
    """
    if media_type != _PDF:
        return handed_in(path, media_type, name)
    response = _sent(path, _PDF, name, down=False)
    response["Content-Security-Policy"] = _FRAMED
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def handed_in(path: Path, media_type: str, name: str) -> FileResponse:
    """Send what somebody handed in: a picture is shown, everything else is only handed down.

    The stored type was told by the first bytes; the sandbox leaves a file that is two things at
    once neither scripts, nor forms, nor this house's cookies.
    """
    response = _sent(path, media_type, name, down=media_type not in _PICTURES)
    response["Content-Security-Policy"] = _SANDBOX
    return response


def viewable(sha256: str, media_type: str, name: str, size: Size) -> FileResponse | None:
    """Send what was made of a photo for looking at; None of a file that is no picture."""
    path = shown(sha256, media_type, size)
    if path is None:
        return None
    response = _sent(path, "image/jpeg", f"{Path(name).stem}.jpg", down=False)
    response["Content-Security-Policy"] = _SANDBOX
    return response


def looked_at(sha256: str, media_type: str, name: str) -> FileResponse:
    """Send a file as it can be looked at: a photo upright and as JPEG, another as it came."""
    found = viewable(sha256, media_type, name, Size.VIEW)
    return found or handed_in(path_of(sha256), media_type, name)


def of_the_house(path: Path, name: str) -> FileResponse:
    """Send a paper that this house has typeset; the browser may open it."""
    return _sent(path, "application/pdf", name, down=False)


def made(file: BinaryIO, name: str) -> FileResponse:
    """Hand down a file that was made for this request alone, from its beginning."""
    file.seek(0)
    kind = TABLES[Path(name).suffix.removeprefix(".")]
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def lying(path: Path, name: str) -> FileResponse:
    """Hand down a table that a job has made."""
    kind = TABLES[Path(name).suffix.removeprefix(".")]
    return _sent(path, kind, name, down=True)


def _sent(path: Path, media_type: str, name: str, *, down: bool) -> FileResponse:
    return FileResponse(path.open("rb"), as_attachment=down, filename=name, content_type=media_type)
