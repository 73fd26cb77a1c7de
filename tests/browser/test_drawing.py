"""A plan drawn at the desk by who organises, on a telephone too, and decided by the head."""

from __future__ import annotations

import datetime

from motcua.core.now import now
from tests.browser.test_every_page import in_english

WIDTHS = (390, 1366, 1920)


def begun(person):
    on = now().date() + datetime.timedelta(days=90)
    person.open("/ban/sap-xep").follow("Lập phương án sắp xếp")
    day = {"Ngày": str(on.day), "Tháng": str(on.month), "Năm": str(on.year)}
    person.fill_in("Ngày có hiệu lực", day)
    person.fill("Số, ký hiệu văn bản quyết định", "15/NQ-HĐND")
    person.select("Cơ quan kết thúc", "Ủy ban nhân dân phường Hoàn Kiếm (H26.102)")
    person.select("Cơ quan kế thừa", "Ủy ban nhân dân phường Ba Đình (H26.101)")
    return person.press("Lập dự thảo")


def test_a_plan_is_drawn_from_lists_seen_with_its_faults_and_decided(officer):
    drawer = officer("tochuc")
    drawer.page.set_viewport_size({"width": 390, "height": 900})
    begun(drawer)
    assert drawer.sees(["Dự thảo, chưa quyết định", "Không có chỗ nào ngăn phương án này."])
    address = drawer.path
    for width in WIDTHS:
        drawer.page.set_viewport_size({"width": width, "height": 900})
        drawer.open(address)
        assert drawer.page.evaluate("document.body.scrollWidth <= window.innerWidth")
    drawer.follow("Ủy ban nhân dân phường Hoàn Kiếm")
    assert drawer.sees(["Đinh Công Vinh", "mọi việc còn lại"])
    drawer.page.get_by_text("Thêm cơ quan kế thừa").click()
    box = drawer.main.get_by_role("combobox", name="Cơ quan kế thừa")
    box.select_option(label="Sở Khoa học và Công nghệ (H26.12)")
    drawer.press("Thêm vào phương án")
    assert drawer.sees(["Hai cơ quan cùng kế thừa mọi việc còn lại"])
    drawer.press("Bỏ Sở Khoa học và Công nghệ: mọi việc còn lại")
    assert "Hai cơ quan cùng kế thừa" not in drawer.text
    head = in_english(officer("chutich")).open(address)
    assert head.sees(["Draft, not decided", "Drawn up by Tạ Bích Ngọc."])
    head.press("Decide this plan")
    head.press("Undo this plan")
    assert head.path == "/ban/sap-xep"
