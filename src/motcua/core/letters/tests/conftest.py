"""The made-up world of the dossiers, and a keeper of the house in it."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.actors import Actor, officer
from motcua.core.access.keepers import SYSTEM_KEEPER
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.people.models import Officer

FIRST = datetime.date(2026, 1, 1)


@pytest.fixture
def world(db, settings, tmp_path) -> World:
    settings.MOTCUA_FILES = tmp_path / "files"
    return make_world()


def appointed(number: str) -> Actor:
    """Give a new system keeper of the department, as the door knows them after a proof."""
    row = Officer.objects.create(name=f"Người giữ {number} (mẫu)", staff_number=number)
    Appointment.objects.create(
        officer=row,
        agency=Agency.objects.get(code="H26.12"),
        post=SYSTEM_KEEPER,
        valid_from=FIRST,
    )
    return officer(row.pk, row.name, MONDAY.date())


@pytest.fixture
def keeper(world) -> Actor:
    return appointed("keeper-1")
