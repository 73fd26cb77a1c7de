"""A postal licence from a phone to the citizen's hands: ten working days, one supplement."""

from __future__ import annotations

from motcua.core.documents.tests.decoder import decoded
from motcua.core.documents.tests.test_qr import matrix_of
from tests.browser import acts
from tests.browser.house import offline

DEFECTS = [
    "Giấy đề nghị thiếu chữ ký ở trang 2",
    "Báo cáo tài chính năm 2025 chưa đóng dấu",
    "Thiếu bản sao giấy phép cũ",
]


def test_a_licence_goes_its_whole_way(house, citizen, officer, photo, scan, tmp_path):
    lookup = acts.file_postal(citizen, photo, scan)
    code = acts.to_specialist(officer, lookup)
    receipt = officer("motcua").paper("Mở văn bản")
    assert receipt.startswith(b"%PDF-")

    asked = {"Nội dung cần bổ sung": "\n".join(DEFECTS)}
    acts.do(officer("chuyenvien"), code, "Yêu cầu bổ sung hồ sơ", asked)
    acts.look_up(citizen, lookup)
    assert citizen.sees(["Bạn cần bổ sung hồ sơ", *DEFECTS])
    citizen.attach("Giấy đề nghị cấp lại", scan).fill("Lời nhắn", "Đã ký đủ").press("Gửi bổ sung")
    assert citizen.sees(["Đã gửi bổ sung", "Bạn chưa phải làm gì"])

    acts.do(officer("chuyenvien"), code, "Trình dự thảo")
    acts.do(officer("truongphong"), code, "Trình lãnh đạo")
    acts.do(officer("giamdoc"), code, "Ký duyệt")
    acts.do(officer("vanthu"), code, "Phát hành và chuyển một cửa")
    acts.look_up(citizen, code)
    assert citizen.sees(["Đã có kết quả", "trước hạn"])
    acts.do(officer("motcua"), code, "Trả kết quả")
    citizen.reload()
    assert citizen.sees(["Đã trả kết quả"])

    result = tmp_path / "giấy phép.pdf"
    result.write_bytes(citizen.paper("Giấy phép bưu chính (PDF)"))
    proof = citizen.download("Tệp bằng chứng", tmp_path, of="Giấy phép bưu chính (PDF)")
    _verifies(house, result, proof)


def _verifies(house, result, proof):
    key = house.public_key()
    right = offline("verify", str(result), "--proof", str(proof), "--key", key)
    assert (right.returncode, right.stdout[:5]) == (0, "ĐÚNG:"), right
    result.write_bytes(result.read_bytes() + b"\n")
    wrong = offline("verify", str(result), "--proof", str(proof), "--key", key)
    assert (wrong.returncode, wrong.stdout[:11]) == (1, "KHÔNG ĐÚNG:")


def test_the_confirmation_carries_number_and_symbol(house, citizen, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    image = citizen.main.get_by_role("img", name="Mã QR")
    assert image.evaluate("node => node.complete && node.naturalWidth > 0")
    drawn = citizen.page.context.request.get(image.get_attribute("src")).text()
    assert decoded(matrix_of(drawn)) == f"{house.address}/tra-cuu?so={lookup}"


def test_who_scans_the_symbol_needs_only_the_telephone(house, window, citizen, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    other = window(scripts=False).open(f"/tra-cuu?so={lookup}")
    other.fill("Số điện thoại", "+84 912.345.678").press("Tra cứu")
    assert other.sees([lookup, "Mới nộp, chờ tiếp nhận"])
