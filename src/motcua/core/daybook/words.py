"""The remarks of the book, in both languages."""

from __future__ import annotations

import datetime

from django.utils.timezone import localtime

from motcua.core.agencies.queries import Node
from motcua.core.dossiers.ties import COMPLAINT
from motcua.core.procedures.declaration import Declaration, Text
from motcua.kernel.vietnamese import format_date

WAYS = {
    "counter": Text("Tại Bộ phận Một cửa", "At the one-stop"),
    "online": Text("Trực tuyến", "Online"),
    "linked": Text("Chuyển vào hồ sơ liên thông", "To the linked dossier"),
}
"""How a result went out."""


def hangs_on(kind: str, code: str) -> Text:
    """Say what a dossier hangs on; without a code where the reader may not read that one."""
    vi, en = (code, code) if code else ("khác", "another dossier")
    if kind == COMPLAINT:
        return Text(f"Khiếu nại, phản ánh về hồ sơ {vi}", f"Complaint about {en}")
    return Text(f"Liên thông từ hồ sơ {vi}", f"Linked part of {en}")


def handed_over(to: Node, at: datetime.datetime) -> Text:
    """Say to whom the agency that decided gave it over."""
    return Text(
        f"Bàn giao cho {to.name_vi} ngày {_day(at, 'vi')}",
        f"Handed over to {to.name_en} on {_day(at, 'en')}",
    )


def promised_anew() -> Text:
    """Say that the promised day is the one of an apology."""
    return Text("Đã xin lỗi, hẹn lại ngày trả", "Apologised, promised anew")


def ended(declaration: Declaration, end: str, at: datetime.datetime | None) -> Text:
    """Say how it ended where no result was given, in the words of its procedure."""
    name = declaration.end_names.get(end, Text(end, end))
    if at is None:
        return name
    return Text(f"{name.vi} ngày {_day(at, 'vi')}", f"{name.en} on {_day(at, 'en')}")


def waits(since: datetime.datetime) -> Text:
    """Say that the clock stands still until somebody outside answers."""
    return Text(
        f"Tạm dừng tính hạn từ {_day(since, 'vi')}", f"Clock paused since {_day(since, 'en')}"
    )


def received_by(who: str) -> Text:
    """Say who took the result at the counter."""
    return Text(f"Người nhận: {who}", f"Taken by: {who}")


def late() -> Text:
    """Say that the result came after the due instant."""
    return Text("Quá hạn", "Late")


def _day(at: datetime.datetime, language: str) -> str:
    return format_date(localtime(at).date(), "en" if language == "en" else "vi")
