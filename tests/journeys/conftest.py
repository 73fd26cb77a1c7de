"""The sample city in the test database, and one clock for every door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.procedures import queries as procedures
from motcua.faces.desk import doors
from motcua.faces.portal.views import filing, lookup, tracking
from motcua.faces.ui import context
from motcua.site.sample.loading import load_city
from motcua.site.setup import ensure
from tests.journeys.city import City, faults


def _forget() -> None:
    forget_tree()
    calendars.forget()
    procedures.clear()


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """Give the city on a Monday morning; at the end its ledger and its rows must agree."""
    _forget()
    found = City()
    ensure(found.now())
    load_city(found.now())
    for door in (context, doors, filing, lookup, tracking):
        monkeypatch.setattr(door, "now", found.now)
    yield found
    wrong = faults(found)
    _forget()
    assert wrong == []
