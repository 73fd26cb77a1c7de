"""A made-up city that lists streets whose lines go underground."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest

from motcua.core.agencies.models import Competence
from motcua.core.dossiers.tests.world import World, make_world, publish
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.systems.telecom.queries import STREETS, streets_of
from motcua.systems.telecom.rules import Street

STREET = {
    "year": 2016,
    "phase": 1,
    "phase_end": "2026-12-31",
    "decision": "5581/UBND-DT",
    "decided_on": "2026-11-01",
    "street": "Phố Mẫu",
    "begins": "Phố Đầu",
    "ends": "Phố Cuối",
    "ward": "Phường Mẫu",
    "length": 500,
    "telecom": True,
    "power": True,
    "enterprise": "Công ty Hạ Ngầm Mẫu",
}
TEXT = load("motcua.systems.telecom").procedures[f"{STREETS}.toml"]


@dataclass
class Streets:
    """The world, and short ways of the two who deal with streets in it."""

    world: World

    def list(self, street: str = "Phố Mẫu", **more) -> int:
        """List a street for its phase; give the number of its dossier."""
        world = self.world
        counter = {**world.officers, "counter": world.officers["specialist"]}
        told = {**STREET, "street": street, **more}
        done = World(world.city, world.department, counter).take_in(
            procedure=STREETS, fields=told, evidence=(), channel="office"
        )
        return done.dossier_id

    def move(self, dossier: int, *names: str, who: str = "", hours: float = 1, **wishes) -> None:
        """Make moves, each by whoever holds the step."""
        for name in names:
            holder = who or ("unit_head" if name in {"accept", "drop"} else "specialist")
            self.world.move_of(dossier, holder, name, hours=hours, **wishes)

    def accept(self, dossier: int, *, hours: float = 1) -> None:
        """Bring a street from its list to its acceptance."""
        self.to_poles(dossier, hours=hours)
        self.move(dossier, "accept", hours=hours)

    def to_poles(self, dossier: int, *, hours: float = 1) -> None:
        """Bring a street from its list to where its poles are gone, by one operator's task."""
        self.move(dossier, "survey", "dig", hours=hours)
        self.move(dossier, "give_tasks", legs=("viettel",), hours=hours)
        self.move(dossier, "task_done", leg=1, hours=hours)
        self.move(dossier, "move_cables", "clear_poles", hours=hours)

    def told(self, who: str = "specialist") -> list[Street]:
        return streets_of(self.world.officers[who], "vi")


@pytest.fixture
def streets(db) -> Streets:
    world = make_world()
    publish(read(TEXT, system="telecom"))
    Competence.objects.create(
        agency=world.department, procedure=STREETS, valid_from=datetime.date(2020, 1, 1)
    )
    return Streets(world)
