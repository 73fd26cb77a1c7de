"""Numbers: 1, 2, 3 … of each book and year, in the city's time, whoever comes at once."""

from __future__ import annotations

import datetime
from functools import partial

import pytest
from django.db import connection

from motcua.core.dossiers.tests.sharing import together
from motcua.core.official import numbers
from motcua.core.official.carrying import Done
from motcua.core.official.kinds import KINDS, kind_of
from motcua.core.official.models import NumberBook, OutgoingDocument
from motcua.core.official.rules import abbreviation, number_text, signs_of
from motcua.core.sql import act

EVE = datetime.datetime(2026, 12, 31, 16, 59, tzinfo=datetime.UTC)  # 23:59 in Hanoi


def issue(office, done, at) -> Done:
    return office.move(done, "clerk", "issue", at=at)


def test_there_are_29_kinds_and_their_keys_fit():
    assert len(KINDS) == 29
    assert sum(not one.code for one in KINDS.values()) == 2
    assert max(map(len, KINDS)) <= 10


@pytest.mark.parametrize(
    ("key", "number", "text"),
    [("QĐ", 15, "15/QĐ-STTTT"), ("CV", 123, "123/STTTT-CNTT"), ("CV", 5, "05/STTTT-CNTT")],
)
def test_numbers_are_written_as_the_decree_says(key, number, text):
    agency = abbreviation("Sở Thông tin và Truyền thông")
    assert number_text(number, signs_of(kind_of(key), agency, "CNTT")) == text


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("Sở Khoa học và Công nghệ", "SKHCN"),
        ("Ủy ban nhân dân phường Ba Đình", "UBND"),
        ("Uỷ ban nhân dân thành phố Hà Nội", "UBND"),
    ],
)
def test_signs_of_an_agency_follow_from_its_name(name, signs):
    assert abbreviation(name) == signs


def test_each_book_counts_for_itself_and_begins_anew_on_new_years_day(office):
    letters = [office.signed() for _ in range(3)]
    decision = office.signed(kind="QĐ")
    issue(office, letters[0], EVE)
    issue(office, decision, EVE)
    issue(office, letters[1], EVE)
    issue(office, letters[2], EVE + datetime.timedelta(minutes=1))
    rows = [office.row(one) for one in (*letters, decision)]
    assert [(one.number, one.year) for one in rows] == [(1, 2026), (2, 2026), (1, 2027), (1, 2026)]
    assert rows[2].issued_on == datetime.date(2027, 1, 1)


def test_a_later_number_bears_no_earlier_day(db, office):
    agency, monday = office.world.department.pk, datetime.date(2026, 11, 2)
    with act() as tx:
        book = partial(numbers.take, tx, agency_id=agency, book="CV")
        assert book(on=monday + datetime.timedelta(days=1))[0] == 1
        assert book(on=monday) == (2, monday + datetime.timedelta(days=1))


SIGNERS = 200
CONNECTIONS = 80  # a server takes a hundred: there the clerks take turns at them


@pytest.mark.django_db(transaction=True)
def test_200_clerks_at_once_leave_no_gap_and_no_double(shared):
    """Documents stand signed; what a signature costs is another test's matter."""
    done = [shared.draft() for _ in range(SIGNERS)]
    OutgoingDocument.objects.update(state="signed")
    hands = SIGNERS if connection.vendor == "sqlite" else CONNECTIONS
    at = EVE - datetime.timedelta(days=9)

    def share(some):
        return [issue(shared, one, at) for one in some]

    answers = together(*(partial(share, done[hand::hands]) for hand in range(hands)))
    assert [one for one in answers if not isinstance(one, list)] == []
    given = OutgoingDocument.objects.values_list("number", flat=True)
    assert sorted(given) == list(range(1, SIGNERS + 1))
    assert NumberBook.objects.get().last == SIGNERS


@pytest.mark.django_db(transaction=True)
def test_the_first_numbers_of_a_book_are_asked_for_at_once(shared):
    done = [shared.draft(kind="QĐ") for _ in range(5)]
    OutgoingDocument.objects.update(state="signed")
    together(*(partial(issue, shared, one, EVE) for one in done))
    given = OutgoingDocument.objects.values_list("number", flat=True)
    assert sorted(given) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_twins_of_one_request_take_one_number(shared):
    done = shared.draft()
    OutgoingDocument.objects.update(state="signed")
    works = [partial(shared.move, done, "clerk", "issue", key="k")] * 5
    assert {one.revision for one in together(*works)} == {2}
    assert NumberBook.objects.get().last == 1
