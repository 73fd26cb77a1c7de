"""A register's file is read whole, or refused with every fault and its place."""

from __future__ import annotations

import pytest

from motcua.core.registers.declaration import Form, Readers
from motcua.core.registers.faults import NoSuchRegister, RegisterTwice, UnreadableRegister
from motcua.core.registers.loading import _all, of_system, register_of
from motcua.core.registers.reading import read
from motcua.core.registers.tests.samples import SITES, SPANS
from motcua.kernel.conditions import fields_of


def sites(text: str = SITES):
    return read(text, key="trial_sites", system="trial")


def test_a_register_says_what_it_keeps():
    told = sites()
    assert (told.key, told.form, told.readers) == ("trial_sites", Form.POINT, Readers.OFFICERS)
    assert told.asked == ("code", "height", "geometry")
    assert next(one.key for one in told.parts()) == "code"
    assert fields_of(told.rules[0].condition) == {"operator", "height"}
    assert told.judged_daily
    assert told.is_personal


def test_references_come_before_what_is_written_about_them():
    told = read(SPANS, key="trial_spans", system="trial")
    assert [one.key for one in told.parts()] == ["name", "begins", "area", "owner"]
    assert told.asked == ("name", "begins", "geometry")
    assert not told.is_personal
    assert not told.judged_daily


@pytest.mark.parametrize(
    ("before", "after", "code", "where"),
    [
        ('natural = ["code"]', 'natural = ["operator"]', "registers.not_a_key", "natural"),
        ('natural = ["code"]', "natural = []", "registers.not_a_key", "natural"),
        ('natural = ["code"]', 'natural = ["x"]', "registers.no_such_part", "natural"),
        ('"height"]\nname', '"x"]\nname', "registers.no_such_part", "columns"),
        ("cycle_days = 90", "cycle_days = 0", "registers.no_cycle", "cycle_days"),
        ("cycle_days = 90", "cycle_day = 90", "procedure.unknown_key", "cycle_day"),
        ("fields.on_air", "fields.geometry", "registers.name_reserved", "fields.geometry"),
        ("fields.on_air", "fields.today", "registers.name_reserved", "fields.today"),
        (
            '"personal_number"',
            '"personal_number"\nindexed = true',
            "registers.index_refused",
            "fields",
        ),
        ("height <= 50", "heigth <= 50", "conditions.unreadable", "rules.low.when"),
        ('kind = "point"', 'kind = "circle"', "procedure.not_one_of", "geometry.kind"),
        ('mark = "sample", ', "", "procedure.missing", "source.mark"),
        ("max = 200", "max = 0", "procedure.bounds", "fields.height.min"),
    ],
)
def test_each_fault_is_told_with_its_place(before, after, code, where):
    assert before in SITES
    with pytest.raises(UnreadableRegister) as refused:
        sites(SITES.replace(before, after))
    assert (code, where) in {(one.code, one.where) for one in refused.value.faults}


def test_what_is_no_toml_is_told_alone():
    with pytest.raises(UnreadableRegister) as refused:
        sites("natural = [")
    assert [one.code for one in refused.value.faults] == ["procedure.toml"]


def test_every_register_of_the_house_is_read():
    _all.cache_clear()
    with pytest.raises(NoSuchRegister):
        register_of("nothing_like_it")


def test_a_system_without_registers_has_none():
    assert of_system("motcua.systems.benchmark") == ()


def test_registers_of_two_systems_have_two_keys(monkeypatch):
    monkeypatch.setattr("motcua.core.registers.loading.of_system", lambda _: (sites(),))
    _all.cache_clear()
    with pytest.raises(RegisterTwice):
        _all(("one", "two"))


def test_a_reference_leads_to_a_register_that_is_there(monkeypatch):
    spans = read(SPANS, key="trial_spans", system="trial")
    monkeypatch.setattr("motcua.core.registers.loading.of_system", lambda _: (spans,))
    _all.cache_clear()
    with pytest.raises(NoSuchRegister):
        _all(("one",))
