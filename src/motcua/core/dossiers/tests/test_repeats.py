"""The same request again: the first answer, and nothing twice."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.unchanged import refused, unchanged
from motcua.core.idempotency.keys import KEPT, forget
from motcua.core.idempotency.models import RequestKey
from motcua.core.sql import act

# who makes which move on which step, with what, so that every kind of move is repeated
MOVES = [
    ("reception", "counter", "receive", {}),
    ("reception", "counter", "turn_away", {"reason": "Sai nơi nộp."}),
    ("assign", "unit_head", "assign", {}),
    ("appraise", "specialist", "supplement", {"reason": "Thiếu bản vẽ."}),
    ("appraise", "specialist", "consult", {"reason": "Xin ý kiến.", "legs": ("police",)}),
    ("appraise", "specialist", "submit", {}),
    ("appraise", "specialist", "refuse", {"reason": "Không đủ điều kiện."}),
    ("check", "unit_head", "send_back", {"reason": "Tính lại."}),
    ("appraise", "applicant", "withdraw", {"reason": "Không cần nữa."}),
    ("hand_back", "counter", "return", {}),
]


def asked(world, step, who):
    done = world.to(step)
    return done, world.applicant(done) if who == "applicant" else who


@pytest.mark.parametrize(("step", "who", "name", "wishes"), MOVES)
def test_a_repeated_move_gives_the_first_answer(world, step, who, name, wishes):
    done, who = asked(world, step, who)
    first = world.move(done, who, name, hours=20, key="k", **wishes)
    with unchanged():
        again = world.move(done, who, name, hours=21, key="k", **wishes)
    assert again == replace(first, repeated=True)


@pytest.mark.parametrize(("step", "who", "name", "wishes"), MOVES)
def test_the_same_key_with_another_body_is_refused(world, step, who, name, wishes):
    done, who = asked(world, step, who)
    world.move(done, who, name, hours=20, key="k", **wishes)
    with refused("idempotency.key_reused"):
        world.move(done, who, name, hours=21, key="k", **{**wishes, "reason": "Khác."})


def test_a_repeat_needs_no_fresh_page(world):
    done = world.to("assign")
    first = world.move(done, "unit_head", "assign", hours=5, key="k", revision=done.revision)
    again = world.move(done, "unit_head", "assign", hours=6, key="k", revision=done.revision)
    assert (again.entry, again.repeated) == (first.entry, True)


def test_a_repeat_is_answered_even_after_the_dossier_went_on(world):
    done = world.to("assign")
    first = world.move(done, "unit_head", "assign", hours=5, key="k")
    later = world.move(first, world.applicant(done), "withdraw", reason="Thôi.", hours=6)
    again = world.move(done, "unit_head", "assign", hours=7, key="k")
    assert (again.entry, again.state) == (first.entry, "processing")
    assert later.state == "withdrawn"


@pytest.mark.parametrize("how", ["file", "take_in"])
def test_filing_twice_under_one_key_files_once(world, how):
    first = getattr(world, how)(key="k")
    with unchanged():
        again = getattr(world, how)(key="k", at=datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC))
    assert again == replace(first, repeated=True)
    assert Dossier.objects.count() == 1


def test_filing_something_else_under_the_key_is_refused(world):
    world.file(key="k")
    with refused("idempotency.key_reused"):
        world.file(key="k", fields={"licence": "GP 13", "expires": "2026-12-01"})


def test_one_key_serves_each_actor_and_operation_once(world):
    first = world.take_in(key="k")
    assert not world.file(key="k").repeated
    assert not world.move(first, "unit_head", "assign", key="k").repeated


def test_without_a_key_a_second_filing_is_a_second_dossier(world):
    assert world.file().dossier_id != world.file().dossier_id


def test_a_refused_request_leaves_its_key_free(world):
    done = world.to("appraise")
    with refused("flow.reason_missing"):
        world.move(done, "specialist", "refuse", hours=9, key="k")
    assert world.move(done, "specialist", "refuse", reason="Thiếu.", hours=9, key="k")


def test_a_repeat_tells_its_answer_only_to_who_may_still_see_it(world):
    """The officer left: what the key answers is a dossier of others now."""
    from motcua.core.access.models import ScopeRow

    done = world.to("assign")
    world.move(done, "unit_head", "assign", hours=5, key="k")
    ScopeRow.objects.update(until_at=datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC))
    with refused("dossiers.not_found"):
        world.move(done, "unit_head", "assign", hours=30, key="k")


def test_an_intake_is_told_again_only_to_a_counter_that_still_sees_it(world):
    from motcua.core.access.models import ScopeRow

    online, taken = world.file(key="k"), world.take_in(key="k")
    ScopeRow.objects.update(until_at=datetime.datetime(2026, 11, 3, tzinfo=datetime.UTC))
    with refused("dossiers.not_found"):
        world.take_in(key="k")
    assert world.file(key="k").lookup == online.lookup != taken.lookup


def test_keys_are_forgotten_after_thirty_days(world):
    world.file(key="k")
    written = RequestKey.objects.get().created_at
    for at, left in ((written + KEPT, 1), (written + KEPT + datetime.timedelta(seconds=1), 0)):
        with act() as tx:
            assert forget(tx, at=at) is False
        assert RequestKey.objects.count() == left
