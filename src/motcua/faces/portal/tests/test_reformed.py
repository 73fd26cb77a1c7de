"""After a reform the applicant's page names both agencies and sends nobody to one that ended."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, City, dawn
from motcua.faces.portal.tests.test_tracking import enter, page

BOTH = "UBND phường Ba Đình (tiếp nhận từ UBND quận Ba Đình)"


@pytest.fixture
def city(world):
    yield City(world)
    forget_tree()


def shown(client, clock, done, *, hours=12) -> str:
    clock.at = dawn() + datetime.timedelta(hours=hours)
    enter(client, done)
    return page(client, done)


def test_the_page_names_both_agencies_and_the_old_code_opens_it(city, client, clock):
    done = city.world.take_in()
    city.reform()
    text = shown(client, clock, done)
    assert f"<dd>{BOTH}</dd>" in text
    assert done.code in text
    assert "Nơi nhận giấy tờ, trả kết quả" in text


def test_before_a_reform_it_names_one(city, client, clock):
    text = shown(client, clock, city.world.take_in())
    assert "tiếp nhận từ" not in text
    assert "Nơi nhận giấy tờ" not in text


def test_the_story_tells_of_the_heir_and_whom_it_follows(city, client, clock):
    done = city.world.to("appraise")
    city.reform()
    shown(client, clock, done)
    events = client.get(f"/ho-so/{done.code}").context["events"]
    assert (events[0].title, events[0].detail) == ("Chuyển sang cơ quan kế thừa", BOTH)
    assert all("tiếp nhận từ" not in one.detail for one in events[1:])


def test_what_only_an_opinion_did_is_not_told(city, client, clock):
    done = city.world.to("appraise")
    city.world.move(done, "specialist", "consult", legs=("police",), reason="Hỏi.", hours=5)
    city.reform(Succession("H26.20", "H26.09"))
    text = shown(client, clock, done)
    assert "Chuyển sang cơ quan kế thừa" not in text
    assert "tiếp nhận từ" not in text


def test_who_has_a_result_is_sent_to_the_heirs_counter(city, client, clock):
    done = city.world.to("approve")
    city.reform()
    done = city.move(done, "leader", "issue")
    text = shown(client, clock, done)
    assert f"đến nhận tại {BOTH}" in text


def test_a_step_after_the_reform_is_the_new_holders_own(city, client, clock):
    done = city.world.to("appraise")
    city.reform(Succession(DISTRICT, OTHER, procedures=("9.000001",)), Succession(DISTRICT, WARD))
    text = shown(client, clock, done)
    assert "(tiếp nhận từ UBND quận Ba Đình)" in text
    assert text.count("tiếp nhận từ UBND quận Ba Đình") >= 2  # who holds it, and whose counter
