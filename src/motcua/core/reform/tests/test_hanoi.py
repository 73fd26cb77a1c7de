"""The whole of 1/7/2025: 30 districts and 526 communes of Hanoi end, 126 communes go on.

The plan is drawn up from the shipped rows of what became of each unit.
"""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access import actors
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree, tree
from motcua.core.areas.importing import folder_of, import_areas
from motcua.core.areas.models import Area, Succession
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.tests.world import World, make_world
from motcua.core.people.models import Officer
from motcua.core.reform.drawing import draft
from motcua.core.reform.planning import plan
from motcua.core.reform.preview import preview
from motcua.core.reform.rules import Order
from motcua.core.reform.tests.city import HOUSE, ZONE, City, dawn, findings
from motcua.core.reform.whole import run

ON = datetime.date(2025, 7, 1)
RECEIVED = datetime.datetime(2025, 6, 20, 9, tzinfo=ZONE)
POSTS = ("counter", "unit_head")
EVE = ON - datetime.timedelta(days=1)


def units() -> list[Area]:
    """The units that live on the day or the evening before, larger ones first."""
    found = [
        one for one in Area.objects.select_related("parent") if one.lives(EVE) or one.lives(ON)
    ]
    return sorted(found, key=lambda one: (one.tier != "district", one.unit_id))


def agencies(world: World) -> dict[str, Agency]:
    """A people's committee for each unit, by the unit's number."""
    made: dict[str, Agency] = {}
    for number, one in enumerate(units()):
        made[one.unit_id] = Agency.objects.create(
            code=f"H26.{200 + number // 100}.{number % 100:02}",
            tier=one.tier,
            name_vi=f"UBND {one.full_name}",
            name_en=one.name,
            short_name=one.name,
            parent=made[one.parent.unit_id] if one.parent else world.city,
            area=one.unit_id,
            valid_from=one.valid_from,
        )
    return made


def staff(made: dict[str, Agency]) -> dict[int, int]:
    """An officer for each post of every agency that is there in June; the counters, by agency."""
    old = [one for one in made.values() if str(one.valid_from or "") < "2025-07-01"]
    pairs = [(agency, post) for agency in old for post in POSTS]
    names = [f"{agency.code} {post}"[:30] for agency, post in pairs]
    officers = Officer.objects.bulk_create(Officer(name=n, staff_number=n) for n in names)
    Appointment.objects.bulk_create(
        Appointment(officer=who, agency=agency, post=post, valid_from=datetime.date(2020, 1, 1))
        for who, (agency, post) in zip(officers, pairs, strict=True)
    )
    counters = zip(officers, pairs, strict=True)
    return {agency.pk: who.pk for who, (agency, post) in counters if post == "counter"}


def take_in(world: World, counter: int, agency: Agency, area: str) -> Done:
    actor = actors.officer(counter, "counter", RECEIVED.date())
    filing = world.filing(channel="counter", agency_id=agency.pk, area=area)
    return file(actor=actor, at=RECEIVED, filing=filing, key=None, take_in=True)


def order() -> Order:
    return draft(on=ON, document="Nghị quyết 1656/NQ-UBTVQH15")


def living(tier: str, on: datetime.date) -> int:
    return sum(node.tier == tier and node.code.startswith("H26.2") for node in tree().living(on))


@pytest.fixture
def hanoi(db):
    import_areas(actor="system:test", at=RECEIVED, folder=folder_of("hanoi"))
    world = make_world()
    made = agencies(world)
    counters = staff(made)
    City(world, on=ON)  # the house tells of every appointment
    Agency.objects.filter(code="H26.101").delete()
    Agency.objects.filter(code="H26.12").update(tier="department")
    forget_tree()
    first = {one.parent_id: one.unit_id for one in reversed(units())}
    for one in units():
        agency = made[one.unit_id]
        if agency.pk in counters:
            take_in(world, counters[agency.pk], agency, first.get(one.pk, one.unit_id))
    yield made
    forget_tree()


def test_the_whole_reform_of_hanoi(hanoi):
    told = order()
    new = {one.code for one in hanoi.values() if str(one.valid_from) == "2025-07-01"}
    assert (len(told.ending), {*told.heirs} == new, len(new)) == (556, True, 126)
    assert (living("district", RECEIVED.date()), living("commune", RECEIVED.date())) == (30, 526)
    seen = preview(told)
    assert (seen.faults, seen.warnings, seen.dossiers, len(seen.people)) == ([], [], 556, 1112)
    before = [*Dossier.objects.order_by("pk").values_list("pk", "code", "due_at", "promised_at")]
    row = plan(actor=HOUSE, at=RECEIVED, order=told)
    report = run(clock=lambda: dawn(ON), reform_id=row.pk)
    assert (report.moved, report.refused.total()) == (556, 0)
    after = [*Dossier.objects.order_by("pk").values_list("pk", "code", "due_at", "promised_at")]
    assert after == before
    assert (living("district", ON), living("commune", ON)) == (0, 126)
    assert (living("district", RECEIVED.date()), living("commune", RECEIVED.date())) == (30, 526)
    held = WorkItem.objects.filter(ended_at=None).values_list("agency__code", flat=True)
    assert {*held} <= new
    assert findings() == []


def test_what_a_district_had_goes_where_its_area_goes(hanoi):
    told = order()
    row = plan(actor=HOUSE, at=RECEIVED, order=told)
    run(clock=lambda: dawn(ON), reform_id=row.pk)
    dossier = Dossier.objects.get(receiving_agency=hanoi["hn.d.001.1"])
    heir = Succession.objects.get(old__unit_id=dossier.area, date=ON, main=True).new
    assert dossier.holding_agency_id == hanoi[heir.unit_id].pk
