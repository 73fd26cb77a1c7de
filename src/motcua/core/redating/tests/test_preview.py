"""The preview says what then happens: by day, agency and procedure, and who becomes late."""

from __future__ import annotations

import datetime
import json

from motcua.core.clock.models import CalendarChange
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.unchanged import unchanged
from motcua.core.redating.preview import preview, show
from motcua.core.redating.tests.saying import TUESDAY
from motcua.core.redating.tests.test_deciding import WORKED

DAY = datetime.timedelta(days=1)


def told(announced, **changes) -> dict:
    return json.loads(announced.propose(**changes).preview)


def test_it_moves_what_it_said(announced, world):
    for _ in range(4):
        world.to("appraise")
    world.to("reception")
    row = announced.propose()
    said = json.loads(row.preview)
    before = dict(Dossier.objects.values_list("pk", "due_at"))
    announced.carry_out()
    moved = [one for one in Dossier.objects.all() if one.due_at != before[one.pk]]
    assert said["dossiers"] == len(moved) == 4
    assert said["looked"] == 5
    assert said["days"] == [{"from": "2026-11-16", "to": "2026-11-17", "dossiers": 4}]
    assert [(one["agency"], one["procedure"], one["dossiers"]) for one in said["lines"]] == [
        ("H26.12", "9.000001", 4)
    ]


def test_a_promise_on_paper_that_ends_earlier_is_counted(announced, world):
    world.to("appraise")
    assert told(announced)["beyond_promise"] == 1


def test_what_becomes_late_is_told(announced, world):
    """A Saturday that has to be worked takes a day from what ends soon after it."""
    done = world.to("appraise")
    saturday = datetime.date(2026, 11, 14)
    row = announced.propose(off=[], work=[saturday])
    late_at = done.due_at - datetime.timedelta(hours=1)
    said = preview(row, at=late_at)
    assert (said["begins_late"], said["ends_late"]) == (1, 0)


def test_what_is_late_no_more_is_told(announced, world):
    done = world.to("appraise")
    said = preview(announced.propose(), at=done.due_at + datetime.timedelta(hours=1))
    assert (said["begins_late"], said["ends_late"]) == (0, 1)


def test_it_lists_the_first_with_their_dates(announced, world):
    done = world.to("appraise")
    (row,) = told(announced)["rows"]
    assert row["code"] == world.dossier(done).code
    assert datetime.datetime.fromisoformat(row["to"]) == done.due_at + DAY


def test_a_restricted_dossier_is_counted_and_not_named(announced, world):
    done = world.to("appraise")
    Dossier.objects.filter(pk=done.dossier_id).update(confidentiality="restricted")
    said = told(announced)
    assert (said["dossiers"], said["rows"]) == (1, [])


def test_a_leg_is_told_apart(announced, world):
    done = world.to("appraise")
    world.move(done, "specialist", "consult", hours=6, legs=("police",), reason="Hỏi.")
    said = told(announced, off=[datetime.date(2026, 11, 3)], on=TUESDAY.date())
    assert (said["dossiers"], said["legs"]) == (1, 1)


def test_looking_writes_nothing_but_the_preview(announced, world):
    world.to("appraise")
    row = announced.propose()
    with unchanged():
        preview(row, at=TUESDAY)


def test_what_is_decided_keeps_the_preview_that_was_seen(announced, world):
    row = announced.decide()
    world.to("appraise")
    show(at=TUESDAY, change_id=row.pk)
    assert json.loads(CalendarChange.objects.get().preview)["dossiers"] == 0


def test_two_changes_are_each_previewed_alone(announced, world):
    world.to("appraise")
    first = announced.propose()
    second = announced.propose(off=[WORKED])
    assert json.loads(first.preview)["dossiers"] == json.loads(second.preview)["dossiers"] == 1
