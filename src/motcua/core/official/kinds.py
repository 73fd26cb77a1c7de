"""The 29 kinds of administrative documents (NĐ 30/2020) with their codes (HANDBOOK §4.1).

Two of them bear no code in their number: the ordinary letter (công văn) and the letter of courtesy
(thư công).
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.procedures.declaration import Text
from motcua.kernel.errors import Refused

LETTER = "CV"


class KindUnknown(Refused):
    """No kind of document has this code."""

    code = "official.kind_unknown"
    vi = "Không có loại văn bản “{kind}”."
    en = "There is no kind of document “{kind}”."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: `key` names it and its book of numbers, `code` stands in the number (or nothing)."""

    key: str
    code: str
    name: Text


def _named(code: str, vi: str, en: str) -> Kind:
    return Kind(code, code, Text(vi, en))


KINDS: dict[str, Kind] = {
    one.key: one
    for one in (
        Kind(LETTER, "", Text("Công văn", "Letter")),
        _named("NQ", "Nghị quyết", "Resolution"),
        _named("QĐ", "Quyết định", "Decision"),
        _named("CT", "Chỉ thị", "Directive"),
        _named("QC", "Quy chế", "Statute"),
        _named("QyĐ", "Quy định", "Regulation"),
        _named("TC", "Thông cáo", "Communiqué"),
        _named("TB", "Thông báo", "Notice"),
        _named("HD", "Hướng dẫn", "Guidance"),
        _named("CTr", "Chương trình", "Programme"),
        _named("KH", "Kế hoạch", "Plan"),
        _named("PA", "Phương án", "Scheme"),
        _named("ĐA", "Đề án", "Project proposal"),
        _named("DA", "Dự án", "Project"),
        _named("BC", "Báo cáo", "Report"),
        _named("BB", "Biên bản", "Minutes"),
        _named("TTr", "Tờ trình", "Submission"),
        _named("HĐ", "Hợp đồng", "Contract"),
        _named("CĐ", "Công điện", "Official telegram"),
        _named("BGN", "Bản ghi nhớ", "Memorandum"),
        _named("BTT", "Bản thỏa thuận", "Agreement"),
        _named("GUQ", "Giấy ủy quyền", "Power of attorney"),
        _named("GM", "Giấy mời", "Invitation"),
        _named("GGT", "Giấy giới thiệu", "Letter of introduction"),
        _named("GNP", "Giấy nghỉ phép", "Leave permit"),
        _named("PG", "Phiếu gửi", "Dispatch note"),
        _named("PC", "Phiếu chuyển", "Transfer note"),
        _named("PB", "Phiếu báo", "Notification note"),
        Kind("ThC", "", Text("Thư công", "Courtesy letter")),
    )
}

FULL, RECOPIED, EXCERPT = "SY", "SL", "TrS"
COPIES: dict[str, Kind] = {
    one.key: one
    for one in (
        _named(FULL, "Bản sao y", "True copy"),
        _named(RECOPIED, "Bản sao lục", "Copy of a true copy"),
        _named(EXCERPT, "Bản trích sao", "Excerpt copy"),
    )
}
"""The forms of a copy (HANDBOOK §4.1); they share one book of numbers and nobody drafts one."""


def kind_of(key: str) -> Kind:
    """Give a kind or a form of copy by its key; raises `KindUnknown`."""
    try:
        return (KINDS | COPIES)[key]
    except KeyError:
        raise KindUnknown(kind=key[:20]) from None
