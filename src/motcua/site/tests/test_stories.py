"""The stories of the sample city: its dossiers stand everywhere and agree with the ledger."""

from __future__ import annotations

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Party
from motcua.site.sample.loading import Loaded, load_city
from motcua.site.sample.stories import load_stories, stories
from motcua.site.tests.conftest import AT, forget, instance_for_all

STATES = {
    *(
        "fee_wait",
        "submitted",
        "supplement_before",
        "received",
        "processing",
        "liaison",
        "supplement",
    ),
    *("resolved", "returned", "stopped", "refused_reception", "withdrawn"),
}


@pytest.fixture(scope="module")
def _told_once(django_db_setup, django_db_blocker):
    with instance_for_all(django_db_blocker):
        load_city(AT)
        yield load_stories(AT)


@pytest.fixture
def told(_told_once, db):
    forget()
    yield _told_once
    forget()


def test_loading_again_adds_nothing(told):
    before = Entry.objects.count()
    assert load_city(AT) == Loaded()
    assert load_stories(AT) == 0
    assert Entry.objects.count() == before


def test_the_dossiers_stand_in_every_state(told):
    assert told == len(stories()) >= 40
    assert set(Dossier.objects.values_list("state", flat=True)) == STATES


def test_some_are_early_on_time_late_and_late_now(told):
    assert set(Dossier.objects.values_list("bucket", flat=True)) == {"", "early", "on_time", "late"}
    assert Dossier.objects.filter(closed=False, finished_at=None, due_at__lt=AT).count() >= 2


def test_everything_is_marked_as_made_up(told):
    assert set(Dossier.objects.values_list("origin", flat=True)) == {"sample"}
    assert set(Party.objects.values_list("sample", flat=True)) == {True}


def test_no_act_lies_ahead(told):
    assert Entry.objects.filter(at__gt=AT).count() == 0


def test_the_rows_agree_with_the_ledger(told):
    assert list(check_state()) == []
