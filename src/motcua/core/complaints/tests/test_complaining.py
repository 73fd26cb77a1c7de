"""A complaint is work with a clock of its own, for somebody who did not do what it is about."""

from __future__ import annotations

import pytest

from motcua.core.access.rows import sees
from motcua.core.complaints.actions import NotYoursToComplain
from motcua.core.complaints.queries import NobodyFit
from motcua.core.complaints.tests.conftest import CODE, again, complains
from motcua.core.dossiers.erased import DossierErased
from motcua.core.dossiers.filing import NotThisWay
from motcua.core.dossiers.models import Dossier, Tie, WorkItem
from motcua.core.dossiers.queries import find_one, worklist
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.rules import OwnDossier
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.ties import AlreadyOpen, hanging_on, hangs_on
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Recusal
from motcua.core.sql import reading
from motcua.kernel.errors import Invalid


def test_it_hangs_on_the_dossier_and_lies_with_who_answers(world):
    done = world.to("appraise")
    complaint = complains(world, done)
    work = WorkItem.objects.get(dossier=complaint.dossier_id)
    assert (work.post, work.agency_id) == ("leader", world.department.pk)
    tie = Tie.objects.get(dossier=complaint.dossier_id)
    assert (tie.of_id, tie.kind) == (done.dossier_id, "complaint")
    assert list(check_state()) == []


def test_it_has_a_legal_clock_of_its_own_and_ends_with_a_written_answer(world):
    complaint = complains(world, world.to("appraise"))
    taken = world.move(complaint, again(world.officers["chief"]), "accept", hours=9)
    assert taken.due_at is not None
    assert taken.code is not None
    ended = world.move(
        complaint, again(world.officers["chief"]), "uphold", hours=10, reason="Đúng."
    )
    row = Dossier.objects.get(pk=ended.dossier_id)
    assert (row.outcome, row.bucket, row.closed) == ("granted", "early", True)
    assert row.papers.order_by("pk").last().letter == "result"
    assert list(check_state()) == []


@pytest.mark.parametrize("who", ["counter", "unit_head", "specialist"])
def test_whoever_handled_the_dossier_neither_sees_nor_moves_it(world, who):
    complaint = complains(world, world.to("appraise"))
    handler = again(world.officers[who])
    assert not sees(reading(), handler, complaint.dossier_id)
    assert not worklist(handler).filter(dossier=complaint.dossier_id).exists()
    with pytest.raises((NotFound, OwnDossier)):
        world.move(complaint, handler, "accept", hours=9)


def test_they_still_handle_the_dossier_itself(world):
    done = world.to("appraise")
    complains(world, done)
    assert world.move(done, again(world.officers["specialist"]), "submit", hours=9).step == "check"


def test_where_the_leader_handled_it_the_agency_above_answers(world):
    done = world.to("appraise")
    chief = world.officers["chief"]
    WorkItem.objects.filter(dossier=done.dossier_id, step="appraise").update(
        officer_id=chief.officer_id
    )
    complaint = complains(world, done)
    assert WorkItem.objects.get(dossier=complaint.dossier_id).agency_id == world.city.pk


def test_where_everybody_handled_it_nobody_is_fit(world):
    done = world.to("appraise")
    work = WorkItem.objects.filter(dossier=done.dossier_id).order_by("pk")
    chief, leader = (world.officers[who].officer_id for who in ("chief", "leader"))
    WorkItem.objects.filter(pk=work[0].pk).update(ended_by=chief)
    WorkItem.objects.filter(pk=work[1].pk).update(ended_by=leader)
    with pytest.raises(NobodyFit):
        complains(world, done)
    assert not Tie.objects.exists()


def test_a_handler_is_kept_from_the_party_of_the_complaint(world):
    complaint = complains(world, world.to("appraise"))
    party = Dossier.objects.get(pk=complaint.dossier_id).applicant_id
    assert party in again(world.officers["unit_head"]).barred
    assert party not in again(world.officers["chief"]).barred


def test_the_counter_writes_it_down_for_who_came(world):
    done = world.to("assign")
    complaint = complains(world, done, "counter")
    entry = Entry.objects.get(stream=complaint.dossier_id, seq=1)
    assert '"post":"counter"' in entry.body
    assert f'"of":[{done.dossier_id},"complaint",""]' in entry.body


@pytest.mark.parametrize(
    ("who", "refusal"), [("unit_head", NotYoursToComplain), ("other_head", NotFound)]
)
def test_nobody_else_complains(world, who, refusal):
    with pytest.raises(refusal):
        complains(world, world.to("assign"), who)


def test_another_applicant_is_told_of_no_such_dossier(world):
    mine, yours = world.to("assign"), world.file()
    with pytest.raises(NotFound):
        complains(world, mine, world.applicant(yours))


def test_an_equal_request_is_answered_once(world):
    done = world.to("assign")
    first, second = (complains(world, done, key="k") for _ in range(2))
    assert (first.lookup, second.repeated) == (second.lookup, True)
    assert Tie.objects.count() == 1


def test_a_second_one_waits_for_the_answer_to_the_first(world):
    done = world.to("assign")
    first = complains(world, done)
    with pytest.raises(AlreadyOpen):
        complains(world, done)
    chief = again(world.officers["chief"])
    world.move(first, chief, "decline", hours=9, reason="Không thuộc thẩm quyền.")
    assert complains(world, done).lookup != first.lookup


def test_every_fault_of_the_form_is_told(world):
    with pytest.raises(Invalid) as refused:
        complains(world, world.to("assign"), fields={})
    assert refused.value.problems.keys() == {"licence", "expires"}


def test_its_procedure_starts_from_a_dossier_only(world):
    with pytest.raises(NotThisWay):
        world.file(procedure=CODE, evidence=())
    with pytest.raises(NotThisWay):
        world.file(procedure=CODE, evidence=(), channel="dossier")


def test_its_applicant_finds_it_from_the_dossier_and_may_withdraw(world):
    done = world.to("assign")
    complaint = complains(world, done)
    found = hanging_on(world.applicant(done), find_one(world.applicant(done), done.lookup))
    assert [row.pk for row in found] == [complaint.dossier_id]
    assert (
        world.move(complaint, world.applicant(complaint), "withdraw", hours=9).state == "withdrawn"
    )


def test_officers_find_what_they_may_read_and_no_more(world):
    done = world.to("appraise")
    complaint = complains(world, done)
    chief, head = (again(world.officers[who]) for who in ("chief", "unit_head"))
    assert [row.pk for row in hanging_on(chief, find_one(chief, done.lookup))] == [
        complaint.dossier_id
    ]
    assert hanging_on(head, find_one(head, done.lookup)) == []
    whole = hangs_on(chief, find_one(chief, complaint.lookup))
    assert whole is not None
    assert whole.pk == done.dossier_id


def test_a_tie_or_a_recusal_changed_behind_the_acts_is_found(world):
    complaint = complains(world, world.to("assign"))
    Recusal.objects.order_by("pk").first().delete()
    assert [one.code for one in check_state()] == ["state.differs"]
    Tie.objects.filter(dossier=complaint.dossier_id).update(key="x")
    assert [one.stream for one in check_state()] == [complaint.dossier_id]


def test_nobody_complains_of_an_erased_dossier(world):
    done = world.to("assign")
    applicant = world.applicant(done)
    Dossier.objects.filter(pk=done.dossier_id).update(salt=bytes(16))
    with pytest.raises(DossierErased):
        complains(world, done, applicant)
