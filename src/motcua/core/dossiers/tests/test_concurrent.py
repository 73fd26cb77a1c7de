"""Several people act at once: twins are one, rivals take turns, numbers have no gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from motcua.core.access import totals
from motcua.core.dossiers import gathering
from motcua.core.dossiers.models import CodeCounter, Dossier, Paper
from motcua.core.dossiers.orders import Done, Handed
from motcua.core.dossiers.papers import Template, paper_made
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.careful import asked, publish_careful
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.dossiers.windows import wake
from motcua.core.facts import tallies
from motcua.core.files.store import Stored
from motcua.core.idempotency.models import RequestKey
from motcua.core.ledger.models import Entry
from motcua.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, tmp_path):
    with shared_world(tmp_path) as shared:
        yield shared
        assert list(check_state()) == []
        assert tallies.reconcile() == {} == totals.reconcile()


def first_of(answers: list) -> Done:
    """The one answer of twins: given to all, once as the first."""
    assert len({replace(answer, repeated=False) for answer in answers}) == 1
    assert sorted(answer.repeated for answer in answers) == [False] + [True] * (len(answers) - 1)
    return answers[0]


def test_twins_are_one_act_with_one_answer(world):
    filed = first_of(together(*[partial(world.take_in, key="k")] * 4))
    assert filed.code.endswith("-0001")
    moved = first_of(
        together(*[partial(world.move, filed, "unit_head", "assign", key="k", hours=2)] * 4)
    )
    assert moved.revision == 2
    assert (Dossier.objects.count(), Entry.objects.count(), RequestKey.objects.count()) == (1, 2, 2)


def test_of_two_contents_under_one_key_one_is_done_and_the_other_refused(world):
    contents = [{"licence": f"GP {number}", "expires": "2026-12-01"} for number in range(4)]
    answers = together(*(partial(world.take_in, key="k", fields=one) for one in contents))
    assert sum(isinstance(answer, Done) for answer in answers) == 1
    lost = [answer for answer in answers if not isinstance(answer, Done)]
    assert {answer.code for answer in lost} == {"idempotency.key_reused"}
    assert Dossier.objects.get().code.endswith("-0001")
    assert CodeCounter.objects.get().last == 1


def test_twenty_intakes_at_one_counter_get_twenty_numbers_in_a_row(world):
    filed = together(*[world.take_in] * 20)
    assert sorted(done.code[-4:] for done in filed) == [f"{n:04}" for n in range(1, 21)]


def test_of_two_rivals_one_wins(world):
    for revision in (None, 3):
        done = world.to("appraise")
        refuse = partial(world.move, done, "specialist", "refuse", reason="Thôi.", hours=5)
        submit = partial(world.move, done, "specialist", "submit", hours=5)
        answers = together(*(partial(work, revision=revision) for work in (refuse, submit)))
        won = [answer for answer in answers if isinstance(answer, Done)]
        lost = [answer for answer in answers if isinstance(answer, Refused)]
        assert (len(won), len(lost)) == (1, 1)
        assert (
            lost[0].code
            in {
                None: {"flow.ended", "flow.not_from_here"},
                3: {"dossiers.stale"},
            }[revision]
        )


def test_of_an_answer_at_the_last_second_and_the_house_one_wins(world):
    publish_careful()
    for number in range(6):
        done = asked(world)
        hours = 24 * 30 + 8  # the very instant at which the window ends
        answer = partial(world.move, done, world.applicant(done), "answer", hours=hours)
        close = partial(wake, at=MONDAY + timedelta(hours=hours), dossier_id=done.dossier_id)
        acts = (answer, close, close) if number % 2 else (close, close, answer)
        found = together(*acts)
        won = [one for one in found if isinstance(one, Done) and not one.repeated]
        assert {one.step for one in won} in ({"appraise"}, {"unanswered"})
        lost = {one.code for one in found if isinstance(one, Refused)}
        assert lost <= {"flow.ended", "dossiers.window_open"}
        assert len(won) == 1


def test_two_opinions_at_once_both_count(world):
    done = world.to("appraise")
    done = world.move(
        done, "specialist", "consult", reason="Hỏi.", legs=("police", "external"), hours=5
    )
    answers = together(
        partial(world.move, done, "police", "reply", leg=1, reason="Được.", hours=6),
        partial(world.move, done, "external", "reply", leg=2, reason="Được.", hours=6),
    )
    assert {answer.revision for answer in answers} == {5, 6}
    assert Dossier.objects.get().state == "processing"


def test_a_paper_made_meanwhile_does_not_make_a_page_stale(world):
    for number in range(6):
        done = world.to("assign")
        paper = Paper.objects.get(dossier_id=done.dossier_id)
        stored = Stored(f"{number:064}", 1, "application/pdf")
        make = partial(
            paper_made,
            at=MONDAY,
            dossier_id=done.dossier_id,
            paper_id=paper.pk,
            template=Template(paper.letter, 0, bytes(32)),
            stored=stored,
        )
        assign = partial(world.move, done, "unit_head", "assign", hours=5, revision=done.revision)
        assert [answer.revision for answer in together(make, assign)][1] == done.revision + 1


def test_the_same_files_in_two_orders_do_not_wait_for_each_other(world):
    one, other = (Stored(sign * 64, 1, "application/pdf") for sign in "ab")
    papers = [Handed("request", one), Handed("report", other)]
    for _ in range(5):
        answers = together(
            *(partial(world.file, evidence=tuple(order)) for order in (papers, papers[::-1]) * 3)
        )
        assert all(isinstance(answer, Done) for answer in answers)


def test_counts_are_true_at_every_moment(world):
    busy = [True, True]

    def act():
        for _ in range(30):
            world.to("assign")
        busy.pop()

    def fold():
        while tallies.fold(batch=3) or totals.fold(batch=9) or busy:
            pass

    def look():
        wrong = []
        while busy:
            wrong += [tallies.reconcile(), totals.reconcile()]
        return [seen for seen in wrong if seen]

    assert together(act, act, fold, look) == [None, None, None, []]
    assert sum(tallies.live().values()) == 60


def test_a_check_of_the_present_stands_still_while_people_act(world, monkeypatch):
    done = world.to("appraise")
    read_page = gathering._page

    def overtaken(*given):
        together(partial(world.move, done, "specialist", "submit", hours=5))
        return read_page(*given)

    monkeypatch.setattr(gathering, "_page", overtaken)
    assert list(check_state()) == []
