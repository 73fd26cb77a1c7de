"""The same document as DOCX: paper, margins, and every part of the layout."""

from __future__ import annotations

from io import BytesIO

from motcua.core.official.content import Content
from motcua.core.official.tests.office import TABLE, later
from motcua.core.official.word import docx


def opened(office, **changes):
    from docx import Document

    return Document(BytesIO(docx(office.row(office.draft(**changes)), at=later(1))))


def texts(made) -> list[str]:
    cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
    lines = [line for where in (made, *cells) for line in where.paragraphs]
    return [line.text for line in lines if line.text]


def test_paper_margins_and_font(office):
    made = opened(office)
    page = made.sections[0]
    sizes = [
        page.page_width,
        page.page_height,
        page.left_margin,
        page.right_margin,
        page.top_margin,
    ]
    assert [round(one.mm) for one in sizes] == [210, 297, 30, 15, 20]
    assert made.styles["Normal"].font.name == "Times New Roman"
    assert made.styles["Normal"].font.size.pt == 14


def test_a_letter_has_its_parts(office):
    found = texts(opened(office, authority="KT.", position="GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"))
    for part in (
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "Số:         /SKHCN-CNTT",
        "V/v ngừng cung cấp dịch vụ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Kính gửi: Công ty Mẫu",
        "Nơi nhận:",
        "- Như trên;",
        "- Thanh tra;",
        "- Lưu: VT, CNTT.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Đỗ Thị Ưởng",
        "Phụ lục",
        TABLE.title.upper(),
        TABLE.rows[0][0],
    ):
        assert part in found, part


def test_a_decision_has_title_and_grounds(office):
    content = Content(["Điều 1. Phê duyệt."], ["Căn cứ A", "Căn cứ B"])
    found = texts(opened(office, kind="QĐ", content=content))
    assert [one for one in found if one in {"QUYẾT ĐỊNH", "Căn cứ A;", "Căn cứ B."}] == [
        "QUYẾT ĐỊNH", "Căn cứ A;", "Căn cứ B."
    ]  # fmt: skip
