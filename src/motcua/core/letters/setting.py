"""From an edition of a template and data to a PDF: the same input always gives the same bytes.

What people wrote reaches a template as values of one JSON file, so nothing of it is ever read as
markup or code. Only the fonts inside Typst are used: a system font would make the bytes depend on
the machine. What ships with the software is set in this process; every other edition in the
sandbox.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

import typst

from motcua.core.letters.child import PDF_STANDARDS
from motcua.core.letters.faults import TemplateFaulty
from motcua.core.letters.sandbox import BOUNDS, Bounds, Form, Setting, run
from motcua.core.letters.signs import all_printable
from motcua.core.letters.sources import Sources
from motcua.kernel.errors import Refused

_GENERATIONS = 11
_LOOK = Bounds(pages=60)
"""What is drawn for a screen: nobody looks at more pages, and pictures are large."""


class LetterBroken(Refused):
    """The template could not be set with this data."""

    code = "documents.letter_broken"
    vi = "Mẫu văn bản “{letter}” không dựng được: {fault}"
    en = "The letter “{letter}” could not be set: {fault}"


def render(sources: Sources, data: Mapping[str, object], *, at: datetime.datetime) -> bytes:
    """Set a letter and give its PDF (PDF/A-2b and PDF/UA-1).

    `at` is the creation time that the file states, to the second. `data` is JSON data as the
    papers' `context` builds it. Raises `LetterBroken`, or `TemplateFaulty` out of the sandbox.
    """
    if not sources.is_trusted:
        return _boxed(sources, data, at, "pdf")[0]
    made = _compile(sources, data, at, {"format": "pdf", "pdf_standards": PDF_STANDARDS})
    assert isinstance(made, bytes)
    return made


def draw(sources: Sources, data: Mapping[str, object], *, at: datetime.datetime) -> list[bytes]:
    """Set a letter and give its pages as PNG, for a look at it on a screen."""
    if not sources.is_trusted:
        return _boxed(sources, data, at, "png")
    pages = _compile(sources, data, at, {"format": "png", "ppi": 110.0})
    return pages if isinstance(pages, list) else [pages]


def forget() -> None:
    """Let go of what Typst still holds of a long paper: it drops what ten settings did not use."""
    compile_files: Any = typst.compile
    for _ in range(_GENERATIONS):
        compile_files({"main.typ": b""}, ignore_system_fonts=True, format="pdf")


def given(data: Mapping[str, object]) -> str:
    """Write data as a template reads them: every text printable, the symbol as it is."""
    shown = {key: value if key == "qr" else all_printable(value) for key, value in data.items()}
    return json.dumps(shown, ensure_ascii=False)


def setting_of(sources: Sources, data: Mapping[str, object], at: datetime.datetime) -> Setting:
    """Give what the sandbox is handed."""
    return Setting({**sources.files(), "data.json": given(data)}, int(at.timestamp()))


def _boxed(
    sources: Sources, data: Mapping[str, object], at: datetime.datetime, form: Form
) -> list[bytes]:
    bounds = _LOOK if form == "png" else BOUNDS
    made = run([setting_of(sources, data, at)], form, bounds=bounds)[0]
    if made.faults:
        raise TemplateFaulty(made.faults)
    return made.files()


def _compile(
    sources: Sources,
    data: Mapping[str, object],
    at: datetime.datetime,
    form: Mapping[str, object],
) -> Any:  # noqa: ANN401 - bytes, or a list of them where there are several images
    inside = setting_of(sources, data, at)
    compile_files: Any = typst.compile  # its stubs know paths only, it takes files by name too
    try:
        return compile_files(
            {name: text.encode() for name, text in inside.files.items()},
            ignore_system_fonts=True,
            timestamp=inside.at,
            **form,
        )
    except typst.TypstError as error:
        raise LetterBroken(letter=sources.letter, fault=str(error)[:300]) from error
