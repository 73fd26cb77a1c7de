"""A made-up city that keeps two registers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.registers import loading
from motcua.core.registers.acts import Done, enter
from motcua.core.registers.declaration import RegisterDeclaration
from motcua.core.registers.preparing import Order
from motcua.core.registers.reading import read
from motcua.core.registers.tests.samples import SITES, SPANS

HERE = "21.0285, 105.8542"
LINE = "21.0285, 105.8542\n21.0300, 105.8600"


@dataclass
class Kept:
    """The world with its registers, and a short way to enter into them."""

    world: World
    sites: RegisterDeclaration
    spans: RegisterDeclaration

    @property
    def keeper(self):
        return self.world.officers["specialist"]

    def site(self, code: str = "HN-1", *, who: str = "specialist", key=None, **more) -> Done:
        """Enter a mast for the department."""
        at, since = more.pop("at", MONDAY), more.pop("since", None)
        shape = more.pop("geometry", HERE)
        return enter(
            actor=self.world.officers[who],
            at=at,
            declaration=self.sites,
            agency_id=more.pop("agency_id", self.world.department.pk),
            order=Order({"code": code, **more}, shape, since),
            key=key,
        )

    def span(self, name: str, begins: str, **more) -> Done:
        """Enter a span from a mast."""
        return enter(
            actor=self.keeper,
            at=MONDAY,
            declaration=self.spans,
            agency_id=self.world.department.pk,
            order=Order({"name": name, "begins": begins, **more}, LINE),
            key=None,
        )


def declared() -> dict[str, RegisterDeclaration]:
    """Give the two registers as a running house would have them."""
    return {
        "trial_sites": read(SITES, key="trial_sites", system="trial"),
        "trial_spans": read(SPANS, key="trial_spans", system="trial"),
    }


@pytest.fixture
def registers(monkeypatch) -> dict[str, RegisterDeclaration]:
    found = declared()
    monkeypatch.setattr(loading, "_all", lambda _packages: found)
    return found


@pytest.fixture
def kept(db, registers) -> Kept:
    return Kept(make_world(), *registers.values())
