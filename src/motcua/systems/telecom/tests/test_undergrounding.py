"""Streets go underground: each a dossier, and years and phases counted from them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.filing import NotThisWay
from motcua.core.dossiers.models import Dossier, Paper, WorkItem
from motcua.core.dossiers.moving import NotYours
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.figures.counting import count
from motcua.core.figures.models import Figure
from motcua.core.procedures.checks import publish_faults
from motcua.core.procedures.reading import read
from motcua.kernel.errors import Invalid
from motcua.kernel.flow.engine import LegsOpen, NobodyAsked, NotFromHere
from motcua.systems.telecom.queries import STREETS
from motcua.systems.telecom.rules import LATE, STANDS, Stand, Street, tally, years
from motcua.systems.telecom.tests.conftest import STREET, TEXT


def test_the_procedure_holds_and_each_step_counts_once():
    told = read(TEXT, system="telecom")
    assert publish_faults(told, posts={"specialist", "unit_head"}) == ()
    places = {step.key for step in told.flow.steps} | {end.key for end in told.flow.ends}
    assert places - STANDS.keys() == {"proposed", "dropped"}
    assert STANDS.keys() <= places


def test_a_street_is_done_once_it_is_accepted_and_not_before(streets):
    dossier = streets.list()
    (guided,) = streets.told()
    assert (guided.stand, guided.metres, guided.year) == (Stand.GUIDED, 500, 2016)
    streets.to_poles(dossier)
    (ready,) = streets.told()
    assert (ready.stand, ready.accepted_on) == (Stand.UNDER_WAY, None)
    streets.move(dossier, "accept", hours=2)
    (accepted,) = streets.told()
    assert (accepted.stand, accepted.accepted_on) == (Stand.DONE, DAY)
    streets.move(dossier, "hand_over", hours=3)
    (over,) = streets.told()
    assert (over.stand, over.accepted_on) == (Stand.DONE, DAY)
    assert Paper.objects.filter(dossier=dossier, letter="handover").count() == 1
    assert list(check_state()) == []


def test_17_of_18_streets_are_94_point_4_percent(streets):
    listed = [streets.list(f"Phố {number}") for number in range(18)]
    for dossier in listed[:17]:
        streets.accept(dossier)
    (year,) = years(streets.told(), DAY)
    assert (year.tally.done, year.tally.streets) == (17, 18)
    assert (year.tally.metres_done, year.tally.metres) == (8500, 9000)
    assert round(year.tally.share * 100, 1) == Decimal("94.4")


def test_each_operator_has_a_task_on_its_own_clock(streets):
    dossier = streets.list()
    streets.move(dossier, "survey", "dig")
    streets.move(dossier, "give_tasks", legs=("viettel", "power"))
    with pytest.raises(LegsOpen, match=r"viettel, power|power, viettel"):
        streets.move(dossier, "move_cables")
    due = dict(WorkItem.objects.exclude(leg=None).values_list("step", "due_at"))
    assert due["power"] > due["viettel"] > MONDAY
    streets.move(dossier, "task_done", leg=1, hours=2)
    (told,) = streets.told()
    viettel, power = told.tasks
    assert (viettel.operator, power.operator) == ("Viettel", "Điện lực (EVN Hà Nội)")
    assert (viettel.done_at is None, power.done_at is None) == (False, True)
    assert (viettel.late(due["power"]), power.late(due["power"])) == (False, False)
    assert power.late(due["power"] + datetime.timedelta(minutes=1))
    streets.move(dossier, "task_done", leg=2, hours=2)
    streets.move(dossier, "move_cables", hours=3)


def test_no_street_counts_as_moved_before_somebody_was_given_a_task(streets):
    dossier = streets.list()
    streets.move(dossier, "survey", "dig")
    with pytest.raises(NobodyAsked):
        streets.move(dossier, "move_cables")
    streets.move(dossier, "give_tasks", legs=("power",))
    streets.move(dossier, "task_done", leg=1)
    streets.move(dossier, "move_cables", "clear_poles", hours=2)
    streets.move(dossier, "not_accepted", who="unit_head", reason="Còn cáp treo", hours=3)
    streets.move(dossier, "move_cables", hours=4)  # the tasks of before are still done


def test_a_street_taken_off_the_list_counts_nowhere(streets):
    dossier = streets.list()
    streets.move(dossier, "survey", "dig")
    streets.move(dossier, "give_tasks", legs=("viettel",))
    streets.move(dossier, "drop", reason="Thu hồi", hours=2)
    assert streets.told() == []
    assert Dossier.objects.get(pk=dossier).outcome == "stopped"


def test_a_street_whose_answers_were_erased_counts_no_more(streets):
    dossier = streets.list()
    streets.accept(dossier)
    assert len(streets.told()) == 1
    Dossier.objects.filter(pk=dossier).update(fields=NO_FIELDS)
    assert streets.told() == []


def test_what_is_not_accepted_is_dug_again(streets):
    dossier = streets.list()
    streets.to_poles(dossier)
    streets.move(dossier, "not_accepted", who="unit_head", reason="Còn cáp treo", hours=2)
    (told,) = streets.told()
    assert told.stand is Stand.UNDER_WAY
    with pytest.raises(NotFromHere):
        streets.move(dossier, "accept", hours=3)


def test_acceptance_is_the_heads_and_no_street_is_listed_without_its_paper(streets):
    dossier = streets.list()
    streets.to_poles(dossier)
    with pytest.raises(NotYours):
        streets.move(dossier, "accept", who="specialist", hours=2)
    with pytest.raises(Invalid) as wrong:
        streets.list(decision="không số", length=0)
    assert {*wrong.value.problems} == {"decision", "length"}


def test_late_is_what_is_not_accepted_by_the_date_of_its_phase(streets):
    late, over = (streets.list(name, phase_end="2026-11-02") for name in ("Phố A", "Phố B"))
    streets.list("Phố C", phase_end="2026-11-03")
    streets.accept(over, hours=26)  # a day after
    told = streets.told()
    assert tally(told, DAY).stands[LATE] == 0
    tomorrow = DAY + datetime.timedelta(days=1)
    assert [one.dossier for one in told if one.late(tomorrow)] == [late]
    assert [one.dossier for one in told if one.done_late] == [over]


def test_who_may_not_read_the_dossiers_sees_no_streets(streets):
    streets.list()
    assert len(streets.told()) == 1
    assert streets.told("external") == []


def test_a_street_is_no_figure_of_what_citizens_asked_for(streets):
    streets.accept(streets.list())
    at = MONDAY + datetime.timedelta(days=4)
    count(at=at)
    assert not Figure.objects.exists()
    with pytest.raises(NotThisWay):
        streets.world.file(procedure=STREETS, fields=STREET, evidence=())


STREETS_MADE = st.lists(
    st.builds(
        Street,
        dossier=st.integers(1, 99),
        code=st.just(""),
        year=st.integers(2016, 2018),
        phase=st.integers(1, 3),
        phase_end=st.sampled_from([DAY, DAY - datetime.timedelta(days=1)]),
        street=st.just("Phố"),
        begins=st.just(""),
        ends=st.just(""),
        ward=st.just(""),
        metres=st.integers(1, 2000),
        telecom=st.booleans(),
        power=st.booleans(),
        step=st.just(""),
        stand=st.sampled_from([*Stand]),
        accepted_on=st.none(),
    )
)


@given(STREETS_MADE)
def test_phases_add_up_to_years_and_years_to_all(made):
    whole, found = tally(made, DAY), years(made, DAY)
    phases = [part.tally for one in found for part in one.phases]
    for parts in (phases, [one.tally for one in found]):
        assert sum(one.streets for one in parts) == whole.streets
        assert sum(one.metres for one in parts) == whole.metres
        assert sum(one.metres_done for one in parts) == whole.metres_done
        for state in (*Stand, LATE):
            assert sum(one.stands[state] for one in parts) == whole.stands[state]
    assert sum(whole.stands[stand] for stand in Stand) == whole.streets
    assert 0 <= whole.share <= 1
