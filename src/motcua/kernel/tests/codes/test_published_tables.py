"""The published code tables, written down a second time: the first copy could be wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.codes import DossierCode, Phone, PhoneInvalid, to_102, to_qd20
from motcua.kernel.codes.provinces import PROVINCES

BIRTH_PROVINCES = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035
    036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072
    074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""
OLD_MOBILES = """
    120>070 121>079 122>077 126>076 128>078 123>083 124>084 125>085 127>081 129>082 162>032
    163>033 164>034 165>035 166>036 167>037 168>038 169>039 186>056 188>058 199>059
"""
MOBILES = {*range(30, 40), 51, 52, 55, 56, 58, 59, 70, *range(76, 80), *range(81, 100)}
FORMS = {
    "qcvn102": r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-[0-9]{6}-(?!0000)[0-9]{4}",
    "qd20": r"[A-Z][0-9]{2}(\.[0-9]{1,3}){0,7}-[0-9]{6}-(?!0000)[0-9]{4}",
}


def kind_of(number: str) -> str:
    try:
        return Phone.parse(number).kind
    except PhoneInvalid:
        return ""


def test_the_63_provinces_of_birth() -> None:
    assert list(PROVINCES) == BIRTH_PROVINCES.split()
    assert len({*PROVINCES.values()}) == 63
    assert (PROVINCES["001"], PROVINCES["079"]) == ("Hà Nội", "Thành phố Hồ Chí Minh")


@pytest.mark.parametrize("row", OLD_MOBILES.split())
def test_an_old_mobile_has_its_new_prefix(row: str) -> None:
    old, new = row.split(">")
    phone = Phone.parse(f"0{old}2345678")
    assert (phone.kind, phone.number) == ("mobile", f"+84{new[1:]}2345678")


def test_the_prefixes_of_mobiles() -> None:
    """Of 052, 055 and 089 a part is given out."""
    numbers = {n: [f"{n:03}{d}234567" for d in range(10)] for n in range(30, 100)}
    assert {n for n in numbers if "mobile" in map(kind_of, numbers[n])} == MOBILES


@pytest.mark.parametrize("code", ["G22", "H41", "H14", "H17", "H22", "H38", "H26"])
def test_agencies_seen_in_both_forms(code: str) -> None:
    assert (to_qd20(f"000.00.00.{code}"), to_102(code)) == (code, f"000.00.00.{code}")


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data(), day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_dossier_code_is_what_the_published_pattern_says(form, data, day) -> None:
    agency, _, number = data.draw(st.from_regex(FORMS[form], fullmatch=True)).split("-")
    text = f"{agency}-{day:%y%m%d}-{number}"
    code = DossierCode.parse(text)
    assert (str(code), code.agency, code.day, code.form) == (text, agency, day, form)
