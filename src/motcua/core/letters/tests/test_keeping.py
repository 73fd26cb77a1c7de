"""A draft is begun, written, dropped or published by keepers, and never changed after."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.idempotency import house
from motcua.core.idempotency.keys import KeyReused
from motcua.core.ledger.models import Entry
from motcua.core.letters.editions import draft_of, in_force, numbered, standing_of
from motcua.core.letters.faults import NotPublishable, TemplateFaulty
from motcua.core.letters.keeping import begin, drop, publish, rewrite
from motcua.core.letters.models import LetterEdition
from motcua.core.letters.rules import (
    BadDay,
    BeingWritten,
    DraftMoved,
    EditionUnknown,
    KeepersOnly,
    NoDocument,
    NoDraft,
    NothingChanged,
)
from motcua.core.letters.sources import shipped
from motcua.core.letters.tests.samples import form03

DAY = datetime.timedelta(days=1)
_CLOSING = "#closing[Mọi vướng mắc, Ông/Bà liên hệ #contact(d).]"
_KINDER = "#closing[Nếu cần giúp, xin Ông/Bà liên hệ #contact(d).]"


def begun(actor, **told):
    begin(
        **{"actor": actor, "at": MONDAY, "letter": form03(), "number": None, "request": None} | told
    )
    return draft_of(form03())


def said(actor, text: str | None = None, **told):
    row = draft_of(form03())
    wanted = row.text.replace(_CLOSING, _KINDER) if text is None else text
    about = {"letter": form03(), "shared": row.shared, "revision": row.revision, "request": None}
    rewrite(**{"actor": actor, "at": MONDAY, "text": wanted, **about} | told)
    return draft_of(form03())


def out(actor, **told):
    row = draft_of(form03())
    about = {"document": "12/QĐ-UBND", "since": None, "revision": row.revision if row else 1}
    number = publish(
        **{"actor": actor, "at": MONDAY, "letter": form03(), "request": None, **about} | told
    )
    return LetterEdition.objects.get(pk=number)


def last_entry() -> tuple[str, dict]:
    row = Entry.objects.of(0).order_by("-seq").first()
    return row.act, json.loads(row.body)["data"]


def test_a_draft_begins_as_what_is_in_force(keeper):
    row = begun(keeper)
    assert (row.number, row.base, row.text) == (1, 0, shipped("one_stop", "form03").text)
    assert last_entry() == (
        "letter_begin",
        {
            "row": row.pk,
            "letter": "one_stop.form03",
            "number": 1,
            "revision": 1,
            "digest": bytes(row.digest).hex(),
        },
    )


def test_a_published_edition_is_in_force_from_then_on(keeper):
    begun(keeper)
    said(keeper)
    row = out(keeper)
    assert in_force("one_stop", "form03", at=MONDAY).text == row.text
    before = in_force("one_stop", "form03", at=MONDAY - datetime.timedelta(seconds=1))
    assert before == shipped("one_stop", "form03")
    act, told = last_entry()
    assert (act, told["document"], told["since"]) == ("letter_publish", "12/QĐ-UBND", "2026-11-02")


def test_an_edition_waits_for_its_day(keeper):
    begun(keeper)
    said(keeper)
    row = out(keeper, since=(MONDAY + 3 * DAY).date())
    assert in_force("one_stop", "form03", at=MONDAY + 2 * DAY).edition == 0
    dawn = datetime.datetime(2026, 11, 4, 17, 0, tzinfo=datetime.UTC)  # midnight in Hanoi
    assert in_force("one_stop", "form03", at=dawn).edition == row.number
    assert standing_of(form03(), MONDAY).coming == row


def test_going_back_to_what_ships_is_a_new_edition(keeper):
    begun(keeper)
    said(keeper)
    out(keeper)
    begun(keeper, number=0, at=MONDAY + DAY)
    row = out(keeper, at=MONDAY + DAY)
    assert (row.number, row.base) == (2, 0)
    again = in_force("one_stop", "form03", at=MONDAY + DAY)
    assert again.digest == shipped("one_stop", "form03").digest
    assert not again.is_trusted


def test_others_than_keepers_do_nothing(keeper, world):
    begun(keeper)
    head = world.officers["unit_head"]
    for act in (lambda: begun(head), lambda: said(head), lambda: out(head)):
        with pytest.raises(KeepersOnly):
            act()


def test_publishing_asks_for_a_fresh_proof_a_document_and_a_day(keeper):
    begun(keeper)
    said(keeper)
    for told, refused in (
        ({"actor": replace(keeper, proven=False)}, ProofNeeded),
        ({"document": "  "}, NoDocument),
        ({"since": (MONDAY - DAY).date()}, BadDay),
        ({"since": (MONDAY + 400 * DAY).date()}, BadDay),
        ({"revision": 1}, DraftMoved),
    ):
        with pytest.raises(refused):
            out(**{"actor": keeper} | told)
    assert draft_of(form03()).state == "draft"


def test_an_edition_never_comes_before_one_published_earlier(keeper):
    begun(keeper)
    said(keeper)
    out(keeper, since=(MONDAY + 9 * DAY).date())
    begun(keeper)
    said(keeper)
    with pytest.raises(BadDay):
        out(keeper, since=(MONDAY + 8 * DAY).date())
    assert out(keeper).since == (MONDAY + 9 * DAY).date()


def test_a_faulty_draft_is_kept_and_never_published(keeper):
    begun(keeper)
    row = said(keeper, '#import "_house.typ": *\n#nothing')
    with pytest.raises(NotPublishable) as found:
        out(keeper)
    assert [(one.code, one.where) for one in found.value.faults] == [("letters.variable", "2")]
    assert draft_of(form03()) == row


def test_what_is_as_before_is_not_published(keeper):
    begun(keeper)
    with pytest.raises(NothingChanged):
        out(keeper)


def test_two_drafts_of_one_letter_there_are_not(keeper):
    begun(keeper)
    with pytest.raises(BeingWritten):
        begun(keeper)


def test_a_dropped_draft_is_done_with_and_its_number_too(keeper):
    row = begun(keeper)
    about = {"actor": keeper, "at": MONDAY, "letter": form03(), "request": None}
    drop(**about, revision=1)
    with pytest.raises(NoDraft):
        drop(**about, revision=1)
    with pytest.raises(EditionUnknown):
        numbered(form03(), row.number)
    assert begun(keeper).number == 2


def test_what_cannot_be_kept_is_refused(keeper):
    begun(keeper)
    for text in ("x" * 60_001, "a\0b"):
        with pytest.raises(TemplateFaulty):
            said(keeper, text)


def test_whoever_saw_an_older_text_writes_nothing(keeper):
    begun(keeper)
    said(keeper)
    with pytest.raises(DraftMoved):
        said(keeper, "khác", revision=1)


def test_a_request_sent_again_is_answered_and_not_done_again(keeper):
    first = begun(keeper, request="a")
    assert begun(keeper, request="a") == first
    said(keeper)
    row = out(keeper, request="b")
    assert out(keeper, request="b", revision=2) == row
    with pytest.raises(KeyReused):
        out(keeper, request="b", revision=2, document="13/QĐ-UBND")
    assert Entry.objects.filter(act="letter_publish").count() == 1


def test_an_act_that_dies_before_its_entry_leaves_nothing(keeper, monkeypatch):
    begun(keeper)
    said(keeper)
    monkeypatch.setattr(house, "append_to_house", _dies)
    with pytest.raises(SystemExit):
        out(keeper)
    assert draft_of(form03()).revision == 2
    assert in_force("one_stop", "form03", at=MONDAY).edition == 0


def _dies(*_: object, **__: object) -> None:
    raise SystemExit


@pytest.mark.parametrize("changed", [{"text": "x"}, {"since": None}, {"state": "draft"}])
def test_a_published_edition_never_changes(keeper, changed):
    begun(keeper)
    said(keeper)
    row = out(keeper)
    rows = LetterEdition.objects.filter(pk=row.pk)
    for change in (lambda: rows.update(**changed), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
