"""The officers' menu shows what their posts open, and every page of it is there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motcua.core.procedures.systems import MENU_GROUPS, load, menu
from motcua.core.staff.tests.lent import lend
from motcua.faces.ui.rail import address_of

SHIPPED = ("motcua.systems.one_stop", "motcua.systems.benchmark")


@pytest.fixture
def shipped(settings):
    settings.MOTCUA_SYSTEMS = list(SHIPPED)


def names(answer) -> dict[str, list[str]]:
    return {group.key: [one.name for one in group.entries] for group in answer.context["rail"]()}


@pytest.mark.parametrize("system", SHIPPED)
def test_every_page_of_a_menu_is_one_of_the_desk(system):
    declared = load(system).declaration
    assert all(reverse(address_of(item)).startswith("/ban/") for item in declared.menu)


def test_a_page_stands_once_and_groups_keep_their_order(shipped):
    found = menu()
    pages = [item.page for item in found]
    order = [MENU_GROUPS.index(item.group) for item in found]
    assert (len(pages), order) == (len({*pages}), sorted(order))


def test_heads_see_what_they_watch_and_counters_the_counter(desk, shipped):
    head, counter = (names(desk.get(who, "/ban/viec")) for who in ("unit_head", "counter"))
    assert "Bàn điều hành" in head["work"]
    assert "Nhật ký truy cập" in head["watch"]
    assert "watch" not in counter
    assert "Tiếp nhận mới" in counter["office"]
    assert "Tiếp nhận mới" not in head["office"]


def test_who_stands_in_sees_what_the_post_sees(desk, shipped):
    assert "Tiếp nhận mới" not in names(desk.get("second", "/ban/viec"))["office"]
    lend(desk.world, "counter", "second")
    assert "Tiếp nhận mới" in names(desk.get("second", "/ban/viec"))["office"]


def test_the_page_one_is_on_is_marked_and_so_is_the_one_above_it(desk, shipped):
    def marked(path):
        groups = desk.get("counter", path).context["rail"]()
        return [(one.address, one.current) for g in groups for one in g.entries if one.current]

    done = desk.world.take_in()
    assert marked("/ban/viec") == [("/ban/viec", "page")]
    assert marked(f"/ban/ho-so/{done.code}") == [("/ban/ho-so", "true")]


def test_all_that_heads_see_opens_for_them(desk, shipped):
    for group in desk.get("unit_head", "/ban/viec").context["rail"]():
        for entry in group.entries:
            assert desk.get("unit_head", entry.address).status_code == 200, entry.address


def test_the_menu_speaks_english(desk, shipped):
    browser = desk.as_("unit_head")
    browser.cookies["language"] = "en"
    page = browser.get("/ban/viec").content.decode()
    assert all(name in page for name in (">Watching<", "Head&#x27;s board", "Access log"))
