"""Công khai số liệu: what a page shows is what was counted, and a file holds the same lines."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from python_calamine import CalamineWorkbook

from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.figures.counting import count
from motcua.faces.ui.tests.pages import faults

FRIDAY = MONDAY + datetime.timedelta(days=4)
EVERY = (
    "/so-lieu",
    "/so-lieu?theo=thu-tuc&ky=2026-11",
    "/so-lieu?theo=thang",
    "/so-lieu?ky=2026-Q4",
    "/so-lieu?ky=2026",
)


@pytest.fixture
def counted(world, settings):
    """One dossier finished early, one that waits."""
    settings.MOTCUA_FIGURES_SHOWN_FROM = 1
    world.to("returned")
    world.to("check")
    count(at=FRIDAY)
    return world


def lines(client, query: str) -> list[list[str]]:
    answer = client.get(f"/so-lieu/tep?{query}&dang=csv")
    assert answer["Content-Disposition"].endswith('.csv"')
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("url", EVERY)
def test_each_view_is_whole(counted, client, url, language):
    client.cookies["language"] = language
    page = client.get(url)
    assert (page.status_code, faults(page)) == (200, [])


def test_a_house_without_a_count_says_so(world, client):
    page = client.get("/so-lieu")
    assert (page.status_code, faults(page)) == (200, [])
    assert "Chưa có số liệu" in page.content.decode()
    assert client.get("/so-lieu/tep?dang=csv").status_code == 404


@pytest.mark.parametrize("view", ["co-quan", "thu-tuc", "thang"])
def test_a_file_holds_what_the_page_shows(counted, client, view):
    page = client.get(f"/so-lieu?theo={view}").content.decode()
    heading, *rows, total = lines(client, f"theo={view}")
    assert (len(rows), total[1:4]) == (1, ["2", "2", "1"])
    assert f'<th scope="row">{rows[0][0]}</th>' in page.replace("\n", "") or rows[0][0] in page
    assert rows[0][1:4] == total[1:4]
    assert dict(zip(heading, total, strict=True))["Trước hạn và đúng hạn"] == "100,0%"


def test_a_sheet_has_real_numbers(counted, client):
    answer = client.get("/so-lieu/tep?theo=co-quan&dang=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert rows.to_python()[1][1] == 2


def test_another_period_or_agency_is_another_page(counted, client):
    department = counted.department.pk
    assert lines(client, f"theo=thu-tuc&co-quan={department}")[-1][1] == "2"
    assert len(lines(client, f"theo=thu-tuc&co-quan={counted.city.pk}")) == 1
    assert len(lines(client, "theo=co-quan&ky=2026-10")) == 1
    assert len(lines(client, "theo=co-quan&thu-tuc=9.000001")) == 3


@pytest.mark.parametrize(
    "query",
    ["ky=2026-13", "ky=2026-Q9", "ky=0000", "ky=٢٠٢٦", "co-quan=x", "thu-tuc=%00", "theo=x"],
)
def test_what_is_no_period_is_the_last_year(counted, client, query):
    assert client.get(f"/so-lieu?{query}").status_code == 200
    assert lines(client, query)[-1][1:4] == ["2", "2", "1"]


@pytest.mark.parametrize("period", ["0001", "0001-01", "0001-Q1", "9999", "9999-12", "2026-Q-1"])
@pytest.mark.parametrize("view", ["co-quan", "thu-tuc", "thang"])
def test_a_period_far_from_here_is_an_empty_page(counted, client, period, view):
    for url in (f"/so-lieu?theo={view}&ky={period}", f"/so-lieu/tep?dang=xlsx&ky={period}"):
        assert client.get(url).status_code == 200


def test_outcomes_of_few_are_hidden(counted, client, settings):
    settings.MOTCUA_FIGURES_SHOWN_FROM = 2
    page = client.get("/so-lieu").content.decode()
    assert "ẩn</span>" in page
    heading, row, _total = lines(client, "theo=co-quan")
    told = dict(zip(heading, row, strict=True))
    assert (told["Trước hạn"], told["Trung vị, ngày làm việc"]) == ("", "")


def test_every_page_has_its_own_lines(counted, client, monkeypatch):
    from motcua.faces.portal.views import figures

    monkeypatch.setattr(figures, "PAGE", 1)
    assert 'rel="next"' not in client.get("/so-lieu?page=7").content.decode()
