"""A masked value of a record is shown for a purpose, to whom the grade allows, and never unseen."""

from __future__ import annotations

import json

import pytest

from motcua.core.access import log
from motcua.core.access.masks import PurposeMissing
from motcua.core.access.models import Read
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.registers.revealing import NothingInRecord, NotShown, reveal
from motcua.core.registers.rights import OfficersRead

NAME, NUMBER = "Nguyễn Văn Mẫu", "001190000345"


@pytest.fixture
def number(kept) -> int:
    return kept.site("HN-1", keeper=NAME, keeper_number=NUMBER, height=4).record_id


def shown(kept, number, who, field, purpose="Gọi xác minh"):
    return reveal(
        reader=log.Reader(kept.world.officers[who], MONDAY, "192.0.2.1"),
        declaration=kept.sites,
        record_id=number,
        field=field,
        purpose=purpose,
    )


def test_a_personal_value_is_for_whoever_reads_the_record(kept, number):
    assert shown(kept, number, "police", "keeper") == NAME
    row = Read.objects.get()
    told = (row.kind, row.what, row.count, row.dossier_id)
    assert told == ("revealed", f"register.trial_sites.{number}.keeper", 1, None)
    assert json.loads(row.said)["purpose"] == "Gọi xác minh"


def test_a_secret_value_is_for_the_agency_that_keeps_it(kept, number):
    assert shown(kept, number, "counter", "keeper_number") == NUMBER
    with pytest.raises(NotShown):
        shown(kept, number, "police", "keeper_number")
    assert Read.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "purpose", "fault"),
    [
        ("keeper", "  ", PurposeMissing),
        ("on_air", "Xem", NothingInRecord),
        ("geometry", "Xem", NothingInRecord),
        ("x\n", "Xem", NothingInRecord),
    ],
)
def test_what_is_not_shown_is_not_logged(kept, number, field, purpose, fault):
    with pytest.raises(fault):
        shown(kept, number, "specialist", field, purpose)
    assert not Read.objects.exists()


def test_a_stranger_has_nothing_shown(kept, number):
    applicant = kept.world.applicant(kept.world.file())
    reader = log.Reader(applicant, MONDAY, "")
    told = {"declaration": kept.sites, "record_id": number, "field": "keeper", "purpose": "Xem"}
    with pytest.raises(OfficersRead):
        reveal(reader=reader, **told)


def test_what_cannot_be_logged_is_not_shown(kept, number, monkeypatch):
    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(log, "_insert", broken)
    with pytest.raises(log.LogUnwritable):
        shown(kept, number, "specialist", "keeper")
