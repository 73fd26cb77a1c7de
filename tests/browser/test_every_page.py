"""Every kind of page, opened in English too: what `watch.py` asks for must hold everywhere."""

from __future__ import annotations

import pytest

from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE

OPEN = [
    *("/", "/thu-tuc", "/thu-tuc?q=buu+chinh", "/thu-tuc?q=khong+co", "/tra-cuu", "/dang-nhap"),
    *("/thu-tuc/1.003633", "/thu-tuc/1.003888", "/thu-tuc/2.000815", "/thu-tuc/1.003888/nop"),
    *("/thu-tuc/1.003888/nop/nguoi-nop", "/thu-tuc/1.003888/nop/noi-dung-display"),
    "/thu-tuc/1.003888/nop/giay-to",
    *("/thu-tuc/1.001758", "/thu-tuc?q=tro+cap"),
    *("/thu-tuc/2.001740", "/thu-tuc/1.003633/cong-bo", "/thu-tuc/2.001740/so-sanh?truoc=1&sau=1"),
    *("/thu-tuc/0.000000", "/ho-so/22222-22222", "/dang-nhap/dien-thoai"),
    *("/dia-ban", "/dia-ban?q=hoa", "/dia-ban?q=so+thong+tin", "/dia-ban?q=khong+co"),
    *("/dia-ban/hn.c.00253.1", "/dia-ban/hn.d.001.1", "/dia-ban/hn.x"),
    "/lay-so/H26.99",
    *("/so-lieu", "/so-lieu?theo=thu-tuc", "/so-lieu?theo=thang", "/so-lieu?ky=2020"),
    *("/tro-giup", "/tro-giup?q=dong+da", "/tro-giup?q=khong+co"),
    *("/nhiem-vu", "/nhiem-vu?nhom=B", "/bao-tin-rac", "/so-bi-tam-ngung"),
]
DESK = [
    *("/ban/viec-don-vi", "/ban/viec-don-vi?loai=cho-ky&sap-xep=ma"),
    *("/ban/viec", "/ban/viec?loai=qua-han", "/ban/nhom", "/ban/ho-so", "/ban/ho-so?q=khong+co"),
    *(
        "/ban/nhom/viec?loai=qua-han",
        "/ban/ky",
        "/ban/co-quan",
        "/ban/co-quan?q=khong+co&ngay=2025-01-01",
        "/ban/co-quan/H26.12",
        "/ban/ho-so?qua-han=1",
        "/ban/tiep-nhan",
        "/ban/tiep-nhan/1.003633",
        "/ban/ho-so/22222-22222",
        "/ban/danh-muc",
        "/ban/danh-muc/1.001193",
        "/ban/danh-muc/2.001740/so-sanh?truoc=1&sau=1",
        "/ban/danh-muc/1.003633/so-sanh?loai=quy-trinh&truoc=1&sau=1",
        "/ban/hang-cho",
        "/ban/hang-cho/thoi-gian",
        "/ban/tep-xuat",
        "/ban/van-ban",
        "/ban/van-ban?tinh-trang=open&loai=CV",
        "/ban/van-ban/1",
        "/ban/van-ban/moi",
        "/ban/van-ban-den",
        "/ban/van-ban-den/1",
        "/ban/so-dang-ky",
        "/ban/so-dang-ky/advert_numbers",
        "/ban/so-dang-ky/advert_numbers?loi=incomplete&f.kind=advert",
        "/ban/so-dang-ky/advert_numbers/chat-luong",
        "/ban/so-dang-ky/telecom_spans/ban-do?lop=telecom_nodes&lop=telecom_sites",
        "/ban/ha-tang-vien-thong/dung-chung?toa-do=21.02,105.85&khu-vuc=suburb&cao=20",
        "/ban/ha-tang-vien-thong/thoa-thuan?tat-ca=1",
        "/ban/ha-tang-vien-thong/tong-hop?cong-trinh=cables",
        "/ban/ha-tang-vien-thong/giay-phep",
        "/ban/ha-tang-vien-thong/ha-ngam",
        "/ban/ha-tang-vien-thong/ha-ngam?nam=2025",
        "/ban/so-dang-ky/telecom_sites/ban-do?khung=106,20,106.1,20.1",
        "/ban/so-dang-ky/telecom_spans/tong-hop?theo=owner",
        "/ban/so-dang-ky/advert_numbers/1",
        "/ban/so-dang-ky/advert_numbers/1/lich-su",
        "/ban/so-quang-cao",
        "/ban/so-quang-cao/thong-ke",
        "/ban/so-theo-doi?tu=2026-01-01",
        "/ban/neu-khac-di",
        "/ban/neu-khac-di?co-quan=2&tu=2025-01-01&den=2026-11-20&thu-tuc=1.003633&thoi-han=1",
    ),
]
A4 = {"width": 794, "height": 1123}  # 210 mm and 297 mm, of which the margins leave 178 mm
TABLET = {"width": 820, "height": 1180}


def in_english(visitor):
    """Choose English with the switch."""
    visitor.open("/").page.get_by_role("button", name="English").click()
    visitor.page.wait_for_selector("html[lang=en]")
    return visitor


def test_the_open_pages_hold_in_english(citizen):
    in_english(citizen)
    for path in OPEN:
        assert citizen.open(path).page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("username", ["motcua", "truongphong", "chuyenvien.ca"])
def test_the_desk_holds_in_english(officer, username):
    worker = in_english(officer(username))
    for path in DESK:
        assert worker.open(path).page.locator("html").get_attribute("lang") == "en"


def test_a_dossier_of_every_procedure_can_be_read(officer):
    cells, seen = "td:nth-child(3), td:nth-child(5)", set()
    for username in ("truongphong", "motcua.badinh", "chuyenvien.ca"):
        reader = officer(username).open("/ban/ho-so?tinh-trang=")
        rows = reader.main.locator("tbody tr").all()
        told = [row.locator(cells).all_inner_texts() for row in rows]
        one_each = {procedure: code for code, procedure in told}
        seen |= set(one_each)
        for code in one_each.values():
            assert code in reader.open(f"/ban/ho-so/{code}").heading
    assert len(seen) > 5


def test_the_control_slip_is_printed(officer):
    reader = officer("truongphong").open("/ban/ho-so?dang-mo=1")
    reader.follow(reader.main.locator("[data-row] a.code").first.inner_text())
    reader.follow("Phiếu kiểm soát").press("Lập bản in (PDF) của phiếu")
    assert reader.paper("Mở văn bản").startswith(b"%PDF-")


def test_nothing_of_the_control_slip_is_cut_on_paper(officer):
    reader = officer("truongphong").open("/ban/ho-so?dang-mo=1")
    reader.follow(reader.main.locator("[data-row] a.code").first.inner_text())
    page = reader.follow("Phiếu kiểm soát").page
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    page.locator("main").evaluate("main => main.style.width = '178mm'")
    cut = "frame => frame.scrollWidth - frame.clientWidth"
    assert page.locator(".table-frame:has(.slip)").evaluate(cut) == 0


def test_the_steps_of_a_dossier_are_low_on_a_tablet(officer):
    reader = officer("truongphong").open("/ban/ho-so?dang-mo=1")
    reader.follow(reader.main.locator("[data-row] a.code").first.inner_text())
    reader.page.set_viewport_size(TABLET)
    heights = "all => all.map(one => one.clientHeight)"
    assert max(reader.page.locator(".steps > li").evaluate_all(heights)) < 80


def test_the_desk_works_on_a_phone_without_scripts(window):
    worker = sign_in(window(scripts=False, size=PHONE), "truongphong")
    worker.follow(worker.main.locator("[data-row] a.code").first.inner_text())
    assert worker.sees(["Bước tiếp theo", "Nhật ký"])
