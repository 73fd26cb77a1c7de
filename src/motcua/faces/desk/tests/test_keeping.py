"""The data keeper's page: what is due, held and erased; for nobody else."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access.actors import house
from motcua.core.access.models import Read
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.erasure.actions import hold
from motcua.core.erasure.retention import set_rule
from motcua.core.erasure.rules import Kind, Rule

PATH = "/ban/luu-giu"


@pytest.fixture
def keeper(desk) -> str:
    """Make the specialist keep the data of the agency where they work."""
    Appointment.objects.create(
        officer_id=desk.world.officer_id("specialist"),
        agency_id=desk.world.officers["specialist"].posts[0].agency_id,
        post="data_keeper",
        valid_from=DAY,
        reads_agency=True,
    )
    return "specialist"


@pytest.fixture
def ended(desk):
    """Give a dossier that ended years ago, with rules by which it is due."""
    done = desk.received()
    for rule in (Rule("*", 5, "12/QĐ-UBND"), Rule("*", 0, "8/QĐ-UBND", Kind.SIGN_IN, months=6)):
        set_rule(actor="system:test", at=MONDAY, rule=rule)
    tomorrow = DAY + datetime.timedelta(days=400)
    set_rule(actor="system:test", at=MONDAY, rule=Rule("*", 2, "9/NQ-HĐND", since=tomorrow))
    past = MONDAY.replace(year=MONDAY.year - 6)
    Dossier.objects.filter(pk=done.dossier_id).update(
        closed=True,
        finished_at=past,
        receiving_agency_id=desk.world.officers["specialist"].posts[0].agency_id,
    )
    return done


def test_the_keeper_sees_what_is_due_and_by_which_rule(desk, keeper, ended):
    shown = desk.get(keeper, PATH)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert f"/ban/ho-so/{ended.code}" in text
    assert "theo 12/QĐ-UBND" in text
    assert "6 tháng" in text
    assert "Sắp áp dụng" in text
    assert "Nguyễn" not in text
    hold(actor=house("test"), at=MONDAY, dossier_id=ended.dossier_id, document="3/TA")
    assert desk.get(keeper, PATH).content.decode().count("3/TA") == 2  # as due, and as held
    row = Read.objects.order_by("id").last()
    assert (row.kind, row.what, row.count) == ("listed", "retention", 1)
    assert PATH in desk.get(keeper, "/ban/tai-khoan").content.decode()


def test_it_is_said_in_english_too(desk, keeper, ended):
    browser = desk.as_(keeper)
    browser.cookies["language"] = "en"
    text = browser.get(PATH).content.decode()
    assert "Due to be erased" in text
    assert "6 months" in text


@pytest.mark.parametrize("who", ["counter", "leader", "other_head"])
def test_nobody_else_is_let_in(desk, ended, who):
    answer = desk.get(who, PATH)
    assert answer.status_code == 403
    assert ended.code not in answer.content.decode()
    assert PATH not in desk.get(who, "/ban/tai-khoan").content.decode()
