"""Pictures of a foreign organisation: two opinions side by side, and the city decides."""

from __future__ import annotations

from tests.browser import acts

COUNSELS = {
    "chuyenvien.ca": ("Công an thành phố", "Không có ý kiến khác về an ninh trật tự."),
    "chuyenvien.nv": ("Sở Ngoại vụ", "Tổ chức có đăng ký hoạt động, đồng ý."),
}


def ask_both(specialist, code):
    acts.begin(specialist, code, "Lấy ý kiến phối hợp")
    for agency, _words in COUNSELS.values():
        specialist.tick(agency)
    return specialist.fill("Nội dung cần lấy ý kiến", "Xin ý kiến trước 17 giờ thứ Sáu").press(
        "Lấy ý kiến phối hợp"
    )


def test_two_opinions_and_the_citys_decision(house, citizen, officer, photo, scan):
    lookup = acts.file_pictures(citizen, photo, scan)
    code = acts.receive(officer("motcua.vhtt"), lookup)
    acts.assign(officer("truongphong.vhtt"), code, "Phân công thẩm định", "Mai Anh Thư")
    specialist = ask_both(officer("chuyenvien.vhtt"), code)
    assert not specialist.page.get_by_role("link", name="Trình dự thảo").count()
    assert acts.look_up(citizen, lookup).sees(["Đang lấy ý kiến cơ quan khác"])

    for username, (_agency, words) in COUNSELS.items():
        acts.do(officer(username), code, "Trả lời ý kiến", {"Nội dung trả lời": words})
    assert specialist.reload().sees([words for _agency, words in COUNSELS.values()])

    acts.do(specialist, code, "Trình dự thảo")
    acts.do(officer("truongphong.vhtt"), code, "Trình lãnh đạo Sở")
    acts.do(officer("giamdoc.vhtt"), code, "Trình UBND thành phố")
    acts.do(officer("truongphong.tp"), code, "Phân công thẩm tra")
    acts.do(officer("chuyenvien.tp"), code, "Trình ký")
    acts.do(officer("chutich"), code, "Ký chấp thuận")
    acts.do(officer("vanthu.vhtt"), code, "Phát hành và chuyển một cửa")
    acts.do(officer("motcua.vhtt"), code, "Trả kết quả")
    assert acts.look_up(citizen, code).sees(["Đã trả kết quả"])
    assert citizen.paper("Văn bản chấp thuận (PDF)").startswith(b"%PDF-")


def test_the_opinions_of_others_stay_in_the_house(citizen, officer, photo, scan):
    lookup = acts.file_pictures(citizen, photo, scan)
    code = acts.receive(officer("motcua.vhtt"), lookup)
    acts.assign(officer("truongphong.vhtt"), code, "Phân công thẩm định", "Mai Anh Thư")
    ask_both(officer("chuyenvien.vhtt"), code)
    words = COUNSELS["chuyenvien.ca"][1]
    acts.do(officer("chuyenvien.ca"), code, "Trả lời ý kiến", {"Nội dung trả lời": words})
    assert words not in acts.look_up(citizen, lookup).text
