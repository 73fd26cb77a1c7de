"""Nobody learns of a dossier what is not for them, at whatever address they ask.

Every address of the house is asked as everybody; a page that is new is walked from its first day.
"""

from __future__ import annotations

import pytest

from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers import queries
from tests.security.house import build
from tests.security.walk import DOORS, told_apart, unfilled, walk

pytestmark = pytest.mark.django_db

PEOPLE = (
    "",
    "counter",
    "unit_head",
    "specialist",
    "second",
    "leader",
    "police",
    "external",
    "other_counter",
    "other_head",
    "other_specialist",
)


@pytest.fixture
def house():
    return build()


def test_everybody_of_the_house_is_walked(house):
    assert {*PEOPLE} == {*house.people()}


def test_every_address_can_be_filled(house):
    assert unfilled(house) == [], "teach tests/security/walk.py `parts` what these parts may be"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_nobody_reads_what_is_not_for_them(house, who, door):
    found = walk(house, who, door)
    assert found.leaks == []
    for one in house.planted.values():
        if who in one.readers and who not in one.masked:
            assert one.words["name"] in found.seen, f"the walk did not reach {one.tag}"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_what_is_hidden_answers_as_what_never_was(house, who, door):
    assert told_apart(house, who, door) == []


def test_a_right_too_many_is_found(house):
    other = agency_scope(agency_by_code("H26.15").id)
    ScopeRow.objects.create(
        dossier_id=house.planted["ours"].done.dossier_id,
        scope=other,
        reason="holder",
        from_at="2026-01-01T00:00:00Z",
    )
    assert walk(house, "other_head", DOORS["browser"]).leaks
    assert walk(house, "other_head", DOORS["program"]).leaks


def test_a_filter_that_lets_everybody_through_is_found(house, monkeypatch):
    monkeypatch.setattr(queries, "sees", lambda *_: True)
    assert walk(house, "other_head", DOORS["browser"]).leaks
    assert told_apart(house, "other_head", DOORS["program"])
