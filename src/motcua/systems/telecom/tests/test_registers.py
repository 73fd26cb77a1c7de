"""The registers of telecom infrastructure, as their files declare them."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.registers.loading import of_system, register_of
from motcua.core.registers.rules import measure

ON = datetime.date(2026, 11, 27)
PERMIT = {"permit": "1/GPXD", "permit_on": "2026-01-02"}
NO_PERMIT = {"permit": None, "permit_on": None}
ROOF = {"code": "A", "mast_class": "a2a", "height": 20, **PERMIT}
HIGH = {"mast_class": "a2c", "height": 60, "listed": True}
SILENT = {"state": "on_air", "g2": False, "g3": False, "g4": False, "g5": False}
WORKS = {"started_on": "2026-02-01", "handed_over_on": "2026-03-01"}
USED = {"state": "in_use", "investment": "own"}
DUCT = {"code": "D", "kind": "duct", "ducts": 4, "ducts_used": 4, "state": "planned"}
NODE = {"code": "N", "kind": "manhole", "capacity": 8, "used": 8, "mark": "n2"}
CABLE = {"code": "C", "kind": "fibre", "fibres": 12, "seen_on": "2026-11-27"}


def broken(register: str, values: dict[str, object], more: dict[str, object]) -> tuple[str, ...]:
    """Give the rules that a record breaks; None takes a value away."""
    told = {key: value for key, value in {**values, **more}.items() if value is not None}
    return measure(register_of(register), told, placed=True, on=ON).broken


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({"state": "on_air", "g4": True}, ()),
        (
            SILENT,
            ("on_air_with_a_generation",),
        ),
        ({"mast_class": "a2b", "height": 50}, ("ground_mast_below_50",)),
        ({"mast_class": "a2c", "height": 49}, ("high_mast_from_50",)),
        (
            {**HIGH, "state": "planned"},
            ("no_high_mast_in_listed_zone",),
        ),
        ({**HIGH, "state": "removed"}, ()),
        ({"friendly": True}, ("friendly_is_not_bulky",)),
        ({"permit_on": None}, ("permit_with_its_date",)),
        ({**NO_PERMIT, "state": "building"}, ("bulky_by_permit",)),
        ({**NO_PERMIT, "state": "building", "mast_class": "a1a"}, ()),
        ({"on_air_on": "2026-11-28"}, ("on_air_in_the_past",)),
        ({"tenant_3": 5}, ("tenants_in_order",)),
        ({"tenant_2": 4, "tenant_3": 5}, ()),
    ],
)
def test_what_a_clean_site_keeps_to(more, rules):
    assert broken("telecom_sites", ROOF, more) == rules


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({}, ()),
        ({"ducts_used": 5}, ("within_ducts",)),
        ({"ducts": 0, "ducts_used": 0}, ("underground_has_ducts",)),
        ({"kind": "aerial"}, ("aerial_without_ducts",)),
        (
            {"started_on": "2026-02-01", "handed_over_on": "2026-01-31"},
            ("handed_over_after_start",),
        ),
        (
            {"started_on": "2026-02-01", "handed_over_on": "2026-11-28"},
            ("handed_over_after_start",),
        ),
        (USED, ("in_use_underground_handed_over",)),
        (
            {
                "state": "in_use",
                "investment": "own",
                "started_on": "2026-01-01",
                "handed_over_on": "2026-01-02",
            },
            (),
        ),
    ],
)
def test_what_a_clean_span_keeps_to(more, rules):
    assert broken("telecom_spans", DUCT, more) == rules


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({}, ()),
        ({"used": 9}, ("within_capacity",)),
        ({"kind": "pole"}, ("mark_fits_kind",)),
        ({"kind": "pole", "mark": "c2"}, ()),
        ({"mark": None}, ()),
    ],
)
def test_what_a_clean_node_keeps_to(more, rules):
    assert broken("telecom_nodes", NODE, more) == rules


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({}, ()),
        ({"kind": "power"}, ("fibres_of_fibre",)),
        ({"seen_on": "2026-11-28"}, ("seen_in_the_past",)),
    ],
)
def test_what_a_clean_cable_keeps_to(more, rules):
    assert broken("telecom_cables", CABLE, more) == rules


def test_only_who_to_call_is_personal():
    found = {
        (told.key, one.key)
        for told in of_system("motcua.systems.telecom")
        for one in told.fields
        if one.grade.value != "public"
    }
    assert found == {("telecom_operators", "contact"), ("telecom_operators", "phone")}
