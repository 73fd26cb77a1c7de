"""Two officers at once, on a database that several connections really share."""

from __future__ import annotations

import copy

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from motcua.core.catalogue.actions import NothingToPublish, publish
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.tests.conftest import BY, taken_in
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL
from motcua.core.ledger.models import Entry
from motcua.core.ledger.tests.test_concurrent import together
from motcua.core.ledger.tests.tools import empty_ledger

pytestmark = pytest.mark.django_db(transaction=True)
_APPS = {"ledger", "catalogue"}


@pytest.fixture
def shared(tmp_path):
    """Give what a thread calls first. SQLite's test database is in memory: take a file instead."""
    if connection.vendor == "postgresql":
        yield lambda: None
        empty_ledger()  # it refuses to be emptied with the other tables
        return
    usual = connections["default"]
    facts = copy.deepcopy(usual.settings_dict) | {"NAME": str(tmp_path / "shared.sqlite3")}

    def use_file():
        connections["default"] = type(usual)(facts, "default")

    use_file()
    executor = MigrationExecutor(connections["default"])
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] in _APPS])
    yield use_file
    connection.close()
    connections["default"] = usual


def test_two_imports_at_once_make_one_draft_of_each(shared):
    assert together(shared, *[lambda: taken_in(FACTS, NATIONAL)] * 4) == []
    assert Listing.objects.count() == Edition.objects.count() == 2
    assert Entry.objects.filter(act="catalogue_import").count() == 1


def test_of_two_who_publish_at_once_one_is_told_it_is_done(shared):
    taken_in(FACTS)
    act = {**BY, "key": "1.900001", "document": "12/QĐ-UBND"}
    failed = together(shared, *[lambda: publish(**act)] * 3)
    assert [type(one) for one in failed] == [NothingToPublish] * 2
    assert Edition.objects.get().state == "published"
    assert Entry.objects.filter(act="catalogue_publish").count() == 1
