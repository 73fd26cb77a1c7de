"""What every instance needs is there after `ensure`, and asking again costs nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.areas.faults import AreasFaulty
from motcua.core.areas.models import Province
from motcua.core.clock.calendars import calendars
from motcua.core.ledger.models import Entry
from motcua.core.procedures.models import Version
from motcua.core.procedures.queries import published
from motcua.core.procedures.systems import systems
from motcua.links.messages.addresses import address_of
from motcua.site import setup
from motcua.site.tests.conftest import AT


def test_every_shipped_procedure_is_published(instance):
    everywhere = [one for one in systems() if not one.declaration.on_demand]
    assert len(published()) == sum(len(one.procedures) for one in everywhere) > 0


def test_what_is_for_measuring_is_published_only_on_demand(instance):
    assert published(system="benchmark") == ()
    assert setup.publish_on_demand(AT) == ("9.000001",)
    assert setup.publish_on_demand(AT) == ()
    assert len(published(system="benchmark")) == 1


def test_each_publication_is_an_entry_of_the_house(instance):
    bodies = [json.loads(body) for body in Entry.objects.values_list("body", flat=True)]
    told = {body["data"]["digest"] for body in bodies if body["act"] == "publish"}
    assert told == {bytes(row.digest).hex() for row in Version.objects.all()}


def test_the_national_calendar_knows_tet(instance):
    assert not calendars["national"].is_working_day(AT.date().replace(month=9, day=2))


def test_again_asks_little_and_writes_nothing(instance, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        assert setup.ensure(AT) == ()
    assert Version.objects.count() == len(published())


def test_the_areas_of_the_setting_are_loaded_once(instance, settings, django_assert_num_queries):
    settings.MOTCUA_AREAS = [" hanoi "]
    assert setup.ensure_areas(AT) == ("01",)
    with django_assert_num_queries(1):
        assert setup.ensure_areas(AT) == ()
    assert Entry.objects.filter(act="import_areas").count() == 1


def test_no_areas_are_loaded_where_the_setting_names_none(instance, settings):
    settings.MOTCUA_AREAS = [""]
    assert setup.ensure_areas(AT) == ()
    assert not Province.objects.exists()


def test_a_folder_that_is_not_there_ends_the_start(instance, settings, tmp_path):
    settings.MOTCUA_AREAS = [str(tmp_path / "nowhere")]
    with pytest.raises(AreasFaulty, match=r"province\.toml"):
        setup.ensure_areas(AT)


def test_a_changed_file_stays_a_draft(instance, monkeypatch):
    system = systems()[0]
    name, text = next(one for one in system.procedures.items() if "hours = 8" in one[1])
    changed = replace(system, procedures={name: text.replace("hours = 8", "hours = 9", 1)})
    monkeypatch.setattr(setup, "systems", lambda: (changed,))
    assert setup.ensure(AT) == ()
    assert list(Version.objects.filter(state="draft").values_list("number", flat=True)) == [2]


def test_a_procedure_that_cannot_be_published_is_not_kept(db, monkeypatch):
    system = systems()[0]
    text = system.procedures["1.003633.toml"].replace("hours = 52", "hours = 500")
    monkeypatch.setattr(setup, "systems", lambda: (replace(system, procedures={"x": text}),))
    with pytest.raises(Exception, match="published"):
        setup.ensure(AT)
    assert not Version.objects.exists()


def test_a_new_procedure_waits_as_a_draft_for_changed_ones_that_it_opens(db, monkeypatch, caplog):
    system = next(one for one in systems() if "9.000033.toml" in one.procedures)
    shipped, before = dict(system.procedures), dict(system.procedures)
    del before["9.000033.toml"]
    for name in ("1.001193.toml", "2.000635.toml"):
        before[name] = shipped[name].replace(', "dossier"]', "]")
    for texts in (before, shipped, shipped):
        later = replace(system, procedures=texts)
        monkeypatch.setattr(setup, "systems", lambda later=later: (later,))
        setup.ensure(AT)
    drafts = Version.objects.filter(state="draft").values_list("procedure__code", "number")
    assert set(drafts) == {("1.001193", 2), ("2.000635", 2), ("9.000033", 1)}
    assert caplog.text.count("9.000033 is left a draft") == 1


def test_an_agency_reads_notices_at_its_clerk(sample_city, settings):
    settings.MOTCUA_SAMPLE = True
    department = Agency.objects.get(code="H26.12")
    assert address_of(f"agency:{department.pk}") == "vanthu@hanoi.example"


def test_made_up_officers_get_no_letters_from_a_real_instance(sample_city, settings):
    settings.MOTCUA_SAMPLE = False
    department = Agency.objects.get(code="H26.12")
    assert address_of(f"agency:{department.pk}") is None
