"""A case officer's day with one dossier, on a phone and at a desk screen.

From the queue to the papers, a letter looked at before it asks the applicant for more, the answer,
and the draft before the head of the unit.
"""

from __future__ import annotations

import pytest

from tests.browser import acts
from tests.browser.conftest import sign_in
from tests.browser.visitor import DESKTOP, PHONE, Visitor

NEWEST = "/ban/viec?sap-xep=moi"
DEFECT = "Giấy đề nghị thiếu chữ ký ở trang 2"
OPINION = "Đủ điều kiện cấp lại theo Điều 12."
_DRAWN = "node => node.complete && node.naturalWidth > 0"


def read_the_papers(worker: Visitor) -> None:
    """Open what was handed in where it stands, without leaving the dossier."""
    assert worker.sees(["Công ty TNHH Bưu chính Sông Hồng", "Giấy đề nghị cấp lại"])
    looks = worker.main.locator("details.look")
    assert looks.count() == 2
    looks.first.locator("summary").click()
    picture = looks.first.locator("img")
    picture.scroll_into_view_if_needed()
    worker.page.wait_for_function(f"() => ({_DRAWN})(document.querySelector('details.look img'))")
    box, width = picture.bounding_box(), worker.page.viewport_size["width"]
    assert box["width"] > 200
    assert box["x"] + box["width"] <= width


def ask_for_more(worker: Visitor) -> None:
    """Ask for a supplement: not without its reason, and after a look at the letter."""
    move = "Yêu cầu bổ sung hồ sơ"
    worker.follow(move).press(move)
    assert worker.page.title().startswith("Lỗi:")
    worker.fill("Nội dung cần bổ sung", DEFECT)
    with worker.page.context.expect_page() as opened:
        worker.main.get_by_role("button", name="Xem trước văn bản").click()
    opened.value.close()
    assert worker.page.get_by_label("Nội dung cần bổ sung").input_value() == DEFECT
    worker.press(move)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_dossier_is_worked_on_from_the_queue_to_the_head(
    window, citizen, officer, photo, scan, size
):
    lookup = acts.file_postal(citizen, photo, scan)
    code = acts.to_specialist(officer, lookup)
    worker = sign_in(window(size=size), "chuyenvien").open(NEWEST)
    assert worker.heading == "Việc của tôi"
    worker.follow(code)
    read_the_papers(worker)
    ask_for_more(worker)
    assert worker.open(f"/ban/ho-so/{code}").sees(["Tạm dừng", DEFECT])

    acts.look_up(citizen, lookup)
    assert citizen.sees(["Bạn cần bổ sung hồ sơ", DEFECT])
    citizen.attach("Giấy đề nghị cấp lại", scan).press("Gửi bổ sung")

    worker.open(NEWEST).follow(code).follow("Trình dự thảo")
    worker.page.locator('main [name="reason"]').fill(OPINION)
    worker.press("Trình dự thảo")
    assert code not in worker.open("/ban/viec?loai=cua-toi&sap-xep=moi").text

    head = officer("truongphong").open(NEWEST).follow(code)
    assert head.sees([OPINION, "Trình lãnh đạo"])
