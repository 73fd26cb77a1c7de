"""An applicant reads what the office asked and answers; notes between officers stay theirs."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.talked import ANSWER, NOTE, QUESTION
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.ledger.models import Entry
from motcua.core.talks.actions import Words, say
from motcua.faces.portal.tests.test_tracking import enter
from motcua.faces.ui.tests.pages import faults


@pytest.fixture
def asked(world, client, clock):
    """A dossier whose applicant was asked something, and who opened it; with a note beside."""
    done = world.file()
    world.move(done, "counter", "receive")
    done = world.move(done, "unit_head", "assign", hours=2)
    at = MONDAY + datetime.timedelta(hours=3)
    for kind, text in ((NOTE, "Có vẻ thiếu diện tích"), (QUESTION, "Nhà ở mấy tầng?")):
        who = world.officers["specialist"]
        words = Words(kind=kind, text=text)
        say(actor=who, at=at, dossier_id=done.dossier_id, words=words, key=None)
    clock.forward(hours=4)
    enter(client, done)
    return done


def talk(done) -> str:
    return f"/ho-so/{done.code}/trao-doi"


def page(client, path) -> str:
    return client.get(path).content.decode()


def test_following_the_dossier_says_that_something_is_asked(client, asked):
    told = page(client, f"/ho-so/{asked.code}")
    assert "Cơ quan hỏi bạn một câu" in told
    assert talk(asked) in told
    assert "Bạn chưa phải làm gì" not in told
    assert "diện tích" not in told
    assert "Ghi chú" not in told


def test_it_is_answered_once_and_changes_nothing(client, asked):
    assert faults(client.get(talk(asked))) == []
    told = page(client, talk(asked))
    assert "Nhà ở mấy tầng?" in told
    assert "diện tích" not in told
    before = Dossier.objects.values("revision", "due_at", "state").get()
    for _ in range(2):
        answer = client.post(talk(asked), {"answer": "Ba tầng.", "key": "k1"})
        assert answer.headers["Location"] == talk(asked)
    assert Entry.objects.filter(act=ANSWER).count() == 1
    assert Dossier.objects.values("revision", "due_at", "state").get() == before
    assert "Cơ quan hỏi bạn một câu" not in page(client, f"/ho-so/{asked.code}")
    assert "Ba tầng." in page(client, talk(asked))


def test_an_empty_answer_is_told_at_its_box(client, asked):
    answer = client.post(talk(asked), {"answer": " ", "key": "k1"})
    assert answer.status_code == 422
    assert "Viết nội dung trước khi gửi." in answer.content.decode()


def test_who_was_asked_nothing_has_no_box(world, client, clock):
    done = world.take_in()
    enter(client, done)
    assert 'name="answer"' not in page(client, talk(done))
    assert client.post(talk(done), {"answer": "Xin chào", "key": "k"}).status_code == 409


def test_a_stranger_is_asked_who_they_are(client, asked):
    client.post("/dang-xuat")
    assert "mấy tầng" not in page(client, talk(asked))
