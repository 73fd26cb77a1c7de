"""Who may enter and decide a day off, what is refused by name, and undoing it before its day."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access import actors
from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.models import CalendarChange, CalendarDay, WorkCalendar
from motcua.core.dossiers.tests.unchanged import refused, unchanged
from motcua.core.dossiers.tests.world import add_officer
from motcua.core.jobs.models import Job
from motcua.core.redating import deciding
from motcua.core.redating.effect import come_into_force
from motcua.core.redating.preview import show
from motcua.core.redating.reconcile import check_calendars
from motcua.core.redating.showing import entered_by, readable, readable_one, special_days
from motcua.core.redating.tests.saying import TUESDAY, dates
from motcua.core.redating.whole import run
from motcua.kernel.errors import Invalid

SUNDAY = datetime.date(2026, 11, 8)
WORKED = datetime.date(2026, 11, 11)
DAY = datetime.timedelta(days=1)


def refusals(wrong: Invalid) -> set[str]:
    return {one.code for one in wrong.problems.values()}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"off": []}, "calendar.no_days"),
        ({"document": ""}, "calendar.document_missing"),
        ({"on": datetime.date(2026, 11, 2)}, "calendar.day_gone"),
        ({"off": [SUNDAY]}, "calendar.already_so"),
        ({"off": [], "work": [WORKED]}, "calendar.already_so"),
        ({"off": [datetime.date(2031, 1, 2)]}, "calendar.beyond"),
        ({"off": [WORKED], "work": [WORKED]}, "calendar.named_twice"),
    ],
)
def test_a_wrong_change_is_refused_with_its_fault(announced, changes, code):
    with unchanged(), pytest.raises(Invalid) as wrong:
        deciding.propose(actor=announced.clerk, at=TUESDAY, order=announced.order(**changes))
    assert refusals(wrong.value) == {code}


def test_every_fault_is_told_at_once(announced):
    order = announced.order(off=[SUNDAY], document="", on=datetime.date(2026, 11, 2))
    with pytest.raises(Invalid) as wrong:
        deciding.propose(actor=announced.clerk, at=TUESDAY, order=order)
    assert len(refusals(wrong.value)) == 3


@pytest.mark.parametrize("who", ["specialist", "unit_head", "counter"])
def test_who_is_not_above_all_enters_nothing(announced, world, who):
    with refused("calendar.not_yours"):
        deciding.propose(actor=world.officers[who], at=TUESDAY, order=announced.order())
    assert entered_by(world.officers[who]) == readable(world.officers[who]) == []


def test_an_agency_of_another_administration_takes_nobodys_say(announced):
    """As a ministry's police: it works by the same calendar, with nobody above or below it."""
    Agency.objects.create(code="A01", name_vi="Cơ quan ngành dọc", name_en="Guest", tier="police")
    forget_tree()
    row = announced.propose()
    assert readable(announced.clerk) == [row]


def test_who_heads_nothing_decides_nothing(announced):
    row = announced.propose()
    with refused("calendar.not_yours_to_decide"):
        deciding.decide(actor=announced.clerk, at=TUESDAY, change_id=row.pk)


def test_nobody_decides_what_they_have_not_seen(announced):
    row = deciding.propose(actor=announced.clerk, at=TUESDAY, order=announced.order())
    with refused("calendar.preview_missing"):
        deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk)


def test_a_preview_by_an_older_calendar_is_made_again(announced):
    row = announced.propose()
    announced.carry_out(off=[WORKED])
    with refused("calendar.preview_missing"):
        deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk)
    show(at=TUESDAY, change_id=row.pk)
    assert deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk).state == "decided"


def test_what_has_become_so_meanwhile_is_refused_by_the_decision(announced):
    row = announced.propose(document="Thông báo 13/TB")
    announced.carry_out()
    with pytest.raises(Invalid) as wrong:
        deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk)
    assert refusals(wrong.value) == {"calendar.already_so"}


def test_the_same_change_and_decision_again_are_the_first(announced):
    row = announced.decide()
    jobs = Job.objects.count()
    assert announced.propose().pk == row.pk
    assert deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk).pk == row.pk
    assert (CalendarChange.objects.count(), Job.objects.count()) == (1, jobs)


def test_a_run_again_moves_nothing_more(announced, world):
    world.to("appraise")
    row = announced.decide()
    assert announced.run(row).moved == 1
    before = dates()
    assert announced.run(row).moved == 0
    assert dates() == before


@pytest.mark.parametrize("decided", [False, True])
def test_what_is_undone_before_its_day_moves_nothing(announced, world, decided):
    world.to("appraise")
    before = dates()
    row = announced.decide() if decided else announced.propose()
    deciding.undo(actor=announced.head, at=TUESDAY, change_id=row.pk)
    assert announced.run(row).moved == 0
    assert dates() == before
    assert WorkCalendar.objects.get(key="national").revision == 1
    assert [*check_calendars()] == []


def test_a_clerk_takes_back_what_is_not_decided_alone(announced):
    row = announced.propose()
    assert deciding.undo(actor=announced.clerk, at=TUESDAY, change_id=row.pk).state == "undone"
    other = announced.decide(off=[WORKED])
    with refused("calendar.not_yours_to_decide"):
        deciding.undo(actor=announced.clerk, at=TUESDAY, change_id=other.pk)


def test_what_is_in_force_is_not_undone(announced):
    row = announced.decide()
    announced.run(row)
    with refused("calendar.in_force"):
        deciding.undo(actor=announced.head, at=TUESDAY, change_id=row.pk)


def test_what_is_undone_is_not_decided(announced):
    row = announced.propose()
    deciding.undo(actor=announced.head, at=TUESDAY, change_id=row.pk)
    with refused("calendar.not_open"):
        deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk)


def test_nothing_comes_into_force_before_its_day_or_without_a_decision(announced):
    row = announced.propose(on=TUESDAY.date() + DAY)
    with refused("calendar.not_its_day"):
        come_into_force(at=TUESDAY + DAY, change_id=row.pk)
    deciding.decide(actor=announced.head, at=TUESDAY, change_id=row.pk)
    with refused("calendar.not_its_day"):
        run(clock=lambda: TUESDAY, change_id=row.pk)
    assert run(clock=lambda: TUESDAY + DAY, change_id=row.pk).moved == 0
    assert CalendarChange.objects.get().state == "done"


def test_a_day_off_taken_back_by_another_change_gives_the_old_dates(announced, world):
    done = world.to("appraise")
    announced.carry_out()
    announced.carry_out(off=[], work=[announced.day])
    assert world.dossier(done).due_at == done.due_at
    assert [*check_calendars()] == []


def test_a_change_is_found_by_those_above_all(announced):
    row = announced.propose()
    assert readable_one(announced.clerk, row.pk) == row
    with refused("calendar.no_change"):
        readable_one(announced.world.officers["counter"], row.pk)
    with refused("calendar.no_change"):
        deciding.change_of(row.pk + 1)


def test_an_unknown_calendar_is_refused(announced):
    with refused("clock.unknown_calendar"):
        special_days("moon", 2026)


def test_the_days_of_a_year_are_listed_with_their_source(announced):
    announced.carry_out()
    (found,) = [one for one in special_days("national", 2026) if one["day"] == "2026-11-10"]
    assert (found["kind"], found["vi"], found["source"]) == ("off", "Nghỉ bão", "Thông báo 12/TB")


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE clock_redated SET told = '{}'", "state.redated_differs"),
        ("DELETE FROM clock_redated", "state.redated_differs"),
        ("UPDATE clock_calendarday SET name_vi = 'x' WHERE revision = 2", "state.calendar_differs"),
        ("DELETE FROM clock_calendarday WHERE revision = 1", "state.calendar_differs"),
        ("UPDATE clock_workcalendar SET revision = 3", "state.calendar_differs"),
        ("UPDATE clock_calendarchange SET state = 'undone'", "state.calendar_change_differs"),
        ("UPDATE dossiers_dossier SET due_at = promised_at", "state.not_redated"),
    ],
)
def test_what_is_changed_behind_the_acts_is_found(announced, world, sql, code):
    world.to("appraise")
    announced.carry_out()
    assert [*check_calendars()] == []
    world.tamper(sql)
    assert code in {one.code for one in check_calendars()}


def test_the_house_itself_may_do_it(announced):
    row = deciding.propose(actor=actors.house("test"), at=TUESDAY, order=announced.order())
    show(at=TUESDAY, change_id=row.pk)
    assert deciding.decide(actor=actors.house("test"), at=TUESDAY, change_id=row.pk).decided_at
    assert CalendarDay.objects.filter(revision=2).count() == 0


def test_a_head_of_one_agency_decides_nothing_for_all(announced, world):
    other = add_officer("other_chief", world.department, "unit_head")
    row = announced.propose()
    with refused("calendar.not_yours_to_decide"):
        deciding.decide(actor=other, at=TUESDAY, change_id=row.pk)
