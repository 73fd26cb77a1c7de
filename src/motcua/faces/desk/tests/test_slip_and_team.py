"""Phiếu kiểm soát, and the load per officer."""

from __future__ import annotations

from motcua.core.dossiers.models import Paper


def slip(desk, done):
    return desk.get("unit_head", f"/ban/phieu-kiem-soat/{done.code}")


def test_the_slip_has_a_row_for_each_hand_over(desk):
    rows = slip(desk, desk.received()).context["rows"]
    assert [(row.giver, row.taker, row.step) for row in rows] == [
        ("Người nộp", "counter", "reception"),
        ("counter", "unit_head", "assign"),
        ("unit_head", "specialist", "appraise"),
    ]


def test_a_consultation_was_given_by_who_asked(desk):
    done = desk.received()
    desk.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=2)
    row = slip(desk, done).context["rows"][-1]
    assert (row.step, row.giver, row.taker) == ("police", "specialist", "Chuyên viên")


def test_an_opinion_called_off_was_taken_by_nobody_who_called_it_off(desk):
    done = desk.received()
    done = desk.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=2)
    desk.world.move(done, "specialist", "refuse", reason="Không đủ.", hours=3)
    row = slip(desk, done).context["rows"][-1]
    assert (row.note, row.taker) == ("Đã hủy lấy ý kiến", "Chuyên viên")


def test_each_step_is_judged_by_its_own_deadline(desk):
    done = desk.world.take_in()
    desk.world.move(done, "unit_head", "assign", hours=24)
    desk.world.move(done, "specialist", "submit", hours=25)
    desk.at(26)
    moods = [row.chip.words for row in slip(desk, done).context["rows"]]
    assert moods == ["Trước hạn", "Quá hạn", "Trước hạn", "Còn 1 ngày"]


def test_asking_for_the_paper_twice_makes_one(desk):
    done = desk.received()
    for _ in range(2):
        answer = desk.as_("unit_head").post(f"/ban/phieu-kiem-soat/{done.code}")
        assert answer.headers["Location"] == f"/ban/phieu-kiem-soat/{done.code}"
    assert Paper.objects.filter(letter="form05").count() == 1
    assert slip(desk, done).context["papers"][0].state == "Đang lập"


def test_the_head_sees_who_holds_how_much(desk):
    for _ in range(2):
        desk.received()
    desk.received(officer_id=desk.world.officer_id("second"))
    desk.at(24 * 30)
    (board,) = desk.get("unit_head", "/ban/nhom").context["boards"]
    members, unnamed = board.members, board.unnamed
    held = {one.name: (one.load.open, one.load.late) for one in members}
    assert (held["specialist"], held["second"], held["counter"]) == ((2, 2), (1, 1), (0, 0))
    assert (unnamed.open, [one.share for one in members if one.name == "second"]) == (0, [50])


def test_who_reads_no_agency_sees_no_team(desk):
    assert desk.get("specialist", "/ban/nhom").status_code == 403
