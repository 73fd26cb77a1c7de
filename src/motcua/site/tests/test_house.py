"""Somebody changes the rules behind the acts' back: the house's own entries tell."""

from __future__ import annotations

import pytest
from django.db import connection

from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.house import check_house
from motcua.core.procedures.models import Version

PAST = "2020-01-01"


@pytest.fixture
def city(sample_city):
    assert list(check_house()) == []


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_post_that_nobody_gave_is_found(city):
    held = Appointment.objects.filter(post="specialist")[0]
    held.pk, held.post = None, "leader"
    held.save(force_insert=True)
    assert [one.code for one in check_house()] == ["state.house_differs"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agencies_appointment SET reads_agency = NOT reads_agency",
        f"UPDATE agencies_appointment SET valid_from = '{PAST}'",
        "UPDATE agencies_appointment SET valid_to = '2030-01-01'",
        "UPDATE agencies_appointment SET post = 'leader' WHERE post = 'specialist'",
        "DELETE FROM agencies_appointment",
        "DELETE FROM agencies_competence",
        "UPDATE agencies_competence SET valid_to = '2030-01-01'",
    ],
)
def test_a_changed_rule_is_found(city, statement):
    run(statement)
    assert {one.code for one in check_house()} == {"state.house_differs"}


@pytest.mark.parametrize("change", ["body = body || ' '", "number = 9", "state = 'retired'"])
def test_a_changed_version_is_found(city, change):
    on = " ON procedures_version" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER procedures_version_frozen{on}")
    one = Version.objects.filter(state=Version.State.PUBLISHED)[0]
    run(f"UPDATE procedures_version SET {change} WHERE id = {one.pk}")
    assert len(list(check_house())) == 2  # what is there, and what should be
