"""Every letter is set: right paper, all words, hostile text as text, equal bytes for equal data."""

from __future__ import annotations

import datetime
import unicodedata

import pytest

from motcua.core.documents.tests.samples import AT, DEFECTS, FORMS, data, set_letter, words_of
from motcua.core.documents.wording import asked_of
from motcua.core.letters.setting import draw, render
from motcua.core.letters.sources import LetterUnknown, shipped, templates

HOSTILE = (
    '#panic("x") #read("/etc/passwd") $x^2$ *đậm* _nghiêng_ \\ @ref `raw` <label> = Tiêu đề // /* '
    '- gạch + số ~ -- "" [ngoặc] {d.code} {{ 7*7 }} %s </svg> \u200f\u200eABC 1. 2.'
)
A5, A4 = (148, 210), (210, 297)


@pytest.mark.parametrize("letter", FORMS)
def test_a_letter_names_code_person_and_title(letter):
    text = words_of(set_letter(letter))
    assert unicodedata.is_normalized("NFC", text)
    by_symbol = "Quét để xem tiến độ, hoặc nhập số tra cứu: B7K3M-QX9TC"
    for words in (
        "H26.11-261116-0042",
        "Nguyễn Trường Đạt",
        "Độc lập - Tự do - Hạnh phúc",
        by_symbol,
    ):
        assert words in text


@pytest.mark.parametrize(("letter", "size"), [*((form, A5) for form in FORMS[:5]), ("result", A4)])
def test_a_letter_is_on_its_paper(letter, size):
    pages = set_letter(letter).pages
    boxes = {
        (round(p.mediabox.width / 72 * 25.4), round(p.mediabox.height / 72 * 25.4)) for p in pages
    }
    assert boxes == {size}


@pytest.mark.parametrize("letter", FORMS)
def test_an_ordinary_letter_takes_one_page_a_copy(letter):
    assert len(set_letter(letter).pages) == (2 if letter == "form01" else 1)


def test_a_receipt_is_made_out_twice_each_copy_with_its_own_page_numbers():
    many = data("form01")["papers"] * 12
    pages = [
        " ".join(page.extract_text().split()) for page in set_letter("form01", papers=many).pages
    ]
    half = len(pages) // 2
    assert ("Liên 1: Lưu" in pages[0], "Liên 2: Giao người nộp hồ sơ" in pages[half]) == (
        True,
        True,
    )
    assert [f"Trang {n}/{half}" in page for n, page in zip([1, 2, 1, 2], pages, strict=True)] == [
        True
    ] * 4


def test_a_receipt_given_anew_says_when_all_had_come_in():
    completed = "15 giờ 00 phút, ngày 20/11/2026"
    pdf = set_letter("form01", completed=completed)
    assert f"ngày 16/11/2026; nhận đủ giấy tờ bổ sung: {completed}" in words_of(pdf)
    assert len(pdf.pages) == 2  # still one page a copy


@pytest.mark.parametrize(("letter", "rows"), [("form01", 9), ("form02", 23), ("form03", 14)])
def test_no_signature_stands_alone_on_a_page(letter, rows):
    one = {"name": "Đơn", "forms": "01 bản chính", "note": ""}
    pages = set_letter(letter, papers=[one] * rows, words=["Thiếu chữ ký."] * rows).pages
    signed = [page.extract_text() for page in pages if "(Ký, ghi rõ họ tên)" in page.extract_text()]
    assert signed
    assert all("Sổ theo dõi" in text or "liên hệ" in text for text in signed)


def test_sentences_end_without_a_gap_whatever_is_known_of_the_office():
    office = {"office": "Bộ phận X", "address": "", "phone": ""}
    assert "liên hệ Bộ phận X. " in words_of(set_letter("form03", contact=office))


def test_the_receipt_says_what_was_promised():
    text = words_of(set_letter("form01"))
    for words in (
        "Thời gian giải quyết hồ sơ theo quy định: 10 ngày làm việc",
        "Thời gian nhận hồ sơ: 14 giờ 20 phút, ngày 16/11/2026",
        "17 giờ 00 phút, Thứ Hai, 30/11/2026",
        "01 bản sao, 01 tệp điện tử",
        "Phạm Thị Ánh Tuyết",
        "B7K3M-QX9TC",
    ):
        assert words in text


@pytest.mark.parametrize("letter", ["form02", "form03"])
def test_every_defect_is_listed(letter):
    text = words_of(set_letter(letter))
    assert [defect for defect in DEFECTS if defect not in text] == []


def test_a_request_counts_the_papers_it_asks_for():
    rows = [asked_of(line) for line in DEFECTS]
    counts = [(one["originals"], one["certified"], one["copies"]) for one in rows]
    assert counts == [("", "", ""), ("", "01", "02"), ("", "", "")]
    text = words_of(set_letter("form02"))
    assert "Bản chính Chứng thực Bản photo" in text
    assert "hộ kinh doanh (còn hiệu lực). 01 02" in text


@pytest.mark.parametrize(("sets", "words"), [("02", "Số lượng hồ sơ: 02 bộ"), ("", ". bộ")])
def test_the_receipt_states_the_declared_number_of_sets_or_leaves_room(sets, words):
    procedure = {**data("form01")["procedure"], "sets": sets}
    assert words in words_of(set_letter("form01", procedure=procedure))


def test_an_apology_is_signed_in_a_post_and_names_who_gets_it():
    text = words_of(set_letter("form04"))
    for words in (
        "/PXL",
        "CÔNG CHỨC MỘT CỬA",
        "nhận: - Như trên; - Bộ phận tiếp nhận và trả kết quả; - Lưu: VT.",
        "hẹn trả kết quả vào 17 giờ 00 phút, Thứ Hai, 30/11/2026",
        "Đã chuyển đến: Sở Thông tin và Truyền thông",
    ):
        assert words in text


def test_a_bill_prints_rates_times_and_sum():
    lines = [
        {"name": "Lệ phí", "each": "8.000", "times": "2", "amount": "16.000", "exempt": ""},
        {"name": "Phí thẩm định", "each": "0", "times": "0", "amount": "0", "exempt": "Hộ nghèo"},
    ]
    fee = {"number": "0000007/2026", "method": "Tiền mặt", "lines": lines, "total": "16.000"}
    text = words_of(set_letter("bill", fee=fee))
    for words in ("0000007/2026", "8.000", "16.000", "Tiền mặt", "Hộ nghèo"):
        assert words in text


def test_the_slip_judges_each_step():
    text = words_of(set_letter("form05"))
    assert [word for word in ("Trước hạn", "Đúng hạn", "Quá hạn") if word not in text] == []
    assert "Người giao: Đỗ Hữu Nghĩa" in text


def test_a_result_says_that_it_is_not_signed():
    assert "CHƯA KÝ SỐ – bản dùng thử, chưa có giá trị pháp lý" in words_of(set_letter("result"))


@pytest.mark.parametrize("letter", FORMS)
def test_sample_data_are_marked_on_every_page(letter):
    assert "DỮ LIỆU MẪU" not in words_of(set_letter(letter))
    pages = set_letter(
        letter, sample=True, words=["dài " * 900], steps=data("form05")["steps"] * 9
    ).pages
    assert ["DỮ LIỆU MẪU" in page.extract_text() for page in pages] == [True] * len(pages)


@pytest.mark.parametrize("letter", FORMS)
def test_hostile_text_is_printed_as_it_stands(letter):
    named = {**data(letter)["applicant"], "name": HOSTILE}
    text = words_of(set_letter(letter, applicant=named, words=[HOSTILE]))
    expected = HOSTILE.replace("\u200f\u200e", "")
    assert "".join(expected.split()) in "".join(text.split())


@pytest.mark.parametrize("letter", ["form02", "form03", "result"])
@pytest.mark.parametrize("words", ["x" * 4000, "Đường " * 660, "[U+4E2D]" * 400])
def test_the_longest_text_goes_on_over_pages_within_its_margins(letter, words):
    pdf = set_letter(letter, words=[words.replace("[U+4E2D]", "中")])
    lines = [line for page in pdf.pages for line in page.extract_text().split("\n")]
    assert max(map(len, lines)) < 160
    assert len(pdf.pages) > 1
    printed = "".join(words_of(pdf).split())
    assert all(printed.count(sign) >= words.count(sign) for sign in set(words) - {" "})


@pytest.mark.parametrize("letter", FORMS)
def test_equal_data_give_equal_bytes(letter):
    sources = shipped("one_stop", letter)
    assert render(sources, data(letter), at=AT) == render(sources, data(letter), at=AT)


def test_the_file_states_when_it_was_asked_for():
    told = set_letter("form01").metadata
    assert told is not None
    assert told.creation_date == AT
    later = AT + datetime.timedelta(seconds=1)
    assert render(shipped("one_stop", "form01"), data("form01"), at=later) != render(
        shipped("one_stop", "form01"), data("form01"), at=AT
    )


@pytest.mark.parametrize("mark", [b"<pdfaid:part>2<", b"<pdfuaid:part>1<"])
def test_a_letter_is_for_the_archive_and_for_readers_aloud(mark):
    assert mark in render(shipped("one_stop", "form01"), data("form01"), at=AT)


def test_pages_are_drawn_for_a_screen():
    assert [page[:4] for page in draw(shipped("one_stop", "form02"), data("form02"), at=AT)] == [
        b"\x89PNG"
    ]


@pytest.mark.parametrize(
    ("system", "letter"),
    [("one_stop", "form99"), ("one_stop", "_house"), ("one_stop", "../x"), ("other", "form01")],
)
def test_an_unknown_letter_is_refused_by_name(system, letter):
    with pytest.raises(LetterUnknown):
        shipped(system, letter)


def test_no_template_reaches_outside():
    assert b"@preview" not in b"".join(templates("one_stop").values())
