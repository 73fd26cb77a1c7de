"""Drafts: drawn by who organises, changed part by part, decided by a head who saw them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.house import digest_of
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.jobs.models import Job
from motcua.core.ledger.models import Entry
from motcua.core.reform.drafting import (
    decide,
    draw,
    redraw,
    with_founding,
    with_heir,
    with_seat,
    without_founding,
    without_heir,
)
from motcua.core.reform.faults import NothingEnds
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import JOB, plan, readable, undo
from motcua.core.reform.preview import preview
from motcua.core.reform.reading import read_plan
from motcua.core.reform.rules import Founding, Order, Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, appointed, findings, seat
from motcua.core.reform.tests.test_planning import ORDERS
from motcua.kernel.errors import Invalid

BY_PROCEDURE = Succession(DISTRICT, OTHER, procedures=("9.000001",))
GENERAL = Succession(DISTRICT, WARD)
NEW = Founding("H26.77", "H26", "commune", "UBND xã Mới", "New commune", "Mới")


@pytest.fixture
def drawer(city):
    return appointed("drawer", "organiser", city.world.city)


@pytest.fixture
def head(city):
    return city.world.officers["leader"]


@pytest.fixture
def draft(city, drawer) -> Reform:
    return draw(actor=drawer, at=MONDAY, order=city.order())


def change(draft: Reform, drawer, one) -> Order:
    row = redraw(actor=drawer, at=MONDAY, reform_id=draft.pk, change=one)
    return read_plan(row.text)


def settle(draft: Reform, head, **told) -> Reform:
    draft.refresh_from_db()
    seen = told.pop("seen", digest_of(draft.text))
    return decide(actor=head, at=MONDAY, reform_id=draft.pk, seen=seen)


def test_a_draft_is_in_force_nowhere_and_waits_for_no_day(city, draft, drawer):
    assert (draft.state, draft.planned_at, draft.drawn_by) == ("draft", None, drawer.key)
    assert not Job.objects.filter(kind=JOB).exists()
    assert city.run(draft).moved == 0
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_draft_may_have_faults_and_the_house_tells_of_it(city, drawer):
    wrong = replace(GENERAL, heir="H26.99")
    row = draw(actor=drawer, at=MONDAY, order=city.order(wrong))
    [fault] = preview(read_plan(row.text), of=row.pk).faults
    assert (fault.code, fault.about) == ("reform.heir_not_there", ("heir", "H26.99"))
    assert Entry.objects.filter(act="draw_reform").count() == 1


def test_the_same_draft_again_is_the_one_that_is_kept(city, draft, drawer):
    assert draw(actor=drawer, at=MONDAY, order=city.order()) == draft
    assert Entry.objects.filter(act="draw_reform").count() == 1


@pytest.mark.parametrize(
    ("one", "part", "value"),
    [
        (with_heir(BY_PROCEDURE), "successions", (GENERAL, BY_PROCEDURE)),
        (with_founding(NEW), "founds", (NEW,)),
        (with_seat(seat("second", OTHER)), "seats", (seat("second", OTHER),)),
    ],
)
def test_what_is_sent_twice_is_drawn_once(city, draft, drawer, one, part, value):
    for _ in range(2):
        assert getattr(change(draft, drawer, one), part) == value
    assert Entry.objects.filter(act="draw_reform").count() == 2


def test_what_was_drawn_is_taken_out_again(city, draft, drawer):
    told = seat("second", OTHER, ending=DISTRICT, post="specialist")
    for one in (with_heir(BY_PROCEDURE), with_founding(NEW), with_seat(told)):
        change(draft, drawer, one)
    for one in (without_heir(BY_PROCEDURE), without_founding(NEW.code)):
        change(draft, drawer, one)
    assert change(draft, drawer, with_seat(told, follows=True)) == city.order()


def test_an_officer_goes_one_way_and_an_agency_begins_once(draft, drawer):
    change(draft, drawer, with_seat(seat("second", OTHER)))
    assert change(draft, drawer, with_seat(seat("second"))).seats == (seat("second"),)
    change(draft, drawer, with_founding(NEW))
    told = replace(NEW, phone="1022")
    assert change(draft, drawer, with_founding(told)).founds == (told,)


def test_a_draft_in_which_nothing_ends_is_refused(draft, drawer):
    with pytest.raises(NothingEnds):
        change(draft, drawer, without_heir(GENERAL))


def test_a_head_decides_and_the_job_waits_for_the_day(city, draft, head):
    row = settle(draft, head)
    assert (row.state, row.planned_at) == ("planned", MONDAY)
    assert Job.objects.filter(kind=JOB).count() == 1
    assert settle(draft, head) == row  # sent twice
    assert Job.objects.filter(kind=JOB).count() == 1
    assert findings() == []


def test_a_decided_draft_is_carried_out(city, draft, head):
    city.world.take_in()
    assert city.run(settle(draft, head)).moved == 1
    assert findings() == []


def test_what_was_not_seen_is_not_decided(city, draft, drawer, head):
    seen = digest_of(draft.text)
    change(draft, drawer, with_heir(BY_PROCEDURE))
    with refused("reform.redrawn"):
        settle(draft, head, seen=seen)


def test_a_draft_with_faults_is_not_decided(city, drawer, head):
    row = draw(actor=drawer, at=MONDAY, order=city.order(replace(GENERAL, heir="H26.99")))
    with pytest.raises(Invalid):
        settle(row, head)
    assert Reform.objects.get().state == "draft"
    assert findings() == []


def test_who_draws_does_not_decide_nor_undo_what_was_decided(draft, drawer, head):
    with refused("reform.not_yours"):
        settle(draft, drawer)
    row = settle(draft, head)
    with refused("reform.not_yours"):
        undo(actor=drawer, at=MONDAY, reform_id=row.pk)


def test_what_was_decided_is_not_drawn_anew(draft, drawer, head):
    settle(draft, head)
    with refused("reform.not_a_draft"):
        change(draft, drawer, with_heir(BY_PROCEDURE))


def test_a_dropped_draft_is_gone_and_can_be_drawn_again(city, draft, drawer, head):
    undo(actor=drawer, at=MONDAY, reform_id=draft.pk)
    with refused("reform.not_a_draft"):
        settle(draft, head)
    assert draw(actor=drawer, at=MONDAY, order=city.order()) != draft
    assert findings() == []


@pytest.mark.parametrize("who", ["unit_head", "counter", "other_head", "police"])
def test_others_neither_draw_nor_see_nor_decide(city, draft, who):
    actor = city.world.officers[who]
    with refused("reform.not_a_drawer"):
        draw(actor=actor, at=MONDAY, order=city.order(BY_PROCEDURE))
    with refused("reform.not_a_drawer"):
        redraw(actor=actor, at=MONDAY, reform_id=draft.pk, change=with_heir(BY_PROCEDURE))
    with refused("reform.not_yours"):
        settle(draft, actor)
    assert readable(actor) == []


def test_who_organises_one_agency_draws_nothing_of_its_equals(city):
    inside = appointed("inside", "organiser", city.world.department)
    with refused("reform.not_a_drawer"):
        draw(actor=inside, at=MONDAY, order=city.order())


@pytest.fixture
def inside(city):
    """A head, and one who organises, of a district under which a unit ends."""
    made = {"code": "H26.12.01", "name_vi": "Phòng A", "name_en": "A", "short_name": "A"}
    Agency.objects.create(**made, tier="unit", parent=city.world.department)
    forget_tree()
    return appointed("inside", "organiser", city.world.department)


@pytest.mark.parametrize(
    ("heir", "told"),
    [
        (WARD, {}),
        ("H26", {}),
        (DISTRICT, {"seats": (seat("inside", "H26", new="leader"),)}),
        ("H26.77", {"founds": (NEW,)}),
    ],
)
def test_nobody_draws_into_an_agency_where_they_have_no_say(city, inside, heir, told):
    order = city.order(Succession("H26.12.01", heir), **told)
    with refused("reform.not_a_drawer"):
        draw(actor=inside, at=MONDAY, order=order)
    with refused("reform.not_yours"):
        plan(actor=city.world.officers["unit_head"], at=MONDAY, order=order)


def test_who_organises_a_district_draws_what_is_within_it(city, inside):
    row = draw(actor=inside, at=MONDAY, order=city.order(Succession("H26.12.01", DISTRICT)))
    with refused("reform.not_a_drawer"):
        change(row, inside, with_heir(Succession("H26.20", DISTRICT)))
    assert settle(row, city.world.officers["unit_head"]).state == "planned"


def test_shares_over_the_whole_are_a_fault_of_the_agency(city, draft, drawer):
    change(draft, drawer, with_heir(replace(BY_PROCEDURE, share=60)))
    order = change(draft, drawer, with_heir(Succession(DISTRICT, WARD, areas=("1",), share=50)))
    [fault] = preview(order).faults
    assert (fault.code, fault.about) == ("reform.shares_over", ("from", DISTRICT))


def test_a_changed_draft_is_found(draft):
    Reform.objects.update(text="format = 1")
    assert any("reform" in one for one in findings())


CHANGES = st.lists(
    st.sampled_from(
        [
            partial(with_heir, BY_PROCEDURE),
            partial(without_heir, BY_PROCEDURE),
            partial(with_founding, NEW),
            partial(without_founding, NEW.code),
            partial(with_seat, seat("a", "b")),
            partial(with_seat, seat("a"), follows=True),
        ]
    ),
    max_size=5,
)


@given(ORDERS, CHANGES)
def test_each_change_made_twice_is_made_once(order, changes):
    for one in changes:
        order = one()(order)
        assert one()(order) == order
