"""The register of advertising numbers, as its file declares it."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.registers.loading import register_of
from motcua.core.registers.rules import measure

NUMBERS = register_of("advert_numbers")
ON = datetime.date(2026, 11, 27)
SEEN = {"number": "+84912345678", "kind": "advert", "text": "Khoan cắt", "seen_on": "2026-11-20"}


@pytest.mark.parametrize(
    ("more", "broken"),
    [
        ({}, ()),
        ({"text": None}, ("advert_words",)),
        ({"seen_on": "2026-11-28"}, ("seen_in_the_past",)),
        ({"letter": "12/STTTT"}, ("letter_with_its_date",)),
        ({"letter": "12/STTTT", "letter_on": "2026-11-19"}, ("letter_after_seen",)),
        ({"suspended_on": "2026-11-25"}, ("suspended_by_letter",)),
        ({"letter": "1", "letter_on": "2026-11-21", "suspended_on": "2026-11-25"}, ()),
    ],
)
def test_what_a_clean_number_keeps_to(more, broken):
    values = {key: value for key, value in {**SEEN, **more}.items() if value is not None}
    assert measure(NUMBERS, values, placed=True, on=ON).broken == broken


def test_who_the_subscriber_is_is_personal():
    grades = {one.key: one.grade.value for one in NUMBERS.fields if one.grade.value != "public"}
    assert grades == {"owner": "personal", "owner_number": "secret"}
