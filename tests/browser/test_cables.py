"""Cables and masts: a network is taken in, drawn and added up; streets go underground by phase."""

from __future__ import annotations

import json

from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE

REGISTER = "/ban/so-dang-ky/telecom_spans"
NETWORK = {
    "id": "n",
    "spans": [
        {
            "id": "s",
            "name": "KIEMTRA-01",
            "deployment": ["belowGround"],
            "supportingInfrastructure": {"type": "duct"},
            "start": "PHUE-N01",
            "end": "PHUE-N02",
            "route": {"type": "LineString", "coordinates": [[105.8, 21.1], [105.81, 21.1]]},
        }
    ],
}


def test_a_network_is_taken_in_drawn_and_added_up_without_scripts(window):
    worker = sign_in(window(scripts=False, size=PHONE), "chuyenvien")
    worker.open(f"{REGISTER}/nhap").page.locator("#file").set_input_files(
        {
            "name": "mang.json",
            "mimeType": "application/json",
            "buffer": json.dumps(NETWORK).encode(),
        }
    )
    worker.press("Xem trước").press("Nhập tất cả")
    assert worker.sees(["Đã nhập 1 bản ghi"])
    worker.follow("Bản đồ của danh sách này").page.get_by_label("Trạm thu phát sóng").check()
    worker.press("Vẽ")
    drawn, listed = (worker.page.locator(one) for one in (".map svg a", ".map-list > li"))
    assert drawn.count() > listed.count() == 50
    worker.follow("Gần hơn")
    assert drawn.count() < 346
    worker.open(f"{REGISTER}/ban-do?q=kiemtra")
    assert drawn.count() == listed.count() == 1
    worker.follow("KIEMTRA-01")
    assert worker.sees(["Dài 1.037 m"])
    worker.open(f"{REGISTER}/tong-hop?theo=begins&q=kiemtra")
    assert worker.sees(["PHUE-N01", "1.037"])


def test_streets_underground_are_counted_down_to_their_dossiers_without_scripts(window):
    worker = sign_in(window(scripts=False, size=PHONE), "chuyenvien")
    worker.open("/ban/ha-tang-vien-thong/ha-ngam")
    assert worker.sees(["Xong 3/4 phố (75,0%)", "1,41 trên 1,95 km"])
    worker.follow("Trễ hạn, đợt 1 năm 2025: 1")
    assert worker.sees(["Bà Triệu", "Trễ hạn", "MobiFone: quá hạn", "Viettel: xong"])
    worker.follow("Bà Triệu Hàng Khay – Trần Hưng Đạo đợt 1 năm 2025")
    assert worker.sees(["Hạ ngầm", "Ghi nhận đã hạ xong cáp: MobiFone"])
