"""Agreements on shared use: what holds on a day, and what of it other records say otherwise."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.dossiers.tests.world import MONDAY, World, make_world
from motcua.core.registers.importing import import_rows
from motcua.core.registers.loading import register_of
from motcua.core.registers.rules import measure
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.faces.ui.tests.pages import faults
from motcua.systems.telecom.queries import shared_of
from motcua.systems.telecom.rules import Agreement, Odd, Shared

PAGE = "/ban/ha-tang-vien-thong/thoa-thuan"
TODAY = MONDAY.date()
FILES = {
    "telecom_operators": "name\nMạng Một\nMạng Hai\nMạng Ba\n",
    "telecom_sites": "code,operator,tenant_2\nT-1,Mạng Một,Mạng Hai\nT-2,Mạng Một,Mạng Ba\n",
    "telecom_spans": "code,kind,ducts,ducts_used,owner,geometry\n"
    'D-1,duct,4,1,Mạng Một,"LINESTRING (105.85 21.01, 105.85 21.02)"\n',
    "telecom_shares": "code,site,span,owner,tenant,taken,starts_on,ends_on,state\n"
    "A-1,T-1,,Mạng Một,Mạng Hai,,2020-01-01,,in_force\n"
    "A-2,,D-1,Mạng Một,Mạng Ba,2,2021-01-01,,in_force\n"
    "A-3,,D-1,Mạng Hai,Mạng Ba,3,2021-01-01,2022-12-31,ended\n",
}
SHARE = {"code": "A", "site": 1, "owner": 2, "tenant": 3, "starts_on": "2026-01-01"}


@pytest.fixture
def world(db) -> World:
    found = make_world()
    for key, body in FILES.items():
        told = {"actor": found.officers["specialist"], "agency_id": found.department.pk}
        import_rows(**told, at=MONDAY, declaration=register_of(key), body=body.encode())
    return found


@pytest.fixture
def page(world, client, monkeypatch):
    for door in (doors, context):
        monkeypatch.setattr(door, "now", lambda: MONDAY)

    def opened(query: str = "", who: str = "specialist"):
        officer = world.officer_id(who)
        return signed_in(client, account_of(who, officer), at=MONDAY).get(PAGE + query)

    return opened


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({}, ()),
        ({"span": 9, "taken": 1}, ("one_thing",)),
        ({"site": None}, ("one_thing",)),
        ({"tenant": 2}, ("two_operators",)),
        ({"site": None, "span": 9}, ("span_with_ducts",)),
        ({"ends_on": "2025-12-31"}, ("ends_after_start",)),
        ({"signed_on": "2026-01-02"}, ("ends_after_start",)),
        ({"signed_on": "2027-01-01", "starts_on": "2027-01-01"}, ("signed_in_the_past",)),
        ({"state": "in_force", "ends_on": "2026-11-01"}, ("in_force_is_not_over",)),
        ({"state": "ended"}, ("ended_since_a_day",)),
        ({"state": "ended", "ends_on": "2026-11-01"}, ()),
    ],
)
def test_what_a_clean_agreement_keeps_to(more, rules):
    told = {key: value for key, value in {**SHARE, **more}.items() if value is not None}
    assert measure(register_of("telecom_shares"), told, placed=False, on=TODAY).broken == rules


def agreed(tenant: int, taken: int = 0, owner: int = 1, **more) -> Agreement:
    days = {"starts_on": datetime.date(2020, 1, 1), "ends_on": None, "ended": False}
    return Agreement(
        record=9, code="A", owner=owner, tenant=tenant, taken=taken, **{**days, **more}
    )


def span(room: int | None, used: int | None, *agreements: Agreement) -> Shared:
    told = {"register": "s", "record": 1, "title": "D", "owner": 1, "tenants": frozenset[int]()}
    return Shared(**told, room=room, used=used, agreements=agreements, is_mast=False)


@pytest.mark.parametrize(
    ("day", "more", "found"),
    [
        ((2019, 12, 31), {}, False),
        ((2020, 1, 1), {}, True),
        ((2021, 1, 1), {"ends_on": datetime.date(2021, 1, 1)}, True),
        ((2021, 1, 2), {"ends_on": datetime.date(2021, 1, 1)}, False),
        ((2021, 1, 1), {"ended": True}, False),
    ],
)
def test_an_agreement_holds_from_its_first_day_to_its_last(day, more, found):
    assert agreed(2, **more).in_force(datetime.date(*day)) is found


@given(st.integers(0, 9), st.lists(st.integers(1, 9), max_size=5), st.integers(0, 9))
def test_a_span_is_odd_just_where_more_is_let_than_there_is(room, taken, used):
    told = span(room, used, *(agreed(2, one) for one in taken))
    assert (Odd.OVER in told.odd()) is (sum(taken) > room)
    assert (Odd.UNCOUNTED in told.odd()) is (sum(taken) > used)
    assert set(told.odd()) <= {Odd.OVER, Odd.UNCOUNTED}


@given(st.sets(st.integers(2, 6)), st.sets(st.integers(2, 6)))
def test_a_mast_agrees_just_where_both_name_the_same_operators(told, let):
    one = Shared(
        register="s",
        record=1,
        title="T",
        owner=1,
        room=4,
        used=1 + len(told),
        tenants=frozenset(told),
        agreements=tuple(agreed(number) for number in sorted(let)),
        is_mast=True,
    )
    assert (not {Odd.UNTOLD, Odd.UNAGREED} & {*one.odd()}) is (told == let)
    assert (Odd.OVER in one.odd()) is (len(let) > 3)


def test_what_is_not_known_is_not_held_against_a_span():
    assert span(None, None, agreed(2, 99)).odd() == ()
    assert span(9, 9, agreed(2, 1, owner=3)).odd() == (Odd.NOT_OWNER,)


def test_a_day_that_is_over_counts_what_held_then(world):
    actor = world.officers["counter"]
    now = {one.title: one for one in shared_of(actor, TODAY)}
    assert {key: (one.taken, one.odd()) for key, one in now.items()} == {
        "T-1": (1, ()),
        "T-2": (0, (Odd.UNAGREED,)),
        "D-1": (2, (Odd.UNCOUNTED,)),
    }
    then = {one.title: one for one in shared_of(actor, datetime.date(2022, 6, 1))}
    assert (then["D-1"].taken, then["D-1"].odd()) == (5, (Odd.OVER, Odd.UNCOUNTED, Odd.NOT_OWNER))


def test_the_page_lists_what_does_not_agree(page):
    answer = page()
    text = answer.content.decode()
    assert (answer.status_code, faults(answer)) == (200, [])
    assert "3 công trình dùng chung, 2 thỏa thuận đang hiệu lực; chưa khớp: 2." in text
    assert "<strong>T-2</strong>" in text
    assert "<strong>T-1</strong>" not in text
    assert "<strong>T-1</strong>" in page("?tat-ca=1").content.decode()
    assert "Ghi thỏa thuận" in text
    assert "Ghi thỏa thuận" not in page("", "counter").content.decode()


@pytest.mark.parametrize("day", ["x", "2099-01-01", "1999-01-01"])
def test_a_day_that_cannot_be_asked_is_refused(page, day):
    answer = page(f"?ngay={day}")
    assert (answer.status_code, faults(answer)) == (422, [])


def test_the_file_has_everything_and_the_page_speaks_english(page, client):
    rows = list(csv.DictReader(io.StringIO(page("?dang=csv").content.decode("utf-8-sig"))))
    told = {one["Công trình"]: (one["Theo thỏa thuận"], one["Chưa khớp"]) for one in rows}
    assert told["D-1"] == ("2", "sổ ghi đã dùng ít hơn thỏa thuận")
    assert told["T-1"] == ("1", "")
    client.cookies["language"] = "en"
    assert "3 works are shared by 2 agreements in force; 2 do not agree." in page().content.decode()
