"""A dossier opens its parts, waits for them, and takes them back when it comes to nothing."""

from __future__ import annotations

import pytest

from motcua.core.access.actors import house
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import choices, find_one
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.store import ADVANCE
from motcua.core.dossiers.ties import PartsPending, hanging_on
from motcua.core.files.models import Evidence
from motcua.core.jobs.models import Job
from motcua.core.linked.advancing import advance
from motcua.core.linked.tests.conftest import WHOLE, as_done, at, end, opened, received
from motcua.kernel.errors import Refused


@pytest.fixture(autouse=True)
def _agrees(world):
    yield
    assert list(check_state()) == []


def to_issue(world, done):
    for hours, (who, name) in enumerate(
        [("unit_head", "assign"), ("specialist", "submit"), ("unit_head", "agree")], start=40
    ):
        wish = {"officer_id": world.officer_id("specialist")} if name == "assign" else {}
        world.move(done, who, name, hours=hours, **wish)


def test_reception_asks_for_the_job_and_no_other_act_does(world):
    done = world.take_in(procedure=WHOLE)
    world.take_in()
    jobs = Job.objects.filter(kind=ADVANCE)
    assert [job.payload for job in jobs] == [f'{{"dossier": {done.dossier_id}}}']


def test_a_part_is_opened_received_with_code_and_clock_of_its_own(world):
    row = opened(received(world))
    assert row is not None
    assert (row.channel, row.step, row.receiving_agency_id) == (
        "dossier",
        "assign",
        world.department.pk,
    )
    assert row.code
    assert row.due_at is not None
    assert WorkItem.objects.filter(dossier=row, ended_at=None).count() == 1


def test_its_form_and_papers_are_those_of_the_whole(world):
    row = opened(received(world))
    assert row is not None
    assert '"licence": "GP 12"' in row.fields
    assert '"copies": 2' in row.fields
    papers = Evidence.objects.filter(dossier_id=row.pk).values_list("component", "originals")
    assert list(papers) == [("request", 1)]


def test_the_job_done_again_opens_nothing_twice(world):
    done = received(world)
    assert advance(dossier_id=done.dossier_id, at=at(1)) == 0
    assert Dossier.objects.filter(tie__of=done.dossier_id).count() == 1


def test_what_was_filed_and_not_received_opens_nothing(world):
    done = world.file(procedure=WHOLE)
    assert advance(dossier_id=done.dossier_id, at=at(1)) == 0


def test_the_second_part_follows_the_result_of_the_first(world):
    done = received(world)
    assert opened(done, "second") is None
    end(world, opened(done), hours=2)
    assert opened(done, "second") is not None


def test_the_whole_waits_for_its_parts_and_says_for_which(world):
    done = received(world)
    to_issue(world, done)
    with pytest.raises(PartsPending) as refused:
        world.move(done, "leader", "issue", hours=43)
    assert "first, second" in refused.value.text("vi")
    leader = world.officers["leader"]
    shown = choices(leader, find_one(leader, done.lookup), at(43))
    assert [type(one.why_not) for one in shown if one.move.key == "issue"] == [PartsPending]


def test_it_goes_on_when_they_have_their_results(world):
    done = received(world)
    end(world, opened(done), hours=2)
    end(world, opened(done, "second"), hours=6)
    to_issue(world, done)
    assert world.move(done, "leader", "issue", hours=43).step == "hand_back"


def test_what_follows_a_refused_part_falls_away_and_holds_up_nothing(world):
    done = received(world)
    end(world, opened(done), hours=2, grant=False)
    assert opened(done, "second") is None
    to_issue(world, done)
    assert world.move(done, "leader", "issue", hours=43).step == "hand_back"


def test_parts_without_a_result_are_taken_back_with_a_withdrawn_whole(world):
    done = received(world)
    world.move(done, world.applicant(done), "withdraw", hours=2, reason="Không cần nữa.")
    assert advance(dossier_id=done.dossier_id, at=at(3)) == 1
    row = opened(done)
    assert row is not None
    assert (row.state, row.bucket) == ("withdrawn", "")
    assert advance(dossier_id=done.dossier_id, at=at(4)) == 0


def test_what_a_part_decided_stands_when_the_whole_is_refused(world):
    done = received(world)
    end(world, opened(done), hours=2)
    world.move(done, "unit_head", "assign", hours=4, officer_id=world.officer_id("specialist"))
    world.move(done, "specialist", "refuse", hours=5, reason="Không đủ.")
    advance(dossier_id=done.dossier_id, at=at(6))
    assert opened(done).step == "hand_back"
    assert opened(done, "second").state == "withdrawn"


def test_the_house_takes_back_nothing_else(world):
    row = opened(received(world))
    with pytest.raises(Refused):
        world.move(as_done(row), house("windows"), "withdraw", hours=2, reason="x")


def test_its_applicant_and_the_counter_see_the_parts(world):
    done = received(world)
    for actor in (world.applicant(done), world.officers["counter"]):
        found = hanging_on(actor, find_one(actor, done.lookup))
        assert [row.tie.key for row in found] == ["first"]
