"""The layout of NĐ 30/2020, annex I, as facts of the file (FORMS §4)."""

from __future__ import annotations

import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from motcua.core.official import setting
from motcua.core.official.content import Annex, Content
from motcua.core.official.drafting import To
from motcua.core.official.tests.office import later

MM = 72 / 25.4
FEBRUARY = datetime.datetime(2026, 2, 4, 17, 30, tzinfo=datetime.UTC)  # 05/02 in Hanoi


def pieces(page):
    """Give each text of a page with its place in mm from the left and the top, and its size."""
    found = []

    def visit(text, matrix, _text_matrix, font, size):
        if text.strip():
            x, y = matrix[4], matrix[5]
            found.append((text.strip(), x / MM, (841.89 - y) / MM, size, str(font["/BaseFont"])))

    page.extract_text(visitor_text=visit)
    return found


def laid(office, **changes):
    row = office.row(office.draft(**changes))
    return setting.lay_out(row, at=later(1)), row


def words(body: bytes, page=0) -> str:
    return " ".join(PdfReader(BytesIO(body)).pages[page].extract_text().split())


def test_paper_and_margins(office):
    long = ["Đoạn văn dài để lấp đầy trang giấy theo thể thức. " * 30] * 12
    made, _ = laid(office, content=Content(long))
    pages = PdfReader(BytesIO(made.pdf)).pages
    assert [round(float(edge) / MM) for edge in pages[0].mediabox[2:]] == [210, 297]
    body = [one for page in pages for one in pieces(page) if one[3] == 14]
    assert 30 <= round(min(one[1] for one in body), 2) <= 35
    assert min(one[2] for one in body) >= 20
    assert max(one[2] for one in body) <= 297 - 20
    assert "2" in [one[0] for one in pieces(pages[1])]
    assert "1" not in [one[0] for one in pieces(pages[0])]


def test_a_letter_has_its_parts(office):
    made, _ = laid(office, recipients=(To("Công ty Mẫu"), To("Thanh tra Sở", way="copy")))
    text = words(made.pdf)
    for part in (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "V/v ngừng cung cấp dịch vụ",
        "Kính gửi: Công ty Mẫu",
        "i nhận: - Như trên;",
        "- Thanh tra Sở;",
        "- Lưu: VT, CNTT.",
        "GIÁM ĐỐC",
        "Đỗ Thị Ưởng",
    ):
        assert part in text, part


def test_a_decision_has_title_powers_and_grounds(office):
    content = Content(["Điều 1. Phê duyệt.", "Điều 2. Thi hành."], ["Căn cứ A", "Căn cứ B"])
    made, _ = laid(office, kind="QĐ", abstract="Về việc phê duyệt", content=content)
    text = words(made.pdf)
    assert "QUYẾT ĐỊNH Về việc phê duyệt GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ" in text
    assert "Căn cứ A; Căn cứ B. Điều 1. Phê duyệt." in text
    assert "V/v" not in text
    assert "- Công ty Mẫu;" in text


def test_ways_of_signing_stand_before_the_position(office):
    made, _ = laid(office, authority="KT.", position="GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Đỗ Thị Ưởng" in words(made.pdf)


def test_sizes_of_letters(office):
    made, _ = laid(office)
    sizes = {
        text: (size, font)
        for text, _, _, size, font in pieces(PdfReader(BytesIO(made.pdf)).pages[0])
    }
    size, font = sizes["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert 12 <= size <= 13
    assert "Bold" in font
    assert 13 <= sizes["Độc lập - Tự do - Hạnh phúc"][0] <= 14
    [(size, font)] = [told for text, told in sizes.items() if text.endswith("i nhận:")]
    assert (round(size, 1), "BoldItalic" in font.replace("-", "")) == (12, True)
    assert sizes["- Như trên;"][0] == 11


def test_annexes_stand_on_pages_of_their_own(office):
    table = Annex("Danh sách", ("Số", "Nơi"), [(f"09{n:08}", "Ba Đình") for n in range(90)])
    made, _ = laid(office, content=Content(["Gửi kèm."], (), (table, table)))
    pages = [words(made.pdf, one) for one in range(len(PdfReader(BytesIO(made.pdf)).pages))]
    assert "Phụ lục" not in pages[0]
    heads = [page for page in pages if "Phụ lục I" in page]
    assert len(heads) == 2
    assert all("(Kèm theo Công văn của Sở Khoa học và Công nghệ)" in one for one in heads)
    assert "TT Số Nơi" in pages[2]  # the head of the table is said again


def test_words_that_look_like_code_come_out_as_they_went_in(office):
    made, _ = laid(office, content=Content(['#let x = 1 *đậm* $a$ \\ "', "- gạch đầu dòng"]))
    assert '#let x = 1 *đậm* $a$ \\ "' in words(made.pdf)


def test_equal_documents_make_equal_bytes(office):
    row = office.row(office.draft())
    assert setting.lay_out(row, at=later(1)).pdf == setting.lay_out(row, at=later(1)).pdf


@pytest.fixture
def in_february(office):
    """Give the fields of a letter that is issued half an hour after midnight of 5 February."""
    return PdfReader(BytesIO(office.file(office.issued(at=FEBRUARY)))).get_fields()


def test_number_and_day_are_filled_in_with_leading_zeros(in_february):
    said = [str(one.value) for one in in_february.values() if one.field_type == "/Tx"]
    assert said == ["Số: 01/SKHCN-CNTT", "Hà Nội, ngày 05 tháng 02 năm 2026"]


def test_before_it_is_numbered_a_document_has_room_for_it(office):
    row = office.row(office.draft())
    assert setting.number_line(row, later(1)) == "Số:         /SKHCN-CNTT"
    assert setting.day_words(row, later(1)).startswith("Hà Nội, ngày       tháng")


@pytest.mark.parametrize(("urgency", "stamp"), [("urgent", "KHẨN"), ("express", "HỎA TỐC")])
def test_an_urgent_document_is_stamped(office, urgency, stamp):
    made, row = laid(office, urgency=urgency)
    found = [one for one in pieces(PdfReader(BytesIO(made.pdf)).pages[0]) if stamp in one[0]]
    assert [round(one[3]) for one in found] == [13]
    assert found[0][1] < 105  # on the left half, under the number
    assert stamp not in words(setting.lay_out(office.row(office.draft()), at=later(1)).pdf)
    assert row.urgency > 0
