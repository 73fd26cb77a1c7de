"""A letter's data built by hand: made-up people, real administrative units."""

from __future__ import annotations

import datetime
import io
from typing import Any

from pypdf import PdfReader

from motcua.core.documents.wording import asked_of
from motcua.core.letters.qr import lookup_link, qr_svg
from motcua.core.letters.setting import render
from motcua.core.letters.sources import shipped

AT = datetime.datetime(2026, 11, 16, 7, 20, tzinfo=datetime.UTC)
LOOKUP = "B7K3M-QX9TC"
FORMS = ("form01", "form02", "form03", "form04", "form05", "result", "answer")
DEFECTS = [
    "Đơn đề nghị chưa có chữ ký của người đại diện theo pháp luật.",
    "Thiếu 01 bản sao có chứng thực, 2 bản photo Giấy chứng nhận hộ kinh doanh (còn hiệu lực).",
    "Sơ đồ bố trí máy chưa ghi diện tích từng phòng; đề nghị vẽ lại đúng tỷ lệ 1/100.",
]
NAMES = {
    "form01": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "form02": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "form03": "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    "form04": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "form05": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "bill": "Biên lai thu phí, lệ phí",
    "result": "Kết quả",
    "answer": "Quyết định giải quyết khiếu nại",
}
_DONE = {
    "step": "Thẩm định hồ sơ",
    "given_at": "09 giờ 00 phút, ngày 17/11/2026",
    "taken_at": "09 giờ 00 phút, ngày 17/11/2026",
    "due": "11 giờ 00 phút, ngày 19/11/2026",
    "ended": "16 giờ 40 phút, ngày 18/11/2026",
    "note": "Đã chuyển bước",
}
STEPS = [
    {
        **_DONE,
        "agency": "Sở Thông tin và Truyền thông",
        "giver": giver,
        "taker": taker,
        "result": result,
    }
    for giver, taker, result in (
        ("Người nộp hồ sơ", "Phạm Thị Ánh Tuyết", "Trước hạn"),
        ("Phạm Thị Ánh Tuyết", "Đỗ Hữu Nghĩa", "Đúng hạn"),
        ("Đỗ Hữu Nghĩa", "Lưỡng Thị Ngữ", "Quá hạn"),
    )
]

_APPLICANT = {
    "name": "Nguyễn Trường Đạt",
    "address": "Số 12, phố Đường Thành, phường Hoàn Kiếm, thành phố Hà Nội",
    "phone": "0912 345 342",
    "email": "dat@example.org",
}
_PROCEDURE = {
    "code": "2.001884",
    "name": "Cấp giấy chứng nhận đủ điều kiện hoạt động điểm cung cấp dịch vụ trò chơi"
    " điện tử công cộng",
    "group": "Phát thanh, truyền hình và thông tin điện tử",
    "sets": "02",
    "limit": "10 ngày làm việc",
    "result": "Giấy chứng nhận đủ điều kiện hoạt động điểm trò chơi điện tử công cộng",
    "basis": ["Nghị định số 27/2018/NĐ-CP", "Nghị định số 72/2013/NĐ-CP"],
}
_PAPERS = [
    {"name": "Đơn đề nghị theo mẫu", "forms": "01 bản chính", "note": ""},
    {
        "name": "Giấy chứng nhận đăng ký hộ kinh doanh",
        "forms": "01 bản sao, 01 tệp điện tử",
        "note": "",
    },
]
_OFFICER = {
    "name": "Phạm Thị Ánh Tuyết",
    "post": "CÔNG CHỨC MỘT CỬA",
    "phone": "024 3736 0000",
    "email": "",
}
_CONTACT = {
    "office": "Bộ phận tiếp nhận và trả kết quả, Sở Thông tin và Truyền thông",
    "address": "185 Giảng Võ, Hà Nội",
    "phone": "024 3736 6000",
}


def data(letter: str, **other: Any) -> dict[str, Any]:
    """Give the data of a letter; keyword values take the place of the ordinary ones."""
    return {
        "letter": {"key": letter, "name": NAMES[letter]},
        "head": {
            "superior": "Ủy ban nhân dân thành phố Hà Nội",
            "agency": "Sở Thông tin và Truyền thông",
            "desk": "" if letter == "result" else "Bộ phận tiếp nhận và trả kết quả",
            "place": "Hà Nội",
            "day": "16",
            "month": "11",
            "year": "2026",
        },
        "code": "H26.11-261116-0042",
        "lookup": LOOKUP,
        "qr": qr_svg(lookup_link(LOOKUP)),
        "sample": False,
        "applicant": _APPLICANT,
        "procedure": _PROCEDURE,
        "papers": _PAPERS,
        "received": "14 giờ 20 phút, ngày 16/11/2026",
        "completed": "",
        "due": "17 giờ 00 phút, ngày 30/11/2026",
        "promised": "17 giờ 00 phút, Thứ Hai, 30/11/2026",
        "asked": "14 giờ 20 phút, ngày 16/11/2026",
        "pick_up": "Bộ phận tiếp nhận và trả kết quả, Sở Thông tin và Truyền thông",
        "words": DEFECTS,
        "defects": [asked_of(line) for line in other.get("words", DEFECTS)],
        "holder": {"agency": "Sở Thông tin và Truyền thông"},
        "officer": _OFFICER,
        "contact": _CONTACT,
        "fields": [
            {"label": "Tên điểm", "value": "Điểm trò chơi Ưu Ái"},
            {"label": "Số máy", "value": "24"},
        ],
        "steps": STEPS,
        "of": {"code": "000.00.14.H26-261102-0007", "procedure": "Cấp lại giấy phép bưu chính"},
        "book": {"volume": "03", "number": "1042"},
        **other,
    }


def set_letter(letter: str, **other: Any) -> PdfReader:
    """Give a set letter as a reader of its PDF."""
    return PdfReader(io.BytesIO(render(shipped("one_stop", letter), data(letter, **other), at=AT)))


def words_of(pdf: PdfReader) -> str:
    """Give the whole text with breaks and runs of spaces as one space."""
    text = " ".join(page.extract_text() for page in pdf.pages)
    return " ".join(text.replace("\u200b", "").split())
