"""Everything an answer says, as text: bodies of every kind, headers, cookies."""

from __future__ import annotations

import io
import re
import zipfile
from functools import lru_cache
from urllib.parse import unquote

import pyarrow.parquet
from django.http import HttpResponseBase
from pypdf import PdfReader
from pypdf.errors import PyPdfError

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-\u00a0](?=\d)")


def body_of(response: HttpResponseBase) -> bytes:
    """Give the bytes of an answer, streamed ones too."""
    if response.streaming:
        return b"".join(response.streaming_content)
    return bytes(response.content)


def told_by(body: bytes, headers: str) -> str:
    """Give all that an answer tells, so that a planted word is found however it is packed."""
    text = f"{headers}\n{_text(body)}".lower()
    return f"{text}\n{_BETWEEN_DIGITS.sub('', text)}\n{unquote(text)}"


def compared(body: bytes) -> str:
    """Give a body as two of them are compared: of a workbook, all but when it was written."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = [name for name in packed.namelist() if not name.startswith("docProps/")]
        return "\n".join(packed.read(name).decode() for name in names)


@lru_cache(maxsize=256)
def _text(body: bytes) -> str:
    plain = body.decode("utf-8", "replace")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(_text(packed.read(name)) for name in packed.namelist())
    if body.startswith(b"PAR1"):
        return str(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist())
    if body.startswith(b"%PDF"):
        return plain + _of_paper(body)
    return plain


def _of_paper(body: bytes) -> str:
    try:
        pages = PdfReader(io.BytesIO(body)).pages
        return "\n".join(page.extract_text() for page in pages)
    except (PyPdfError, ValueError, KeyError):  # what citizens hand in is no paper of ours
        return ""
