"""The leak walk: every address and operation, as every kind of actor, over planted rows."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.security.actors import ACTORS
from tests.security.house import House, of_the_other, received, restrict, words_of
from tests.security.routes import routes
from tests.security.walk import Walk

LAST = 9
"""The words of a dossier that is planted later than all others."""

IN_THE_MIDST_OF_SIGNING_IN = {
    "/dang-nhap/xac-thuc",
    "/dang-nhap/thiet-lap",
    "/dang-nhap/dien-thoai/ma",
    "/dang-nhap/khoa-truy-cap",
    "/dang-nhap/khoa-truy-cap/thach-thuc",
}
NEVER_OPEN = {
    "/api/v1/",  # what no operation answers
    "/ban/hoan-tac",  # only right after an assignment of one's own
    "/sample/outbox",  # in a sample city alone
    "/sample/components",
    "/api/v1/reforms/<reform>/decide",  # only for the digest of the very draft that was read
    # only with a code of who signs for the agency, which no key has
    "/api/v1/official-documents/<document>/copies",
    "/api/v1/incoming-documents/<arrival>/copies",
    "/api/v1/official-documents/<document>/returns",  # only of what was sent
    "/api/v1/dossiers/<code>/mast-permit",  # only of a mast whose permit was signed
    *IN_THE_MIDST_OF_SIGNING_IN,
}
OFTEN = {
    *("nobody", "citizen", "visitor_of_a_restricted_one", "specialist", "unit_head"),
    *("left", "key_of_another"),
}
"""Actors of whom none is like another; the rest walk with the longer tests."""

COUNTED = {"/ban/thu-phi", "/ban/thu-phi/xuat", "/api/v1/takings", "/ban/van-hanh/viec-nen"}
"""Where money, or work of the house, is counted whatever its dossier is; its code is left out."""


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=() if one in OFTEN else pytest.mark.wide) for one in ACTORS]
)
def test_nobody_is_told_what_the_rows_hide_from_them(house, name):
    who = ACTORS[name](house)
    walk = Walk(house, who).everywhere()
    assert walk.leaks == []
    assert {one for one in who.knows if who.sees(one)} <= walk.shown.keys()


def test_every_door_opens_to_somebody(house):
    """A door that opens to none of these was asked for something that it does not know."""
    names = ("counter", "specialist", "unit_head", "leader", "keeper", "other_specialist")
    names += ("system_keeper", "signer", "visitor_who_may_rate", "visitor", "citizen", "nobody")
    knockers = [ACTORS[name](house) for name in names]
    closed = {
        route.pattern
        for route in routes()
        if not any(Walk(house, who).answers(route) for who in knockers)
    }
    told = "let tests/security (STANDS_FOR, forms, or the planted house) fit what these ask for"
    assert closed - NEVER_OPEN == set(), told


def restricted_one(house: House, agency: str) -> None:
    """Plant one more restricted dossier in an agency."""
    make, who = (received, "specialist") if agency == "own" else (of_the_other, "other_specialist")
    restrict(house, make(house, words_of(LAST)), who)


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("citizen", "own"),
        ("nobody", "own"),
        *(
            pytest.param(name, agency, marks=pytest.mark.wide)
            for name, agency in (
                ("unit_head", "other"),
                ("leader", "own"),
                ("leader", "other"),
                ("keeper", "own"),
                ("other_head", "own"),
                ("auditor", "own"),
                ("system_keeper", "own"),
            )
        ),
    ],
)
def test_one_more_hidden_dossier_changes_no_list_no_count_and_no_sum(house, name, agency):
    """Where no dossier stands in the address, the house answers as if there were none more."""
    walk = Walk(house, ACTORS[name](house))
    before = walk.overview()
    with transaction.atomic():
        restricted_one(house, agency)
        after = walk.overview()
        transaction.set_rollback(True)
    changed = {address for address in before if before[address] != after[address]}
    assert {one for one in changed if one.partition("?")[0] not in COUNTED} == set()
