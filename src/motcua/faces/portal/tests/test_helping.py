"""Help: whom to call, and which office is where and open when."""

from __future__ import annotations

import pytest

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import forget_tree
from motcua.faces.portal.offices import hours
from motcua.faces.ui.tests.pages import faults
from motcua.kernel.calendar import OFFICE_WEEK, Shift


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("url", ["/tro-giup", "/tro-giup?q=khong+co+dau", "/tro-giup?page=99"])
def test_the_page_is_whole(world, client, url, language):
    client.cookies["language"] = language
    page = client.get(url)
    assert (page.status_code, faults(page)) == (200, [])
    assert 'href="tel:1022"' in page.content.decode()


def test_an_office_is_found_without_accents_with_its_hours(world, client):
    Agency.objects.filter(pk=world.department.pk).update(
        name_vi="Sở Thông tin", address="185 Giảng Võ", phone="02437366617"
    )
    forget_tree()
    page = client.get("/tro-giup", {"q": "giang vo"}).content.decode()
    for words in ("Sở Thông tin", "185 Giảng Võ", "tel:02437366617", "Thứ Hai đến Thứ Sáu: 08:00"):
        assert words in page
    assert (
        "Không thấy nơi tiếp nhận" in client.get("/tro-giup", {"q": "nha trang"}).content.decode()
    )


def test_days_of_the_same_hours_are_one_line():
    assert hours(OFFICE_WEEK) == ("Thứ Hai đến Thứ Sáu: 08:00–12:00, 13:00–17:00",)
    morning = (Shift(8 * 60, 12 * 60),)
    assert hours((*OFFICE_WEEK[:5], morning, ())) == (
        "Thứ Hai đến Thứ Sáu: 08:00–12:00, 13:00–17:00",
        "Thứ Bảy: 08:00–12:00",
    )
