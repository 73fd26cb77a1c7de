"""The made-up world, with a district that ends; a ward and a department follow it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from motcua.core.access import actors, totals
from motcua.core.access.actors import Actor, house
from motcua.core.agencies import heirs
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.world import MONDAY, World
from motcua.core.facts import tallies
from motcua.core.ledger.append import append_to_house
from motcua.core.ledger.verify import verify
from motcua.core.people.models import Officer
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import plan
from motcua.core.reform.reconcile import check_reforms
from motcua.core.reform.rules import Order, Seat, Succession
from motcua.core.reform.whole import Report, run
from motcua.core.sql import Tx, act, reading

ON = datetime.date(2026, 11, 16)
"""A Monday, two weeks after the made-up world's first day."""
ZONE = datetime.timezone(datetime.timedelta(hours=7))
DISTRICT, WARD, OTHER = "H26.12", "H26.101", "H26.15"
HOUSE = house("reform")


def dawn(on: datetime.date = ON) -> datetime.datetime:
    return datetime.datetime.combine(on, datetime.time(), tzinfo=ZONE)


@dataclass
class City:
    """The world, its reform, and what every test of it ends with."""

    world: World
    on: datetime.date = ON
    ward: Agency = field(init=False)
    other: Agency = field(init=False)

    def __post_init__(self) -> None:
        row = Agency.objects.get(code=DISTRICT)
        row.name_vi, row.tier = "UBND quận Ba Đình", "district"
        row.save()
        self.other = Agency.objects.get(code=OTHER)
        self.ward = Agency.objects.create(
            code=WARD,
            tier="commune",
            name_vi="UBND phường Ba Đình",
            name_en="Ba Đình ward",
            short_name="Ba Đình",
            parent=self.world.city,
            valid_from=self.on,
        )
        forget_tree()
        _tell_posts()

    def order(self, *successions: Succession, **told) -> Order:
        """Give a plan: the ward takes over, unless told otherwise."""
        general = Succession(DISTRICT, WARD)
        return Order(self.on, "12/NQ-HĐND", successions or (general,), **told)

    def plan(self, *successions: Succession, actor: Actor = HOUSE, at=MONDAY, **told) -> Reform:
        return plan(actor=actor, at=at, order=self.order(*successions, **told))

    def reform(self, *successions: Succession, **told) -> Report:
        """Plan and run on the day."""
        return self.run(self.plan(*successions, **told))

    def run(self, row: Reform, at: datetime.datetime | None = None) -> Report:
        return run(clock=lambda: at or dawn(self.on), reform_id=row.pk)

    def officer(self, who: str, on: datetime.date | None = None) -> Actor:
        """Give an officer with the posts of the reform's day."""
        return actors.officer(self.world.officer_id(who), who, on or self.on)

    def move(self, done: Done, who: str, name: str, *, hours: float = 9, **wishes) -> Done:
        """Make a move so many hours into the reform's day."""
        begin = (dawn(self.on) - MONDAY) / datetime.timedelta(hours=1)
        return self.world.move(done, self.officer(who), name, hours=begin + hours, **wishes)

    def row(self, done: Done) -> Dossier:
        return Dossier.objects.get(pk=done.dossier_id)


def seat(who: str, heir: str = "", **told) -> Seat:
    return Seat(who, heir, **told)


@contextmanager
def unaware() -> Iterator[None]:
    """Act as a process does that does not know of the reform yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(heirs, "_heirs", dict)
        yield


def findings() -> list[str]:
    """Every disagreement there is, without the version that tests publish past the house."""
    found = [*check_state(), *check_reforms()]
    found += [one for one in check_house() if " version " not in one.en]
    found += verify(tx=reading(), at=dawn(), state_checks=()).findings
    counts = [str(one) for one in (*tallies.reconcile().items(), *totals.reconcile().items())]
    return [f"{one.code} {one.stream} {one.en}" for one in found] + counts


def appointed(who: str, post: str, agency: Agency) -> Actor:
    """Give a new officer who holds a post, as the house tells."""
    officer = Officer.objects.create(name=who, staff_number=who)
    row = Appointment.objects.create(
        officer=officer, agency=agency, post=post, valid_from=datetime.date(2020, 1, 1)
    )
    with act() as tx:
        _tell_post(tx, row)
    return actors.officer(officer.pk, who, MONDAY.date())


def _tell_posts() -> None:
    """Let the house tell of the appointments that the world made without it."""
    with act() as tx:
        for row in Appointment.objects.select_related("agency").order_by("pk"):
            _tell_post(tx, row)


def _tell_post(tx: Tx, row: Appointment) -> None:
    told: dict[str, object] = {
        "officer": row.officer_id,
        "agency": row.agency.code,
        "post": row.post,
        "from": row.valid_from.isoformat(),
        "reads": row.reads_agency,
    }
    append_to_house(tx, act="appoint", at=MONDAY, actor="system:setup", data=told)
