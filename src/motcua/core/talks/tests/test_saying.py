"""What may be said by whom, whom it reaches, and that it moves nothing."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.models import Dossier, Remark, WorkItem
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import NotFound, read
from motcua.core.dossiers.talked import ANSWER, NOTE, QUESTION
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.exchange.models import Message
from motcua.core.facts.models import Fact
from motcua.core.ledger.models import Entry
from motcua.core.sql import reading
from motcua.core.talks import rules
from motcua.core.talks.actions import seen, why_not
from motcua.core.talks.queries import colleagues, said_in, waiting_for

LATER = MONDAY + datetime.timedelta(hours=30)


def told(world, done, who=None):
    actor = world.officers[who] if who else world.applicant(done)
    return [(one.kind, one.text) for one in said_in(actor, find_one(actor, done.lookup))]


def standing():
    dossier = Dossier.objects.values("revision", "state", "due_at", "paused_since", "marking").get()
    return dossier, list(WorkItem.objects.values_list()), list(Fact.objects.values_list())


def test_nothing_that_is_said_moves_the_dossier_or_its_clock(done, speak):
    before = standing()
    speak(done, NOTE, "specialist")
    speak(done, QUESTION, "specialist", "Nhà ở mấy tầng?")
    speak(done, ANSWER, text="Ba tầng.")
    assert standing() == before
    assert list(check_state()) == []


def test_the_ledger_holds_that_it_was_said_and_none_of_its_words(done, speak):
    speak(done, NOTE, "specialist", "Bà Bích vắng nhà", named=["unit_head"])
    entry = Entry.objects.of(done.dossier_id).last()
    assert entry.act == NOTE
    assert "Bích" not in entry.body
    assert Remark.objects.get(kind=NOTE).text == "Bà Bích vắng nhà"


def test_an_applicant_reads_no_note_and_learns_of_none(world, done, speak):
    speak(done, NOTE, "specialist", "Ghi chú")
    speak(done, QUESTION, "specialist", "Hỏi")
    assert told(world, done) == [(QUESTION, "Hỏi")]
    assert told(world, done, "unit_head") == [(NOTE, "Ghi chú"), (QUESTION, "Hỏi")]
    assert not Message.objects.filter(topic=NOTE, receiver__startswith="party").exists()


def test_who_sees_the_dossier_but_does_not_deal_with_it_reads_no_words(world, done, speak):
    speak(done, NOTE, "specialist", "Ghi chú")
    others = [one for one in world.officers if (NOTE, None) in _reads(world, done, one)]
    clear = [one for one in world.officers if (NOTE, "Ghi chú") in _reads(world, done, one)]
    assert "specialist" in clear
    assert not set(others) & set(clear)


def _reads(world, done, who):
    try:
        return told(world, done, who)
    except NotFound:
        return []


def test_a_question_goes_to_the_applicant_without_its_words(done, speak):
    speak(done, QUESTION, "specialist", "Nhà ở mấy tầng?")
    sent = Message.objects.get(topic=QUESTION)
    assert sent.receiver.startswith("party:")
    assert "mấy tầng" not in sent.payload
    assert "hỏi bạn" in sent.payload


def test_a_colleague_is_reminded_until_they_open_the_dossier(world, done, speak):
    speak(done, NOTE, "specialist", named=["unit_head"])
    head = world.officers["unit_head"]
    assert [one.kind for one in waiting_for(head)] == [NOTE]
    assert waiting_for(world.officers["specialist"]) == []
    seen(head, done.dossier_id, LATER)
    assert waiting_for(head) == []


def test_an_answer_waits_for_who_asked(world, done, speak):
    speak(done, QUESTION, "specialist")
    speak(done, ANSWER)
    assert [one.kind for one in waiting_for(world.officers["specialist"])] == [ANSWER]


def test_a_reminder_gives_no_right_to_read(world, done, speak):
    with pytest.raises(rules.CannotRead):
        speak(done, NOTE, "specialist", named=["police"])
    assert not Entry.objects.filter(act=NOTE).exists()


@pytest.mark.parametrize(
    ("kind", "who", "error"),
    [
        (NOTE, None, rules.NotAnOfficer),
        (QUESTION, None, rules.NotYoursToAsk),
        (QUESTION, "counter", rules.NotYoursToAsk),
        (ANSWER, "specialist", rules.NotTheApplicant),
        (ANSWER, None, rules.NothingAsked),
        ("gossip", "specialist", rules.KindUnknown),
        (NOTE, "police", NotFound),
    ],
)
def test_each_says_what_is_theirs_to_say(done, speak, kind, who, error):
    with pytest.raises(error):
        speak(done, kind, who)


def test_words_are_needed(done, speak):
    with pytest.raises(rules.NothingSaid):
        speak(done, NOTE, "specialist", "  \n ")


def test_an_applicant_answers_at_length_and_not_for_ever(done, speak):
    speak(done, QUESTION, "specialist")
    for _ in range(rules.MOST_AT_ONCE):
        speak(done, ANSWER)
    with pytest.raises(rules.NothingAsked):
        speak(done, ANSWER)
    speak(done, QUESTION, "specialist")
    speak(done, ANSWER)


def test_a_closed_dossier_is_asked_nothing_and_may_still_be_noted_on(world, speak):
    done = world.to("returned")
    with pytest.raises(rules.TalkOver):
        speak(done, QUESTION, "leader", hours=48)
    speak(done, NOTE, "specialist", hours=48)
    snapshot = read(reading(), done.dossier_id)
    assert isinstance(why_not(world.officers["leader"], snapshot, QUESTION), rules.TalkOver)
    assert why_not(world.officers["leader"], snapshot, NOTE) is None


def test_a_repeat_says_it_once(done, speak):
    first = speak(done, NOTE, "specialist", key="k")
    again = speak(done, NOTE, "specialist", key="k")
    assert (again.entry, again.repeated) == (first.entry, True)
    assert Remark.objects.filter(kind=NOTE).count() == 1


def test_colleagues_are_those_who_deal_with_it(world, done):
    actor = world.officers["specialist"]
    names = [name for _, name in colleagues(actor, read(reading(), done.dossier_id), MONDAY.date())]
    assert "unit_head" in names
    assert "specialist" not in names
    assert "police" not in names
