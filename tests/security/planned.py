"""What stands beside the dossiers of the planted house: editions, an area that ends, a number."""

from __future__ import annotations

import datetime

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.core.areas.models import Area, Province
from motcua.core.areas.models import Succession as Becoming
from motcua.core.catalogue.proposing import prepare, submit
from motcua.core.catalogue.tests.conftest import taken_in
from motcua.core.catalogue.tests.samples import facts
from motcua.core.dossiers.tests.world import MONDAY, World
from motcua.core.now import now
from motcua.core.queueing.actions import take_number

EDITED, HANDED_IN = "1.900010", "1.900011"
"""Procedures of the catalogue of which an edition is being prepared, or waits for a head."""


def editions(world: World) -> None:
    """Let an officer prepare two editions, and hand one of them in."""
    for key in (EDITED, HANDED_IN):
        taken_in(facts(code=key))
        act = {"actor": world.officers["specialist"], "at": MONDAY, "key": key, "request": None}
        prepare(**act)
    submit(**act, revision=1)


def number_of_today(agency_id: int) -> int:
    """Take a number at a counter today, whatever day that is."""
    return take_number(agency_id=agency_id, at=now(), key="planted")


def ward_that_ends(old_agency: int, new_agency: int) -> None:
    """Let an area pass to another, so that a plan of a reform can be proposed from it."""
    on = datetime.date(2027, 6, 1)
    province = Province.objects.create(code="01", name_vi="Hà Nội", agency_code="H26")
    told = {"province": province, "tier": "commune", "kind": "phường"}
    old = Area.objects.create(**told, unit_id="old", name="Cũ", valid_to=on)
    new = Area.objects.create(**told, unit_id="new", name="Mới", valid_from=on)
    Becoming.objects.create(date=on, old=old, new=new, share="whole", main=True)
    Agency.objects.filter(pk=old_agency).update(area=old.unit_id)
    Agency.objects.filter(pk=new_agency).update(area=new.unit_id)
    forget_tree()
