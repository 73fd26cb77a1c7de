"""The page of undergrounding: years, phases, streets, a file; what a reader may see of it."""

from __future__ import annotations

import csv
import io

import pytest

from motcua.core.access.models import Read
from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.faces.ui.tests.pages import faults
from motcua.systems.telecom.tests.conftest import STREET

PAGE = "/ban/ha-tang-vien-thong/ha-ngam"


@pytest.fixture
def page(streets, client, monkeypatch):
    """Two streets of one phase, the first accepted; give a way to open the page as somebody."""
    for door in (doors, context):
        monkeypatch.setattr(door, "now", lambda: MONDAY)
    done = streets.list("Phố Xong", length=1500)
    streets.accept(done, hours=0)
    other = streets.list("Phố Chậm", phase_end="2026-11-01", phase=2, power=False)
    streets.move(other, "survey", "dig", hours=0)
    streets.move(other, "give_tasks", legs=("viettel",), hours=0)

    def opened(query: str = "", who: str = "specialist"):
        officer = streets.world.officer_id(who)
        return signed_in(client, account_of(who, officer), at=MONDAY).get(PAGE + query)

    return opened


def test_years_lead_to_phases_and_each_figure_to_its_streets(page):
    answer = page()
    text = answer.content.decode()
    assert faults(answer) == []
    assert "Xong 1/2 phố (50,0%), 1,50 trên 2,00 km." in text
    for link in ("nam=2016", "nam=2016&amp;dot=2", "nam=2016&amp;dot=2&amp;trang-thai=late"):
        assert f'href="?{link}"' in text
    assert "trang-thai=guided" not in text  # a nought leads nowhere


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?nam=2016", ("Phố Xong", "Phố Chậm"), ()),
        ("?nam=2016&dot=1", ("Phố Xong", "02/11/2026"), ("Phố Chậm",)),
        (
            "?trang-thai=late",
            ("Phố Chậm", "Số phố: 1; dài 0,50 km", "Viettel: đang hạ cáp"),
            ("Phố Xong",),
        ),
        ("?trang-thai=done", ("Phố Xong",), ("Phố Chậm",)),
        ("?nam=2017", ("Không có phố nào khớp.",), ("Phố Xong", "Phố Chậm")),
        ("?nam=x&dot=&trang-thai=?", ("Phố Xong", "Phố Chậm"), ()),
    ],
)
def test_the_streets_behind_a_figure_are_listed(page, query, there, gone):
    answer = page(query)
    text = answer.content.decode()
    assert (answer.status_code, faults(answer)) == (200, [])
    assert all(words in text for words in there)
    assert not any(words in text for words in gone)


def test_the_file_holds_what_the_page_counts(page):
    answer = page("?nam=2016&dang=csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    told = [(one["Đường, phố"], one["Trạng thái"], one["Dài (m)"], one["Trễ hạn"]) for one in rows]
    assert told == [
        ("Phố Xong", "Đã xong", "1500", "không"),
        ("Phố Chậm", "Đang hạ ngầm", "500", "có"),
    ]


def test_who_reads_none_of_the_dossiers_sees_and_counts_none(page):
    text = page(who="external").content.decode()
    assert "Chưa có phố nào trong danh mục" in text
    assert "Phố Xong" not in page("?nam=2016", who="external").content.decode()


def test_a_street_is_listed_by_the_ordinary_form(page, client):
    form = "/ban/tiep-nhan/9.000092"
    assert f'href="{form}"' in page().content.decode()
    told = {f"fields.{key}": str(value) for key, value in STREET.items() if value is not True}
    for key in ("phase_end", "decided_on"):
        year, month, day = told.pop(f"fields.{key}").split("-")
        parts = {"day": day, "month": month, "year": year}
        told |= {f"fields.{key}.{part}": number for part, number in parts.items()}
    person = {"kind": "person", "name": "Nguyễn Trường Đạt", "phone": "0912345678"}
    asked = {f"applicant.{key}": value for key, value in person.items()}
    sent = {**told, **asked, "key": "one", "fields.street": "Phố Mới"}
    client.post(form, {**sent, "fields.decision": "không số"})
    assert "Phố Mới" not in page("?nam=2016").content.decode()
    assert client.post(form, sent).status_code == 302
    assert "Phố Mới" in page("?nam=2016&trang-thai=guided").content.decode()
    assert f'href="{form}"' not in page(who="external").content.decode()


def test_a_look_is_written_down_and_strangers_sign_in(page, client):
    before = Read.objects.count()
    page("?nam=2016")
    assert Read.objects.count() > before
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_it_speaks_english(page, client):
    client.cookies["language"] = "en"
    text = page("?nam=2016").content.decode()
    assert "Done: 1/2 streets (50.0%), 1.50 of 2.00 km." in text
    assert "Being dug, cables going down" in text
