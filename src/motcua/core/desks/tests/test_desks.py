"""Filters under a name and the switch of the keys: each officer's own."""

from __future__ import annotations

import pytest

from motcua.core.desks import keys, saved
from motcua.core.desks.models import SavedFilter
from motcua.core.desks.saved import (
    FilterTooLong,
    FilterUnnamed,
    NoSuchFilter,
    TooManyFilters,
    filters_for,
    forget,
    save,
)
from motcua.core.dossiers.tests.world import make_world


@pytest.fixture
def world(db):
    return make_world()


def keep(world, who="specialist", name="Gấp", query="loai=qua-han", **more):
    told = {"page": "work", "shared": False, "is_default": False, **more}
    return save(actor=world.officers[who], name=name, query=query, **told)


def names(world, who, page="work"):
    return [row.name for row in filters_for(world.officers[who], page)]


def test_a_filter_is_its_owners_until_it_is_shared(world):
    keep(world)
    assert (names(world, "specialist"), names(world, "second")) == (["Gấp"], [])
    keep(world, shared=True)
    assert names(world, "second") == ["Gấp"]
    assert names(world, "other_specialist") == []
    assert names(world, "specialist", "unit_work") == []


def test_the_same_name_is_the_same_filter(world):
    keep(world)
    keep(world, query="loai=hom-nay")
    assert SavedFilter.objects.get().query == "loai=hom-nay"


def test_own_filters_come_first_in_the_order_of_the_alphabet(world):
    keep(world, "second", name="Ánh", shared=True)
    for name in ("Ổn", "Đất", "Dân"):
        keep(world, name=name)
    assert names(world, "specialist") == ["Dân", "Đất", "Ổn", "Ánh"]


def test_one_filter_opens_a_page(world):
    keep(world, name="Một", is_default=True)
    keep(world, name="Hai", is_default=True)
    assert SavedFilter.objects.get(is_default=True).name == "Hai"


def test_only_its_owner_forgets_a_filter(world):
    row = keep(world, shared=True)
    with pytest.raises(NoSuchFilter):
        forget(actor=world.officers["second"], number=row.pk)
    forget(actor=world.officers["specialist"], number=row.pk)
    assert not SavedFilter.objects.exists()


def test_what_is_no_filter_is_refused(world, monkeypatch):
    for name, query, refusal in (("  ", "", FilterUnnamed), ("x", "y" * 301, FilterTooLong)):
        with pytest.raises(refusal):
            keep(world, name=name, query=query)
    monkeypatch.setattr(saved, "MOST", 1)
    keep(world)
    with pytest.raises(TooManyFilters):
        keep(world, name="Khác")
    keep(world, query="loai=cho-ky")


def test_keys_are_on_until_switched_off(world):
    who = world.officers["specialist"]
    assert keys.are_on(who.officer_id)
    for _ in range(2):
        keys.switch(actor=who, on=False)
    assert not keys.are_on(who.officer_id)
    assert keys.are_on(world.officer_id("second"))
    keys.switch(actor=who, on=True)
    assert keys.are_on(who.officer_id)
