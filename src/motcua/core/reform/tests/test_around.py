"""What happens around the day: the last minute before it, numbers, erasure, plans of yesterday."""

from __future__ import annotations

import datetime

from motcua.core.agencies.models import Agency
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.unchanged import unchanged
from motcua.core.facts.models import Fact
from motcua.core.reform.rules import Founding, Succession
from motcua.core.reform.tests.city import DISTRICT, dawn, findings

MINUTE = datetime.timedelta(minutes=1)
RENAMED = Founding(DISTRICT, "H26", "commune", "UBND xã Mới", "New", "Mới")


def test_what_comes_in_the_minute_before_keeps_its_code_and_day_at_the_heir(city):
    row = city.plan()
    done = city.world.take_in(at=dawn() - MINUTE)
    assert city.run(row).moved == 1
    found = city.row(done)
    assert found.code == done.code == "H26.12-261115-0001"
    assert (found.due_at, found.holding_agency_id) == (done.due_at, city.ward.pk)
    facts = Fact.objects.filter(dossier_id=done.dossier_id).order_by("began_at")
    district = city.world.department.pk
    assert [one.agency_id for one in facts] == [district, city.ward.pk]
    assert {one.receiving_agency_id for one in facts} == {district}
    assert findings() == []


def test_an_agency_that_goes_on_under_its_code_gives_no_code_twice(city):
    waiting = city.world.file()  # with the old one, and received by the new one
    city.reform(Succession(DISTRICT, DISTRICT, kind="renamed"), founds=(RENAMED,))
    new = Agency.objects.get(code=DISTRICT, valid_to=None)
    fresh = city.world.file(agency_id=new.pk, at=dawn())
    codes = [city.move(one, "counter", "receive").code for one in (waiting, fresh)]
    assert codes == ["H26.12-261116-0001", "H26.12-261116-0002"]
    assert findings() == []


def test_what_was_filed_before_and_is_received_after_has_the_heirs_code(city):
    waiting = city.world.file()
    city.reform()
    assert city.move(waiting, "counter", "receive").code == "H26.101-261116-0001"
    assert city.row(waiting).receiving_agency_id == city.world.department.pk
    assert findings() == []


def test_what_has_ended_is_left_alone(city):
    done = city.world.to("returned")
    row = city.plan()
    city.run(row)
    with unchanged():
        city.run(row)
    assert Dossier.objects.get(pk=done.dossier_id).holding_agency_id == city.world.department.pk


def test_a_plan_whose_day_went_by_while_the_house_was_down_is_carried_out_late(city):
    done = city.world.take_in()
    row = city.plan()
    late = dawn() + datetime.timedelta(days=3, hours=2)
    assert city.run(row, at=late).moved == 1
    row.refresh_from_db()
    assert row.in_force_at == late
    assert Agency.objects.get(code=DISTRICT).valid_to == city.on  # as the document says
    assert city.row(done).due_at == done.due_at
    assert findings() == []
