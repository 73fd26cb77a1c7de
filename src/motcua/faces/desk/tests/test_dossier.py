"""The page of a dossier: what it tells, what it hides, what it offers."""

from __future__ import annotations

from dataclasses import replace

from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.papers import Template, paper_made
from motcua.core.dossiers.tests.world import declaration, publish
from motcua.core.files.store import keep
from motcua.core.files.tests.test_pictures import HEIC
from motcua.core.ledger.sealing import seal
from motcua.kernel.calendar import Limit, Unit


def page(desk, who, done):
    answer = desk.get(who, f"/ban/ho-so/{done.code or done.lookup}")
    assert answer.status_code == 200
    return answer


def test_the_personal_number_is_masked(desk):
    applicant = {"name": "Đỗ Thị Yến", "phone": "0912345678", "number": "001188012342"}
    done = desk.world.take_in(applicant=applicant)
    text = page(desk, "counter", done).content.decode()
    assert "001188012342" not in text
    assert "001********342" in text


def test_form_answers_stand_under_their_labels(desk):
    facts = dict(page(desk, "specialist", desk.received()).context["form_facts"])
    assert facts == {"licence": "GP 12", "expires": "01/12/2026"}


def test_the_due_date_is_explained(desk):
    lines = page(desk, "specialist", desk.received()).context["why_due"]
    assert lines[-1].startswith("Đến hạn: 09:00 Thứ Hai 16/11/2026")


def test_a_pause_is_told_in_the_explanation(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "supplement", hours=2, reason="Thiếu đơn.")
    lines = page(desk, "specialist", done).context["why_due"]
    assert "Đồng hồ đang dừng" in lines[-1]


def test_a_pause_after_the_due_leaves_what_was_counted_before_it(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "supplement", hours=20 * 24, reason="Thiếu đơn.")
    *_, last_day, pause, due = page(desk, "specialist", done).context["why_due"]
    assert last_day == "Thứ Hai 16/11/2026: 08:00–09:00, 1 giờ"
    assert "tạm dừng" in pause
    assert due.startswith("Đến hạn: 09:00, 16/11/2026")


def test_hours_of_the_clock_are_not_told_in_working_days(desk):
    publish(replace(declaration("9.000006"), limit=Limit(48, Unit.HOUR)))
    done = desk.world.take_in(procedure="9.000006")
    officer = desk.world.officer_id("specialist")
    done = desk.world.move(done, "unit_head", "assign", hours=1, officer_id=officer)
    desk.world.move(done, "specialist", "supplement", hours=2, reason="Thiếu đơn.")
    run, *_ = page(desk, "specialist", done).context["why_due"]
    assert run == "09:00, 02/11/2026 → 11:00, 02/11/2026: đồng hồ chạy"


def test_the_steps_bar_tells_done_now_and_ahead(desk):
    steps = page(desk, "specialist", desk.received()).context["steps"]
    moods = [step.mood for step in steps]
    assert moods == ["done", "done", "now", "todo", "todo", "todo"]
    assert steps[2].detail == "specialist"


def test_the_way_on_is_the_big_button_and_refusal_comes_last(desk):
    moves = page(desk, "specialist", desk.received()).context["moves"]
    assert moves.first.key == "submit"
    assert moves.others[-1].grave
    assert {move.key for move in moves.impossible} == {"answer", "withdraw"}


def test_what_holds_the_way_on_up_is_said_with_names(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi ý kiến.", hours=2)
    moves = page(desk, "specialist", done).context["moves"]
    assert (moves.first, moves.held_up.key) == (None, "submit")
    assert moves.held_up.why_not == "Chưa thể chuyển bước vì còn chờ ý kiến của: police."


def test_a_leg_has_its_own_clock_and_its_answer(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=2)
    desk.world.move(done, "police", "reply", leg=1, reason="Đồng ý.", hours=3)
    leg = page(desk, "specialist", done).context["legs"][0]
    assert (leg.words, leg.chip.words) == ("Đồng ý.", "Đã trả lời")


def test_who_holds_nothing_is_offered_nothing_and_told_why(desk):
    moves = page(desk, "unit_head", desk.received()).context["moves"]
    whys = {move.key: move.why_not for move in moves.impossible}
    assert moves.first is None
    assert whys["submit"] == "Việc này thuộc: Chuyên viên."


def test_entries_tell_who_and_what_newest_first(desk):
    entries = page(desk, "specialist", desk.received()).context["entries"]
    assert [(one.seq, one.act, one.actor) for one in entries] == [
        (2, "assign", "unit_head"),
        (1, "Nhận hồ sơ tại quầy", "counter"),
    ]


def test_a_closed_dossier_offers_nothing(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "refuse", reason="Không đủ điều kiện.", hours=2)
    text = page(desk, "specialist", done).content.decode()
    assert "Hồ sơ đã kết thúc" in text


def test_a_file_that_was_handed_in_opens(desk):
    handed = Handed("request", keep([b"%PDF-1.7 made up"]), "đơn.pdf")
    done = desk.world.take_in(evidence=(handed,))
    number = page(desk, "counter", done).context["evidence"][0].file_id
    answer = desk.get("counter", f"/ban/ho-so/{done.code}/tep/{number}")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 made up"
    assert desk.get("other_head", f"/ban/ho-so/{done.code}/tep/{number}").status_code == 404


def test_a_photo_that_no_browser_shows_opens_as_jpeg_with_its_original_beside_it(desk):
    done = desk.world.take_in(evidence=(Handed("request", keep([HEIC]), "đơn.heic"),))
    shown = page(desk, "counter", done)
    path = f"/ban/ho-so/{done.code}/tep/{shown.context['evidence'][0].file_id}"
    assert f'href="{path}?goc=1"' in shown.content.decode()
    answer = desk.get("counter", path)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.getvalue().startswith(b"\xff\xd8\xff")
    assert b"".join(desk.get("counter", f"{path}?goc=1").streaming_content) == HEIC


def test_a_file_of_another_dossier_does_not_open(desk):
    handed = Handed("request", keep([b"%PDF-1.7 made up"]), "đơn.pdf")
    number = page(desk, "counter", desk.world.take_in(evidence=(handed,))).context["evidence"][0]
    other = desk.world.take_in()
    answer = desk.get("counter", f"/ban/ho-so/{other.code}/tep/{number.file_id}")
    assert answer.status_code == 404


def test_the_proof_of_an_entry_follows_with_the_seal(desk):
    done = desk.received()
    path = f"/ban/ho-so/{done.code}/chung-thuc/1"
    assert desk.get("specialist", path).status_code == 409
    seal(at=done.due_at)
    assert desk.get("specialist", path).json()["format"]
    assert desk.get("other_head", path).status_code == 404


def test_a_paper_and_its_proof_come_down_under_one_name(desk):
    done = desk.received()
    row = Paper.objects.get()
    template = Template(row.letter, 0, bytes(32))
    told = {"dossier_id": done.dossier_id, "paper_id": row.pk, "template": template}
    paper_made(at=done.due_at, stored=keep([b"%PDF-1.7 made up"]), **told)
    seal(at=done.due_at)
    path = f"/ban/ho-so/{done.code}/giay/{row.pk}"
    handed = [desk.get("specialist", each) for each in (path, f"{path}/chung-thuc")]
    handed[0].close()
    stem = f"form01-{done.code}-{row.seq}"
    for one, ending in zip(handed, ("pdf", "proof.json"), strict=True):
        assert f'filename="{stem}.{ending}"' in one["Content-Disposition"]


def test_a_paper_that_is_being_made_says_so(desk):
    done = desk.received()
    paper = page(desk, "specialist", done).context["papers"][0]
    assert (paper.state, paper.is_made) == ("Đang lập", False)
    answer = desk.get("specialist", f"/ban/ho-so/{done.code}/giay/{paper.id}")
    assert answer.status_code == 409
