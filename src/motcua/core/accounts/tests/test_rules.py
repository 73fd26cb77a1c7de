"""The codes are those of RFC 6238, appendix B, and each serves once."""

from __future__ import annotations

import base64
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.accounts.rules import STEP_SECONDS, accepted_step, code_at, step_of

SECRET = base64.b32encode(b"12345678901234567890").decode()
AT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("second", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_codes_are_those_of_the_standard(second, code):
    assert code_at(SECRET, second // STEP_SECONDS) == code


@given(st.integers(-4, 4))
def test_a_clock_may_be_one_step_off(drift):
    step = step_of(AT) + drift
    found = accepted_step(SECRET, code_at(SECRET, step), at=AT, last=0)
    assert found == (step if abs(drift) <= 1 else None)


@given(st.integers(-1, 1), st.integers(-3, 3))
def test_no_step_is_taken_that_is_not_after_the_last(drift, last):
    step, used = step_of(AT) + drift, step_of(AT) + last
    found = accepted_step(SECRET, code_at(SECRET, step), at=AT, last=used)
    assert found == (step if step > used else None)


@pytest.mark.parametrize("code", ["", "x", "１２３４５６", "0" * 7, "\ud800"])
def test_what_is_no_code_is_none(code):
    assert accepted_step(SECRET, code, at=AT, last=0) is None
