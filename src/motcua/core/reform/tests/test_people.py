"""Officers, powers and competences pass to the heirs in one moment, and the house tells of it."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.models import Absence, Appointment, Competence, Delegation
from motcua.core.agencies.powers import powers_of
from motcua.core.agencies.queries import competences, forget_tree, holds_post
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.append import append_to_house
from motcua.core.reform.rules import Succession
from motcua.core.reform.tests.city import DISTRICT, OTHER, WARD, dawn, findings, seat, unaware
from motcua.core.sql import act
from motcua.core.staff.standing_in import Lending, be_away, come_back, delegate

EVE = datetime.timedelta(days=1)


def test_officers_hold_their_posts_at_the_heir_from_the_day_on(city):
    city.reform()
    for who in ("counter", "unit_head", "specialist", "second"):
        officer = city.world.officer_id(who)
        post = Appointment.objects.get(officer=officer, valid_to=None)
        old = Appointment.objects.get(officer=officer, valid_to=city.on)
        assert (post.agency_id, post.valid_from, post.post) == (city.ward.pk, city.on, old.post)
        assert post.reads_agency == old.reads_agency
        assert holds_post(officer, city.world.department.pk, old.post, city.on - EVE)
    assert findings() == []


def test_an_officer_goes_where_the_plan_says_to_another_post_or_leaves(city):
    city.reform(seats=(seat("second", OTHER, new="unit_head"), seat("specialist")))
    held = powers_of(city.world.officer_id("second"), city.on).posts
    assert [(one.agency_id, one.post) for one in held] == [(city.other.pk, "unit_head")]
    assert powers_of(city.world.officer_id("specialist"), city.on).posts == ()
    assert findings() == []


def test_a_post_that_is_held_at_the_heir_already_is_not_held_twice(city):
    officer = city.world.officer_id("specialist")
    told = {"officer_id": officer, "post": "specialist", "valid_from": MONDAY.date()}
    Appointment.objects.create(**told, agency=city.other)
    city.reform(Succession(DISTRICT, OTHER))
    assert Appointment.objects.filter(officer=officer, valid_to=None).count() == 1


def test_an_appointment_that_ends_later_ends_then_at_the_heir(city):
    until = city.on + datetime.timedelta(days=30)
    officer = city.world.officer_id("second")
    Appointment.objects.filter(officer=officer).update(valid_to=until)
    city.reform()
    assert Appointment.objects.get(officer=officer, agency=city.ward).valid_to == until


@pytest.fixture
def lent(city):
    lending = Lending(
        giver_id=city.world.officer_id("unit_head"),
        agency_id=city.world.department.pk,
        post="unit_head",
        taker_id=city.world.officer_id("second"),
        capacity="TUQ.",
        document="5/GUQ",
        valid_from=MONDAY.date(),
        valid_to=city.on + datetime.timedelta(days=10),
    )
    leader = city.world.officers["leader"]
    return delegate(actor=leader, at=MONDAY, lending=lending, key=None)


def test_powers_that_were_lent_are_lent_at_the_heir(city, lent):
    city.reform()
    old, new = Delegation.objects.order_by("pk")
    assert (old.valid_to, new.valid_from, new.agency_id) == (city.on, city.on, city.ward.pk)
    assert [one.agency_id for one in powers_of(new.taker_id, city.on).lent] == [city.ward.pk]
    assert findings() == []


def test_powers_end_where_who_took_them_goes_to_another_house(city, lent):
    city.reform(seats=(seat("second", OTHER),))
    assert Delegation.objects.get().valid_to == city.on
    assert powers_of(city.world.officer_id("second"), city.on).lent == ()
    assert findings() == []


def test_an_absence_goes_on_and_who_stands_in_signs_at_the_heir(city):
    head = city.world.officer_id("unit_head")
    be_away(
        actor=city.world.officers["unit_head"],
        at=MONDAY,
        officer_id=head,
        stand_in_id=city.world.officer_id("second"),
        days=(MONDAY.date(), city.on + datetime.timedelta(days=5)),
        key=None,
    )
    city.reform()
    assert Absence.objects.get().valid_to == city.on + datetime.timedelta(days=5)
    [lent] = powers_of(city.world.officer_id("second"), city.on).lent
    assert (lent.agency_id, lent.post) == (city.ward.pk, "unit_head")
    come_back(
        actor=city.officer("unit_head"), at=dawn(), absence_id=Absence.objects.get().pk, key=None
    )
    assert powers_of(city.world.officer_id("second"), city.on).lent == ()
    assert findings() == []


def test_powers_end_with_a_post_that_ends(city, lent):
    city.reform(seats=(seat("unit_head"),))
    assert Delegation.objects.get().valid_to == city.on
    assert findings() == []


def test_a_competence_passes_to_the_heirs_of_its_procedure(city):
    with act() as tx:
        Competence.objects.create(
            agency=city.world.department, procedure="9.000001", valid_from=MONDAY.date()
        )
        data = {"agency": city.world.department.pk, "receives": ["9.000001"]}
        append_to_house(tx, act="found", at=MONDAY, actor="system:setup", data=data)
    city.reform(
        Succession(DISTRICT, OTHER),
        Succession(DISTRICT, WARD, procedures=("9.000001",)),
    )
    forget_tree()
    assert competences(city.on)["9.000001"] == {city.ward.pk}
    assert competences(city.on - EVE)["9.000001"] == {city.world.department.pk}
    assert findings() == []


def test_who_changes_a_row_of_the_reform_is_found(city):
    from motcua.core.agencies.models import Heir

    city.reform()
    Heir.objects.update(heir=city.other)
    assert any("heir" in one for one in findings())


def test_work_left_at_an_ended_agency_is_found(city):
    city.reform()
    with unaware():
        done = city.world.take_in()
    assert any(f"state.left_behind {done.dossier_id}" in one for one in findings())


def test_a_changed_plan_is_found(city):
    from motcua.core.reform.models import Reform

    city.plan()
    Reform.objects.update(text="format = 1")
    assert any("reform" in one for one in findings())


def test_nothing_of_it_is_in_force_the_evening_before(city):
    city.plan()
    head = city.officer("unit_head", city.on - EVE)
    assert head.agencies() == (city.world.department.pk,)
    assert dawn() > MONDAY
