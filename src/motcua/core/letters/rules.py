"""What a template may be before it is even set, and how its keepers are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motcua.kernel.errors import Refused

LONGEST = 60_000
"""The most characters of a template, and of its shared parts."""

_FORBIDDEN = re.compile(r"\b(eval|plugin|std)\b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class KeepersOnly(Refused):
    """Only the system keeper writes templates."""

    code = "letters.keepers_only"
    vi = "Chỉ người quản trị hệ thống được soạn và công bố mẫu văn bản."
    en = "Only the system keeper writes and publishes letter templates."
    status = 403


class EditionUnknown(Refused):
    """The letter has no such edition."""

    code = "letters.edition_unknown"
    vi = "Mẫu này không có bản số {number}."
    en = "The template has no edition {number}."
    status = 404


class NoDraft(Refused):
    """Nobody is writing a new edition."""

    code = "letters.no_draft"
    vi = "Mẫu này không có bản nào đang được soạn; có thể vừa được công bố hoặc bỏ."
    en = "No edition of this template is being written; it may have just been published or dropped."
    status = 404


class BeingWritten(Refused):
    """An edition is being written already."""

    code = "letters.being_written"
    vi = "Đã có bản số {number} của mẫu này đang được soạn; hãy mở bản đó."
    en = "Edition {number} of this template is being written already; open that one."
    status = 409


class DraftMoved(Refused):
    """Somebody wrote the draft since it was shown."""

    code = "letters.draft_moved"
    vi = "Bản soạn vừa được người khác sửa; hãy tải lại trang để xem rồi làm lại."
    en = "Somebody has just changed the draft; load the page again and look."
    status = 409


class NothingChanged(Refused):
    """The draft says what the edition in force says."""

    code = "letters.nothing_changed"
    vi = "Bản soạn giống hệt bản đang có hiệu lực; chưa có gì để công bố."
    en = "The draft is the same as the edition in force; there is nothing to publish."
    status = 409


class NoDocument(Refused):
    """A published template names the decision that it rests on."""

    code = "letters.no_document"
    vi = "Ghi số, ký hiệu văn bản quyết định mẫu này, ví dụ 12/QĐ-UBND."
    en = "Name the document that decides this template, as 12/QĐ-UBND."


class BadDay(Refused):
    """An edition comes into force today or later, within a year, and after those before it."""

    code = "letters.bad_day"
    vi = "Ngày có hiệu lực phải từ {first} đến {last}."
    en = "The day it comes into force must lie between {first} and {last}."


def source_faults(text: str) -> Iterator[tuple[str, int, dict[str, object]]]:
    """Give what is wrong with a text as it stands: code, line (0: the whole), details."""
    if len(text) > LONGEST:
        yield "letters.too_long", 0, {"length": len(text), "limit": LONGEST}
        return
    for number, line in enumerate(text.split("\n"), 1):
        if _CONTROL.search(line):
            yield "letters.control", number, {}
        if found := _FORBIDDEN.search(line):
            yield "letters.forbidden", number, {"what": found[1]}


def normal(text: str) -> str:
    """Give a text as a form sent it with the line ends that templates have."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return f"{lines}\n" if lines else ""
