"""Procedure files are read, and every fault is told with its place."""

from __future__ import annotations

import datetime
import tomllib

import pytest

from motcua.core.procedures.declaration import Mark, Source
from motcua.core.procedures.encoding import BodyUnreadable, body_of, declaration_of
from motcua.core.procedures.faults import UnreadableProcedure
from motcua.core.procedures.reading import read, read_dict


def _places(text: str) -> dict[str, str]:
    with pytest.raises(UnreadableProcedure) as refused:
        read(text, system="tiny")
    return {fault.where: fault.code for fault in refused.value.faults}


def test_values_keep_their_source(declaration):
    assert declaration.limit_source == Source(Mark.CONFIRMED, "Nghị định 1/2026, Điều 2")


def test_hours_become_working_minutes(declaration):
    assert declaration.flow.step["sign"].minutes == 240


def test_a_letter_that_promises_is_known(declaration):
    assert (declaration.promises("form01"), declaration.promises("other")) == (True, False)


def test_the_late_hour_belongs_to_the_limit(text):
    same_day = text.replace("0.5 working_day", "same_day late_after 15:00")
    assert read(same_day, system="tiny").late_after == datetime.time(15)


def test_a_law_without_limit_is_said(text):
    assert read(text.replace("0.5 working_day", "none"), system="tiny").limit is None


def test_a_parsed_table_reads_the_same(text, declaration):
    assert read_dict(tomllib.loads(text), system="tiny") == declaration


def test_what_is_stored_reads_the_same(declaration):
    assert declaration_of(body_of(declaration)) == declaration


_SECTION = '\n[sections.all]\nvi = "Tất cả"\nen = "All"\nfields = ["name", "story"]\n'


def test_a_form_with_sections_is_stored_with_them(text):
    told = read(text + _SECTION, system="tiny")
    assert told.sections[0].fields == ("name", "story")
    assert declaration_of(body_of(told)) == told


def test_a_form_without_sections_keeps_the_digest_it_had_before_there_were_any(declaration):
    assert '"sections"' not in body_of(declaration)


def test_a_section_without_fields_is_told(text):
    none = _SECTION.replace('["name", "story"]', "[]")
    assert _places(text + none) == {"sections.all.fields": "procedure.empty"}


@pytest.mark.parametrize("body", ["{}", "[]", "x", '{"code": 1}'])
def test_a_broken_body_is_refused(body):
    with pytest.raises(BodyUnreadable):
        declaration_of(body)


@pytest.mark.parametrize(
    ("old", "new", "where", "code"),
    [
        ('start = "reception"', "start =", "file", "procedure.toml"),
        ('start = "reception"', "", "start", "procedure.missing"),
        ('start = "reception"', "start = 1", "start", "procedure.wrong_type"),
        ('is = "1.000001"', 'is = "1.1"', "code.is", "procedure_code.malformed"),
        ('is = "0.5 working_day"', 'is = "soon"', "limit.is", "limit.unreadable"),
        ('source = "house"', 'source = "hearsay"', "hours.source", "procedure.unknown_source"),
        ('mark = "sample"', 'mark = "sure"', "sources.house.mark", "procedure.not_one_of"),
        ('"counter", "public"', '"fax"', "channels.is", "procedure.not_one_of"),
        ('"counter", "public"', "1", "channels.is", "procedure.wrong_type"),
        ("amount = 1000", "amount = -1", "fees.fee.amount", "procedure.negative"),
        ("amount = 1000", "amount = true", "fees.fee.amount", "procedure.wrong_type"),
        ("amount = 1000", "cost = 1", "fees.fee.cost", "procedure.unknown_key"),
        ("hours = 4", "hours = 0.001", "steps.sign.hours", "procedure.hours"),
        ("hours = 4", "hours = nan", "steps.sign.hours", "procedure.hours"),
        ("[fields.name]", "[fields.Name]", "fields.Name", "procedure.key_form"),
        ('type = "money"', 'type = "gold"', "fields.price.type", "procedure.not_one_of"),
        ('type = "money"', 'type = "choice"', "fields.price.choices", "procedure.choices"),
        ('type = "email"', 'type = "email"\nmin = 1', "fields.email.min", "procedure.bounds"),
        ("min = 1", "min = 10", "fields.count.min", "procedure.bounds"),
        ("{1,4}/GP", "+", "fields.licence.pattern", "procedure.bad_pattern"),
        ("max_length = 10", "max_length = -1", "fields.name.max_length", "procedure.too_long"),
        ('{ vi = "Đơn"', '{ vi = " "', "evidence.request.name.vi", "procedure.empty"),
        ('{ vi = "Đơn", ', "{ ", "evidence.request.name.vi", "procedure.missing"),
        ('vi = "Đơn"', 'vi = "\\u0000"', "evidence.request.name.vi", "procedure.control_character"),
        ('outcome = "granted"', 'outcome = "x"', "ends.returned.outcome", "procedure.not_one_of"),
        ('clock = "stop"', 'clock = "halt"', "moves.issue.clock", "procedure.not_one_of"),
    ],
)
def test_a_fault_is_told_with_its_place(text, old, new, where, code):
    assert old in text
    assert _places(text.replace(old, new, 1))[where] == code


def test_all_faults_are_told_at_once(text):
    broken = text.replace("hours = 4", "hours = -4").replace("amount = 1000", 'amount = "a"')
    assert set(_places(broken)) == {"steps.sign.hours", "fees.fee.amount"}


def test_the_refusal_lists_the_places_in_both_languages():
    with pytest.raises(UnreadableProcedure) as refused:
        read("x = ", system="tiny")
    assert "file: " in refused.value.text("vi")
    assert "not valid TOML" in refused.value.text("en")


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "#" * 600_000])
def test_a_hostile_file_is_refused(text):
    assert list(_places(text)) == ["file"]
