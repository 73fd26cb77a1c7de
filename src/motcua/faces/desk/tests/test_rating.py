"""The tablet of the counter, and the page on which a head reads what applicants think."""

from __future__ import annotations

import pytest

from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.models import Rating

SENT = {f"marks.{one.key}": "2" for one in criteria().criteria}


@pytest.fixture
def done(desk):
    found = desk.world.to("returned")
    desk.at(8)
    return found


def test_the_applicant_rates_on_the_tablet_and_is_thanked(desk, done):
    page = desk.get("counter", f"/ban/danh-gia/{done.code}").content.decode()
    assert page.count('type="radio"') == 27
    assert "Bàn làm việc của cán bộ" not in page
    assert 'type="search"' not in page
    answer = desk.as_("counter").post(f"/ban/danh-gia/{done.code}", {**SENT, "key": "k"})
    assert "Cảm ơn" in desk.get("counter", answer["Location"]).content.decode()
    assert Rating.objects.get().channel == "counter"


def test_a_question_left_out_is_named(desk, done):
    left_out = {key: value for key, value in SENT.items() if key != "marks.attitude"}
    answer = desk.as_("counter").post(f"/ban/danh-gia/{done.code}", left_out)
    assert answer.status_code == 422
    assert "Thái độ của công chức: Hãy chọn một mức." in answer.content.decode()


def test_only_the_counter_is_led_to_the_tablet(desk, done):
    where = f"/ban/danh-gia/{done.code}"
    assert where in desk.get("counter", f"/ban/ho-so/{done.code}").content.decode()
    assert where not in desk.get("unit_head", f"/ban/ho-so/{done.code}").content.decode()
    assert desk.get("unit_head", where).status_code == 403
    assert desk.get("other_head", where).status_code == 404
    assert desk.get("other_head", f"{where}/cam-on").status_code == 404


def test_a_head_reads_months_and_nobody_else_does(desk, settings):
    settings.MOTCUA_RATINGS_SHOWN_FROM = 1
    done = desk.world.to("returned")
    desk.at(8)
    words = {"comment": "Nhanh, <b>gọn</b>"}
    desk.as_("counter").post(f"/ban/danh-gia/{done.code}", {**SENT, **words, "key": "k"})
    desk.at(24 * 40)
    page = desk.get("unit_head", "/ban/danh-gia").content.decode()
    assert "Xuất sắc" in page
    assert "Nhanh, &lt;b&gt;gọn&lt;/b&gt;" in page
    assert done.code not in page
    assert "Nguyễn" not in page
    assert 'href="/ban/danh-gia"' in desk.get("unit_head", "/ban/nhom").content.decode()
    assert 'href="/ban/danh-gia"' not in desk.get("counter", "/ban/nhom").content.decode()
    assert desk.get("counter", "/ban/danh-gia").status_code == 403
    other = f"/ban/danh-gia?co-quan={desk.world.department.pk}"
    assert desk.get("other_head", other).status_code == 403
