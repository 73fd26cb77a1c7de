"""What goes on paper from a browser: A4, nothing of the screen around it, numbered, to be scanned.

UX §8 check 14. Slips are A5, as their forms are; letters carry their page numbers as decree
30/2020 wants them, which the tests of documents look at.
"""

from __future__ import annotations

import io
from itertools import groupby

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from motcua.core.documents.tests.decoder import decoded
from tests.browser import acts

A4, A5 = (595, 842), (420, 595)  # points
_INCH = 25.4  # millimetres
_DOTS = 96  # CSS pixels an inch
_OF_THE_DESK = (
    *("Công việc", "Đăng xuất", "Phím tắt", "Bộ lọc đã lưu", "Lọc và sắp xếp", "Giao việc"),
    *("Xuất danh sách này", "Tìm hồ sơ", "English"),
)
_OF_THE_PORTAL = ("English", "Đăng nhập")
_LISTS = ["/ban/viec-don-vi?loai=", "/ban/ho-so?tinh-trang=", "/ban/so-theo-doi", "/ban/nhom"]


def printed(page: Page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def sizes(paper: PdfReader) -> set[tuple[int, ...]]:
    """Give the formats of the pages, upright or lying."""
    boxes = [one.mediabox for one in paper.pages]
    return {tuple(sorted((round(box.width), round(box.height)))) for box in boxes}


def numbers(paper: PdfReader) -> bool:
    """Tell whether each page says which it is of how many."""
    total = len(paper.pages)
    texts = [page.extract_text() for page in paper.pages]
    return all(f"{number}/{total}" in text for number, text in enumerate(texts, 1))


def bare(text: str) -> str:
    """Leave out the spaces: two fonts share the letters of a word, and readers put some between."""
    return "".join(text.split())


def words(paper: PdfReader) -> str:
    return bare("".join(page.extract_text() for page in paper.pages))


def scanned(symbol: Locator) -> str:
    """Read a symbol as a camera sees it: from the dots on the paper."""
    picture = Image.open(io.BytesIO(symbol.screenshot())).convert("L")
    dark = picture.point(lambda grey: 255 if grey < 128 else 0)
    picture = dark.crop(dark.getbbox())
    top = [picture.getpixel((x, 2)) for x in range(picture.width)]
    finder = len(list(next(groupby(top))[1]))  # the first pattern is seven modules wide
    count = round(picture.width / (finder / 7))
    step = picture.width / count
    middles = [int((place + 0.5) * step) for place in range(count)]
    return decoded([[picture.getpixel((x, y)) > 0 for x in middles] for y in middles])


@pytest.mark.parametrize("path", _LISTS)
def test_a_list_is_numbered_a4_without_the_screen_around_it(officer, path):
    reader = officer("truongphong").open(path)
    head = reader.page.locator("thead").last.locator("th").last.inner_text()
    paper = printed(reader.page)
    assert sizes(paper) == {A4}
    assert numbers(paper)
    told = words(paper)
    assert bare(reader.heading) in told
    assert [one for one in _OF_THE_DESK if bare(one) in told] == []
    assert bare(head) in told


@pytest.mark.parametrize("path", _LISTS[:2])
def test_no_column_of_a_list_is_cut_on_paper(officer, path):
    reader = officer("truongphong").open(path)
    rows = reader.page.locator("[data-row]")
    row = rows.nth(rows.count() - 1)
    cells = [text.strip() for text in row.locator("td:not(:first-child)").all_inner_texts()]
    told = words(printed(reader.page))
    assert [text for text in cells if bare(text) not in told] == []


def test_the_confirmation_is_one_page_whose_symbol_is_scanned(house, citizen, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    paper = printed(citizen.page)
    assert (len(paper.pages), sizes(paper), numbers(paper)) == (1, {A4}, True)
    told = words(paper)
    assert lookup in told
    assert [one for one in _OF_THE_PORTAL if bare(one) in told] == []
    citizen.page.emulate_media(media="print")
    symbol = citizen.main.get_by_role("img", name="Mã QR")
    assert scanned(symbol) == f"{house.address}/tra-cuu?so={lookup}"
    assert symbol.bounding_box()["width"] / _DOTS * _INCH >= 30


def test_the_receipt_and_the_refusal_are_papers_of_their_own(citizen, officer, photo, scan):
    counter = officer("motcua")
    code = acts.receive(counter, acts.file_postal(citizen, photo, scan))
    receipt = PdfReader(io.BytesIO(counter.paper("Mở văn bản")))
    assert sizes(receipt) == {A5}
    assert code in words(receipt)
    turned_away = acts.file_postal(citizen, photo, scan)
    counter.open(f"/ban/ho-so/{turned_away}").follow("Từ chối tiếp nhận")
    counter.fill("Lý do", "Không thuộc thẩm quyền").press("Từ chối tiếp nhận")
    refusal = PdfReader(io.BytesIO(counter.open(f"/ban/ho-so/{turned_away}").paper("Mở văn bản")))
    assert sizes(refusal) == {A5}
    assert bare("Không thuộc thẩm quyền") in words(refusal)
