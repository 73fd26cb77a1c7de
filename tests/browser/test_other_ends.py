"""The ways that do not end in a result: refused at reception, withdrawn, handed over."""

from __future__ import annotations

import pytest

from tests.browser import acts

REASON = "Hồ sơ thuộc thẩm quyền của Bộ Khoa học và Công nghệ"


@pytest.fixture
def lookup(citizen, photo, scan) -> str:
    """File a postal licence online."""
    return acts.file_postal(citizen, photo, scan)


def test_a_refusal_at_reception_gives_its_reason_on_paper(lookup, citizen, officer):
    counter = officer("motcua").open("/ban/tiep-nhan")
    counter.follow("Từ chối tiếp nhận", counter.row(lookup)).press("Từ chối tiếp nhận")
    assert counter.page.title().startswith("Lỗi: ")  # a refusal without a reason is none
    counter.fill("Lý do", REASON).press("Từ chối tiếp nhận")
    acts.look_up(citizen, lookup)
    assert citizen.sees(["Không tiếp nhận", REASON])
    assert citizen.paper("Phiếu từ chối tiếp nhận giải quyết hồ sơ (PDF)").startswith(b"%PDF-")


def test_a_citizen_withdraws(lookup, citizen, officer):
    code = acts.to_specialist(officer, lookup)
    acts.look_up(citizen, lookup).follow("Rút hồ sơ")
    citizen.press("Rút hồ sơ này")
    assert citizen.sees(["Hồ sơ đã được rút."])
    specialist = officer("chuyenvien").open(f"/ban/ho-so/{code}")
    assert specialist.sees(["Hồ sơ đã kết thúc, không còn thao tác nào."])


def test_a_dossier_goes_over_to_the_competent_agency(lookup, citizen, officer):
    code = acts.to_specialist(officer, lookup)
    giver = acts.begin(officer("chuyenvien"), code, "Chuyển cơ quan có thẩm quyền")
    giver.select("Cơ quan nhận bàn giao", "Sở Văn hóa và Thể thao")
    giver.fill("Lý do", "Thuộc lĩnh vực của Sở").press("Chuyển cơ quan có thẩm quyền")
    acts.assign(officer("truongphong.vhtt"), code, "Phân công thẩm định", "Mai Anh Thư")
    assert acts.look_up(citizen, code).sees(["Sở Văn hóa và Thể thao"])


def test_more_is_asked_for_before_reception(lookup, citizen, officer, scan):
    counter = officer("motcua").open("/ban/tiep-nhan")
    counter.follow("Yêu cầu bổ sung", counter.row(lookup))
    counter.fill("Nội dung cần bổ sung", "Thiếu phương án kinh doanh")
    counter.press("Yêu cầu bổ sung trước khi tiếp nhận")
    acts.look_up(citizen, lookup).attach("Phương án kinh doanh", scan).press("Gửi bổ sung")
    assert acts.receive(counter, lookup).startswith("H26.12-")
