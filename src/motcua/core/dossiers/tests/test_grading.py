"""A restricted dossier is read by those whom its work names, and found by nobody else."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.core.access.rows import sees, visible
from motcua.core.agencies.models import Agency
from motcua.core.dossiers import grading
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import Filter, dossiers
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.rules import Stale
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.sql import reading

NAMED = {"specialist", "unit_head"}  # the first holds it; to the other's post it was offered


def grade(world, done, to="restricted", *, by="specialist", **changes):
    plain = {"at": MONDAY.replace(day=3), "reason": "Có thông tin cá nhân nhạy cảm.", "key": None}
    return grading.regrade(
        actor=world.officers[by], dossier_id=done.dossier_id, grade=to, **{**plain, **changes}
    )


def readers(world, done) -> set[str]:
    found = {who for who, one in world.officers.items() if sees(reading(), one, done.dossier_id)}
    for who, one in world.officers.items():
        seen = who in found
        assert visible(Dossier.objects.all(), one).exists() is seen
        assert dossiers(one, Filter()).total == int(seen)
        assert dossiers(one, Filter(words="thủ tục thử")).total == int(seen)
    return found


def test_only_those_whom_the_work_names_read_it_until_it_is_opened_again(world):
    done = world.to("appraise")
    before = readers(world, done)
    assert before > NAMED
    grade(world, done)
    assert readers(world, done) == NAMED | {"counter"}  # the counter was offered it at first
    assert sees(reading(), world.applicant(done), done.dossier_id)
    assert list(check_state()) == []
    grade(world, done, "normal")
    assert readers(world, done) == before
    assert list(check_state()) == []


def test_what_acts_give_meanwhile_stays_closed_to_agencies_and_opens_with_the_rest(world):
    done = world.to("appraise")
    grade(world, done)
    world.move(done, "specialist", "consult", reason="Hỏi.", legs=("police",), hours=30)
    assert "police" in readers(world, done)
    assert "leader" not in readers(world, done)
    done = world.move(done, "police", "reply", reason="Được.", leg=1, hours=32)
    done = world.move(done, "specialist", "submit", hours=33)
    done = world.move(done, "unit_head", "agree", hours=34)
    assert "leader" in readers(world, done)  # the work is offered to that post now
    assert list(check_state()) == []
    grade(world, done, "normal", by="leader", at=MONDAY.replace(day=5))
    assert "external" not in readers(world, done)
    assert list(check_state()) == []


def test_a_post_alone_moves_no_restricted_dossier(world):
    """The head of the agency that holds it now was never named in it."""
    other = Agency.objects.get(code="H26.15").pk
    done = world.to("appraise")
    done = world.move(done, "specialist", "hand_over", hours=9, agency_id=other, reason="Chuyển.")
    grade(world, done, by="other_specialist")
    back = {"agency_id": world.department.pk, "reason": "Trả lại.", "hours": 30}
    with pytest.raises(NotFound):
        world.move(done, "other_head", "hand_over", **back)
    grade(world, done, "normal", by="other_specialist", at=MONDAY.replace(day=3, hour=5))
    world.move(done, "other_head", "hand_over", **back)


@pytest.mark.parametrize("word", ["Mật", "tối mật", "Tuyệt mật", "secret", "tuyet_mat"])
def test_state_secrets_are_refused_by_name(world, word):
    done = world.to("appraise")
    with pytest.raises(grading.StateSecret):
        grade(world, done, word)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"to": "inner"}, grading.GradeUnknown),
        ({"to": "normal"}, grading.GradeUnchanged),
        ({"by": "counter"}, grading.NotYoursToGrade),
        ({"by": "police"}, NotFound),
        ({"reason": ""}, grading.GradeUnexplained),
        ({"revision": 1}, Stale),
    ],
)
def test_what_is_no_regrading_is_refused(world, changes, refusal):
    done = world.to("appraise")
    with pytest.raises(refusal):
        grade(world, done, **changes)
    assert Dossier.objects.get().confidentiality == "normal"


def test_a_request_sent_twice_regrades_once(world):
    done = world.to("appraise")
    first = grade(world, done, key="k")
    assert grade(world, done, key="k").entry == first.entry


def test_a_repeat_answers_only_who_may_still_see_the_dossier(world):
    done = world.to("appraise")
    grade(world, done, by="leader", key="k")
    assert not sees(reading(), world.officers["leader"], done.dossier_id)
    with pytest.raises(NotFound):
        grade(world, done, by="leader", key="k")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET confidentiality = 'normal'",
        "UPDATE access_scoperow SET until_at = NULL",
    ],
)
def test_a_dossier_opened_behind_the_acts_is_found(world, statement):
    grade(world, world.to("appraise"))
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(check_state()) != []
