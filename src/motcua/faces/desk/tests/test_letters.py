"""Mẫu văn bản on the desk: a keeper mends a template, sees it, and publishes it; nobody else."""

from __future__ import annotations

import re

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.letters.declared import letter_at
from motcua.core.letters.editions import draft_of
from motcua.core.letters.models import LetterEdition

LIST = "/ban/quan-tri/mau-van-ban"
LETTER = f"{LIST}/one_stop.form03"
DRAFT, LOOK = f"{LETTER}/ban-soan", f"{LETTER}/xem"
_TITLE = "#title(d.letter.name)"


@pytest.fixture
def keeper(desk):
    held = Appointment.objects.filter(officer_id=desk.world.officer_id("second"))
    held.update(post="system_keeper")
    return desk.as_("second")


@pytest.fixture
def begun(keeper):
    assert keeper.post(f"{LETTER}/soan", {"key": "b"}).url == DRAFT
    return keeper


def draft() -> LetterEdition | None:
    return draft_of(letter_at("one_stop.form03"))


def sent(keeper, do: str, text: str | None = None, **told):
    row = draft()
    written = {"text": row.text if text is None else text, "shared": row.shared}
    told = {"do": do, "revision": row.revision, "key": f"{do}-{row.revision}", **written, **told}
    return keeper.post(DRAFT, told)


def text_of(answer) -> str:
    return answer.content.decode()


def changed() -> str:
    return draft().text.replace(_TITLE, f"{_TITLE}\n#align(center)[Bản của thành phố]")


@pytest.mark.parametrize("who", ["counter", "leader", "specialist"])
def test_nobody_but_a_keeper_sees_or_writes_templates(desk, who):
    worker = desk.as_(who)
    for path in (LIST, LETTER, DRAFT, LOOK, f"{LETTER}/trang.png", f"{LETTER}/ban-in.pdf"):
        assert worker.get(path).status_code == 403
    assert worker.post(f"{LETTER}/soan", {"key": "b"}).status_code == 403
    assert worker.post(DRAFT, {"do": "save", "text": "x", "revision": "1"}).status_code == 403
    assert not LetterEdition.objects.exists()


def test_every_letter_stands_in_the_list_with_what_is_in_force(keeper):
    page = text_of(keeper.get(LIST))
    for words in ("Mẫu 01: Giấy tiếp nhận", "Mẫu 06: Sổ theo dõi", "Biên lai", "bản 0"):
        assert words in page
    assert "Mẫu văn bản" in text_of(keeper.get("/ban/quan-tri"))


def test_a_letter_tells_its_parts_and_who_uses_it(keeper):
    page = text_of(keeper.get(LETTER))
    assert "Quốc hiệu, tiêu ngữ" in page
    assert "9.000001" in page


def test_a_fault_is_told_with_its_line_and_the_text_stays(begun):
    text = draft().text + "#nothing\n"
    page = text_of(begun.get(sent(begun, "save", text).url))
    number = len(text.splitlines())
    assert f"Dòng {number}</strong>: Không có tên “nothing”" in page
    assert '<code lang="zxx">#nothing</code>' in page
    assert draft().text == text


def test_a_hostile_template_is_refused_by_name_and_the_desk_goes_on(begun):
    answer = sent(begun, "save", draft().text + "#for i in range(1000000000) { }\n")
    assert "nhiều bộ nhớ hơn mức cho phép" in text_of(begun.get(answer.url))
    assert begun.get(LIST).status_code == 200


def test_what_is_mended_is_seen_on_paper(begun):
    answer = sent(begun, "look", changed())
    page = text_of(begun.get(answer.url))
    (picture,) = re.findall(r'<img src="([^"]+)"', page)
    drawn = begun.get(picture.replace("&amp;", "&"))
    assert drawn["Content-Type"] == "image/png"
    assert drawn.content[:4] == b"\x89PNG"
    (pdf,) = re.findall(r'href="([^"]+\.pdf[^"]*)"', page)
    assert b"".join(begun.get(pdf.replace("&amp;", "&"))).startswith(b"%PDF-")


def test_the_checks_are_told_by_name(begun):
    page = text_of(begun.get(sent(begun, "check", changed()).url))
    for words in ("Đủ các phần bắt buộc", "PDF/A-2b", "Dựng được với mọi loại dữ liệu"):
        assert words in page
    assert "Chưa đạt" not in page


def test_a_part_that_is_missing_is_told_and_not_published(begun):
    text = draft().text.replace("paragraphs(d.words)", "[]")
    sent(begun, "save", text)
    answer = sent(begun, "publish", document="12/QĐ-UBND")
    assert answer.status_code == 422
    assert "Thiếu phần bắt buộc “Lý do”" in text_of(answer)
    assert draft().text == text


def test_an_edition_is_published_once_with_its_document(begun):
    sent(begun, "save", changed())
    assert "Ghi số, ký hiệu văn bản" in text_of(sent(begun, "publish", key="p"))
    told = {"document": "12/QĐ-UBND", "key": "p", "revision": draft().revision}
    for _ in range(2):  # the very same form, sent twice
        answer = begun.post(DRAFT, {"do": "publish", **told})
        assert answer.url == LETTER
    page = text_of(begun.get(LETTER))
    assert "Bản 1" in page
    assert "12/QĐ-UBND" in page
    assert LetterEdition.objects.get().state == "published"


def test_another_day_is_refused_beside_its_box(begun):
    sent(begun, "save", changed())
    day = {"since.day": "1", "since.month": "1", "since.year": "2026"}
    page = text_of(sent(begun, "publish", document="12/QĐ-UBND", **day))
    assert "Ngày có hiệu lực phải từ" in page
    assert 'value="12/QĐ-UBND"' in page


def test_a_text_written_over_another_is_shown_and_not_lost(begun):
    sent(begun, "save", changed())
    answer = sent(begun, "save", "của tôi", revision=1)
    assert answer.status_code == 409
    assert "vừa được người khác sửa" in text_of(answer)
    assert "của tôi</textarea>" in text_of(answer)
    assert "của tôi" not in draft().text


def test_editions_are_put_side_by_side(begun):
    sent(begun, "save", changed())
    page = text_of(begun.get(f"{LETTER}/so-sanh?truoc=0"))
    assert "#align(center)[Bản của thành phố]" in page
    assert "#contact(d)" not in page


def test_a_draft_is_dropped(begun):
    answer = sent(begun, "drop")
    assert answer.url == LETTER
    assert begun.get(DRAFT).status_code == 404


def test_markup_in_a_template_is_text_on_the_page(begun):
    sent(begun, "save", draft().text + "</textarea><b>x</b>\n")
    assert "<b>x</b>" not in text_of(begun.get(DRAFT))


def test_a_dossier_that_the_keeper_may_not_read_is_as_one_that_is_not(desk, keeper):
    hidden = desk.received().code
    answers = [keeper.get(f"{LOOK}?ho-so={code}") for code in (hidden, "H26.12-261102-9999")]
    assert [one.status_code for one in answers] == [404, 404]
    bodies = {text_of(one).replace(hidden, "").replace("H26.12-261102-9999", "") for one in answers}
    assert len({re.sub(r'value="[^"]{30,}"', "", one) for one in bodies}) == 1


@pytest.mark.parametrize("path", [f"{LIST}/one_stop.form99", f"{LIST}/x", f"{LETTER}/xem?ban=7"])
def test_what_is_not_there_is_told(keeper, path):
    assert keeper.get(path).status_code == 404
