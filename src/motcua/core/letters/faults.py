"""What is wrong with a template, in both languages, with the line where it stands."""

from __future__ import annotations

import re
from typing import Protocol

from motcua.kernel.flow.faults import Fault, _Faulty

MAIN, SHARED = "main.typ", "_house.typ"
_PLACE = re.compile(r"┌─ (\S+?):(\d+):(\d+)")
_EACH = re.compile(r"^error: ", re.MULTILINE)
_HELP = re.compile(r"^help: ", re.MULTILINE)
_PREFIX = "failed to compile document: "
_LONGEST = 300
_MOST = 10

_OF_THE_MACHINE = frozenset({"letters.memory", "letters.seconds", "letters.crash"})

TEXTS: dict[str, tuple[str, str]] = {
    "letters.memory": (
        "Mẫu cần nhiều bộ nhớ hơn mức cho phép ({memory} MB).",
        "The template needs more memory than it may have ({memory} MB).",
    ),
    "letters.seconds": (
        "Mẫu chạy quá lâu (tối đa {seconds} giây); có thể có vòng lặp không dừng.",
        "The template runs too long ({seconds} seconds at most); a loop may never end.",
    ),
    "letters.depth": (
        "Mẫu lồng nhau quá sâu.",
        "The template is nested too deeply.",
    ),
    "letters.crash": (
        "Chương trình dựng văn bản dừng bất thường với mẫu này.",
        "The typesetter ended abnormally over this template.",
    ),
    "letters.pages": (
        "Mẫu tạo ra nhiều trang hơn mức cho phép ({pages} trang).",
        "The template makes more pages than it may ({pages}).",
    ),
    "letters.edge": (
        "Mẫu có trang lớn hơn khổ A3 (cạnh tối đa {edge} mm).",
        "A page of the template is larger than A3 (an edge has at most {edge} mm).",
    ),
    "letters.bytes": (
        "Tệp tạo ra lớn hơn mức cho phép ({megabytes} MB).",
        "The file made is larger than it may be ({megabytes} MB).",
    ),
    "letters.package": (
        "Mẫu không được dùng gói bên ngoài ({what}).",
        "A template may not use packages from outside ({what}).",
    ),
    "letters.file": (
        "Mẫu chỉ được đọc “_house.typ” và “data.json”, không được đọc tệp khác.",
        "A template reads “_house.typ” and “data.json” and no other file.",
    ),
    "letters.forbidden": (
        "Mẫu không được dùng “{what}”: giá trị người dân ghi không bao giờ được chạy như mã.",
        "A template may not use “{what}”: what people wrote is never run as code.",
    ),
    "letters.standard": (
        "Không đạt chuẩn lưu trữ và đọc màn hình (PDF/A-2b, PDF/UA-1): {what}.",
        "Not fit for the archive and for readers aloud (PDF/A-2b, PDF/UA-1): {what}.",
    ),
    "letters.variable": (
        "Không có tên “{what}”; hãy kiểm tra chính tả.",
        "There is no name “{what}”; check how it is spelt.",
    ),
    "letters.no_key": (
        "Dữ liệu không có mục “{what}”.",
        "The data have no “{what}”.",
    ),
    "letters.unclosed": (
        "Mở ngoặc hoặc dấu mà chưa đóng.",
        "A bracket or mark is opened and never closed.",
    ),
    "letters.unexpected": (
        "Không đúng cú pháp Typst: {what}.",
        "Not the syntax of Typst: {what}.",
    ),
    "letters.argument": (
        "Hàm không nhận tham số này: {what}.",
        "The function does not take this: {what}.",
    ),
    "letters.endless": (
        "Vòng lặp hoặc lời gọi hàm không có điểm dừng: {what}.",
        "A loop or a call that never ends: {what}.",
    ),
    "letters.other": (
        "Typst báo: {what}.",
        "Typst says: {what}.",
    ),
    "letters.too_long": (
        "Mẫu dài {length} ký tự, tối đa {limit}.",
        "The template has {length} characters; at most {limit} are allowed.",
    ),
    "letters.control": (
        "Có ký tự điều khiển không được phép.",
        "A control character stands here, which is not allowed.",
    ),
    "letters.part_missing": (
        "Thiếu phần bắt buộc “{name}”: không thấy “{says}” (với {kind}). Căn cứ: {basis}.",
        "The obligatory part “{name_en}” is missing: no “{says}” (with {kind_en}). Basis: {basis}.",
    ),
    "letters.part_small": (
        "Phần bắt buộc “{name}” quá nhỏ: {size}, tối thiểu {least} (với {kind}).",
        "The obligatory part “{name_en}” is too small: {size}, at least {least} (with {kind_en}).",
    ),
}

_KNOWN: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "letters.package",
        re.compile(r"(?:failed to download package|package not found).*?(@\S+?)?\)?$"),
    ),
    (
        "letters.file",
        re.compile(
            r"(?:file not found|failed to load file|access denied|file is not|would escape)"
        ),
    ),
    ("letters.standard", re.compile(r"PDF/\S+ error: (.+)")),
    ("letters.variable", re.compile(r"unknown variable: (.+)")),
    ("letters.no_key", re.compile(r'dictionary does not contain key "(.+?)"')),
    ("letters.unclosed", re.compile(r"unclosed (?:delimiter|string|raw text|label)")),
    (
        "letters.endless",
        re.compile(
            r"(loop seems to be infinite|maximum .+ depth exceeded|condition is always true)"
        ),
    ),
    (
        "letters.argument",
        re.compile(r"((?:unexpected argument|missing argument|expected .+, found).*)"),
    ),
    ("letters.unexpected", re.compile(r"((?:expected|unexpected) .+)")),
    ("letters.other", re.compile(r"(.*)", re.DOTALL)),
)


class _Bounds(Protocol):
    @property
    def memory(self) -> int: ...
    @property
    def seconds(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def edge(self) -> int: ...
    @property
    def bytes(self) -> int: ...


class TemplateFaulty(_Faulty):
    """The template cannot be set, or makes what no letter may be."""

    code = "letters.template_faulty"
    vi = "Mẫu văn bản có {count} chỗ phải sửa."
    en = "The template has {count} faults."

    @property
    def may_pass(self) -> bool:
        """Whether it ran out of time or memory: on a machine with more of both it may not."""
        return any(one.code in _OF_THE_MACHINE for one in self.faults)


class NotPublishable(_Faulty):
    """The draft lacks what an edition in force must have."""

    code = "letters.not_publishable"
    vi = "Chưa công bố được: mẫu có {count} chỗ phải sửa."
    en = "It cannot be published: the template has {count} faults."


def fault(code: str, where: str, **details: object) -> Fault:
    """Build the fault of this code at a place: `12` is line 12, `_house:3` of the shared parts."""
    vi, en = TEXTS[code]
    return Fault(code, vi.format(**details), en.format(**details), where)


def over(what: str, bounds: _Bounds) -> Fault:
    """Tell which bound a template went over."""
    mega = 1024 * 1024
    return fault(
        f"letters.{what}",
        "",
        memory=bounds.memory // mega,
        seconds=bounds.seconds,
        pages=bounds.pages,
        edge=bounds.edge,
        megabytes=bounds.bytes // mega,
    )


def broken(message: str, diagnostic: str) -> tuple[Fault, ...]:
    """Tell what Typst found: each error with its line, in the letter where one led there."""
    found = [_one(part) for part in _EACH.split(diagnostic)[1:]]
    return tuple(found[:_MOST]) or (_said(message.removeprefix(_PREFIX), ""),)


def _one(part: str) -> Fault:
    message, *_ = part.split("\n", 1)
    error, *helps = _HELP.split(part)
    where = _where(error)
    if where.startswith("_") or not where:
        where = next((there for there in map(_where, helps) if there.isdigit()), where)
    return _said(message, where)


def _where(part: str) -> str:
    found = _PLACE.search(part)
    if found is None:
        return ""
    name, line = found[1], found[2]
    return line if name in {MAIN, "letter.typ"} else f"{name.removesuffix('.typ')}:{line}"


def _said(message: str, where: str) -> Fault:
    message = message.strip()[:_LONGEST]
    for code, pattern in _KNOWN:
        if found := pattern.search(message):
            what = next((one for one in found.groups() if one), message)
            return fault(code, where, what=what.strip().rstrip("."))
    raise AssertionError(message)  # the last pattern takes everything
