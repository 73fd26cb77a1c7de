"""An act that breaks off half-way has written nothing at all."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.orders import Handed
from motcua.core.dossiers.tests.unchanged import tables
from motcua.core.files.store import keep
from motcua.systems.antispam import actions, events
from motcua.systems.antispam.models import CaseSighting, LetterItem, SightingPhoto
from motcua.systems.antispam.tests.conftest import SEEN
from motcua.systems.antispam.tests.test_reports import take


class BrokenOff(Exception):
    """The process died here."""


def broken(*_given, **_named):
    raise BrokenOff


def changed(work) -> list[str]:
    """Give the tables that a broken act has changed."""
    before = tables()
    with pytest.raises(BrokenOff):
        work()
    after = tables()
    return [name for name, rows in after.items() if rows != before[name]]


def test_cases_that_are_half_opened_are_not_opened(desk, monkeypatch):
    desk.see()
    monkeypatch.setattr(CaseSighting.objects, "bulk_create", broken)
    assert changed(desk.open) == []


def test_letters_that_are_half_drafted_are_not_drafted(desk, monkeypatch):
    desk.to_ask("0912345678", "0971234567")
    monkeypatch.setattr(LetterItem.objects, "bulk_create", broken)
    assert changed(desk.draft) == []


def test_a_letter_whose_cases_half_go_on_stays(desk, monkeypatch):
    desk.to_ask("0912345678", "0912345679")
    [letter] = desk.draft()
    desk.issue(letter)
    monkeypatch.setattr(actions, "append_to_house", broken)
    assert changed(lambda: desk.send(letter)) == []


def test_answers_that_are_half_taken_are_not_taken(desk, monkeypatch):
    desk.to_ask("0912345678", "0912345679")
    [letter] = desk.draft()
    desk.sent(letter)
    monkeypatch.setattr(actions, "append_to_house", broken)
    answers = [("+84912345678", "suspended"), ("+84912345679", "suspended")]
    assert changed(lambda: desk.answer(letter, *answers)) == []


def test_a_sighting_without_its_photo_is_not_noted(desk, monkeypatch, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    photo = Handed("photo", keep([b"%PDF-1.4 photo"]), "a.pdf")
    monkeypatch.setattr(SightingPhoto.objects, "create", broken)
    act = {"actor": desk.actor, "at": desk.at, "agency_id": desk.agency_id}
    assert changed(lambda: actions.note_sighting(**act, values=SEEN, photo=photo)) == []


@pytest.mark.parametrize("said", ["S (0381234567)(vay)", "DK DNC"])
def test_a_message_that_is_half_taken_is_not_taken(desk, monkeypatch, said):
    monkeypatch.setattr(events.keys, "take", broken)
    assert changed(lambda: take(desk.actor, text=said)) == []
