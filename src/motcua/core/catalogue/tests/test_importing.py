"""Files become drafts: whole or not at all, and never over what another source says."""

from __future__ import annotations

import pytest

from motcua.core.catalogue.actions import import_catalogue
from motcua.core.catalogue.content import content_of
from motcua.core.catalogue.faults import NotImportable
from motcua.core.catalogue.models import Edition, Listing
from motcua.core.catalogue.tests.conftest import BY, brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, facts, file_of
from motcua.core.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("house_is_whole")
KEY = "1.900001"


def states(key=KEY):
    rows = Listing.objects.get(key=key).editions.order_by("number")
    return [(one.number, one.state) for one in rows]


def test_a_file_becomes_drafts_and_one_entry():
    assert taken_in(FACTS, NATIONAL).new == (KEY, "1.900002")
    assert states() == [(1, "draft")]
    assert Entry.objects.filter(act="catalogue_import").count() == 1


def test_the_same_again_changes_nothing():
    taken_in(FACTS)
    assert taken_in(FACTS).same == (KEY,)
    assert states() == [(1, "draft")]
    assert Entry.objects.count() == 1


def test_a_newer_row_replaces_the_draft_of_its_form():
    taken_in(FACTS)
    assert taken_in(facts(result="Giấy khác")).changed == (KEY,)
    assert states() == [(1, "draft")]


def test_another_source_makes_a_draft_of_its_own():
    taken_in(FACTS)
    row = {**NATIONAL, "metadata": {**NATIONAL["metadata"], "mã_thủ_tục": KEY}}
    assert taken_in(row).changed == (KEY,)
    assert states() == [(1, "draft"), (2, "draft")]


def test_after_publishing_a_newer_row_is_the_next_draft():
    brought_out(FACTS)
    taken_in(facts(result="Giấy khác"))
    assert states() == [(1, "published"), (2, "draft")]
    assert Listing.objects.get(key=KEY).published


def test_an_older_file_does_not_come_back():
    taken_in(FACTS)
    brought_out(facts(result="Giấy khác"))
    assert taken_in(facts(result="Giấy khác")).same == (KEY,)


def test_a_file_with_one_fault_imports_nothing(db):
    with pytest.raises(NotImportable):
        taken_in(FACTS, {"a": 1})
    assert not Listing.objects.exists()


def test_a_dry_run_tells_and_writes_nothing():
    text = file_of(FACTS, NATIONAL)
    report = import_catalogue(**BY, text=text, source="x", dry_run=True)
    assert report.told() == {"new": 2, "changed": [], "same": 0}
    assert not Listing.objects.exists()
    assert not Entry.objects.exists()


def test_a_row_without_code_is_known_by_its_name():
    taken_in(facts(code=""))
    assert Listing.objects.get().key == "cap-giay-phep-chuyen-thu-tay"


def test_levels_are_learnt_once():
    taken_in(FACTS)
    taken_in(facts(online_level="mức độ 4"))
    rows = Listing.objects.get().levels.order_by("id")
    assert [row.level for row in rows] == ["3", "part"]


@pytest.mark.reference
def test_the_real_pages_become_drafts(reference_data):
    text = (reference_data / "procedures" / "procedures.jsonl").read_text("utf-8")
    report = import_catalogue(**BY, text=text, source="kho mã")
    assert len(report.new) == 102
    assert not Listing.objects.filter(published=True).exists()
    assert all(content_of(one.body).text("name") for one in Edition.objects.all())
