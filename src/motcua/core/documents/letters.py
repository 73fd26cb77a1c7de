"""From a template and data to a PDF: the same input always gives the same bytes.

A letter is a Typst template in the `letters` folder of its system. What people wrote reaches it
as values of one JSON file, so nothing of it is ever read as markup or code. Only the fonts inside
Typst are used: a system font would make the bytes depend on the machine.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import typst
from django.conf import settings

from motcua.core.documents.signs import all_printable
from motcua.kernel.errors import Refused

PDF_STANDARDS = [
    "a-2b",
    "ua-1",
]  # for the archive (ISO 19005-2) and for readers aloud (ISO 14289-1)
_GENERATIONS = 11
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class LetterUnknown(Refused):
    """The system has no template of this name."""

    code = "documents.letter_unknown"
    vi = "Hệ thống {system} không có mẫu văn bản “{letter}”."
    en = "The system {system} has no letter “{letter}”."
    status = 404


class LetterBroken(Refused):
    """The template could not be set with this data."""

    code = "documents.letter_broken"
    vi = "Mẫu văn bản “{letter}” không dựng được: {fault}"
    en = "The letter “{letter}” could not be set: {fault}"


def render(system: str, letter: str, data: Mapping[str, object], *, at: datetime.datetime) -> bytes:
    """Set a letter and give its PDF (PDF/A-2b and PDF/UA-1).

    `at` is the creation time that the file states, to the second. `data` is JSON data
    as `context` builds it. Raises `LetterUnknown` and `LetterBroken`.
    """
    made = _compile(system, letter, data, at, {"format": "pdf", "pdf_standards": PDF_STANDARDS})
    assert isinstance(made, bytes)
    return made


def forget() -> None:
    """Let go of what Typst still holds of a long paper: it drops what ten settings did not use."""
    compile_files: Any = typst.compile
    for _ in range(_GENERATIONS):
        compile_files({"main.typ": b""}, ignore_system_fonts=True, format="pdf")


def draw(
    system: str, letter: str, data: Mapping[str, object], *, at: datetime.datetime
) -> list[bytes]:
    """Set a letter and give its pages as PNG, for a look at it on a screen."""
    pages = _compile(system, letter, data, at, {"format": "png", "ppi": 110.0})
    return pages if isinstance(pages, list) else [pages]


def _compile(
    system: str,
    letter: str,
    data: Mapping[str, object],
    at: datetime.datetime,
    form: Mapping[str, object],
) -> Any:  # noqa: ANN401 - bytes, or a list of them where there are several images
    sources = templates(system)
    if not _NAME.fullmatch(letter) or f"{letter}.typ" not in sources:
        raise LetterUnknown(system=system, letter=letter)
    shown = {key: value if key == "qr" else all_printable(value) for key, value in data.items()}
    inside = {
        **sources,
        "main.typ": sources[f"{letter}.typ"],
        "data.json": json.dumps(shown, ensure_ascii=False).encode(),
    }
    compile_files: Any = typst.compile  # its stubs know paths only, it takes files by name too
    try:
        return compile_files(
            inside, ignore_system_fonts=True, timestamp=int(at.timestamp()), **form
        )
    except typst.TypstError as error:
        raise LetterBroken(letter=letter, fault=str(error)[:300]) from error


def system_with(letter: str) -> str:
    """Give the first system that has a template of this name. Raises `LetterUnknown`."""
    for package in settings.MOTCUA_SYSTEMS:
        system = str(package.rpartition(".")[2])
        if f"{letter}.typ" in templates(system):
            return system
    raise LetterUnknown(system="", letter=letter)


@cache
def templates(system: str) -> dict[str, bytes]:
    """Give the templates of a system by file name; empty for a system that is not installed."""
    package = next((p for p in settings.MOTCUA_SYSTEMS if p.rpartition(".")[2] == system), None)
    if package is None:
        return {}
    folder = files(package).joinpath("letters")
    if not folder.is_dir():
        return {}
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".typ")]
    return {entry.name: entry.read_bytes() for entry in found}
