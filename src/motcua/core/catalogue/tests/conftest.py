"""An actor and a morning."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.actors import house
from motcua.core.catalogue.actions import import_catalogue, publish
from motcua.core.catalogue.tests.samples import PAGE, file_of

AT = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)
ACTOR = house("import")
BY = {"actor": ACTOR, "at": AT}


def taken_in(*rows, source=PAGE):
    """Import rows as drafts."""
    return import_catalogue(**BY, text=file_of(*rows), source=source)


def brought_out(*rows):
    """Import rows and publish them; give their keys."""
    keys = taken_in(*rows).new
    for key in keys:
        publish(**BY, key=key, document="12/QĐ-UBND")
    return keys


@pytest.fixture
def house_is_whole(db):
    """After the test, the entries of the house still hang together."""
    from motcua.core.dossiers.house import check_house

    yield
    assert list(check_house()) == []
