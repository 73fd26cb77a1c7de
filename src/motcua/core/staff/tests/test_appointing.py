"""Appointing, transferring, ending a post: who may, what the house tells, and what is refused."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.access import actors
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.tests.world import DAY, MONDAY, add_officer
from motcua.core.people.models import Officer
from motcua.core.staff import rules
from motcua.core.staff.appointing import (
    Newcomer,
    Post,
    StaffNumberTaken,
    appoint,
    end_post,
    take_on,
    transfer,
)
from motcua.core.staff.heads import UnknownOfficer
from motcua.core.staff.mandate import NotTheirsToGive

NEXT = DAY + datetime.timedelta(days=7)
SOMEBODY = Newcomer(name="Trần Thị Mới", staff_number="N1")


def post(world, name="specialist", agency=None, since=DAY, **more):
    return Post(agency_id=(agency or world.department).pk, post=name, since=since, **more)


def arrive(world, who="unit_head", key=None, newcomer=SOMEBODY, **more):
    return take_on(
        actor=world.officers[who], at=MONDAY, newcomer=newcomer, post=post(world, **more), key=key
    )


def held(officer_id):
    rows = Appointment.objects.filter(officer=officer_id).order_by("pk")
    return [(one.post, one.valid_from, one.valid_to) for one in rows]


def test_a_head_takes_somebody_on_who_then_acts(world):
    number = arrive(world)
    assert held(number) == [("specialist", DAY, None)]
    assert actors.officer(number, "x", DAY).holds(world.department.pk, "specialist")
    assert list(check_house()) == []


def test_asked_twice_there_is_one_officer(world):
    assert arrive(world, key="k") == arrive(world, key="k")
    assert Officer.objects.filter(staff_number="N1").count() == 1
    with pytest.raises(StaffNumberTaken):
        arrive(world, key="other")


def test_a_transfer_ends_one_post_and_begins_the_other(world):
    number = arrive(world)
    row = Appointment.objects.get(officer=number)
    new = post(world, "counter", since=NEXT)
    head = world.officers["unit_head"]
    for _ in range(2):
        transfer(actor=head, at=MONDAY, appointment_id=row.pk, post=new, key="t")
    assert held(number) == [("specialist", DAY, NEXT), ("counter", NEXT, None)]
    assert list(check_house()) == []


def test_one_of_two_posts_ends_and_the_last_does_not(world):
    head, number = world.officers["unit_head"], arrive(world)
    appoint(actor=head, at=MONDAY, officer_id=number, post=post(world, "counter"), key=None)
    first, second = Appointment.objects.filter(officer=number).order_by("pk")
    end_post(actor=head, at=MONDAY, appointment_id=first.pk, on=NEXT, key=None)
    assert held(number) == [("specialist", DAY, NEXT), ("counter", DAY, None)]
    with pytest.raises(rules.LastPost):
        end_post(actor=head, at=MONDAY, appointment_id=second.pk, on=NEXT, key=None)
    assert list(check_house()) == []


def test_a_post_does_not_end_over_open_work(world):
    done = world.take_in()
    who = world.officer_id("specialist")
    world.move(done, "unit_head", "assign", officer_id=who)
    row = Appointment.objects.get(officer=who)
    new = post(world, "counter", since=NEXT)
    with pytest.raises(rules.OpenInPost) as refused:
        transfer(
            actor=world.officers["unit_head"], at=MONDAY, appointment_id=row.pk, post=new, key=None
        )
    assert refused.value.details == {"count": 1}


@pytest.mark.parametrize(
    ("who", "name", "refused"),
    [
        ("specialist", "specialist", True),
        ("other_head", "specialist", True),
        ("unit_head", "counter", False),
        ("unit_head", "unit_head", True),
        ("unit_head", "leader", True),
        ("unit_head", "auditor", True),
        ("unit_head", "system_keeper", True),
        ("leader", "unit_head", False),
        ("leader", "leader", False),
        ("leader", "auditor", False),
    ],
)
def test_who_may_give_which_post(world, settings, who, name, refused):
    settings.MOTCUA_SYSTEMS = ["motcua.systems.one_stop"]
    if refused:
        with pytest.raises(NotTheirsToGive):
            arrive(world, who=who, name=name)
    else:
        assert arrive(world, who=who, name=name)


def test_a_post_of_weight_asks_for_a_fresh_proof_and_a_plain_one_does_not(world, settings):
    settings.MOTCUA_SYSTEMS = ["motcua.systems.one_stop"]
    for who in ("leader", "unit_head"):
        world.officers[who] = replace(world.officers[who], proven=False)
    for name in ("unit_head", "auditor", "system_keeper"):
        with pytest.raises(rules.ProofWanted):
            arrive(world, who="leader", name=name)
    assert not Officer.objects.filter(staff_number="N1").exists()
    assert arrive(world, who="unit_head", name="counter")


def test_nobody_appoints_themself(world):
    head = world.officers["unit_head"]
    with pytest.raises(UnknownOfficer):
        appoint(
            actor=head,
            at=MONDAY,
            officer_id=head.officer_id,
            post=post(world, "counter"),
            key=None,
        )


def test_an_officer_of_another_agency_is_not_there_for_a_head(world):
    stranger = world.officer_id("other_specialist")
    with pytest.raises(UnknownOfficer):
        appoint(
            actor=world.officers["unit_head"],
            at=MONDAY,
            officer_id=stranger,
            post=post(world),
            key=None,
        )


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"since": DAY - datetime.timedelta(days=1)}, rules.BadPeriod),
        ({"name": "khong-co"}, rules.UnknownPost),
        ({"newcomer": Newcomer(name=" ", staff_number="N1")}, rules.NoName),
    ],
)
def test_nonsense_is_refused_with_words(world, more, refusal):
    with pytest.raises(refusal):
        arrive(world, **more)


def test_a_post_held_is_not_given_again(world):
    second = add_officer("third", world.department, "specialist").officer_id
    with pytest.raises(rules.HeldAlready):
        appoint(
            actor=world.officers["unit_head"],
            at=MONDAY,
            officer_id=second,
            post=post(world),
            key=None,
        )


def test_killed_in_the_midst_nothing_is_left(world, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("killed")

    monkeypatch.setattr("motcua.core.idempotency.house.append_to_house", broken)
    with pytest.raises(RuntimeError):
        arrive(world)
    assert not Officer.objects.filter(staff_number="N1").exists()
