"""An agency bears the signs that a paper gave it, from a day on; until then those of its name."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.official import faults
from motcua.core.official.agency_signs import decide, history, signs_at
from motcua.core.official.models import AgencySigns
from motcua.core.official.reconcile import check_documents
from motcua.core.official.setting import number_line
from motcua.core.official.tests.office import later

DAY = later(0).date()
DAYS = [DAY + datetime.timedelta(days=number) for number in range(9)]


def tell(office, who="director", *, signs="SKHCNHN", since=DAY, key=None, paper="12/QĐ-SKHCN"):
    return decide(
        actor=office.people[who],
        at=later(0),
        agency_id=office.world.department.pk,
        signs=signs,
        since=since,
        document=paper,
        key=key,
    )


def borne(office, on):
    return signs_at(office.world.department.pk, on)


def test_until_somebody_says_otherwise_the_name_gives_the_signs(office):
    assert borne(office, DAY) == "SKHCN"


def test_new_signs_stand_behind_the_numbers_of_their_day_and_later(office):
    before = office.row(office.issued(at=later(-24)))
    tell(office, since=DAYS[2])
    today = office.row(office.issued())
    then = office.row(office.issued(at=later(48)))
    assert [one.signs for one in (before, today, then)] == [
        "SKHCN-CNTT",
        "SKHCN-CNTT",
        "SKHCNHN-CNTT",
    ]
    assert number_line(then, later(48)) == "Số: 03/SKHCNHN-CNTT"
    assert list(check_documents()) == []


def test_what_was_said_of_a_day_to_come_may_be_said_anew(office):
    tell(office, since=DAYS[5])
    tell(office, signs="SKHCN2", since=DAYS[5], paper="13/QĐ-SKHCN")
    assert [borne(office, DAYS[number]) for number in (4, 5, 8)] == ["SKHCN", "SKHCN2", "SKHCN2"]
    assert [one.document for one in history(office.world.department.pk)] == ["13/QĐ-SKHCN"]
    assert list(check_documents()) == []


def test_a_repeat_under_its_key_changes_nothing(office):
    assert tell(office, key="k") == tell(office, key="k")
    assert AgencySigns.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"signs": "skhcn"}, faults.SignsUnclear),
        ({"signs": "SK HCN"}, faults.SignsUnclear),
        ({"signs": "S/K"}, faults.SignsUnclear),
        ({"signs": ""}, faults.SignsUnclear),
        ({"signs": "S" * 21}, faults.SignsUnclear),
        ({"since": DAY - datetime.timedelta(days=1)}, faults.SignsInThePast),
        ({"paper": " "}, faults.SignsWithoutPaper),
        ({"signs": "SKHCN"}, faults.SignsHeldAlready),
        ({"who": "drafter"}, faults.NotYourSigns),
        ({"who": "clerk"}, faults.NotYourSigns),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(office, wrong, fault):
    with pytest.raises(fault):
        tell(office, **wrong)
    assert borne(office, DAY) == "SKHCN"
    assert not AgencySigns.objects.exists()


def test_signs_changed_behind_the_ledgers_back_are_found(office):
    tell(office)
    AgencySigns.objects.update(signs="KHAC")
    assert [one.code for one in check_documents()] == ["state.agency_signs"]
    AgencySigns.objects.all().delete()
    assert [one.code for one in check_documents()] == ["state.agency_signs"]
