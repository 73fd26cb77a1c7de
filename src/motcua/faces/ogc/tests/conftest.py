"""The made-up city with masts and a duct, and a way to ask for its layers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from motcua.core.accounts.tests.doors import account_of, bearer, key_for
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.registers.acts import enter, retire
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order

PLACES = {"HN-1": (105.85, 21.02), "HN-2": (105.81, 21.00), "HN-3": (105.86, 21.03)}


@dataclass
class Layers:
    """The world, and a map program that asks for what is on it."""

    world: World
    records: dict[str, int]

    def key(self, who: str) -> dict[str, str]:
        """Give the header with an officer's key."""
        return bearer(key_for(account_of(who, self.world.officer_id(who))))

    def get(self, path: str = "/", who: str | None = None, *, status: int = 200) -> dict:
        """Ask as an officer, or without one as a stranger."""
        headers = self.key(who) if who else {}
        answer = Client(raise_request_exception=False).get(f"/ogc{path}", headers=headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def enter(self, register: str, values: dict[str, object], shape: str) -> int:
        """Enter a record for the department."""
        done = enter(
            actor=self.world.officers["specialist"],
            at=MONDAY,
            declaration=register_of(register),
            agency_id=self.world.department.pk,
            order=Order(values, shape),
            key=None,
        )
        return done.record_id


@pytest.fixture
def layers(db) -> Layers:
    found = Layers(make_world(), {})
    owner = {"name": "Viễn thông Mẫu", "contact": "Phạm Thị Mẫu", "phone": "0912345678"}
    found.enter("telecom_operators", owner, "")
    for code, (lon, lat) in PLACES.items():
        values = {"code": code, "operator": "Viễn thông Mẫu", "height": 20, "g4": True}
        found.records[code] = found.enter("telecom_sites", values, f"{lat}, {lon}")
    span = {"code": "D-1", "kind": "duct", "ducts": 4}
    found.records["D-1"] = found.enter("telecom_spans", span, "21.02, 105.85\n21.03, 105.85")
    gone = found.enter("telecom_sites", {"code": "X", "operator": "Viễn thông Mẫu"}, "21, 105.8")
    retire(
        actor=found.world.officers["specialist"],
        at=MONDAY,
        declaration=register_of("telecom_sites"),
        record_id=gone,
        revision=1,
        reason="Thử",
        key=None,
    )
    return found
