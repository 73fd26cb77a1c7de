"""E-mails that are brought in: kept whole, read by the syntax or left to an officer, once."""

from __future__ import annotations

import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.dossiers import answers
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.registers.importing import import_rows, tried
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.tests.test_mails import mail
from motcua.faces.desk import doors
from motcua.faces.ui import context
from motcua.systems.antispam.events import REPORTS

DAY = datetime.date(2026, 11, 20)


def brought(world, *mails, dry: bool = False) -> dict:
    box = b"".join(b"From mau Fri Nov 20 2026\n" + one.as_bytes() + b"\n\n" for one in mails)
    told = {"at": MONDAY, "agency_id": world.department.pk, "body": box}
    given = {**told, "actor": world.officers["specialist"], "declaration": register_of(REPORTS)}
    if dry:
        return tried(**given)
    import_rows(**given)
    rows = Record.objects.filter(register=REPORTS).order_by("pk")
    return {row.natural: answers.read(row.values) for row in rows}


def test_a_forwarded_message_is_read_and_another_waits_for_somebody(world):
    box = (
        mail("Kính gửi,\nS [01681234567] [Vay tiền nhanh]", name="1"),
        mail("Số 0912 000 111 gọi mãi", name="2"),
        mail("DK DNC", name="3"),
    )
    assert not Record.objects.exists()
    assert brought(world, *box, dry=True)["counts"]["wrong"] == 0
    kept = list(brought(world, *box).values())
    assert [(one["kind"], one.get("source", "")) for one in kept] == [
        ("sms", "0381234567"),
        ("unread", ""),
        ("unread", ""),
    ]
    assert {(one["channel"], one["received_on"]) for one in kept} == {("email", "2026-11-20")}
    assert "Nguyễn Văn Mẫu <mau@example.vn>" in kept[0]["message"]


def test_the_same_mail_again_is_one_report(world):
    first = brought(world, mail(name="1"))
    assert brought(world, mail(name="1"), mail(name="2")).keys() > first.keys()
    assert Record.objects.filter(register=REPORTS).count() == 2


def test_an_officer_uploads_a_mail_and_looks_at_it_first(desk, monkeypatch):
    for door in (doors, context):
        monkeypatch.setattr(door, "now", lambda: MONDAY)
    specialist = account_of("specialist", desk.world.officer_id("specialist"))
    client = signed_in(Client(), specialist, at=MONDAY)
    where = f"/ban/so-dang-ky/{REPORTS}/nhap"
    assert ".mbox" in client.get(where).content.decode()
    said = mail("S [0912345678] [Vay]\n", name="4")
    said.replace_header("Date", "Fri, 30 Oct 2026 08:00:00 +0700")
    sent = SimpleUploadedFile("thu.eml", said.as_bytes(), "message/rfc822")
    look = client.post(where, {"file": sent}, follow=True)
    assert look.status_code == 200
    assert "E-" in look.content.decode()
    assert not Record.objects.filter(register=REPORTS).exists()
