"""Nothing is filed or handed to nobody, and only where the competence lies."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.agencies.models import Agency, Appointment, Competence
from motcua.core.agencies.queries import agency_by_code, forget_tree, receivers
from motcua.core.dossiers.tests.unchanged import refused
from motcua.core.dossiers.tests.world import DAY, declaration, given_back, publish

NEW_YEAR = datetime.date(2026, 1, 1)


def competent(code: str, since: datetime.date = NEW_YEAR) -> None:
    agency = Agency.objects.get(code=code)
    Competence.objects.create(agency=agency, procedure="9.000001", valid_from=since)
    forget_tree()


def test_an_agency_without_a_counter_receives_nothing(world):
    with refused("dossiers.not_received_there"):
        world.file(agency_id=agency_by_code("H26.09").id)


def test_where_a_competence_is_laid_down_others_receive_nothing(world):
    competent("H26.15")
    with refused("dossiers.not_received_there"):
        world.take_in()


def test_the_competent_agency_receives(world):
    competent("H26.12")
    assert world.take_in().code == "H26.12-261102-0001"


def test_a_competence_begins_on_its_day(world):
    competent("H26.12", since=DAY + datetime.timedelta(days=1))
    found = receivers("9.000001", tiers=(), post="counter", on=DAY + datetime.timedelta(days=1))
    assert [node.code for node in found] == ["H26.12"]


def test_a_hand_over_to_an_agency_where_nobody_can_do_it_is_refused(world):
    done = world.to("appraise")
    with refused("dossiers.nobody_there"):
        world.move(done, "specialist", "hand_over", hours=9, agency_id=world.city.pk, reason="x")


def test_a_consultation_of_an_agency_where_nobody_can_answer_is_refused(world):
    done = world.to("appraise")
    Appointment.objects.filter(agency__code="H26.20").update(valid_to=DAY)
    forget_tree()
    with refused("dossiers.nobody_there"):
        world.move(done, "specialist", "consult", hours=9, legs=("police",), reason="x")


def test_an_end_that_is_announced_closes_no_counter_and_calls_off_no_opinion_yet(world):
    Agency.objects.filter(code__in=("H26.12", "H26.20")).update(valid_to="2026-11-03")
    forget_tree()
    done = world.take_in()
    done = world.move(done, "unit_head", "assign", officer_id=world.officer_id("specialist"))
    done = world.move(done, "specialist", "consult", hours=2, legs=("police",), reason="Hỏi.")
    assert done.state == "liaison"


def test_an_agency_yet_to_come_receives_nothing(world):
    Agency.objects.filter(code="H26.12").update(valid_from="2026-11-03")
    forget_tree()
    with refused("dossiers.not_received_there"):
        world.take_in()


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_counter_does_not_withdraw_without_a_word(world, reason):
    publish(declaration("9.000009", given_back()))
    done = world.take_in(procedure="9.000009")
    with refused("dossiers.withdrawal_unexplained"):
        world.move(done, "counter", "give_back", reason=reason)


def test_an_applicant_need_not_explain(world):
    publish(declaration("9.000009", given_back()))
    done = world.take_in(procedure="9.000009")
    assert world.move(done, world.applicant(done), "give_back").state == "withdrawn"
