"""Too many faulty records open one dossier for the agency that keeps them, and none too many."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest

from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY, publish
from motcua.core.ledger.verify import verify
from motcua.core.procedures.reading import read as read_procedure
from motcua.core.procedures.systems import load
from motcua.core.registers import mending
from motcua.core.registers.declaration import Mending
from motcua.core.registers.faults import UnreadableRegister
from motcua.core.registers.jobs import measure
from motcua.core.registers.mending import Faults, faults_of, mended, open_where_due
from motcua.core.registers.reading import read
from motcua.core.registers.tests.conftest import Kept
from motcua.core.registers.tests.samples import SITES
from motcua.core.sql import reading

PROCEDURE = "9.000034"
TUESDAY = MONDAY + datetime.timedelta(days=1)


@pytest.fixture
def watched(kept, registers) -> Kept:
    return watch(kept, registers)


def watch(kept: Kept, registers) -> Kept:
    text = load("motcua.systems.one_stop").procedures[f"{PROCEDURE}.toml"]
    publish(read_procedure(text, system="one_stop"))
    kept.sites = replace(kept.sites, mending=Mending(PROCEDURE, 40))
    registers["trial_sites"] = kept.sites
    return kept


def whole(kept: Kept, code: str, **more):
    return kept.site(code, height=30, **more)


def do(kept: Kept, dossier: Dossier, who: str, *moves: str, reason: str = "", at=TUESDAY) -> None:
    for name in moves:
        actor = kept.world.officers[who]
        order = MoveOrder(move=name, reason=reason)
        move(actor=actor, at=at, dossier_id=dossier.pk, order=order, key=None)


def test_above_the_share_a_dossier_says_what_was_counted(watched):
    whole(watched, "A", operator="red")
    watched.site("B")
    whole(watched, "C", operator="red", on_air="2030-01-01")
    assert len(open_where_due(MONDAY)) == 1
    dossier = Dossier.objects.get()
    assert (dossier.channel, dossier.state) == ("schedule", "submitted")
    assert dossier.receiving_agency == watched.world.department
    told = json.loads(dossier.fields)
    counted = {key: int(told[key]) for key in ("total", "faulty", "incomplete", "broken", "stale")}
    assert counted == {"total": 3, "faulty": 2, "incomplete": 1, "broken": 1, "stale": 0}
    assert (told["register"], told["first"].split()) == ("Cột thử", ["B", "C"])


def test_at_or_below_the_share_nothing_happens(watched):
    for code in "ABC":
        whole(watched, code)
    for code in "DE":
        watched.site(code)  # 40 of 100, and not above
    assert open_where_due(MONDAY) == []
    assert not Dossier.objects.exists()


def test_what_was_long_not_confirmed_is_faulty_too(watched):
    whole(watched, "A")
    assert open_where_due(MONDAY) == []
    late = MONDAY + datetime.timedelta(days=90)
    assert len(open_where_due(late)) == 1
    assert [one.by["stale"] for one in faults_of(watched.sites, late.date())] == [1]


def test_while_one_is_open_there_is_no_other_and_once_it_is_done_there_may_be(watched):
    watched.site("A")
    assert [len(open_where_due(MONDAY)) for _ in range(2)] == [1, 0]
    dossier = Dossier.objects.get()
    do(watched, dossier, "specialist", "take", "tell_mended")
    assert open_where_due(TUESDAY) == []
    do(watched, dossier, "unit_head", "confirm")
    dossier.refresh_from_db()
    assert (dossier.closed, dossier.outcome) == (True, "granted")
    assert dossier.due_at is not None
    assert len(open_where_due(TUESDAY)) == 1  # for it was not mended at all
    assert verify(tx=reading(), at=TUESDAY).findings == ()


def test_what_a_head_left_as_it_is_rests_for_a_month(watched):
    watched.site("A")
    open_where_due(MONDAY)
    do(watched, Dossier.objects.get(), "specialist", "take")
    do(watched, Dossier.objects.get(), "unit_head", "leave", reason="Chờ đo lại")
    assert open_where_due(TUESDAY + datetime.timedelta(days=29)) == []
    assert len(open_where_due(TUESDAY + datetime.timedelta(days=31))) == 1


def test_each_agency_has_its_own(watched):
    watched.site("A")
    for code in "BC":
        whole(watched, code)
    other = watched.world.officers["other_specialist"]
    watched.site("X", who="other_specialist", agency_id=other.posts[0].agency_id)
    assert len(open_where_due(MONDAY)) == 1
    assert Dossier.objects.get().receiving_agency.code == "H26.15"


def test_retired_records_and_registers_that_say_nothing_count_for_nothing(watched):
    site = watched.site("A", height=20)
    watched.span("S", f"#{site.record_id}")
    assert [len(faults_of(one, MONDAY.date())) for one in (watched.sites, watched.spans)] == [1, 1]
    assert list(mended(watched.spans)) == []
    assert open_where_due(MONDAY) == []


def test_a_procedure_that_is_not_published_opens_nothing(watched, registers):
    registers["trial_sites"] = replace(watched.sites, mending=Mending("9.999999", 1))
    watched.site("A")
    assert open_where_due(MONDAY) == []


def test_where_nobody_could_take_it_nothing_is_opened(watched):
    watched.site("A")
    Appointment.objects.filter(post="specialist").update(valid_to=MONDAY.date())
    assert open_where_due(TUESDAY) == []


def test_the_job_measures_and_opens(watched):
    watched.site("A")
    measure({}, at=MONDAY)
    assert mended(watched.sites).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_opens_it(transactional_db, tmp_path, registers):
    with shared_world(tmp_path) as world:
        kept = watch(Kept(world, *registers.values()), registers)
        kept.site("A")
        answers = together(*[lambda: open_where_due(MONDAY)] * 4)
        assert len({number for one in answers for number in one}) == 1
        assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("faulty", "total", "over"), [(1, 100, False), (2, 100, True), (1, 1, True)]
)
def test_the_share_is_of_those_in_use(faulty, total, over):
    assert Faults(1, total, faulty, {}).exceeds(1) is over


@pytest.mark.parametrize("over", [0, 100, -3])
def test_a_share_that_can_never_or_always_be_exceeded_is_refused(over):
    text = f'mending = {{ procedure = "{PROCEDURE}", over = {over} }}\n{SITES}'
    with pytest.raises(UnreadableRegister):
        read(text, key="trial_sites", system="trial")


def test_it_acts_as_the_house():
    assert mending.ACTOR.is_house


def test_an_earlier_one_that_was_erased_keeps_no_later_one_from_being_opened(watched):
    watched.site("A")
    days = [MONDAY + datetime.timedelta(days=number) for number in range(3)]
    for at in days[:2]:
        (opened,) = open_where_due(at)
        dossier = Dossier.objects.get(pk=opened)
        do(watched, dossier, "specialist", "take", "tell_mended", at=at)
        do(watched, dossier, "unit_head", "confirm", at=at)
    Dossier.objects.order_by("pk")[0].indexed_fields.all().delete()  # as erasing it does
    assert len(open_where_due(days[2])) == 1
