"""An advertising number: seen in the street on a phone, worked at a desk until a letter asks."""

from __future__ import annotations

import re

from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE

HERE = "/ban/so-quang-cao"
NUMBER = "0900099001"
SEEN = {"Số điện thoại": NUMBER, "Nội dung quảng cáo": "Khoan cắt bê tông"}
MOVES = (
    "Đúng: số có thật, không phải số của cơ quan",
    "Mời chủ thuê bao làm việc",
    "Không đến làm việc",
)


def press(worker, words):
    """Press a button whose words end in a count."""
    worker.main.get_by_role("button", name=re.compile(words)).click()
    worker.page.wait_for_load_state()
    return worker.open(HERE)


def test_a_number_from_the_street_to_the_letter(window, officer, photo, citizen):
    walker = sign_in(window(size=PHONE), "chuyenvien")
    walker.open(f"{HERE}/ghi-nhan").attach("Ảnh", photo).answer(SEEN)
    walker.fill("Vị trí", "Cột điện trước số 9 phố Mẫu").press("Ghi nhận")
    assert walker.sees(["Đã ghi nhận"])
    worker = press(officer("chuyenvien").open(HERE), "Lập hồ sơ từ")
    for move in MOVES:
        worker.open(HERE).follow(NUMBER).follow(move).press(move)
    press(worker.open(HERE), "Dự thảo công văn cho")
    worker.follow("MobiFone")
    assert worker.sees([NUMBER, "Dự thảo"])
    assert worker.paper("Công văn và danh sách (PDF)").startswith(b"%PDF-")
    assert walker.open(f"{HERE}/thong-ke").sees(["Chiến dịch"])
    assert citizen.open("/so-bi-tam-ngung").heading == "Số điện thoại đang bị tạm ngừng"


def test_a_citizen_reports_without_scripts(citizen):
    citizen.open("/bao-tin-rac").press("Gửi phản ánh")
    assert citizen.sees(["Hãy điền mục này"])
    citizen.fill("Số, đầu số", "0900099002").fill("Nội dung", "Vay")
    citizen.fill("Số điện thoại của bạn", "0912345678")
    assert citizen.press("Gửi phản ánh").sees(["Đã nhận phản ánh của bạn"])
