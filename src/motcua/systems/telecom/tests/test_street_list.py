"""A list of streets as a file: looked at, then taken in whole, once."""

from __future__ import annotations

import datetime
import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.agencies.models import Competence
from motcua.core.dossiers.filing import NotYourCounter
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.unchanged import tables
from motcua.core.dossiers.tests.world import MONDAY, publish
from motcua.core.procedures.reading import read
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.faces.ui.tests.pages import faults
from motcua.systems.telecom import actions
from motcua.systems.telecom.actions import list_streets, look_at, streets_in
from motcua.systems.telecom.queries import STREETS
from motcua.systems.telecom.rules import ListFaulty, ListTooLong
from motcua.systems.telecom.tests.conftest import TEXT, Streets

PAGE = "/ban/ha-tang-vien-thong/ha-ngam/nhap"
HEAD = (
    "Năm,Đợt,Hạn của đợt,Số văn bản chấp thuận,Ngày văn bản,street,ward,length,"
    "Hạ cáp viễn thông,Chủ đầu tư"
)
ROW = "2026,1,31/12/2026,5581/UBND-DT,01/11/2026,{},Phường Mẫu,500,có,Công ty Hạ Ngầm Mẫu"


def sheet(*streets: str) -> bytes:
    return "\n".join([HEAD, *map(ROW.format, streets)]).encode()


def taken(streets: Streets, body: bytes, who: str = "specialist") -> int:
    return list_streets(
        actor=streets.world.officers[who],
        at=MONDAY,
        agency_id=streets.world.department.pk,
        lines=streets_in(body),
    )


def test_a_list_becomes_dossiers_and_the_same_list_nothing_more(streets):
    assert taken(streets, sheet("Phố A", "Phố B")) == 2
    assert taken(streets, sheet("phố  a", "Phố B", "Phố C", "Phố C")) == 1
    told = streets.told()
    assert [one.street for one in told] == ["Phố A", "Phố B", "Phố C"]
    assert {(one.metres, one.telecom, one.power) for one in told} == {(500, True, False)}
    assert list(check_state()) == []


def test_a_street_that_was_taken_off_may_be_listed_again(streets):
    taken(streets, sheet("Phố A"))
    streets.move(Dossier.objects.get().pk, "drop", reason="Thu hồi")
    assert taken(streets, sheet("Phố A")) == 1


def test_one_wrong_row_and_none_is_listed(streets):
    body = sheet("Phố A", "Phố B").replace(b"500", b"0", 1)
    with pytest.raises(ListFaulty, match="2"):
        taken(streets, body)
    assert not Dossier.objects.exists()
    told = look_at(streets_in(body), agency_id=streets.world.department.pk, on=MONDAY.date())
    assert [(one.line, one.state, [*one.problems]) for one in told] == [
        (2, "wrong", ["length"]),
        (3, "new", []),
    ]


def test_a_list_that_breaks_off_has_listed_nothing(streets, monkeypatch):
    taken(streets, sheet("Phố A"))
    before, real, calls = tables(), actions.file, []

    def second_dies(**told):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return real(**told)

    monkeypatch.setattr(actions, "file", second_dies)
    with pytest.raises(RuntimeError):
        taken(streets, sheet("Phố B", "Phố C"))
    assert tables() == before


def test_who_lists_no_streets_and_a_list_without_end_are_refused(streets):
    with pytest.raises(NotYourCounter):
        taken(streets, sheet("Phố A"), "external")
    with pytest.raises(ListTooLong):
        taken(streets, sheet(*[f"Phố {number}" for number in range(501)]))


@pytest.mark.django_db(transaction=True)
def test_the_same_list_at_once_is_listed_once(transactional_db, tmp_path):
    with shared_world(tmp_path) as world:
        publish(read(TEXT, system="telecom"))
        since = datetime.date(2020, 1, 1)
        Competence.objects.create(agency=world.department, procedure=STREETS, valid_from=since)
        streets = Streets(world)
        answers = together(*[lambda: taken(streets, sheet("Phố A", "Phố B"))] * 3)
        assert sorted(answers) == [0, 0, 2]


@pytest.fixture
def desk(streets, client, monkeypatch):
    for door in (doors, context):
        monkeypatch.setattr(door, "now", lambda: MONDAY)

    def as_(who="specialist"):
        return signed_in(client, account_of(who, streets.world.officer_id(who)), at=MONDAY)

    return as_


def test_a_file_is_looked_at_and_then_listed_by_the_page(desk):
    client = desk()
    assert faults(client.get(PAGE)) == []
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD.split(","))
        page.write_row(1, 0, ROW.format("Phố A").split(","))
    shown = client.post(PAGE, {"file": SimpleUploadedFile("a.xlsx", out.getvalue())})
    assert (shown.status_code, faults(shown)) == (200, [])
    text = shown.content.decode()
    assert "Sẽ ghi: 1. Đã có, bỏ qua: 0. Sai: 0." in text
    assert not Dossier.objects.exists()
    kept = html.unescape(re.search(r'name="rows" value="([^"]*)"', text)[1])
    assert client.post(PAGE, {"rows": kept, "do": "list"}).status_code == 302
    assert client.post(PAGE, {"rows": kept, "do": "list"}).status_code == 302
    assert Dossier.objects.count() == 1


def test_what_is_wrong_is_told_by_row_and_cannot_be_listed(desk):
    client = desk()
    body = sheet("Phố A").replace(b"5581/UBND-DT", b"khong so")
    text = client.post(PAGE, {"file": SimpleUploadedFile("a.csv", body)}).content.decode()
    assert "Sai: 1." in text
    assert "Ghi tất cả" not in text
    for sent in ({"rows": "[1]", "do": "list"}, {"rows": "", "do": "list"}, {}):
        assert client.post(PAGE, sent).status_code == 422
    client.cookies["language"] = "en"
    assert "List streets from a file" in client.get(PAGE).content.decode()


def test_who_lists_no_streets_has_no_such_page(desk):
    assert desk("external").get(PAGE).status_code == 403
