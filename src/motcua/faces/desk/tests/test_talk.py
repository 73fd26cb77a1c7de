"""The conversation of a dossier at the desk: notes, reminders, questions to the applicant."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.talked import NOTE, QUESTION
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.talks.models import Mention


@pytest.fixture
def done(desk):
    return desk.received()


def path(done) -> str:
    return f"/ban/ho-so/{done.code}/trao-doi"


def say(desk, done, kind, who="specialist", **sent):
    box = {NOTE: "note", QUESTION: "question"}.get(kind, "note")
    return desk.as_(who).post(path(done), {"kind": kind, "key": "k1", box: "Đã gọi", **sent})


def text(answer) -> str:
    return answer.content.decode()


def test_a_note_is_read_by_colleagues_and_stands_in_the_book_without_words(desk, done):
    assert say(desk, done, NOTE).headers["Location"] == path(done)
    shown = text(desk.get("unit_head", f"/ban/ho-so/{done.code}"))
    assert shown.count("Đã gọi") == 1  # in the conversation, not among the entries
    assert shown.count("Ghi chú nội bộ") == 2
    assert "Đã gọi" in text(desk.get("unit_head", path(done)))


def test_the_bell_counts_what_waits_and_leads_to_it(desk, done):
    say(desk, done, NOTE, named=desk.world.officer_id("unit_head"))
    page = text(desk.get("unit_head", "/ban/loi-nhac"))
    assert '<b>1</b><span class="unseen"> chưa xem</span>' in page
    assert f'href="{path(done)}"' in page
    desk.get("unit_head", path(done))
    page = text(desk.get("unit_head", "/ban/loi-nhac"))
    assert "Không có lời nhắc nào chưa xem" in page
    assert "chưa xem</span>" not in page


def test_the_bell_counts_for_nobody_who_may_not_read_the_dossier(desk, done):
    stranger = desk.world.officer_id("other_specialist")
    Mention.objects.create(dossier_id=done.dossier_id, seq=1, officer_id=stranger, at=MONDAY)
    page = text(desk.get("other_specialist", "/ban/loi-nhac"))
    assert "chưa xem</span>" not in page
    assert done.code not in page


def test_a_named_colleague_finds_it_above_their_work_until_they_open_it(desk, done):
    say(desk, done, NOTE, named=desk.world.officer_id("unit_head"))
    work = text(desk.get("unit_head", "/ban/viec"))
    assert "đồng nghiệp nhắc bạn" in work
    assert path(done) in work
    desk.get("unit_head", path(done))
    assert "đồng nghiệp nhắc bạn" not in text(desk.get("unit_head", "/ban/viec"))


def test_a_double_press_says_it_once(desk, done):
    say(desk, done, NOTE)
    say(desk, done, NOTE)
    assert text(desk.get("specialist", path(done))).count("Đã gọi") == 1


def test_saying_leaves_open_forms_fresh(desk, done):
    say(desk, done, QUESTION)
    assert desk.send("specialist", done, "submit").status_code == 302
    assert Dossier.objects.get().revision == done.revision + 1


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        (NOTE, {"note": " "}, "Viết nội dung trước khi gửi."),
        (QUESTION, {"question": ""}, "Viết nội dung trước khi gửi."),
        (NOTE, {"note": "Xem giúp", "named": "1"}, "không được xem hồ sơ này"),
    ],
)
def test_what_is_wrong_stands_at_its_box_and_words_stay(desk, done, kind, sent, words):
    sent = {**sent, "named": desk.world.officer_id("police")} if "named" in sent else sent
    answer = say(desk, done, kind, **sent)
    assert answer.status_code == 422
    assert words in text(answer)
    assert sent.get("note", "").strip() in text(answer)


def test_who_does_not_hold_it_is_offered_no_question(desk, done):
    page = text(desk.get("counter", path(done)))
    assert 'value="talk_question"' not in page
    assert say(desk, done, QUESTION, "counter").status_code == 403
    assert desk.get("police", path(done)).status_code == 404


def test_an_unknown_kind_is_refused(desk, done):
    assert say(desk, done, "gossip").status_code == 422


def test_a_note_half_written_is_offered_again(desk, done):
    client = desk.as_("specialist")
    form = f"ho-so/{done.lookup}/talk_note/"
    assert f'data-form="{form}"' in text(client.get(path(done)))
    client.post("/ban/nhap", {"form": form, "key": "k1", "told": '[["note", "Xem giúp"]]'})
    assert "Có bản nháp lúc" in text(client.get(path(done)))
    assert "Xem giúp" in text(client.get(f"{path(done)}?nhap=1"))
    say(desk, done, NOTE)
    sent = desk.as_("specialist").get(path(done))
    assert "bản nháp" not in text(sent)


def test_the_page_after_says_which_form_was_recorded_once(desk, done):
    client = desk.as_("specialist")
    client.post(path(done), {"kind": NOTE, "key": "k1", "note": "Đã gọi"})
    told = f'data-recorded="ho-so/{done.lookup}/talk_note/"'
    assert told in text(client.get(path(done)))
    assert told not in text(client.get(path(done)))
