"""What if, asked by a head and by command over a simulated half-year."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.access import actors
from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.models import Dossier
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Account
from motcua.core.whatif.asking import (
    BadPeriod,
    NobodyLeft,
    NotForYou,
    Question,
    TooMany,
    ask,
    check_head,
    headed,
)
from motcua.faces.ui.tests.pages import faults
from motcua.kernel.calendar import Limit
from motcua.site.cli import main
from motcua.site.sample.coming import stretch_of
from motcua.site.sample.loading import load_city
from motcua.site.sample.simulation import simulate
from motcua.site.tests.conftest import AT, forget, instance_for_all

FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 11, 19)


@pytest.fixture(scope="module")
def _half_a_year(django_db_setup, django_db_blocker):
    with instance_for_all(django_db_blocker):
        load_city(AT)
        simulate(stretch_of(dossiers=300, seed=11, until=AT, days=320))
        yield


@pytest.fixture
def lived(_half_a_year, db):
    """The city and what happened in it; what a test writes is undone."""
    forget()
    yield
    forget()


def question(**changes) -> Question:
    told = {"agency_id": agency_by_code("H26").id, "first": FIRST, "last": LAST}
    return Question(**{**told, **changes})


def still_open(last: datetime.date = LAST):
    return Dossier.objects.filter(
        closed=False, finished_at=None, received_at__date__range=(FIRST, last)
    )


def end_of(day: datetime.date) -> datetime.datetime:
    """Give the instant at which a day is over in Hanoi."""
    return datetime.datetime(day.year, day.month, day.day, 17, tzinfo=datetime.UTC)


def late() -> int:
    done = Dossier.objects.filter(bucket="late", received_at__date__lte=LAST)
    return done.count() + still_open().filter(due_at__lt=end_of(LAST), paused_since=None).count()


def test_what_was_recorded_comes_out_as_it_was(lived):
    found = ask(question(), at=AT)
    assert found.before == found.after == late() > 0
    done = Dossier.objects.exclude(bucket="").filter(received_at__date__lte=LAST)
    assert found.open == still_open().count() > 0
    assert found.count == done.count() + found.open
    assert not any(one.breaks for one in found.offices)


def test_an_open_one_over_a_shorter_limit_by_the_end_of_the_period_is_late(lived):
    row = still_open().filter(due_at__gt=end_of(LAST), paused_since=None).earliest("received_at")
    code = row.version.procedure.code
    limits = {code: Limit.parse("1 working_hour")}
    day = row.received_at.date()
    told = ask(question(first=day, procedure=code, limits=limits), at=AT)
    without = ask(question(first=day, procedure=code), at=AT)
    assert told.open == without.open > 0
    assert told.after > without.after
    # On the evening of the day of reception nobody could know yet.
    assert ask(question(first=day, last=day, procedure=code), at=AT).before == 0


def test_a_shorter_limit_makes_more_late_and_names_who_breaks(lived):
    limits = {"1.003633": Limit.parse("3 working_day")}
    found = ask(question(limits=limits, procedure="1.003633"), at=AT)
    assert found.after > found.before
    assert any(one.breaks for one in found.offices)
    assert sum(one.after.late for one in found.offices) == found.after
    assert [one.code for one in found.procedures] == ["1.003633"]


def test_one_specialist_fewer_of_two(lived):
    own = agency_by_code("H26.12").id
    found = ask(question(agency_id=own, fewer={(own, "specialist"): 1}), at=AT)
    (office,) = [one for one in found.offices if one.office == (own, "specialist")]
    assert office.people == 2
    assert office.after.minutes > office.before.minutes
    assert found.after >= found.before


def test_nothing_is_written(lived):
    before = Entry.objects.count(), list(Dossier.objects.order_by("id").values_list("head", "seq"))
    ask(question(limits={"1.003633": Limit.parse("1 working_day")}), at=AT)
    assert (
        Entry.objects.count(),
        list(Dossier.objects.order_by("id").values_list("head", "seq")),
    ) == before


def test_what_cannot_be_asked_is_named(lived):
    ward = agency_by_code("H26.101").id
    with pytest.raises(NobodyLeft):
        ask(question(fewer={(ward, "specialist"): 1}), at=AT)
    with pytest.raises(BadPeriod):
        ask(question(first=LAST, last=FIRST), at=AT)
    with pytest.raises(BadPeriod):
        ask(question(last=AT.date() + datetime.timedelta(days=2)), at=AT)


def test_a_page_answers_for_so_many(lived):
    with pytest.raises(TooMany):
        ask(question(), at=AT, most=5)


def actor(username: str):
    officer = Account.objects.get(username=username).officer
    return actors.officer(officer.pk, officer.name, on=AT.date())


def test_heads_ask_about_their_own_people_alone(lived):
    own, other = agency_by_code("H26.12").id, agency_by_code("H26.15").id
    head, specialist, mayor = actor("truongphong"), actor("chuyenvien"), actor("chutich")
    assert headed(head, AT.date()) == [own]
    assert headed(specialist, AT.date()) == []
    assert {own, other} <= set(headed(mayor, AT.date()))
    check_head(head, own)
    for who, where in ((head, other), (specialist, own)):
        with pytest.raises(NotForYou):
            check_head(who, where)


@pytest.fixture
def desk(client, monkeypatch):
    monkeypatch.setattr("motcua.faces.desk.doors.now", lambda: AT)

    def opened(username: str):
        client.force_login(Account.objects.get(username=username))
        return client

    return opened


def test_a_head_sees_the_table_and_what_is_assumed(lived, desk):
    own = agency_by_code("H26.12").id
    sent = {"co-quan": own, "tu": "2026-01-01", "den": "2026-11-19", "thu-tuc": "1.003633"}
    page = desk("truongphong").get("/ban/neu-khac-di", {**sent, "thoi-han": "3"})
    text = page.content.decode()
    assert faults(page) == []
    assert "Không kham nổi" in text
    assert "Đã giả định gì" in text


def test_the_form_comes_first(lived, desk):
    page = desk("truongphong").get("/ban/neu-khac-di")
    assert faults(page) == []
    assert "Đã giả định gì" not in page.content.decode()


def test_a_refusal_keeps_what_was_asked(lived, desk):
    own = agency_by_code("H26.12").id
    sent = {"co-quan": own, "tu": "2026-11-19", "den": "2026-01-01", "thoi-han": "7"}
    page = desk("truongphong").get("/ban/neu-khac-di", sent)
    assert page.status_code == 422
    assert 'value="7"' in page.content.decode()


@pytest.mark.parametrize(
    ("username", "where"), [("chuyenvien", "H26.12"), ("truongphong", "H26.15")]
)
def test_others_have_no_such_page(lived, desk, username, where):
    sent = {"co-quan": agency_by_code(where).id}
    assert desk(username).get("/ban/neu-khac-di", sent).status_code == 403


def test_the_command_tells_offices_and_procedures(lived, capsys):
    given = ["what-if", "H26.12", "--first", "2026-01-01", "--last", "2026-11-19"]
    limit = ["--limit", "1.003633=3 working_day", "--fewer", "H26.12:specialist=1", "--json"]
    assert main([*given, *limit]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["late"]["assumed"] > told["late"]["recorded"]
    assert told["breaks"]
    assert sum(one["late"]["assumed"] for one in told["offices"]) == told["late"]["assumed"]
    assert main([*given, "--limit", "1.003633"]) == 1
    assert "cli.not_an_assumption" in capsys.readouterr().err
