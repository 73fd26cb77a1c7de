"""The made-up world of dossiers, with a second version of its procedure and a map to it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import pytest

from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.world import FLOW, MONDAY, World, declaration, make_world
from motcua.core.migrating.acts import Chart, chart
from motcua.core.migrating.publishing import publish_map
from motcua.core.procedures import queries
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.encoding import body_of
from motcua.core.procedures.mapping import draft_of
from motcua.core.procedures.models import Version
from motcua.kernel.calendar import Limit, Unit

RENAMED = {"appraise": "examine"}


def newer() -> Declaration:
    """Give the procedure with another name of a step and a field, in twenty working days."""

    def step(key: str | None) -> str | None:
        return RENAMED.get(key, key) if key else key

    told = declaration()
    flow = replace(
        FLOW,
        steps=tuple(replace(one, key=step(one.key)) for one in FLOW.steps),
        moves=tuple(
            replace(one, sources=tuple(map(step, one.sources)), target=step(one.target))
            for one in FLOW.moves
        ),
    )
    fields = [replace(one, key="permit") if one.key == "licence" else one for one in told.fields]
    limit = Limit(20, Unit.WORKING_DAY)
    return replace(declaration(flow=flow), fields=tuple(fields), limit=limit)


def add_version(told: Declaration, number: int) -> Version:
    """Bring a version into force past the checks, as `world.publish` does."""
    first = Version.objects.get(procedure__code=told.code, number=number - 1)
    Version.objects.filter(pk=first.pk).update(state=Version.State.RETIRED, retired_at=MONDAY)
    body = body_of(told)
    queries.clear()
    return Version.objects.create(
        procedure=first.procedure,
        number=number,
        state=Version.State.PUBLISHED,
        source="",
        body=body,
        digest=hashlib.sha256(body.encode()).digest(),
        drafted_at=MONDAY,
        published_at=MONDAY,
    )


def map_text() -> str:
    """Give the text of the map between the two."""
    text = draft_of("9.000001", 1, 2, declaration())
    return text.replace('"appraise"', '"examine"').replace('"licence"', '"permit"')


@dataclass
class Versions:
    """The world, with the map that is published once both versions are there."""

    world: World

    def renew(self, text: str | None = None) -> Chart:
        """Publish the second version and the map."""
        add_version(newer(), 2)
        row = publish_map(
            actor=self.world.officers["leader"],
            at=MONDAY,
            text=text or map_text(),
            document="12/QĐ-UBND",
        )
        return chart(row.pk)

    def at(self, step: str) -> Done:
        """Take a dossier to a step of the first version."""
        return self.world.to(step)


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def versions(world) -> Versions:
    return Versions(world)
