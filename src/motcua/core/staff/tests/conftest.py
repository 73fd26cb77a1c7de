"""The made-up world of the dossiers, new for each test, with what the house tells of it."""

from __future__ import annotations

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.ledger.append import append_to_house
from motcua.core.procedures.models import Version
from motcua.core.sql import act


@pytest.fixture
def world(db) -> World:
    made = make_world()
    with act() as tx:
        for row in Version.objects.select_related("procedure"):
            _tell(tx, "publish", _version(row))
        for row in Appointment.objects.select_related("agency"):
            _tell(tx, "appoint", _appointment(row))
    return made


def _tell(tx, name: str, data: dict[str, object]) -> None:
    append_to_house(tx, act=name, at=MONDAY, actor="system:setup", data=data)


def _version(row: Version) -> dict[str, object]:
    told = {"version": row.pk, "procedure": row.procedure.code, "number": row.number}
    return {**told, "digest": bytes(row.digest).hex(), "retired": None}


def _appointment(row: Appointment) -> dict[str, object]:
    return {
        "officer": row.officer_id,
        "agency": row.agency.code,
        "post": row.post,
        "from": row.valid_from.isoformat(),
        "reads": row.reads_agency,
    }
