"""A made-up city whose department deals with advertising numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Competence
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.tests.sharing import shared_world
from motcua.core.dossiers.tests.world import MONDAY, World, add_officer, make_world, publish
from motcua.core.official.models import OutgoingDocument
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.core.registers.acts import enter
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order
from motcua.systems.antispam import actions
from motcua.systems.antispam.models import Case, Letter
from motcua.systems.antispam.queries import CASES
from motcua.systems.antispam.rules import Opened

SEEN = {
    "number": "0912345678",
    "kind": "advert",
    "place": "Cột điện số 1 phố Mẫu",
    "street": "Phố Mẫu",
    "text": "Khoan cắt bê tông",
    "seen_on": "2026-10-30",
}
TO_NO_SHOW = ("verify", "invite", "absent")
LATER = MONDAY + datetime.timedelta(days=1)


@dataclass
class Desk:
    """The world, and short ways of the specialist in it."""

    world: World
    at: datetime.datetime = MONDAY

    @property
    def actor(self) -> Actor:
        return self.world.officers["specialist"]

    @property
    def agency_id(self) -> int:
        return self.world.department.pk

    def keep(self, register: str, values: dict, shape: object = None):
        """Enter a record."""
        return enter(
            actor=self.actor,
            at=self.at,
            declaration=register_of(register),
            agency_id=self.agency_id,
            order=Order(values, shape),
            key=None,
        )

    def see(self, number: str = SEEN["number"], **more):
        """Note a sighting."""
        return self.keep("sightings", {**SEEN, "number": number, **more})

    def open(self) -> Opened:
        return actions.open_cases(actor=self.actor, at=self.at, agency_id=self.agency_id)

    def move(self, case: Case, *names: str, reason: str = "Vì") -> None:
        """Make moves of a case."""
        for name in names:
            move(
                actor=self.actor,
                at=self.at,
                dossier_id=case.dossier_id,
                order=MoveOrder(move=name, reason=reason),
                key=None,
            )

    def to_ask(self, *numbers: str, **more) -> list[Case]:
        """Bring a case of each number to where nobody came."""
        for number in numbers:
            self.see(number, **more)
        self.open()
        cases = list(Case.objects.filter(dossier__step="new").order_by("pk"))
        for case in cases:
            self.move(case, *TO_NO_SHOW)
        return cases

    def draft(self) -> list[Letter]:
        return actions.draft_letters(actor=self.actor, at=self.at, agency_id=self.agency_id)

    def issue(self, letter: Letter, number: int = 31) -> None:
        """Let the document of a letter be issued today, as signing and numbering would."""
        told = {"number": number, "year": 2026, "signs": "SKHCN", "issued_on": self.at.date()}
        OutgoingDocument.objects.filter(pk=letter.document_id).update(state="issued", **told)

    def send(self, letter: Letter) -> Letter:
        """Take the cases of a letter on, once its document is issued."""
        return actions.send_letter(actor=self.actor, at=self.at, letter_id=letter.pk)

    def sent(self, letter: Letter) -> Letter:
        self.issue(letter)
        return self.send(letter)

    def answer(self, letter: Letter, *answers: tuple[str, str]) -> int:
        """Take in what an operator answers today."""
        return actions.take_answers(
            actor=self.actor,
            at=self.at,
            letter_id=letter.pk,
            answers=[actions.Answer(number, result, self.at.date()) for number, result in answers],
        )

    def step(self, case: Case) -> str:
        return Dossier.objects.get(pk=case.dossier_id).step

    def later(self) -> Desk:
        return replace(self, at=LATER)


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def specialist(world):
    return world.officers["specialist"]


def settled(world: World) -> Desk:
    """Publish the procedure in a world, appoint who signs, and tell two ranges of numbers."""
    text = load("motcua.systems.antispam").procedures[f"{CASES}.toml"]
    publish(read(text, system="antispam"))
    Competence.objects.create(
        agency=world.department, procedure=CASES, valid_from=datetime.date(2020, 1, 1)
    )
    world.officers["director"] = add_officer("director", world.department, "leader")
    found = Desk(world)
    for prefix, operator in (("091", "vnpt"), ("097", "viettel")):
        found.keep("number_ranges", {"prefix": prefix, "operator": operator})
    return found


@pytest.fixture
def desk(world) -> Desk:
    return settled(world)


@pytest.fixture
def shared(transactional_db, tmp_path) -> Iterator[Desk]:
    with shared_world(tmp_path) as world:
        yield settled(world)
