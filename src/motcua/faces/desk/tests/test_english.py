"""Every sentence of the desk has English words, and they agree with those of ui."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from motcua.core.procedures import declaration
from motcua.faces import desk as app
from motcua.faces import ui
from motcua.faces.desk.words import CHANNELS, sheet_count
from motcua.faces.ui.tests.catalogue import said_by, translated_in

DESK, UI = Path(app.__file__).parent, Path(ui.__file__).parent


def english(folder):
    with (folder / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return {one.id: one.string for one in read_po(file, locale="en") if one.id}


def test_everything_said_is_translated():
    assert said_by(DESK) - translated_in(DESK) == set()


def test_nothing_is_translated_that_is_no_longer_said():
    assert translated_in(DESK) - said_by(DESK) == set()


def test_shared_sentences_have_the_same_words():
    """Django reads all catalogues as one; the first app that names a sentence is believed."""
    ours, theirs = english(DESK), english(UI)
    differing = {text for text in ours.keys() & theirs.keys() if ours[text] != theirs[text]}
    assert differing == set()


@pytest.mark.parametrize(("copies", "words"), [(1, "1 copy"), (2, "2 copies")])
def test_counts_have_their_plural(copies, words):
    with translation.override("en"):
        assert sheet_count(0, copies) == words


@pytest.mark.parametrize(
    "path", ["viec", "ho-so", "tiep-nhan", "tiep-nhan/9.000001", "nhom", "so-theo-doi"]
)
def test_pages_speak_english_when_asked(db, request, path):
    world = request.getfixturevalue("desk")
    officer = world.as_("counter")
    officer.cookies["language"] = "en"
    assert '<html lang="en"' in officer.get(f"/ban/{path}").content.decode()


def test_a_browser_that_prefers_english_still_begins_in_vietnamese(db, request):
    world = request.getfixturevalue("desk")
    answer = world.as_("counter").get("/ban/viec", headers={"accept-language": "en"})
    assert '<html lang="vi"' in answer.content.decode()


def test_every_channel_of_a_procedure_has_words():
    """A dossier that the house had opened once stood there as come by “schedule”."""
    named = {"online" if one == "public" else one for one in declaration.CHANNELS}
    assert named <= CHANNELS.keys()
