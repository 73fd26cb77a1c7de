"""Looking up, following, answering, withdrawing, papers."""

from __future__ import annotations

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.dossiers.models import Dossier, Paper, Remark
from motcua.core.dossiers.papers import Template, paper_made
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.files.models import Evidence
from motcua.core.files.store import keep
from motcua.core.ledger.sealing import seal
from motcua.core.limits.guesses import MOST_WRONG
from motcua.core.ratings.criteria import criteria
from motcua.faces.portal.tests.conftest import PDF, pdf
from motcua.faces.ui.tests.pages import faults

DEFECTS = "- Ảnh mờ trang 2\n- Thiếu chữ ký"


@pytest.fixture
def waiting(world):
    """A dossier whose applicant is asked for more."""
    done = world.file()
    world.move(done, "counter", "receive")
    world.move(done, "unit_head", "assign", hours=2)
    return world.move(done, "specialist", "supplement", hours=3, reason=DEFECTS)


def enter(client, done, phone="0912345678"):
    return client.post("/tra-cuu", {"so": done.code or done.lookup, "phone": phone})


@pytest.fixture
def visitor(client, waiting, clock):
    clock.forward(hours=4)
    enter(client, waiting)
    return client


def page(client, done) -> str:
    return client.get(f"/ho-so/{done.code}").content.decode()


@pytest.mark.parametrize("phone", ["0912345678", "+84 912.345.678", "84912345678"])
def test_number_and_phone_open_the_dossier(waiting, client, clock, phone):
    assert enter(client, waiting, phone)["Location"] == f"/ho-so/{waiting.code}"


def test_the_look_up_number_is_forgiving(waiting, client, clock):
    typed = waiting.lookup.lower().replace("-", " ")
    answer = client.post("/tra-cuu", {"so": typed, "phone": "0912345678"})
    assert answer.status_code == 302


def test_who_answers_too_late_is_told_that_nothing_was_sent(visitor, waiting, clock):
    clock.forward(minutes=31)
    late = visitor.post(f"/ho-so/{waiting.code}/bo-sung", {"reason": "Gửi đây"}, follow=True)
    assert "Chưa có gì được gửi" in late.content.decode()
    assert Remark.objects.filter(text="Gửi đây").count() == 0


def test_what_the_applicant_sent_is_told_as_sent(visitor, waiting):
    told = {"reason": "Gửi đây", "key": "k", "revision": waiting.revision}
    visitor.post(f"/ho-so/{waiting.code}/bo-sung", told)
    assert "<b>Gửi bổ sung</b>" in page(visitor, waiting)


def test_a_reply_is_told_of_who_gave_it(world, client, clock):
    done = world.move(world.take_in(), "unit_head", "assign")
    asked = {"legs": ("police", "external"), "reason": "Xin ý kiến"}
    done = world.move(done, "specialist", "consult", hours=2, **asked)
    done = world.move(done, "police", "reply", hours=3, leg=1, reason="Đồng ý")
    clock.forward(hours=4)
    enter(client, done)
    latest = client.get(f"/ho-so/{done.code}").context["events"][0]
    assert latest.detail == Agency.objects.get(code="H26.20").name_vi


def test_where_no_day_was_promised_the_legal_one_is_told(world, client, clock):
    done = world.take_in()
    Dossier.objects.update(promised_at=None)
    enter(client, done)
    text = page(client, done)
    assert ("Hạn giải quyết" in text, "Thứ Hai, 16/11/2026" in text) == (True, True)
    assert "Ghi khi hồ sơ được tiếp nhận" not in text


def test_every_mismatch_is_told_in_the_same_words(waiting, client, clock):
    tries = [
        {"so": waiting.lookup, "phone": "0987654321"},
        {"so": "22222-22222", "phone": "0912345678"},
        {"so": waiting.lookup, "phone": "x"},
        {"so": "\x00", "phone": "\x00"},
        {},
    ]
    pages = [client.post("/tra-cuu", one) for one in tries]
    assert {one.status_code for one in pages} == {422}
    assert all(
        "khớp với cả số tra cứu (hoặc mã) và số điện thoại" in one.content.decode() for one in pages
    )


def test_guessing_phones_is_stopped(waiting, client, clock):
    for _ in range(MOST_WRONG):
        enter(client, waiting, "0987654321")
    assert enter(client, waiting).status_code == 429


def test_other_spellings_of_the_number_are_no_new_tries(waiting, client, clock):
    for times in range(MOST_WRONG):
        typed = " " * times + waiting.lookup.lower().replace("-", "-" * times)
        client.post("/tra-cuu", {"so": typed, "phone": "0987654321"})
    last = client.post("/tra-cuu", {"so": waiting.lookup, "phone": "0912345678"})
    assert last.status_code == 429


def test_strangers_are_asked_for_number_and_phone(waiting, client, clock):
    for tail in ("", "/rut", "/bo-sung", "/giay/1", "/giay/1/chung-thuc"):
        answer = client.get(f"/ho-so/{waiting.code}{tail}")
        assert answer["Location"] == f"/tra-cuu?so={waiting.code}"


def test_another_dossier_stays_closed(visitor, world):
    other = world.take_in()
    assert visitor.get(f"/ho-so/{other.code}").status_code == 302


def test_the_session_ends_after_half_an_hour(visitor, waiting, clock):
    clock.forward(minutes=29)
    assert visitor.get(f"/ho-so/{waiting.code}").status_code == 200
    clock.forward(minutes=1)
    assert visitor.get(f"/ho-so/{waiting.code}").status_code == 302


def test_the_page_tells_everything_in_one_glance(visitor, waiting):
    text = page(visitor, waiting)
    for words in (
        "Cần bổ sung giấy tờ",
        "Tạm dừng, chờ bổ sung",
        "Thứ Hai, 16/11/2026",
        "Đang giữ",
        "Ảnh mờ trang 2",
        "Thiếu chữ ký",
        waiting.code,
        waiting.lookup,
    ):
        assert words in text


def test_the_tracking_page_is_whole(visitor, waiting):
    assert faults(visitor.get(f"/ho-so/{waiting.code}")) == []


def test_words_between_officers_stay_in_the_house(world, client, clock):
    done = world.take_in()
    world.move(done, "unit_head", "assign", reason="Việc riêng của phòng")
    clock.forward(hours=4)
    enter(client, done)
    assert Remark.objects.exists()
    assert "Việc riêng của phòng" not in page(client, done)


def test_a_running_dossier_tells_the_days_left(world, client, clock):
    done = world.take_in()
    clock.forward(days=9)
    enter(client, done)
    assert "Trong hạn, còn 3 ngày làm việc" in page(client, done)
    clock.forward(days=9)
    enter(client, done)
    assert "Quá hạn 4 ngày làm việc" in page(client, done)


def answer(client, done, **changes):
    revision = Dossier.objects.get(pk=done.dossier_id).revision
    body = {"key": "k", "revision": str(revision), "reason": "", **changes}
    return client.post(f"/ho-so/{done.code}/bo-sung", body)


def test_an_answer_with_a_file_ends_the_waiting(visitor, waiting):
    sent = answer(visitor, waiting, **{"evidence.report": pdf("moi.pdf"), "reason": "Đã sửa"})
    row = Dossier.objects.get(pk=waiting.dossier_id)
    assert (sent.status_code, row.paused_since, row.state) == (302, None, "processing")
    assert Evidence.objects.filter(dossier_id=row.pk, name="moi.pdf").exists()
    assert "Đã gửi bổ sung" in page(visitor, waiting)


def test_an_answer_sent_twice_is_one_answer(visitor, waiting):
    body = {"reason": "Đã sửa", "revision": str(waiting.revision)}
    first, second = (answer(visitor, waiting, **body) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert Dossier.objects.get(pk=waiting.dossier_id).revision == waiting.revision + 1


def test_an_empty_answer_is_told_and_changes_nothing(visitor, waiting):
    sent = answer(visitor, waiting)
    assert (sent.status_code, faults(sent)) == (422, [])
    assert "Chưa có tệp hay lời nhắn" in sent.content.decode()
    assert Dossier.objects.get(pk=waiting.dossier_id).revision == waiting.revision


def test_a_bad_file_keeps_the_words(visitor, waiting):
    sent = answer(visitor, waiting, **{"evidence.report": pdf("a.pdf", b"MZ"), "reason": "Đây"})
    assert sent.status_code == 422
    assert "Đây</textarea>" in sent.content.decode()


def test_a_stale_page_is_refused(visitor, waiting):
    sent = answer(visitor, waiting, reason="Đã sửa", revision="1")
    assert sent.status_code == 409
    assert Dossier.objects.get(pk=waiting.dossier_id).paused_since is not None


def withdraw(client, done, reason="Tôi đổi ý", key="w"):
    return client.post(f"/ho-so/{done.code}/rut", {"key": key, "reason": reason})


def test_the_applicant_can_withdraw_with_a_reason(world, client, clock):
    done = world.take_in()
    clock.forward(hours=1)
    enter(client, done)
    assert withdraw(client, done).status_code == 302
    assert Dossier.objects.get().outcome == "withdrawn"
    assert "Hồ sơ đã được rút" in page(client, done)


def test_withdrawing_without_a_reason_changes_nothing(world, client, clock):
    done = world.take_in()
    clock.forward(hours=1)
    enter(client, done)
    assert withdraw(client, done, reason=" ").status_code == 422
    assert not Dossier.objects.get().closed


def test_papers_come_with_their_proof(visitor, waiting, settings, tmp_path):
    settings.MOTCUA_WITNESS = tmp_path
    row = Paper.objects.get(letter="form02")
    assert visitor.get(f"/ho-so/{waiting.code}/giay/{row.pk}").status_code == 409
    stored = keep([PDF])
    later = MONDAY.replace(hour=6)
    paper_made(
        at=later,
        dossier_id=waiting.dossier_id,
        paper_id=row.pk,
        template=Template("form02", 0, bytes(32)),
        stored=stored,
    )
    handed = visitor.get(f"/ho-so/{waiting.code}/giay/{row.pk}")
    assert b"".join(handed.streaming_content) == PDF
    assert visitor.get(f"/ho-so/{waiting.code}/giay/{row.pk}/chung-thuc").status_code == 409
    seal(at=later)
    told = visitor.get(f"/ho-so/{waiting.code}/giay/{row.pk}/chung-thuc")
    assert stored.sha256 in told.content.decode()
    names = [
        one["Content-Disposition"].partition("filename=")[2].strip('"') for one in (handed, told)
    ]
    assert names == [f"form02-{waiting.code}-{row.seq}{end}" for end in (".pdf", ".proof.json")]


def test_a_paper_of_another_dossier_is_not_there(visitor, waiting, world):
    world.take_in()
    other = Paper.objects.exclude(dossier_id=waiting.dossier_id).get()
    assert visitor.get(f"/ho-so/{waiting.code}/giay/{other.pk}").status_code == 404


def test_numbers_of_any_size_are_only_numbers(visitor, waiting):
    assert visitor.get(f"/ho-so/{waiting.code}/giay/{10**30}").status_code == 404
    assert answer(visitor, waiting, reason="Đã sửa", revision="9" * 5000).status_code == 302


def test_the_page_takes_a_fixed_number_of_statements(
    visitor, waiting, django_assert_max_num_queries
):
    page(visitor, waiting)
    with django_assert_max_num_queries(10):
        page(visitor, waiting)


@pytest.fixture
def finished(world, client, clock):
    done = world.to("returned")
    clock.forward(hours=8)
    enter(client, done)
    return done


def test_a_result_is_rated_on_its_page_and_the_rating_changed(finished, client, clock):
    assert f"/ho-so/{finished.code}/danh-gia" in page(client, finished)
    where = f"/ho-so/{finished.code}/danh-gia"
    marks = {f"marks.{one.key}": "1" for one in criteria().criteria}
    assert client.post(where, {"key": "k0"}).status_code == 422
    sent = {**marks, "comment": "Tạm", "key": "k1"}
    assert client.post(where, sent)["Location"] == f"/ho-so/{finished.code}"
    assert "Sửa đánh giá" in page(client, finished)
    assert "Tạm" in client.get(where).content.decode()
    clock.forward(days=8)
    enter(client, finished)
    assert "Sửa đánh giá" not in page(client, finished)
    assert client.get(where).status_code == 409


def test_what_has_no_result_is_not_rated(visitor, waiting):
    assert "/danh-gia" not in page(visitor, waiting)
    assert visitor.get(f"/ho-so/{waiting.code}/danh-gia").status_code == 409
