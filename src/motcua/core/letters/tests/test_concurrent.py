"""Two keepers at once, on a database that several connections really share."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.tests.world import make_world
from motcua.core.ledger.models import Entry
from motcua.core.ledger.tests.tools import empty_ledger
from motcua.core.letters.editions import draft_of
from motcua.core.letters.models import LetterEdition
from motcua.core.letters.rules import BeingWritten, DraftMoved, NoDraft
from motcua.core.letters.tests.conftest import appointed
from motcua.core.letters.tests.samples import form03
from motcua.core.letters.tests.test_keeping import begun, out, said
from tests.shared import raised, shared_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(transactional_db, tmp_path):
    with shared_file(tmp_path / "shared.sqlite3"):
        yield
        if connection.vendor == "postgresql":
            empty_ledger()  # it refuses to be emptied with the other tables


@pytest.fixture
def keepers(shared):
    make_world()
    yield [appointed(f"keeper-{number}") for number in (1, 2, 3)]
    forget_tree()
    calendars.forget()


def test_of_keepers_who_begin_at_once_one_begins(shared, keepers):
    refused = raised(*[lambda one=one: begun(one) for one in keepers])
    assert [type(one) for one in refused] == [BeingWritten] * 2
    assert LetterEdition.objects.count() == 1


def test_of_keepers_who_write_at_once_one_is_kept(shared, keepers):
    begun(keepers[0])
    refused = raised(*[lambda one=one: said(one, one.key, revision=1) for one in keepers])
    assert [type(one) for one in refused] == [DraftMoved] * 2
    assert draft_of(form03()).revision == 2


def test_of_keepers_who_publish_at_once_one_does(shared, keepers):
    begun(keepers[0])
    said(keepers[0])
    refused = raised(*[lambda one=one: out(one, revision=2) for one in keepers])
    assert [type(one) for one in refused] == [NoDraft] * 2
    assert LetterEdition.objects.get().state == "published"
    assert Entry.objects.filter(act="letter_publish").count() == 1


def test_the_same_request_at_once_is_one(shared, keepers):
    begun(keepers[0])
    said(keepers[0])
    asked = [lambda: out(keepers[0], revision=2, request="once")] * 3
    assert raised(*asked) == []
    assert Entry.objects.filter(act="letter_publish").count() == 1
