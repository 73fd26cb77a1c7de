"""A process that issues documents or looks at them: `child.py make|run|check`."""

from __future__ import annotations

import datetime
import json
import sys
import threading

import django

from tests.saying import say

HOW_MANY, CLERKS = 24, 4


def main(what: str) -> None:
    """Draft and review; or issue by several clerks and seal, a line for each; or check."""
    django.setup()
    from motcua.core.official import signing
    from motcua.core.official.tests.authority import Authority
    from motcua.core.official.tests.office import make_office

    if what == "check":
        return check()
    signing.sign_with(Authority())
    if what == "make":
        office = make_office()
        for _ in range(HOW_MANY):
            office.draft()
        return None
    return run()


def run() -> None:
    from django.db import connection

    from motcua.core.access import actors
    from motcua.core.dossiers.tests.world import DAY, MONDAY
    from motcua.core.official.models import OutgoingDocument
    from motcua.core.official.moving import move
    from motcua.core.people.models import Officer

    people = {one: actors.officer(Officer.objects.get(name=one).pk, one, DAY)
              for one in ("Trưởng Phòng", "Đỗ Thị Ưởng", "Văn Thư")}  # fmt: skip
    steps = {
        "draft": ("Trưởng Phòng", "review"),
        "reviewed": ("Đỗ Thị Ưởng", "sign"),
        "signed": ("Văn Thư", "issue"),
    }

    def work(hand: int) -> None:
        rows = OutgoingDocument.objects.exclude(state="issued").order_by("pk")
        for row in [one for one in rows if one.pk % CLERKS == hand]:
            while (now := OutgoingDocument.objects.get(pk=row.pk)).state != "issued":
                if now.state in steps:
                    who, name = steps[now.state]
                    move(actor=people[who], at=MONDAY, document_id=row.pk, name=name,
                         revision=None, key=None)  # fmt: skip
                else:
                    jobs(now)
            say(str(row.pk))
        connection.close()

    def jobs(row: OutgoingDocument) -> None:
        from motcua.core.official.jobs import sign

        sign({"document": row.pk, "revision": row.revision}, at=MONDAY)

    threads = [threading.Thread(target=work, args=(hand,)) for hand in range(CLERKS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def check() -> None:
    from motcua.core.files.store import path_of
    from motcua.core.ledger.verify import verify
    from motcua.core.official.models import NumberBook, OutgoingDocument
    from motcua.core.official.reconcile import check_documents
    from motcua.core.sql import reading

    rows = OutgoingDocument.objects.filter(number__isnull=False).order_by("number")
    at = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    whole = [
        row.files.filter(stage="issued").count() == 1
        and path_of(row.files.get(stage="issued").file.sha256).read_bytes()[:5] == b"%PDF-"
        for row in rows
        if row.state == "issued"
    ]
    found = verify(tx=reading(), at=at, state_checks=(check_documents,)).findings
    last = NumberBook.objects.get().last
    say(json.dumps([[row.number for row in rows], last, all(whole), len(whole), len(found)]))


main(*sys.argv[1:])
