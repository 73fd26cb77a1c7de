"""The book of dossiers: read on the desk, and taken home as form 06."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.browser.visitor import PHONE

YEAR = "/ban/so-theo-doi?tu=2026-01-01"


def test_the_book_is_read_and_comes_as_a_paper(officer):
    reader = officer("motcua").open("/ban/ho-so").follow("Sổ theo dõi hồ sơ")
    assert reader.heading == "Sổ theo dõi hồ sơ"
    reader.open(YEAR)
    codes = reader.main.get_by_role("row").get_by_role("link").all_inner_texts()
    assert len(codes) > 3
    reader.select("Lấy sổ này về", "PDF, khổ A4 ngang (Mẫu 06)").press("Lập tệp")
    link = reader.main.get_by_role("link", name="Tải xuống").first
    link.wait_for(timeout=30_000)
    reader.page.set_viewport_size(PHONE)
    with reader.page.expect_download() as given:
        link.click()
    pages = PdfReader(io.BytesIO(given.value.path().read_bytes())).pages
    told = "".join("".join(page.extract_text() for page in pages).replace("\u200b", "").split())
    assert [code for code in codes if code not in told] == []
