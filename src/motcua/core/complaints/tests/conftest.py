"""The made-up world with a procedure of complaints, and a leader in the department too."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree
from motcua.core.complaints.actions import Complaint, complain
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.world import (
    DAY,
    HOUR,
    MONDAY,
    World,
    declaration,
    make_world,
    publish,
)
from motcua.core.people.models import Officer
from motcua.kernel.flow.definition import ClockOp, Definition, End, Kind, Move, Step

FLOW = Definition(
    start="reception",
    steps=(
        Step("reception", "submitted", "leader", "same", 16 * HOUR, counted=False),
        Step("settle", "processing", "leader", "same", 80 * HOUR),
    ),
    ends=(
        End("upheld", "returned", "granted"),
        End("declined", "refused_reception", "refused_reception"),
        End("withdrawn", "withdrawn", "withdrawn"),
    ),
    legs=(),
    moves=(
        Move("accept", Kind.FORWARD, ("reception",), "settle", clock=ClockOp.START,
             letter="form01", gives_code=True),
        Move("decline", Kind.REFUSE, ("reception",), "declined", reason=True),
        Move("uphold", Kind.FORWARD, ("settle",), "upheld", reason=True, clock=ClockOp.STOP,
             letter="result"),
        Move("withdraw", Kind.WITHDRAW, ("reception", "settle"), "withdrawn", by=("applicant",)),
    ),
)  # fmt: skip
CODE = "9.000031"


@pytest.fixture
def world(db) -> World:
    found = make_world()
    told = declaration(CODE, FLOW)
    publish(replace(told, channels=("dossier",), complaint=True, evidence=(), messages={}))
    found.officers["chief"] = appoint("chief", found.department, "leader")
    forget_tree()
    return found


def appoint(name: str, agency: Agency, post: str) -> Actor:
    """Write an officer who holds a post and reads the agency."""
    row = Officer.objects.create(name=name, staff_number=name)
    Appointment.objects.create(
        officer=row,
        agency=agency,
        post=post,
        valid_from=datetime.date(2020, 1, 1),
        reads_agency=True,
    )
    return actors.officer(row.pk, name, DAY)


def again(actor: Actor) -> Actor:
    """Give an officer as their next request finds them."""
    assert actor.officer_id is not None
    return actors.officer(actor.officer_id, actor.name, DAY)


def said(**changes: object) -> Complaint:
    """Give a complaint without faults."""
    fields = {"licence": "chậm", "expires": "2026-12-01"}
    return Complaint(**{"procedure": CODE, "fields": fields, **changes})


def complains(
    world: World, done: Done, who: str | Actor | None = None, *, key: str | None = None, **changes
) -> Done:
    """Complain about a dossier as its applicant, or as somebody else."""
    actor = world.applicant(done) if who is None else who
    found = world.officers[actor] if isinstance(actor, str) else actor
    at = MONDAY + datetime.timedelta(hours=8)
    return complain(
        actor=found, at=at, dossier_id=done.dossier_id, complaint=said(**changes), key=key
    )
