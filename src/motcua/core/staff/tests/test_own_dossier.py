"""Nobody has a hand in their own dossier, whatever post they hold or were lent."""

from __future__ import annotations

import pytest

from motcua.core.access.rows import sees, visible
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.house import check_house
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import OfficerIsParty
from motcua.core.dossiers.queries import Filter, dossiers, find_one, worklist
from motcua.core.dossiers.rules import NotYours, OwnDossier
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.people.models import Interest
from motcua.core.sql import reading
from motcua.core.staff.heads import NotTheirHead
from motcua.core.staff.interests import UnknownInterest, declare_interest, end_interest
from motcua.core.staff.tests.lent import NUMBER, again, lend

MINE = {"number": NUMBER, "name": "Trần Thị Thử Nghiệm", "phone": "0912345678"}
FIRM = {**MINE, "number": "", "tax_code": "0100109106", "kind": "enterprise"}


def declare(world, who, kind="self", number=NUMBER, *, by=None, key=None) -> int:
    return declare_interest(
        actor=world.officers[by or who],
        at=MONDAY,
        officer_id=world.officer_id(who),
        kind=kind,
        number=number,
        key=key,
    )


@pytest.mark.parametrize(
    ("kind", "number", "applicant"),
    [("self", NUMBER, MINE), ("relative", NUMBER, MINE), ("firm", "0100109106", FIRM)],
)
def test_no_move_in_a_dossier_of_ones_own(world, kind, number, applicant):
    done = world.to("appraise", applicant=applicant)
    other = world.to("appraise")
    declare(world, "specialist", kind, number)
    me = again(world, "specialist")
    for move in ("submit", "refuse", "consult", "supplement", "hand_over"):
        with pytest.raises(OwnDossier):
            world.move(done, me, move, hours=6, reason="Lý do.", legs=())
    world.move(other, me, "submit", hours=6)


def test_one_reads_of_ones_own_dossier_what_an_applicant_reads(world):
    done = world.to("appraise", applicant=MINE)
    declare(world, "unit_head")
    me = again(world, "unit_head")
    assert not sees(reading(), me, done.dossier_id)
    assert not visible(Dossier.objects.all(), me).exists()
    assert dossiers(me, Filter()).total == 0
    assert not worklist(me).exists()
    with pytest.raises(OwnDossier):
        find_one(me, done.code)
    declare(world, "police", "relative")
    police = again(world, "police")
    with pytest.raises(NotFound):  # who would not see it anyhow is told nothing
        find_one(police, done.code)
    assert find_one(world.applicant(done), done.code).id == done.dossier_id


def test_no_way_round_by_lent_powers(world):
    done = world.to("check", applicant=MINE)
    declare(world, "second")
    lend(world, "unit_head", "second")
    with pytest.raises(OwnDossier):
        world.move(done, again(world, "second"), "agree", hours=6)
    declare(world, "unit_head", "relative")
    lend(world, "unit_head", "specialist")
    with pytest.raises((NotYours, NotFound)):  # what the giver may not do, nobody may for them
        world.move(done, again(world, "specialist"), "agree", hours=6)


def test_nobody_takes_in_their_own(world):
    declare(world, "counter")
    with pytest.raises(OwnDossier):
        world.take_in(applicant=MINE)
    assert not Dossier.objects.exists()
    world.take_in()


def test_nobody_is_given_their_own(world):
    done = world.to("assign", applicant=MINE)
    declare(world, "specialist")
    with pytest.raises(OfficerIsParty):
        world.move(done, "unit_head", "assign", officer_id=world.officer_id("specialist"), hours=6)
    world.move(done, "unit_head", "assign", officer_id=world.officer_id("second"), hours=6)


def test_a_declaration_ends_but_ones_own_number_only_by_the_head(world):
    done = world.to("appraise", applicant=MINE)
    number = declare(world, "specialist", key="k")
    assert declare(world, "specialist", key="k") == number
    me = world.officers["specialist"]
    with pytest.raises(UnknownInterest):
        end_interest(actor=me, at=MONDAY, interest_id=number, key=None)
    end_interest(actor=world.officers["unit_head"], at=MONDAY, interest_id=number, key=None)
    assert sees(reading(), again(world, "specialist"), done.dossier_id)
    with pytest.raises(NotTheirHead):
        declare(world, "specialist", by="second")
    assert list(check_house()) == []


def test_a_declaration_of_another_is_not_there_for_who_does_not_head_them(world):
    number = declare(world, "specialist")
    for one in (number, 987_654):
        with pytest.raises(UnknownInterest):
            end_interest(actor=world.officers["other_head"], at=MONDAY, interest_id=one, key=None)
    assert not Interest.objects.get().ended


def test_a_declaration_changed_behind_the_acts_is_found(world):
    declare(world, "specialist")
    assert NUMBER.encode() not in bytes(Interest.objects.get().number_cipher)
    Interest.objects.update(number_hash=b"0" * 32)
    assert {one.code for one in check_house()} == {"state.house_differs"}


def test_nobody_takes_in_for_the_one_they_stand_in_for(world):
    declare(world, "counter")
    lend(world, "counter", "second")
    filing = world.filing(channel="counter", applicant=MINE)
    with pytest.raises(OwnDossier):
        file(actor=again(world, "second"), at=MONDAY, filing=filing, key=None, take_in=True)
