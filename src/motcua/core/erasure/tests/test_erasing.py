"""Erasing takes every personal word and leaves a ledger and a state that still verify."""

from __future__ import annotations

import datetime
import json

import pytest
from django.db import connection

from motcua.core.access.log import Reader, opened
from motcua.core.access.masks import clear_scopes
from motcua.core.dossiers.erased import DossierErased
from motcua.core.dossiers.models import Dossier, Paper
from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.papers import Template, paper_made
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.talked import NOTE
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.erasure.actions import erase, held_by, hold, release
from motcua.core.erasure.again import erase_again, remove_files, tell_witness
from motcua.core.erasure.rules import (
    DocumentWrong,
    NotOnHold,
    NotTheKeeper,
    OnHold,
    StillOpen,
)
from motcua.core.erasure.scrubbing import merge_words
from motcua.core.files.store import keep, path_of
from motcua.core.jobs.models import Job
from motcua.core.ledger.erasures import erasures
from motcua.core.ledger.models import Entry
from motcua.core.ledger.verify import verify
from motcua.core.ratings.actions import rate
from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.models import Rating
from motcua.core.ratings.reconcile import check_ratings
from motcua.core.search.tests.finding import find
from motcua.core.sql import reading
from motcua.core.talks.actions import Words, say

NAME = "Trần Thị Thử Nghiệm"
NUMBER = "079203004567"
WORDS = "Lời riêng chỉ có ở đây"
LATER = MONDAY + datetime.timedelta(days=1)
BY = "12/QĐ-UBND"


@pytest.fixture
def finished(world):
    """Give a returned dossier that holds everything a dossier can hold."""
    stored = keep([b"%PDF-1.7 " + NAME.encode()])
    papers = (Handed("request", stored, f"{NAME}.pdf", originals=1),)
    who = {"number": NUMBER, "name": NAME, "phone": "0912345678", "address": WORDS}
    done = world.to("appraise", evidence=papers, applicant=who)
    done = world.move(done, "specialist", "consult", reason=WORDS, legs=("police",), hours=5)
    done = world.move(done, "police", "reply", reason=WORDS, leg=1, hours=6)
    for hours, (officer, name) in enumerate(
        [
            ("specialist", "submit"),
            ("unit_head", "agree"),
            ("leader", "issue"),
            ("counter", "return"),
        ],
        start=7,
    ):
        done = world.move(done, officer, name, hours=hours)
    for paper in Paper.objects.filter(dossier_id=done.dossier_id):
        made = keep([f"%PDF-1.7 {paper.letter} {NAME}".encode()])
        paper_made(
            at=LATER,
            dossier_id=done.dossier_id,
            paper_id=paper.pk,
            template=Template(paper.letter, 0, bytes(32)),
            stored=made,
        )
    Job.objects.filter(kind="documents.make").update(state="done")
    opened(Reader(world.officers["counter"], MONDAY, WORDS), done.dossier_id)
    assert list(check_state()) == []
    return done


def erased(world, done, **changes):
    return erase(
        **{
            "actor": world.officers["keeper"],
            "at": LATER,
            "dossier_id": done.dossier_id,
            "document": BY,
            **changes,
        }
    )


def everything() -> str:
    """Give every value of every table as text."""
    texts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [_text(value) for row in cursor.fetchall() for value in row]
    return "\n".join(texts)


def _text(value: object) -> str:
    return (
        bytes(value).decode(errors="replace")
        if isinstance(value, bytes | memoryview)
        else str(value)
    )


def test_no_word_of_it_is_left_in_any_table(world, finished):
    before = everything()
    assert all(word in before for word in (NAME, WORDS, "0912345678"))
    erased(world, finished)
    merge_words()
    after = everything()
    assert [word for word in (NAME, WORDS, "0912345678", "nghiem") if word in after] == []


def test_ledger_and_state_still_verify_and_the_skeleton_stays(world, finished):
    before = Dossier.objects.get(pk=finished.dossier_id)
    erased(world, finished)
    after = Dossier.objects.get(pk=finished.dossier_id)
    for kept in ("lookup", "code", "state", "outcome", "bucket", "received_at", "finished_at"):
        assert getattr(after, kept) == getattr(before, kept)
    assert verify(tx=reading(), at=LATER, state_checks=[check_state]).findings == ()


def test_files_go_with_the_job_and_shared_ones_stay(world, finished):
    stored = keep([b"%PDF-1.7 shared"])
    other = world.to("returned", evidence=(Handed("request", stored, "a.pdf"),))
    erased(world, finished)
    payload = json.loads(Job.objects.get(kind="erasure.finish").payload)
    assert len(payload["files"]) == 3
    assert all(path_of(sha256).exists() for sha256 in payload["files"])
    remove_files([*payload["files"], stored.sha256])
    assert [sha for sha in payload["files"] if path_of(sha).exists()] == []
    assert path_of(stored.sha256).exists()
    assert Dossier.objects.get(pk=other.dossier_id).applicant is not None


def test_search_finds_it_no_more(world, finished):
    counter = world.officers["counter"]
    sees = {"scopes": counter.scopes, "clear": clear_scopes(counter), "limit": 9}
    assert find(text="thu nghiem", **sees) == [finished.dossier_id]
    erased(world, finished)
    assert find(text="thu nghiem", **sees) == []


def test_a_repeat_gives_the_first_answer_and_a_second_is_refused(world, finished):
    first = erased(world, finished, key="k")
    again = erased(world, finished, key="k")
    assert (first.entry, again.repeated) == (again.entry, True)
    with pytest.raises(DossierErased):
        erased(world, finished)
    assert Entry.objects.of(finished.dossier_id).filter(act="erase").count() == 1


def test_an_open_dossier_is_not_erased(world):
    done = world.to("appraise")
    with pytest.raises(StillOpen):
        erased(world, done)


def test_nobody_but_the_keeper_erases(world, finished):
    with pytest.raises(NotTheKeeper):
        erased(world, finished, actor=world.officers["counter"])
    with pytest.raises(NotFound):
        erased(world, finished, actor=world.officers["other_head"])


@pytest.mark.parametrize("given", ["", "vì ông A yêu cầu", "1" * 61, "12/QĐ UBND"])
def test_the_reason_is_the_number_of_a_document(world, finished, given):
    with pytest.raises(DocumentWrong):
        erased(world, finished, document=given)


def test_what_is_held_stays_until_it_is_released(world, finished):
    held = {"actor": world.officers["keeper"], "at": LATER, "dossier_id": finished.dossier_id}
    with pytest.raises(NotOnHold):
        release(**held, document=BY)
    hold(**held, document="3/TA")
    assert held_by(finished.dossier_id) == "3/TA"
    with pytest.raises(OnHold):
        erased(world, finished)
    release(**held, document="4/TA")
    erased(world, finished)
    assert list(check_state()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET subject = 'x' WHERE id = %s",
        "UPDATE dossiers_dossier SET fields = '{\"a\": 1}' WHERE id = %s",
        "UPDATE dossiers_dossier SET area = 'x' WHERE id = %s",
        "UPDATE dossiers_remark SET text = 'x' WHERE dossier_id = %s",
        "DELETE FROM dossiers_remark WHERE dossier_id = %s",
        "UPDATE files_evidence SET originals = 9 WHERE dossier_id = %s",
    ],
)
def test_a_hand_changed_row_of_an_erased_dossier_is_found(world, finished, statement):
    erased(world, finished)
    with connection.cursor() as cursor:
        cursor.execute(statement, [finished.dossier_id])
    assert {one.stream for one in check_state()} == {finished.dossier_id}


def test_clearing_a_row_without_the_act_is_found(world, finished):
    Dossier.objects.filter(pk=finished.dossier_id).update(salt=bytes(16), fields="{}")
    assert "state.uncommitted" in {one.code for one in check_state()}


def test_the_list_names_nobody_and_is_done_once(world, finished):
    erased(world, finished)
    tell_witness(finished.dossier_id)
    tell_witness(finished.dossier_id)
    (told,) = erasures()
    assert told.keys() == {"dossier", "first", "entry", "at", "document"}
    assert erase_again(at=LATER) == 0


def test_a_list_from_elsewhere_erases_what_is_still_here(world, finished, settings, tmp_path):
    from motcua.core.ledger.erasures import keep_erasure

    first = Entry.objects.of(finished.dossier_id).first()
    told = {"first": bytes(first.hash).hex(), "entry": "e" * 64, "at": "", "document": BY}
    keep_erasure({**told, "dossier": finished.dossier_id})
    keep_erasure({**told, "dossier": finished.dossier_id + 1, "first": "0" * 64})
    assert erase_again(at=LATER) == 1
    assert NAME not in everything()
    assert list(check_state()) == []


def test_a_list_erases_what_was_not_yet_finished_then(world):
    from motcua.core.ledger.erasures import keep_erasure

    done = world.to("appraise", applicant={"name": NAME, "phone": "0912345678"})
    first = Entry.objects.of(done.dossier_id).first()
    told = {"first": bytes(first.hash).hex(), "entry": "e" * 64, "at": "", "document": BY}
    keep_erasure({**told, "dossier": done.dossier_id})
    assert erase_again(at=LATER) == 1
    assert NAME not in everything()
    assert list(check_state()) == []
    with pytest.raises(DossierErased):
        world.move(done, "specialist", "submit", hours=30)


def test_what_was_said_goes_and_that_it_was_said_stays(world, finished):
    words = Words(kind=NOTE, text=f"Đã gọi {NAME}")
    who = world.officers["specialist"]
    say(actor=who, at=LATER, dossier_id=finished.dossier_id, words=words, key=None)
    erased(world, finished)
    assert NAME not in everything()
    assert Entry.objects.filter(act=NOTE).exists()
    assert list(check_state()) == []
    with pytest.raises(DossierErased):
        say(actor=who, at=LATER, dossier_id=finished.dossier_id, words=words, key=None)


def test_the_words_of_a_rating_go_and_its_marks_stay(world, finished):
    marks = {one.key: 1 for one in criteria().criteria}
    applicant = world.applicant(finished)
    rate(
        actor=applicant,
        at=LATER,
        dossier_id=finished.dossier_id,
        marks=marks,
        comment=WORDS,
        key=None,
    )
    erased(world, finished)
    row = Rating.objects.get()
    assert (row.comment, bytes(row.comment_salt)) == ("", b"")
    assert dict(row.marks.values_list("criterion", "points")) == marks
    assert [*check_state(), *check_ratings()] == []
    row.marks.filter(criterion="attitude").update(points=2)
    assert [*check_ratings()] != []
