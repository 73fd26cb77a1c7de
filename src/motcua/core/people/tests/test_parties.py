"""What is said of an applicant, how it is kept, and that it reads back as it was committed to."""

from __future__ import annotations

import datetime
import unicodedata

import pytest

from motcua.core.people import parties
from motcua.core.people.models import Account, Party
from motcua.core.people.numbers import NumberUnreadable, number_hash, open_number, seal_number
from motcua.core.sql import act
from motcua.kernel.errors import Invalid

ON = datetime.date(2026, 11, 2)
FULL = {
    "name": "  Nguyễn Trường  Đạt ",
    "kind": "person",
    "number": "079203004567",
    "phone": "0912 345 678",
    "email": "dat@example.vn",
    "address": "12 Hàng Bài",
}


def stated(**said) -> parties.Applicant:
    return parties.stated({**FULL, **said}, on=ON)


def test_what_is_said_gets_one_spelling():
    applicant = stated(name=unicodedata.normalize("NFD", "Nguyễn Trường Đạt"))
    assert applicant.name == "Nguyễn Trường Đạt"
    assert (applicant.phone, applicant.phone_as_given) == ("+84912345678", "0912 345 678")


def test_every_fault_is_told_at_once():
    with pytest.raises(Invalid) as caught:
        parties.stated({"email": "x", "odd": 1, "number": "1"}, on=ON)
    assert caught.value.problems.keys() == {
        "applicant.name",
        "applicant.phone",
        "applicant.email",
        "applicant.odd",
        "applicant.number",
    }


@pytest.mark.django_db
def test_a_kept_party_reads_back_as_it_was_committed_to():
    applicant = stated()
    with act() as tx:
        number = parties.add(tx, applicant)
    assert parties.as_stated(Party.objects.get(pk=number)) == applicant.committed()


@pytest.mark.django_db
def test_the_number_is_found_but_not_read_in_the_table():
    with act() as tx:
        parties.add(tx, stated())
    row = Party.objects.get(number_hash=number_hash("079203004567"))
    assert b"079203004567" not in bytes(row.number_cipher)
    assert open_number(row.number_cipher) == "079203004567"


@pytest.mark.parametrize("number", ["", "079203004567"])
def test_a_personal_number_that_serves_as_tax_code_is_not_read_in_the_table_either(number):
    applicant = stated(number=number, tax_code="0792 0300 4567")
    assert (applicant.number, applicant.tax_code) == ("079203004567", "")


def test_a_tax_code_that_is_the_number_of_another_is_refused():
    with pytest.raises(Invalid) as caught:
        stated(tax_code="001199012345")
    assert caught.value.problems["applicant.tax_code"].code == "people.tax_code_of_another"


def test_the_same_number_is_never_the_same_cipher():
    assert seal_number("079203004567") != seal_number("079203004567")


@pytest.mark.parametrize("cipher", [b"", b"x", b"x" * 40])
def test_what_this_house_did_not_seal_is_named(cipher):
    with pytest.raises(NumberUnreadable):
        open_number(cipher)


@pytest.mark.django_db
def test_a_sign_in_name_is_found_whatever_its_case():
    Account.objects.create(username="Dat")
    assert Account.objects.get_by_natural_key("dAT").username == "Dat"
