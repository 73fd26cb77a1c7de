"""What only one side does: e-mail's settings, the file's once-only, and the choice of a side."""

from __future__ import annotations

import socket

import pytest

from motcua.core.exchange import carriers
from motcua.core.exchange.models import Message
from motcua.core.exchange.outbox import put
from motcua.core.jobs import registry, schedules
from motcua.core.jobs.worker import run_one
from motcua.core.people.models import Officer, Party
from motcua.core.sql import act
from motcua.links.messages import real
from motcua.links.messages.addresses import address_of
from motcua.links.messages.check import check
from motcua.links.messages.connect import chosen, connect
from motcua.links.messages.fake import FileCarrier
from motcua.links.messages.port import Undelivered
from motcua.links.messages.real import EmailCarrier
from motcua.links.messages.tests.conftest import ADDRESSES, notice


@pytest.fixture
def file(tmp_path):
    return FileCarrier(ADDRESSES.get, path=tmp_path / "outbox.jsonl")


def test_the_file_keeps_a_repeat_once(file):
    for number in (1, 2, 1):
        file.send(notice(number))
    assert [row["id"] for row in file.kept()] == [1, 2]


def test_an_unfinished_line_is_written_anew(file):
    file.send(notice(1))
    with file.path.open("a", encoding="utf-8") as open_file:
        open_file.write('{"id": 2, "subj')
    assert [row["id"] for row in file.kept()] == [1]
    file.send(notice(2, subject="Dòng\u2028lạ"))
    assert [row["id"] for row in file.kept()] == [1, 2]


def test_a_second_worker_adds_no_repeat_and_a_new_file_begins_anew(file, tmp_path):
    other = FileCarrier(ADDRESSES.get, path=file.path)
    for side, number in ((file, 1), (other, 1), (other, 2), (file, 2), (file, 3)):
        side.send(notice(number))
    assert [row["id"] for row in file.kept()] == [1, 2, 3]
    file.path.rename(tmp_path / "put-away")
    for side in (file, other):
        side.send(notice(3))
    assert [row["id"] for row in file.kept()] == [3]


def test_letters_that_follow_closely_share_a_connection(sink, mail, monkeypatch):
    for number in (1, 2, 3):
        mail.send(notice(number))
    assert (len(sink.letters), sink.calls) == (3, 1)
    monkeypatch.setattr(real, "_LETTERS_A_LINE", 3)
    mail.send(notice(4))
    monkeypatch.setattr(real, "_PAUSE_SECONDS", 0.0)
    mail.send(notice(5))
    assert (len(sink.letters), sink.calls) == (5, 3)


def test_after_an_error_the_next_letter_has_a_connection_of_its_own(sink, mail):
    with pytest.raises(Undelivered):
        mail.send(notice(1, receiver="party:2"))
    mail.send(notice(2))
    assert (len(sink.letters), sink.calls) == (1, 2)


def test_a_file_that_cannot_be_written_is_found(file):
    file.path.mkdir()
    assert not file.check()[0].ok


def test_a_mail_server_that_is_away_is_found_and_worth_another_try(sink, settings):
    sink.stop()
    carrier = EmailCarrier(ADDRESSES.get)
    assert [f.code for f in carrier.check() if not f.ok] == ["messages.server"]
    with pytest.raises(Undelivered) as caught:
        carrier.send(notice())
    assert not caught.value.permanent


def test_a_look_does_not_wait_for_a_mail_server_that_says_nothing(settings, monkeypatch):
    settings.EMAIL_TIMEOUT = 600
    monkeypatch.setattr(real, "_LOOK_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        assert "messages.server" in [f.code for f in EmailCarrier().check() if not f.ok]


def test_a_sender_nobody_set_is_found(sink, settings):
    settings.DEFAULT_FROM_EMAIL = "webmaster@localhost"
    assert [f.code for f in EmailCarrier().check() if not f.ok] == ["messages.sender"]


def test_the_sample_city_sends_to_nobody(settings, tmp_path):
    settings.MOTCUA_HOME, settings.MOTCUA_SAMPLE = tmp_path, True
    assert isinstance(chosen(), FileCarrier)
    assert [f.code for f in check()] == ["messages.sample"]
    settings.MOTCUA_SAMPLE = False
    assert isinstance(chosen(), EmailCarrier)


@pytest.mark.django_db
def test_addresses_come_from_parties_and_officers():
    party = Party.objects.create(name="Lê Thị Bình", email="binh@example.vn")
    officer = Officer.objects.create(name="Trần Văn An", staff_number="7", email="an@example.vn")
    assert address_of(f"party:{party.id}") == "binh@example.vn"
    assert address_of(f"officer:{officer.id}") == "an@example.vn"


@pytest.mark.django_db
@pytest.mark.parametrize("receiver", ["party:0", "party:x", "nobody:1", "party"])
def test_a_receiver_without_an_address_has_none(receiver):
    assert address_of(receiver) is None


@pytest.mark.django_db
def test_a_message_of_an_act_arrives_by_the_scheduled_job(settings, tmp_path, monkeypatch):
    settings.MOTCUA_HOME, at = tmp_path, notice().created_at
    for module, name in (
        (carriers, "_CARRIERS"),
        (registry, "_HANDLERS"),
        (schedules, "_DECLARED"),
    ):
        monkeypatch.setattr(module, name, {})
    party = Party.objects.create(name="Lê Thị Bình", email="binh@example.vn")
    with act() as tx:
        facts = {"receiver": f"party:{party.id}", "channel": "notice", "topic": "received"}
        put(tx, payload=notice().payload, dossier=7, at=at, **facts)
    connect()
    schedules.synchronise(at)
    schedules.run_due(at)
    assert run_one("a", at)
    assert Message.objects.get().state == "sent"
    assert [row["to"] for row in FileCarrier().kept()] == ["binh@example.vn"]
