"""The tree of agencies, and who holds which post on a day."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.powers import powers_of
from motcua.core.agencies.queries import (
    NoSuperior,
    UnknownAgency,
    agency,
    agency_by_code,
    forget_tree,
    holds_post,
    officers_of,
    tree,
)
from motcua.core.people.models import Officer

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 2)
NEXT = datetime.date(2026, 11, 3)


def make(code: str, parent: Agency | None = None, **told) -> Agency:
    names = {"name_vi": f"Cơ quan {code}", "name_en": code, "short_name": code, "tier": "ward"}
    return Agency.objects.create(code=code, parent=parent, **{**names, **told})


@pytest.fixture(autouse=True)
def fresh():
    forget_tree()
    yield
    forget_tree()


def test_a_chain_goes_up_nearest_first():
    top = make("A")
    middle = make("A.1", top)
    leaf = make("A.1.1", middle)
    assert tree().chain(leaf.pk) == (leaf.pk, middle.pk, top.pk)
    assert tree().superior(leaf.pk).id == middle.pk


def test_nobody_is_above_the_top():
    top = make("A")
    with pytest.raises(NoSuperior, match="Cơ quan A"):
        tree().superior(top.pk)


def test_an_agency_made_after_the_tree_was_read_is_found_at_once():
    tree()
    made = make("B")
    assert agency(made.pk).code == agency_by_code("B").code == "B"


def test_an_agency_that_has_ended_is_known_by_id_alone():
    ended = make("C", valid_to=DAY)
    assert agency(ended.pk).valid_to == DAY
    with pytest.raises(UnknownAgency):
        agency_by_code("C")


def test_a_code_passes_to_an_heir_but_lives_once():
    make("D", valid_to=DAY)
    heir = make("D", valid_from=DAY)
    assert agency_by_code("D").id == heir.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        make("D")


def test_a_code_is_of_whoever_lives_on_the_day():
    former, heir = make("F", valid_to=NEXT), make("F", valid_from=NEXT)
    assert agency_by_code("F", on=DAY).id == former.pk
    assert agency_by_code("F", on=NEXT).id == heir.pk
    assert {node.id for node in tree().living(DAY)} == {former.pk}


@pytest.fixture
def held() -> Appointment:
    person = Officer.objects.create(name="Đỗ Hữu Nghĩa", staff_number="1")
    return Appointment.objects.create(
        officer=person, agency=make("E"), post="clerk", valid_from=DAY, valid_to=NEXT
    )


@pytest.mark.parametrize(
    ("on", "holds"), [(DAY - datetime.timedelta(days=1), False), (DAY, True), (NEXT, False)]
)
def test_a_post_is_held_from_its_first_day_to_the_day_before_its_end(held, on, holds):
    assert holds_post(held.officer_id, held.agency_id, "clerk", on) is holds
    assert bool(powers_of(held.officer_id, on).posts) is holds
    assert bool(officers_of(held.agency_id, "clerk", on)) is holds


def test_a_post_is_of_one_agency_and_kind(held):
    assert not holds_post(held.officer_id, held.agency_id, "leader", DAY)
    assert not holds_post(held.officer_id, held.agency_id + 1, "clerk", DAY)
    assert not holds_post(2**70, held.agency_id, "clerk", DAY)


def test_officers_are_listed_by_their_own_name(held):
    for number, name in ((2, "Vũ An"), (3, "Bùi Bình"), (4, "Lê Ân")):
        other = Officer.objects.create(name=name, staff_number=str(number))
        Appointment.objects.create(
            officer=other, agency_id=held.agency_id, post="clerk", valid_from=DAY
        )
    names = [name for _, name in officers_of(held.agency_id, "clerk", DAY)]
    assert names == ["Vũ An", "Lê Ân", "Bùi Bình", "Đỗ Hữu Nghĩa"]
