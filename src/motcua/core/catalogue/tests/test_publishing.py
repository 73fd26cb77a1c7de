"""An edition comes into force by a document, whole, once, and never changes again."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from motcua.core.catalogue.actions import (
    NoDocument,
    NothingToPublish,
    NotPublished,
    publish,
    withdraw,
)
from motcua.core.catalogue.faults import NotPublishable
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.queries import UnknownListing, editions, find
from motcua.core.catalogue.tests.conftest import BY, brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, facts, from_memory

pytestmark = pytest.mark.usefixtures("house_is_whole")
KEY = "1.900001"
SIGNED = {**BY, "key": KEY, "document": "12/QĐ-UBND"}


def test_a_draft_comes_into_force():
    taken_in(FACTS)
    assert publish(**SIGNED).document == "12/QĐ-UBND"
    assert find(KEY).edition.number == 1


def test_a_second_edition_retires_the_first():
    brought_out(FACTS)
    taken_in(facts(result="Giấy khác"))
    publish(**SIGNED)
    shown = find(KEY)
    assert [(one.number, one.state) for one in editions(shown.listing)] == [
        (2, "published"),
        (1, "retired"),
    ]
    assert shown.content.text("result") == "Giấy khác"


def test_with_gaps_it_stays_a_draft_and_all_are_told():
    taken_in(from_memory("code", "fee"))
    with pytest.raises(NotPublishable) as told:
        publish(**SIGNED)
    assert [one.where for one in told.value.faults] == ["code", "fee"]
    assert "Phí, lệ phí" in told.value.text("vi")
    assert not Listing.objects.get().published


def test_twice_is_once():
    brought_out(FACTS)
    with pytest.raises(NothingToPublish):
        publish(**SIGNED)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"document": "  "}, NoDocument),
        ({"key": "9.9"}, UnknownListing),
        ({"key": "\0"}, UnknownListing),
    ],
)
def test_refused(changes, refusal):
    taken_in(FACTS)
    with pytest.raises(refusal):
        publish(**SIGNED | changes)


def test_a_withdrawn_listing_is_shown_no_more_and_kept():
    brought_out(FACTS)
    withdraw(**SIGNED)
    with pytest.raises(UnknownListing):
        find(KEY)
    assert Edition.objects.get().state == "retired"
    with pytest.raises(NotPublished):
        withdraw(**SIGNED)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(body="{}"),
        lambda rows: rows.update(state="draft"),
        lambda rows: rows.delete(),
    ],
)
def test_the_database_itself_keeps_what_was_published(change):
    brought_out(FACTS)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Edition.objects.all())
    assert Edition.objects.get().state == "published"
