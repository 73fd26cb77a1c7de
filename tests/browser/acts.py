"""What citizens and officers come to do, click by click."""

from __future__ import annotations

import re
from pathlib import Path

from tests.browser.conftest import Officers
from tests.browser.visitor import Visitor

TELEPHONE = "0912 345 678"
NEXT = "Lưu và tiếp tục"
APPLICANT = {
    "Họ và tên, hoặc tên tổ chức": "Nguyễn Trường Đạt",
    "Số điện thoại": TELEPHONE,
    "Thư điện tử": "dat@example.com",
}
ENTERPRISE = {
    "Tên doanh nghiệp": "Công ty TNHH Bưu chính Sông Hồng",
    "Mã số thuế": "0100109106",
    "Địa chỉ trụ sở chính": "12 ngõ 106 Hoàng Quốc Việt, Hà Nội",
    "Người đại diện theo pháp luật": "Nguyễn Trường Đạt",
    "Số điện thoại liên hệ": TELEPHONE,
}
LICENCE = {
    "Số giấy phép đã cấp": "12/GP-BC",
    "Ngày cấp": "3/2/2020",
    "Ngày hết hạn": "3/12/2027",
}
SERVICES = {"Loại dịch vụ bưu chính": "Thư có địa chỉ nhận đến 2 kg"}
DISPLAY = {
    "Địa điểm trưng bày": "Vườn hoa Diên Hồng, phường Cửa Nam",
    "Trưng bày từ ngày": "3/12/2027",
    "Đến ngày": "10/12/2027",
    "Số tranh, ảnh": "24",
    "Nội dung, chủ đề": "Ảnh phong cảnh mùa đông",
}
CONTACT = {
    "Người liên hệ": "Nguyễn Trường Đạt",
    "Số điện thoại liên hệ": TELEPHONE,
}


def fill_postal(citizen: Visitor, photo: Path, scan: Path) -> Visitor:
    """Find the procedure from the front page and answer everything."""
    citizen.open("/").page.get_by_label("Tìm thủ tục").fill("giay phep buu chinh")
    citizen.press("Tìm").follow("Cấp lại giấy phép bưu chính").follow("Bắt đầu nộp hồ sơ")
    citizen.select("Cơ quan tiếp nhận", "Sở Khoa học và Công nghệ").press(NEXT)
    citizen.answer(APPLICANT).press(NEXT)
    citizen.answer(ENTERPRISE).press(NEXT).answer(LICENCE).press(NEXT)
    citizen.answer(SERVICES).choose("Phạm vi cung ứng dịch vụ", "Liên tỉnh")
    citizen.choose("Lỗ 02 năm liên tiếp", "Không").press(NEXT)
    citizen.attach("Giấy đề nghị cấp lại", photo).attach("Báo cáo tài chính", scan)
    return citizen.press(NEXT)


def file_postal(citizen: Visitor, photo: Path, scan: Path) -> str:
    """File the postal licence; give the look-up number on the confirmation."""
    fill_postal(citizen, photo, scan).press("Nộp hồ sơ")
    return number_on(citizen)


def file_pictures(citizen: Visitor, photo: Path, scan: Path) -> str:
    """File the display of pictures; give the look-up number on the confirmation."""
    citizen.open("/thu-tuc/1.003888").follow("Bắt đầu nộp hồ sơ")
    citizen.select("Cơ quan tiếp nhận", "Sở Văn hóa và Thể thao").press(NEXT)
    citizen.answer(APPLICANT).press(NEXT)
    citizen.fill("Cơ quan, tổ chức nước ngoài", "Viện Văn hóa Bắc Âu (hư cấu)")
    citizen.choose("Loại tổ chức", "Tổ chức nước ngoài khác").press(NEXT)
    citizen.answer(DISPLAY).press(NEXT).answer(CONTACT).press(NEXT)
    citizen.attach("Đơn đề nghị trưng bày", photo).attach("Nội dung thông tin tranh, ảnh", scan)
    citizen.press(NEXT).press("Nộp hồ sơ")
    return number_on(citizen)


def number_on(citizen: Visitor) -> str:
    """Read the look-up number off the confirmation."""
    number = citizen.main.locator(".big").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", number), number
    return number


def look_up(citizen: Visitor, number: str, telephone: str = TELEPHONE) -> Visitor:
    """Follow a dossier by number and telephone, as if on another day."""
    citizen.page.context.clear_cookies()
    citizen.open("/").follow("Tra cứu hồ sơ")
    citizen.fill("Số tra cứu hoặc mã hồ sơ", number).fill("Số điện thoại", telephone)
    return citizen.press("Tra cứu")


def receive(counter: Visitor, lookup: str) -> str:
    """Receive what was filed online; give the code that the dossier gets."""
    counter.open("/ban/viec").follow("Tiếp nhận mới")
    counter.follow("Tiếp nhận hồ sơ", counter.row(lookup)).press("Tiếp nhận hồ sơ")
    return counter.main.locator("h1 .code").inner_text()


def begin(officer: Visitor, code: str, move: str) -> Visitor:
    """Take up a dossier from one's own work and open the form of a move."""
    officer.open("/ban/viec")
    link = officer.page.get_by_role("link", name=code, exact=True)
    while not link.count():  # further down the list
        officer.follow("Trang sau")
    return officer.follow(code).follow(move)


def do(officer: Visitor, code: str, move: str, answers: dict[str, str] | None = None) -> Visitor:
    """Make a move that asks for no more than words."""
    begin(officer, code, move)
    for label, words in (answers or {}).items():
        officer.fill(label, words)
    return officer.press(move)


def assign(officer: Visitor, code: str, move: str, name: str) -> Visitor:
    """Give the work to somebody by name."""
    begin(officer, code, move)
    officer.main.get_by_label(re.compile(name)).check()
    return officer.press(move)


def to_specialist(officer: Officers, lookup: str) -> str:
    """Receive a postal licence and give it to the specialist; give its code."""
    code = receive(officer("motcua"), lookup)
    assign(officer("truongphong"), code, "Phân công thẩm định", "Hoàng Bảo Châu")
    return code
