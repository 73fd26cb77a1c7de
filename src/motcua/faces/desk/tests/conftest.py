"""The made-up world with accounts, a client for each officer, and a clock that stands still."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.faces.desk import doors
from motcua.faces.desk.tests.names import NAMES
from motcua.faces.ui import context


@dataclass
class Desk:
    """The world as officers see it in a browser."""

    world: World
    patch: pytest.MonkeyPatch

    def at(self, hours: float) -> None:
        """Put the clock of the doors some hours after Monday morning."""
        for door in (doors, context):
            self.patch.setattr(door, "now", lambda: MONDAY + datetime.timedelta(hours=hours))

    def as_(self, who: str) -> Client:
        """Give a browser in which an officer has signed in."""
        account = account_of(who, self.world.officer_id(who))
        return signed_in(Client(), account, at=doors.now())

    def get(self, who: str, path: str) -> HttpResponse:
        """Open a page as an officer."""
        return self.as_(who).get(path)

    def send(self, who: str, done: Done, name: str, **sent: object) -> HttpResponse:
        """Send the form of a move as the page of this revision would."""
        told = {"key": f"{name}-1", "revision": done.revision, **sent}
        return self.as_(who).post(f"/ban/ho-so/{done.code or done.lookup}/{name}", told)

    def received(self, **wishes: object) -> Done:
        """Take a dossier in and give it to the specialist, if no other officer is wished."""
        done = self.world.take_in()
        wishes.setdefault("officer_id", self.world.officer_id("specialist"))
        return self.world.move(done, "unit_head", "assign", hours=1, **wishes)


@pytest.fixture
def desk(db, monkeypatch) -> Desk:
    found = Desk(make_world(), monkeypatch)
    found.at(2)
    return found


@pytest.fixture
def six(desk) -> dict[str, Done]:
    """Six dossiers of people whose names tell orders apart."""
    phone = "0987654321"
    taken = [desk.world.take_in(applicant={"name": name, "phone": phone}) for name in NAMES]
    return dict(zip(NAMES, taken, strict=True))
