"""The made-up world with a procedure of two parts, the second of which follows the first."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.world import MONDAY, World, declaration, make_world, publish
from motcua.core.linked.advancing import advance
from motcua.core.procedures.declaration import Declaration, PartRule, Text

PART = "9.000041"
WHOLE = "9.000040"
FILLED = {"licence": "licence", "expires": "expires"}


def rule(key: str, **changes: object) -> PartRule:
    """Give a part filled from the form of the whole."""
    plain = {
        "name": Text(key, key),
        "procedure": PART,
        "agency": "receiving",
        "after": "",
        "before": "issue",
        "fields": FILLED,
        "answers": {"copies": "2"},
        "papers": {"request": "request"},
    }
    return PartRule(**{"key": key, **plain, **changes})


def whole(*parts: PartRule) -> Declaration:
    """Give a procedure with parts."""
    return replace(declaration(WHOLE), parts=parts)


def part() -> Declaration:
    """Give what the parts run under."""
    return replace(declaration(PART), channels=("dossier",))


def publish_both(world: World) -> World:
    """Publish the whole and its parts."""
    publish(part())
    publish(whole(rule("first"), rule("second", after="first")))
    return world


@pytest.fixture
def world(db) -> World:
    return publish_both(make_world())


def at(hours: float) -> datetime.datetime:
    """Give some hours after Monday morning."""
    return MONDAY + datetime.timedelta(hours=hours)


def received(world: World) -> Done:
    """Take the whole in and let the house open what is due."""
    done = world.take_in(procedure=WHOLE)
    advance(dossier_id=done.dossier_id, at=at(0.1))
    return done


def opened(done: Done, key: str = "first") -> Dossier | None:
    """Give a part that was opened."""
    return Dossier.objects.filter(tie__of=done.dossier_id, tie__key=key).first()


def as_done(row: Dossier) -> Done:
    """Give a dossier as its acts answer it."""
    where = (row.code, row.state, row.step, row.revision, row.due_at, row.promised_at)
    return Done(row.pk, row.lookup, *where, "")


def end(world: World, row: Dossier, *, hours: float, grant: bool = True) -> None:
    """Take a part to its result, or refuse it, and let the house go on."""
    moves = [("unit_head", "assign")]
    moves += (
        [("specialist", "submit"), ("unit_head", "agree"), ("leader", "issue")]
        if grant
        else [("specialist", "refuse")]
    )
    for number, (who, name) in enumerate(moves):
        wish = {"officer_id": world.officer_id("specialist")} if name == "assign" else {}
        reason = {"reason": "Không đủ điều kiện."} if name == "refuse" else {}
        world.move(as_done(row), who, name, hours=hours + number / 10, **wish, **reason)
    advance(dossier_id=row.pk, at=at(hours + 1))
