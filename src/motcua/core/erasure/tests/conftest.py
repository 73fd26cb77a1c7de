"""The made-up world, new for each test, with a data keeper."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access import actors
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.tests.world import DAY, World, make_world
from motcua.core.erasure.rules import KEEPER
from motcua.core.people.models import Officer


@pytest.fixture
def world(db, settings, tmp_path) -> World:
    settings.MOTCUA_FILES = tmp_path / "files"
    made = make_world()
    row = Officer.objects.create(name="keeper", staff_number="keeper")
    Appointment.objects.create(
        officer=row,
        agency=made.department,
        post=KEEPER,
        valid_from=datetime.date(2020, 1, 1),
        reads_agency=True,
    )
    made.officers["keeper"] = actors.officer(row.pk, "keeper", DAY)
    return made
