"""An officer asks, the applicant answers from a phone, and the clock hears nothing of it."""

from __future__ import annotations

from tests.browser import acts

_ASKED = "Nhà ở mấy tầng?"


def test_a_question_is_answered_from_a_phone(citizen, officer, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    counter = officer("motcua").open(f"/ban/ho-so/{lookup}")
    counter.follow("Ghi chú cho đồng nghiệp hoặc hỏi người nộp")
    counter.fill("Ghi chú cho đồng nghiệp", "Xem giúp bản vẽ").press("Ghi chú")
    counter.fill("Câu hỏi cho người nộp", _ASKED).press("Gửi câu hỏi")
    assert counter.sees(["Xem giúp bản vẽ", _ASKED])
    assert "khôi phục" not in counter.text
    assert not counter.main.get_by_label("Câu hỏi cho người nộp").input_value()
    citizen.open(f"/ho-so/{lookup}")
    assert citizen.sees(["Cơ quan hỏi bạn một câu"])
    assert "bản vẽ" not in citizen.text
    citizen.follow("Đọc và trả lời").fill("Trả lời", "Ba tầng.").press("Gửi câu trả lời")
    assert citizen.sees([_ASKED, "Ba tầng."])
    assert counter.follow("Lời nhắc").sees(["người nộp trả lời"])
    work = counter.open("/ban/viec")
    assert work.sees(["người nộp trả lời"])
    work.follow(lookup)
    assert work.sees(["Ba tầng."])
    assert "người nộp trả lời" not in counter.open("/ban/viec").text
