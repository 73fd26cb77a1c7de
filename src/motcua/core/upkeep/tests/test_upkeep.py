"""The house is looked at, what is wrong stands first, and keepers alone try again what failed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.access.actors import Actor
from motcua.core.agencies.powers import Held
from motcua.core.backups.archive import ArchiveMissing
from motcua.core.exchange.actions import NotDead
from motcua.core.exchange.models import Message
from motcua.core.jobs.actions import NotRetried
from motcua.core.jobs.models import Job, Schedule
from motcua.core.ledger.models import Entry
from motcua.core.ledger.sealing import seal
from motcua.core.now import now as read_clock
from motcua.core.upkeep import findings, looks, rules
from motcua.core.upkeep.acts import (
    DRILL,
    TAKE,
    archive_asked,
    drill_asked,
    job_again,
    job_dropped,
    message_again,
    message_dropped,
)
from motcua.core.upkeep.queries import upkeep

AT = datetime.datetime(2026, 11, 2, 8, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
KEEPER = Actor(key="officer:7", officer_id=7, posts=(Held(1, rules.KEEPER, reads_agency=False),))
OTHER = Actor(key="officer:8", officer_id=8, posts=(Held(1, "leader", reads_agency=True),))


def job(**changes) -> Job:
    plain = {
        "kind": "papers.make",
        "payload": "{}",
        "run_at": AT,
        "created_at": AT,
        "state": "dead",
        "tries": 5,
        "finished_at": AT,
        "last_error": "ValueError: x",
    }
    return Job.objects.create(**{**plain, **changes})


def letter(**changes) -> Message:
    plain = {
        "receiver": "party:1",
        "channel": "notice",
        "topic": "received",
        "payload": '{"text": "Hồ sơ của bà Trần Thị Thử Nghiệm"}',
        "created_at": AT,
        "next_try": AT,
        "state": "dead",
        "tries": 9,
        "last_error": "Undelivered: binh@example.invalid does not exist",
    }
    return Message.objects.create(**{**plain, **changes})


@pytest.fixture(autouse=True)
def house(settings, tmp_path, monkeypatch):
    settings.MOTCUA_HOME, settings.MOTCUA_BACKUPS = tmp_path, tmp_path / "backups"
    monkeypatch.setattr(findings, "_LOOKS", {})


def codes(found) -> dict[str, bool]:
    return {one.code: one.ok for one in found}


@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_an_empty_disk_is_never_cramped_and_a_full_one_always(free, total):
    assert rules.is_cramped(0, total)
    assert not rules.is_cramped(total, total)
    if rules.is_cramped(free, total):
        assert free < 2 * 1024**3


@pytest.mark.parametrize(("minutes", "ok"), [(-1, True), (1, True), (3, False)])
@pytest.mark.django_db
def test_a_worker_that_takes_no_turn_is_found(minutes, ok):
    turn = AT - datetime.timedelta(minutes=minutes)
    Schedule.objects.create(name="a", kind="a", every_seconds=5, next_run=turn)
    Schedule.objects.create(name="b", kind="b", every_seconds=86400, next_run=AT + 9 * HOUR)
    assert codes(looks.worker(AT)) == {"upkeep.worker": ok}


@pytest.mark.django_db
def test_what_was_given_up_is_found_and_what_waits():
    assert all(codes([*looks.jobs(AT), *looks.messages(AT)]).values())
    job()
    job(state="ready", run_at=AT - HOUR, finished_at=None)
    letter()
    letter(state="waiting", created_at=AT - HOUR)
    assert not any(codes([*looks.jobs(AT), *looks.messages(AT)]).values())


@pytest.mark.django_db
def test_entries_that_nobody_seals_are_found(world_entry):
    assert codes(looks.ledger(AT)) == {"upkeep.seal": True}
    assert codes(looks.ledger(AT + HOUR)) == {"upkeep.seal": False}
    seal(at=AT + HOUR)
    assert codes(looks.ledger(AT + HOUR)) == {"upkeep.seal": True}


@pytest.fixture
def world_entry(db):
    from motcua.core.ledger.append import append_to_house
    from motcua.core.sql import act

    with act() as tx:
        append_to_house(tx, act="test", at=AT, actor=None)


@pytest.mark.django_db
def test_a_house_without_an_archive_is_not_well():
    assert codes(looks.kept(AT)) == {"upkeep.archive": False, "upkeep.drill": False}


def test_a_look_that_breaks_is_a_finding_and_what_is_wrong_stands_first(monkeypatch):
    well = findings.Finding("a", ok=True, vi="a", en="a")
    findings.look_at("well", lambda _: [well])
    findings.look_at("broken", lambda _: 1 / 0)
    assert [(one.code, one.ok) for one in findings.looked(AT)] == [
        ("upkeep.not_seen", False),
        ("a", True),
    ]


@pytest.mark.django_db
def test_a_keeper_sees_no_mail_box_and_no_payload():
    letter()
    [told] = upkeep(KEEPER, AT).letters
    assert told.last_error == "Undelivered: •••@example.invalid does not exist"


@pytest.mark.django_db
def test_a_dead_job_is_tried_again_once_and_the_ledger_knows_who_asked():
    dead = job()
    for _ in range(2):
        job_again(actor=KEEPER, at=AT, job_id=dead.pk, key="k")
    dead.refresh_from_db()
    assert (dead.state, dead.tries) == ("ready", 0)
    assert Entry.objects.filter(act="retry_job").count() == 1
    assert '"officer:7"' in Entry.objects.get(act="retry_job").body
    with pytest.raises(NotRetried):
        job_again(actor=KEEPER, at=AT, job_id=dead.pk, key="other")
    assert Entry.objects.filter(act="retry_job").count() == 1


@pytest.mark.django_db
def test_a_dead_letter_is_tried_again_once():
    dead = letter()
    for _ in range(2):
        message_again(actor=KEEPER, at=AT, message_id=dead.pk, key="k")
    dead.refresh_from_db()
    assert (dead.state, dead.tries) == ("waiting", 0)
    with pytest.raises(NotDead):
        message_again(actor=KEEPER, at=AT, message_id=dead.pk, key="other")


@pytest.mark.django_db
def test_nobody_else_sees_or_tries():
    dead = job()
    with pytest.raises(rules.NotTheSystemKeeper):
        upkeep(OTHER, AT)
    for act, number in ((job_again, "job_id"), (message_again, "message_id")):
        with pytest.raises(rules.NotTheSystemKeeper):
            act(actor=OTHER, at=AT, key=None, **{number: dead.pk})
    dead.refresh_from_db()
    assert dead.state == "dead"


@pytest.mark.django_db
def test_a_dead_job_is_dropped_once_for_a_reason_and_stays_away():
    dead = job()
    for _ in range(2):
        job_dropped(actor=KEEPER, at=AT, job_id=dead.pk, reason="pointless", key="k")
    dead.refresh_from_db()
    assert dead.state == "dropped"
    assert '"pointless"' in Entry.objects.get(act="drop_job").body
    for act in (job_again, lambda **told: job_dropped(reason="pointless", **told)):
        with pytest.raises(NotRetried):
            act(actor=KEEPER, at=AT, job_id=dead.pk, key="other")


@pytest.mark.django_db
def test_a_dead_letter_is_dropped_and_holds_nothing_up():
    dead = letter()
    message_dropped(actor=KEEPER, at=AT, message_id=dead.pk, reason="impossible", key=None)
    dead.refresh_from_db()
    assert (dead.state, dead.last_error != "") == ("dropped", True)
    assert upkeep(KEEPER, AT).letters == []


@pytest.mark.parametrize("reason", ["", "vì thế", "pointless "])
@pytest.mark.django_db
def test_nothing_is_dropped_without_a_reason_that_there_is(reason):
    dead = job()
    with pytest.raises(rules.ReasonUnknown):
        job_dropped(actor=KEEPER, at=AT, job_id=dead.pk, reason=reason, key=None)
    dead.refresh_from_db()
    assert dead.state == "dead"


@pytest.mark.django_db
def test_an_archive_that_is_asked_for_twice_is_made_once():
    for key in ("k", "k", "other"):
        archive_asked(actor=KEEPER, at=AT, key=key)
    assert Job.objects.get(kind=TAKE).state == "ready"
    assert [one.kind for one in upkeep(KEEPER, AT).asked] == [TAKE]


@pytest.mark.django_db
def test_no_drill_of_an_archive_that_is_not_there():
    for root in ("", "../../etc", "0" * 64):
        with pytest.raises(ArchiveMissing):
            drill_asked(actor=KEEPER, at=AT, root=root, key=None)
    assert not Job.objects.filter(kind=DRILL).exists()


@pytest.mark.django_db
def test_files_and_clock_are_looked_at(settings):
    now = read_clock()
    assert codes([*looks.files(AT), *looks.clock(now)]) == {
        "upkeep.files": True,
        "upkeep.clock": True,
    }
    assert codes(looks.clock(now - HOUR)) == {"upkeep.clock": False}
    settings.MOTCUA_HOME = settings.MOTCUA_HOME / "gone"
    with pytest.raises(OSError, match="gone"):
        list(looks.files(AT))
