"""Whom to ask to share a mast: within 100 m in the inner city and 500 m in the suburbs."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.registers.acts import enter
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order
from motcua.faces.ui.tests.pages import faults
from motcua.kernel.geometry import distance
from motcua.systems.telecom.queries import masts_around
from motcua.systems.telecom.rules import (
    INNER,
    RULES,
    SUBURB,
    Mast,
    MastTooHigh,
    NoRuleThen,
    must_fit,
    rule_on,
    to_ask,
)

(RULE,) = RULES
HERE = (1058500000, 210200000)
STEPS = st.integers(-80_000, 80_000)


def at(north: int, operators: tuple[int, ...] = (1,), record: int = 1) -> Mast:
    """Give a mast so many ten-millionths of a degree to the north: 9,000 are about 100 m."""
    return Mast(record, (HERE[0], HERE[1] + north), operators)


@pytest.mark.parametrize(
    ("north", "zone", "found"),
    [(8_900, INNER, True), (9_100, INNER, False), (44_900, SUBURB, True), (45_100, SUBURB, False)],
)
def test_within_the_distance_of_the_zone_one_is_asked(north, zone, found):
    assert bool(to_ask(RULE, HERE, zone, [at(north)])) is found


def test_the_nearest_comes_first_and_a_full_one_has_no_room():
    near = to_ask(RULE, HERE, INNER, [at(5_000, (1, 2, 3, 4), 7), at(1_000, (2,), 9)])
    assert [(one.mast.record, one.has_room) for one in near] == [(9, True), (7, False)]


@given(st.lists(st.tuples(STEPS, STEPS), max_size=6))
def test_who_is_asked_in_the_inner_city_is_asked_in_the_suburbs_too(steps):
    places = [(HERE[0] + x, HERE[1] + y) for x, y in steps]
    masts = [Mast(number, place, ()) for number, place in enumerate(places)]
    inner, suburb = (
        {one.mast.record for one in to_ask(RULE, HERE, zone, masts)} for zone in (INNER, SUBURB)
    )
    assert inner <= suburb
    assert suburb == {one.record for one in masts if distance(HERE, one.place) <= 500}


def test_the_rule_is_that_of_the_day():
    assert rule_on(datetime.date(2017, 8, 22)) is RULE
    with pytest.raises(NoRuleThen):
        rule_on(datetime.date(2017, 8, 21))


@pytest.mark.parametrize(("height", "listed"), [(49, True), (50, False), (200, False)])
def test_lower_or_elsewhere_it_may_stand(height, listed):
    must_fit(RULE, height=height, listed=listed)


def test_a_high_mast_in_a_listed_zone_is_refused():
    with pytest.raises(MastTooHigh):
        must_fit(RULE, height=50, listed=True)


@pytest.fixture
def world(db):
    found = make_world()
    for register, values, shape in (
        ("telecom_operators", {"name": "Viễn thông Mẫu"}, None),
        ("telecom_sites", {"code": "NEAR", "operator": "Viễn thông Mẫu"}, "21.0205, 105.8500"),
        ("telecom_sites", {"code": "FAR", "operator": "Viễn thông Mẫu"}, "21.0230, 105.8500"),
        (
            "telecom_sites",
            {"code": "GONE", "operator": "Viễn thông Mẫu", "state": "removed"},
            "21.0201, 105.8500",
        ),
    ):
        enter(
            actor=found.officers["specialist"],
            at=MONDAY,
            declaration=register_of(register),
            agency_id=found.department.pk,
            order=Order(values, shape),
            key=None,
        )
    return found


def test_the_square_holds_every_mast_of_the_circle(world):
    actor = world.officers["counter"]
    assert len(masts_around(actor, HERE, 100)) == 1
    assert len(masts_around(actor, HERE, 500)) == 2


def test_the_page_says_whom_to_ask_or_why_not(world, client):
    from motcua.core.accounts.tests.doors import account_of, signed_in

    signed_in(client, account_of("specialist", world.officer_id("specialist")))
    page = "/ban/ha-tang-vien-thong/dung-chung"
    for query, status, words in (
        ("", 200, "100 m"),
        ("?toa-do=21.02,105.85&khu-vuc=inner&cao=20", 200, "NEAR"),
        ("?toa-do=21.02,105.85&khu-vuc=suburb&cao=20", 200, "FAR"),
        ("?toa-do=21.0,105.8&khu-vuc=inner", 200, "Không có cột nào"),
        ("?toa-do=21.02,105.85&cao=50&han-che=1", 422, "khu vực hạn chế không được dựng"),
        ("?toa-do=x", 422, "Không đọc được vị trí"),
        ("?toa-do=", 422, "Không đọc được vị trí"),
    ):
        answer = client.get(page + query)
        assert answer.status_code == status
        assert words in answer.content.decode()
        assert "GONE" not in answer.content.decode()
        assert faults(answer) == []
