"""Official documents in a browser: drafted, reviewed, signed, issued, sent; and what comes in."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.core.access.models import Read
from motcua.core.exchange.models import Message
from motcua.core.official import signing
from motcua.core.official.content import Annex
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.tests.authority import Authority
from motcua.core.official.tests.office import Office, make_office
from motcua.faces.desk.shown.document import annexes_in
from motcua.faces.ui.tests.pages import faults

PATH, INTO = "/ban/van-ban", "/ban/van-ban-den"


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def office(desk, monkeypatch, settings, tmp_path) -> Office:
    settings.MOTCUA_FILES = tmp_path
    monkeypatch.setattr(signing, "_service", [Authority()])
    made = make_office(desk.world)
    desk.world.officers.update(made.people)
    return made


@pytest.fixture
def sent(office) -> dict[str, str]:
    return {
        "key": "k",
        "kind": "CV",
        "abstract": "ngừng cung cấp dịch vụ",
        "grounds": "Căn cứ thứ nhất\nCăn cứ thứ hai",
        "paragraphs": "Đoạn một.\n\nĐoạn hai.",
        "annexes": "# Danh sách\nSố | Nơi\n0912 | Ba Đình\n0913 | Đống Đa",
        "to": "Công ty Mẫu; mau@example.vn",
        "copies": "Thanh tra Sở",
        "unit": "CNTT",
        "signer": str(office.people["director"].officer_id),
        "position": "GIÁM ĐỐC",
    }


def given(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def page(desk, who, path):
    answer = desk.get(who, path)
    assert answer.status_code == 200, text(answer)
    assert faults(answer) == []
    return text(answer)


def do(desk, who, row, name, **more):
    row.refresh_from_db()
    told = {"key": f"{name}-{row.revision}", "revision": row.revision, "do": name, **more}
    return desk.as_(who).post(f"{PATH}/{row.pk}", told)


@pytest.fixture
def row(desk, office, sent) -> OutgoingDocument:
    answer = desk.as_("drafter").post(f"{PATH}/moi", sent)
    assert answer.status_code == 302, text(answer)
    return OutgoingDocument.objects.get()


def issued(desk, office, row) -> None:
    for who, name in (("head", "review"), ("director", "sign"), ("clerk", "issue")):
        answer = do(desk, who, row, name)
        assert answer.status_code == 302, text(answer)
        office.work()
    row.refresh_from_db()


def test_a_document_goes_from_draft_to_its_recipients(desk, office, row):
    assert "Soát xét" in page(desk, "head", f"{PATH}/{row.pk}")
    issued(desk, office, row)
    assert do(desk, "clerk", row, "send").status_code == 302
    assert Message.objects.get().topic == "official_document"
    seen = page(desk, "clerk", f"{PATH}/{row.pk}")
    for part in ("01/SKHCN-CNTT", "Đã phát hành", "Đang chờ gửi", "Công ty Mẫu", "0913"):
        assert part in seen, part
    assert "01/SKHCN-CNTT" in page(desk, "second", PATH)


def test_the_form_shows_again_what_was_kept(desk, row, sent):
    answer = desk.get("drafter", f"{PATH}/{row.pk}/sua")
    assert faults(answer) == []
    body = answer.content.decode()
    for part in ("# Danh sách\nSố | Nơi\n0912 | Ba Đình", "Công ty Mẫu; mau@example.vn"):
        assert part in body
    again = {**sent, "key": "e", "revision": "1", "abstract": "trích yếu mới"}
    assert desk.as_("drafter").post(f"{PATH}/{row.pk}/sua", again).status_code == 302
    row.refresh_from_db()
    assert (row.abstract, row.revision) == ("trích yếu mới", 2)


def test_what_is_wrong_with_a_draft_stands_at_its_box(desk, office, sent):
    wrong = {**sent, "abstract": "", "to": "A; không phải thư", "annexes": "# X\nA | B\n1"}
    answer = desk.as_("drafter").post(f"{PATH}/moi", wrong)
    assert (answer.status_code, faults(answer)) == (422, [])
    seen = text(answer)
    assert "Có 3 chỗ cần sửa" in seen
    assert "Dòng 1 của phụ lục 1 có 1 ô, bảng có 2 cột." in seen
    assert OutgoingDocument.objects.count() == 0


def test_who_signs_without_a_fresh_proof_is_asked_for_a_code(desk, office, row):
    do(desk, "head", row, "review")
    desk.at(6)
    answer = desk.as_("director").get(f"{PATH}/{row.pk}")
    assert "Ký văn bản" in text(answer)


def test_a_stale_page_acts_on_nothing(desk, office, row):
    answer = desk.as_("head").post(f"{PATH}/{row.pk}", {"do": "review", "key": "x"})
    assert (answer.status_code, faults(answer)) == (422, [])
    row.refresh_from_db()
    assert row.state == "draft"


def test_files_are_handed_out_and_their_signatures_looked_at(desk, office, row):
    look = desk.get("head", f"{PATH}/{row.pk}/xem")
    assert look["Content-Type"] == "application/pdf"
    assert desk.get("head", f"{PATH}/{row.pk}/tep").status_code == 404
    assert desk.get("head", f"{PATH}/{row.pk}/docx").content.startswith(b"PK")
    issued(desk, office, row)
    page(desk, "clerk", f"{PATH}/{row.pk}")
    assert given(desk.get("clerk", f"{PATH}/{row.pk}/tep")).startswith(b"%PDF-")
    seen = page(desk, "second", f"{PATH}/{row.pk}/chu-ky")
    assert "Tệp nguyên vẹn, đủ hai chữ ký số, theo đúng thứ tự." in seen
    assert "Trùng với mã băm ghi trong sổ cái." in seen
    whats = set(Read.objects.values_list("what", flat=True))
    assert {f"document.{row.pk}", f"document.{row.pk}.issued"} <= whats


def test_strangers_see_none_of_it(desk, office, row):
    for path in ("", "/sua", "/tep", "/xem", "/docx", "/chu-ky"):
        assert desk.get("stranger", f"{PATH}/{row.pk}{path}").status_code in {403, 404}
    assert "ngừng cung cấp" not in page(desk, "stranger", PATH)
    issued(desk, office, row)
    assert desk.get("stranger", f"{PATH}/{row.pk}").status_code == 404


def test_lists_are_narrowed_and_given_out(desk, office, row):
    assert "ngừng cung cấp" in page(desk, "clerk", f"{PATH}?q=ngung+cap&tinh-trang=open&loai=CV")
    assert "Không có văn bản nào" in page(desk, "clerk", f"{PATH}?tinh-trang=out")
    for form in ("csv", "xlsx"):
        assert given(desk.get("clerk", f"{PATH}/xuat?dang={form}"))
    assert desk.get("clerk", f"{PATH}/xuat?dang=exe").status_code == 404


def test_a_document_comes_in_is_assigned_and_done(desk, office):
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    told = {"key": "k", "author": "Bộ Mẫu", "signs": "12/BM", "abstract": "báo cáo", "file": pdf}
    assert "Vào sổ văn bản đến" in page(desk, "clerk", f"{INTO}/moi")
    assert desk.as_("clerk").post(f"{INTO}/moi", told).status_code == 302
    row = IncomingDocument.objects.get()
    assert "Giao xử lý" in page(desk, "head", f"{INTO}/{row.pk}")
    drafter = office.people["drafter"].officer_id
    giving = {"key": "g", "revision": 1, "do": "assign", "officer": drafter, "due": "2026-11-09"}
    assert desk.as_("head").post(f"{INTO}/{row.pk}", giving).status_code == 302
    assert "Kết quả xử lý" in page(desk, "drafter", f"{INTO}/{row.pk}")
    done = {"key": "f", "revision": 2, "do": "finish", "result": "đã trả lời"}
    assert desk.as_("drafter").post(f"{INTO}/{row.pk}", done).status_code == 302
    row.refresh_from_db()
    assert (row.state, str(row.due_on)) == ("done", "2026-11-09")
    assert "Bộ Mẫu" in page(desk, "clerk", INTO)
    assert given(desk.get("drafter", f"{INTO}/{row.pk}/tep")) == b"%PDF-1.7 x"
    assert b"12/BM" in given(desk.get("clerk", f"{INTO}/xuat?dang=csv"))
    assert desk.get("stranger", f"{INTO}/{row.pk}").status_code == 404


def test_what_is_wrong_with_an_arrival_stands_at_its_box(desk, office):
    answer = desk.as_("clerk").post(f"{INTO}/moi", {"key": "k", "author": " "})
    assert (answer.status_code, faults(answer)) == (422, [])
    assert "Có 3 chỗ cần sửa" in text(answer)
    assert desk.get("drafter", f"{INTO}/moi").status_code == 403


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("# A\nx | y\n1 | 2", [Annex("A", ["x", "y"], [["1", "2"]])]),
        ("# A\nx\ty\n1\t2|3", [Annex("A", ["x", "y"], [["1", "2|3"]])]),
        ("x | y\n1 | 2", [Annex("", ["x", "y"], [["1", "2"]])]),
        ("# A\nx\n1\n\n# B\ny", [Annex("A", ["x"], [["1"]]), Annex("B", ["y"], [])]),
    ],
)
def test_annexes_are_read_as_people_type_them(typed, found):
    assert annexes_in(typed) == found


def test_a_signer_copies_what_was_issued(desk, office, row):
    issued(desk, office, row)
    told = {"key": "c", "form": "TrS", "parts": "2", "position": "GIÁM ĐỐC", "to": "Nơi Nhận"}
    assert "Sao văn bản" in page(desk, "director", f"{PATH}/{row.pk}")
    page(desk, "director", f"{PATH}/{row.pk}/sao")
    answer = desk.as_("director").post(f"{PATH}/{row.pk}/sao", {**told, "parts": "9"})
    assert (answer.status_code, faults(answer)) == (422, [])
    assert "Trích sao thì ghi số thứ tự các đoạn" in text(answer)
    assert desk.as_("director").post(f"{PATH}/{row.pk}/sao", told).status_code == 302
    office.work()
    made = OutgoingDocument.objects.get(kind="TrS")
    seen = page(desk, "second", f"{PATH}/{made.pk}")
    for part in ("01/TrS-SKHCN", "Trích các đoạn: 2", "Ngừng cung cấp dịch vụ"):
        assert part in seen, part
    assert "DOCX" not in seen
    seen = page(desk, "second", f"{PATH}/{made.pk}/chu-ky")
    assert "Bản sao nguyên vẹn, có chữ ký số của cơ quan sao." in seen
    assert desk.get("second", f"{PATH}/{made.pk}/docx").status_code == 404
    assert desk.get("clerk", f"{PATH}/{row.pk}/sao").status_code == 403
    assert "01/TrS-SKHCN" in page(desk, "clerk", f"{PATH}?loai=TrS")


def test_a_signer_copies_what_came_in(desk, office):
    import typst

    pdf = typst.compile({"main.typ": b"TRANG A"}, format="pdf", ignore_system_fonts=True)
    told = {"key": "k", "author": "Bộ Mẫu", "signs": "12/BM", "abstract": "báo cáo"}
    desk.as_("clerk").post(f"{INTO}/moi", {**told, "file": SimpleUploadedFile("a.pdf", pdf)})
    row = IncomingDocument.objects.get()
    page(desk, "director", f"{INTO}/{row.pk}/sao")
    told = {"key": "c", "form": "SY", "position": "GIÁM ĐỐC"}
    assert desk.as_("director").post(f"{INTO}/{row.pk}/sao", told).status_code == 302
    office.work()
    made = OutgoingDocument.objects.get()
    assert "Bản sao của văn bản đến" in page(desk, "clerk", f"{PATH}/{made.pk}")
    assert given(desk.get("clerk", f"{PATH}/{made.pk}/tep")).startswith(b"%PDF-")


def test_an_urgent_document_is_marked_found_and_its_return_noted(desk, office, sent):
    answer = desk.as_("drafter").post(f"{PATH}/moi", {**sent, "urgency": "express"})
    assert answer.status_code == 302, text(answer)
    row = OutgoingDocument.objects.get()
    form = desk.get("drafter", f"{PATH}/{row.pk}/sua").content.decode()
    assert 'value="express" selected' in form
    assert "Hỏa tốc" in page(desk, "clerk", f"{PATH}?khan=1&sap-xep=khan")
    issued(desk, office, row)
    do(desk, "clerk", row, "send")
    assert "Ghi văn bản bị trả lại" in page(desk, "clerk", f"{PATH}/{row.pk}")
    back = row.recipients.get(email__gt="").pk
    answer = do(desk, "clerk", row, "returned", recipient=back, reason="nhầm nơi nhận")
    assert answer.status_code == 302, text(answer)
    seen = page(desk, "clerk", f"{PATH}/{row.pk}")
    assert "Bị trả lại" in seen
    assert "nhầm nơi nhận" in seen


def test_a_wrong_arrival_goes_back_to_its_sender(desk, office):
    told = {"key": "k", "author": "Bộ Mẫu", "signs": "12/BM", "abstract": "báo cáo"}
    desk.as_("clerk").post(f"{INTO}/moi", {**told, "urgency": "urgent"})
    row = IncomingDocument.objects.get()
    seen = page(desk, "clerk", f"{INTO}/{row.pk}")
    assert "Văn bản khẩn: giao xử lý ngay." in seen
    wrong = {"key": "r", "revision": 1, "do": "refuse", "reason": "gửi nhầm", "sender": "x"}
    answer = desk.as_("clerk").post(f"{INTO}/{row.pk}", wrong)
    assert (answer.status_code, faults(answer)) == (422, [])
    right = {**wrong, "sender": "gui@example.vn"}
    assert desk.as_("clerk").post(f"{INTO}/{row.pk}", right).status_code == 302
    assert "Thư báo nơi gửi: Đang chờ gửi" in page(desk, "clerk", f"{INTO}/{row.pk}")
    assert "Đã từ chối, trả lại" in page(desk, "clerk", f"{INTO}?khan=1")


def test_a_draft_begins_from_a_template_and_answers_what_came_in(desk, office):
    told = {"key": "k", "author": "Bộ Mẫu", "signs": "12/BM", "abstract": "báo cáo"}
    desk.as_("clerk").post(f"{INTO}/moi", told)
    row = IncomingDocument.objects.get()
    assert "Soạn văn bản trả lời" in page(desk, "head", f"{INTO}/{row.pk}")
    answer = desk.get("head", f"{PATH}/moi?mau=one_stop.document_reply&tra-loi={row.pk}")
    assert (answer.status_code, faults(answer)) == (200, [])
    body = answer.content.decode()
    for part in ("trả lời Văn bản số 12/BM", "của Bộ Mẫu về việc báo cáo", "Bắt đầu từ mẫu"):
        assert part in body, part
    assert desk.get("drafter", f"{PATH}/moi?tra-loi={row.pk}").status_code == 404
    assert desk.get("head", f"{PATH}/moi?mau=one_stop.form01").status_code == 422
