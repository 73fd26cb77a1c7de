"""The 12-digit personal number."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.kernel.codes import (
    BirthYearDiffers,
    BornInFuture,
    PersonalNumber,
    PersonalNumberMalformed,
    SexDiffers,
    UnknownProvince,
    mask,
)

TODAY = date(2026, 11, 23)


def read(text, on=TODAY):
    return PersonalNumber.parse(text, on=on)


@pytest.mark.parametrize(
    ("text", "province", "sex", "year"),
    [
        ("001199012345", "Hà Nội", "female", 1999),
        ("001089000001", "Hà Nội", "male", 1989),
        ("079303012345", "Thành phố Hồ Chí Minh", "female", 2003),
    ],
)
def test_a_number_tells_province_sex_and_year(text, province, sex, year):
    number = read(text)
    assert (number.province, number.sex, number.birth_year) == (province, sex, year)
    assert number.warnings() == ()


@pytest.mark.parametrize("text", ["001227000001", "001599000001"])
def test_a_birth_after_the_day_of_the_check_is_refused(text):
    with pytest.raises(BornInFuture):
        read(text)


def test_the_day_of_the_check_is_given():
    assert read("001227000001", on=date(2027, 1, 1)).birth_year == 2027


def test_an_unknown_province_is_only_a_warning():
    number = read("099090000001")
    assert number.province is None
    assert [type(warning) for warning in number.warnings()] == [UnknownProvince]
    assert number.warnings()[0].details == {"code": "099"}


@pytest.mark.parametrize("text", ["", "00119901234", "0011990123456", "00119901234x", "٠" * 12])
def test_other_shapes_are_refused_without_showing_them(text):
    with pytest.raises(PersonalNumberMalformed) as caught:
        read(text)
    assert caught.value.details == {}


def test_spaces_between_digits_are_forgiven():
    assert read(" 001 199 012 345 ").digits == "001199012345"


@pytest.mark.parametrize("born", [date(1999, 5, 1), 1999, None])
def test_agreement_with_the_stated_birth(born):
    assert read("001199012345").mismatches(born=born, sex="female") == ()


def test_contradictions_are_listed_together():
    found = read("001199012345").mismatches(born=date(1998, 5, 1), sex="male")
    assert [type(each) for each in found] == [BirthYearDiffers, SexDiffers]
    assert "1999" in found[0].text("vi")


def test_only_the_masked_number_is_shown():
    number = read("001199012345")
    assert number.mask() == "001********345"
    assert repr(number) == "PersonalNumber(001********345)"
    assert mask("012345678") == "********678"
