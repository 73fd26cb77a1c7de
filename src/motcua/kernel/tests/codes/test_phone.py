"""Telephone numbers of today and of before the renumberings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.codes import Phone, PhoneInvalid
from motcua.kernel.codes.numbering import AREAS


@pytest.mark.parametrize(
    "raw",
    [
        "0912345678",
        "+84912345678",
        "84912345678",
        "0084 912 345 678",
        "912345678",
        "+84 (0)912.345-678",
    ],
)
def test_one_mobile_has_one_spelling(raw):
    assert Phone.parse(raw) == Phone(raw, "+84912345678", "mobile")


@pytest.mark.parametrize(
    ("raw", "number", "kind"),
    [
        ("01681234567", "+84381234567", "mobile"),
        ("+84 168 123 4567", "+84381234567", "mobile"),
        ("02438251234", "+842438251234", "fixed"),
        ("024 3825 1234", "+842438251234", "fixed"),
        ("0438251234", "+842438251234", "fixed"),
        ("(04) 3825.1234", "+842438251234", "fixed"),
        ("0511 3821 234", "+842363821234", "fixed"),
        ("+81 3-3580-3311", "+81335803311", "foreign"),
    ],
)
def test_old_and_foreign_numbers(raw, number, kind):
    phone = Phone.parse(raw)
    assert (phone.raw, phone.number, phone.kind) == (raw, number, kind)


@pytest.mark.parametrize(
    "raw", ["1022", "113", "156", "5656", "1800 5454", "1900545454", "+84 1900 6600"]
)
def test_services_keep_what_one_dials(raw):
    phone = Phone.parse(raw)
    assert phone.kind == "service"
    assert phone.number == raw.removeprefix("+84").replace(" ", "")


@pytest.mark.parametrize(
    "raw",
    ["", "abc", "0912", "09123456789", "0812345678 máy lẻ 2", "1023", "18001", "+84", "0112345678"],
)
def test_what_cannot_be_called_is_refused(raw):
    with pytest.raises(PhoneInvalid):
        Phone.parse(raw)


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2017, 6, 16), "+842838251234"),
        (date(2017, 6, 17), "+84838251234"),
        (None, "+84838251234"),
    ],
)
def test_the_day_of_writing_settles_what_looks_like_both(on, number):
    assert Phone.parse("0838251234", on=on).number == number


def test_mobiles_of_today_that_existed_before_stay_mobiles():
    assert Phone.parse("0888123456", on=date(2016, 9, 1)).kind == "mobile"


@pytest.mark.parametrize("old", AREAS)
def test_every_old_area_code_leads_to_a_fixed_line(old):
    subscriber = "38251234" if len(old) == 2 else "3825123"
    phone = Phone.parse(old + subscriber, on=date(2016, 1, 1))
    assert (phone.kind, phone.number) == ("fixed", "+84" + AREAS[old][0][1:] + subscriber)


def test_59_areas_changed_to_as_many_new_codes():
    assert len(AREAS) == len({new for new, _ in AREAS.values()}) == 59


@given(st.integers(0, 9_999_999).map(lambda n: f"091{n:07}"))
def test_normalising_twice_changes_nothing(raw):
    once = Phone.parse(raw)
    assert Phone.parse(once.number).number == once.number
