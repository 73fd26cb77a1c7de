"""Numbers and money typed and shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.vietnamese import (
    MoneyNotWhole,
    NumberUnreadable,
    format_money,
    format_number,
    format_percent,
    parse_money,
    parse_number,
)

NUMBERS = st.decimals(-(10**12), 10**12, places=3)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        (" 1.234.567 ", "1234567"),
        ("1.708", "1708"),
        ("-3", "-3"),
        ("−0,25", "-0.25"),
        ("007", "7"),
    ],
)
def test_numbers_are_read(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234.5",
        "1.23",
        "12.34,5",
        "1,234.5",
        "1234.567",
        "1,",
        ",5",
        "1e5",
        "٣",
        "NaN",
        "1 2",
        "9" * 41,
    ],
)
def test_guesses_are_refused(text):
    with pytest.raises(NumberUnreadable):
        parse_number(text)


@pytest.mark.parametrize(
    "text", ["773.000.000 ₫", "773000000", "773.000.000 đồng", "773.000.000,00đ", "773000000 VND"]
)
def test_money_is_read(text):
    assert parse_money(text) == 773_000_000


def test_a_fraction_of_a_dong_is_refused():
    with pytest.raises(MoneyNotWhole):
        parse_money("1,5 ₫")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (Decimal("1234567.8"), "1.234.567,8", "1,234,567.8"),
        (1708, "1.708", "1,708"),
        (-999, "-999", "-999"),
        (Decimal("1E+5"), "100.000", "100,000"),
    ],
)
def test_numbers_are_shown_in_both_languages(value, vi, en):
    assert format_number(value) == vi
    assert format_number(value, "en") == en


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.25", "0,3"), ("-0.25", "-0,3"), ("-0.04", "0,0"), ("2", "2,0"), ("999.95", "1.000,0")],
)
def test_rounding_is_as_by_hand(value, shown):
    assert format_number(Decimal(value), decimals=1) == shown


def test_percent_and_money_are_shown():
    assert format_percent(Decimal("0.0935")) == "9,4%"
    assert format_percent(Decimal("0.0935"), "en", decimals=2) == "9.35%"
    assert format_money(773_000_000) == "773.000.000 ₫"
    assert format_money(773_000_000, "en") == "₫773,000,000"
    assert format_money(-5_000, "en") == "-₫5,000"


@given(NUMBERS)
def test_reading_and_showing_are_inverse(number):
    assert parse_number(format_number(number)) == number


@given(st.integers(-(10**15), 10**15))
def test_money_survives_the_round_trip(dong):
    assert parse_money(format_money(dong)) == dong
