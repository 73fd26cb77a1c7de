"""Procedure codes."""

from __future__ import annotations

import pytest

from motcua.kernel.codes import ProcedureCode, ProcedureCodeMalformed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.000948", ProcedureCode("1.000948")),
        ("1.000948.H38", ProcedureCode("1.000948", "H38")),
        (" 1.000948.h26 ", ProcedureCode("1.000948", "H26")),
        ("2.000815.000.00.00.H42", ProcedureCode("2.000815", "000.00.00.H42")),
    ],
)
def test_national_and_local_form(text, code):
    assert ProcedureCode.parse(text) == code
    assert str(code) == text.strip().upper()


@pytest.mark.parametrize(
    "text",
    ["", "1000948", "1.00094", "1.0009480", "1.000948.", "1.000948.38", "1.000948.H3", "١.000948"],
)
def test_other_shapes_are_refused(text):
    with pytest.raises(ProcedureCodeMalformed) as caught:
        ProcedureCode.parse(text)
    assert "1.000948" in caught.value.text("vi")
