"""Two officers at once, on a database that several connections really share."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.core.agencies.queries import forget_tree
from motcua.core.catalogue.actions import NothingToPublish, publish
from motcua.core.catalogue.deciding import sign
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.proposals import BeingPrepared, NoProposal
from motcua.core.catalogue.proposing import Written, give_up, prepare, revise, submit
from motcua.core.catalogue.tests.conftest import BY, brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.ledger.models import Entry
from motcua.core.ledger.tests.tools import empty_ledger
from tests.shared import raised, shared_file

pytestmark = pytest.mark.django_db(transaction=True)
_APPS = {"ledger", "catalogue", "idempotency", "clock", "procedures", "people", "agencies", "jobs"}


@pytest.fixture
def shared(transactional_db, tmp_path):
    with shared_file(tmp_path / "shared.sqlite3"):
        yield
        if connection.vendor == "postgresql":
            empty_ledger()  # it refuses to be emptied with the other tables


def test_two_imports_at_once_make_one_draft_of_each(shared):
    assert raised(*[lambda: taken_in(FACTS, NATIONAL)] * 4) == []
    assert Listing.objects.count() == Edition.objects.count() == 2
    assert Entry.objects.filter(act="catalogue_import").count() == 1


def test_of_two_who_publish_at_once_one_is_told_it_is_done(shared):
    taken_in(FACTS)
    act = {**BY, "key": "1.900001", "document": "12/QĐ-UBND"}
    refused = raised(*[lambda: publish(**act)] * 3)
    assert [type(one) for one in refused] == [NothingToPublish] * 2
    assert Edition.objects.get().state == "published"
    assert Entry.objects.filter(act="catalogue_publish").count() == 1


@pytest.fixture
def handed_in(shared):
    """Give who may decide on an edition that was handed in."""
    world = make_world()
    brought_out(FACTS)
    specialist = {"actor": world.officers["specialist"], "at": MONDAY, "key": "1.900001"}
    prepare(**specialist, request=None)
    written = {"result": Written("Khác", "QĐ 5", confirmed=True)}
    revise(**specialist, written=written, revision=None, request=None)
    submit(**specialist, revision=None, request=None)
    yield world.officers
    forget_tree()
    calendars.forget()


def test_of_two_heads_who_sign_at_once_one_is_told_it_is_done(shared, handed_in):
    how = {"at": MONDAY, "key": "1.900001", "document": "9/QĐ", "since": None, "revision": None}
    acts = [
        lambda who=who: sign(actor=handed_in[who], request=None, **how)
        for who in ("unit_head", "leader")
    ]
    refused = raised(*acts)
    assert [type(one) for one in refused] == [NoProposal]
    assert Entry.objects.filter(act="catalogue_sign").count() == 1
    assert Edition.objects.filter(state="published").get().number == 2


def test_one_form_sent_three_times_at_once_signs_once(shared, handed_in):
    how = {"at": MONDAY, "key": "1.900001", "document": "9/QĐ", "since": None, "revision": None}
    act = lambda: sign(actor=handed_in["leader"], request="one", **how)  # noqa: E731
    assert raised(act, act, act) == []
    assert Entry.objects.filter(act="catalogue_sign").count() == 1


def test_of_two_officers_who_begin_at_once_one_finds_it_begun(shared, handed_in):
    give_up(actor=handed_in["specialist"], at=MONDAY, key="1.900001", revision=None, request=None)
    acts = [
        lambda who=who: prepare(actor=handed_in[who], at=MONDAY, key="1.900001", request=None)
        for who in ("specialist", "second", "counter")
    ]
    refused = raised(*acts)
    assert [type(one) for one in refused] == [BeingPrepared] * 2
