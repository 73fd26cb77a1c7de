"""Motcua: six moves of a dossier through the function that every door calls."""

from __future__ import annotations

import datetime
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")

import django

django.setup()

from django.core.management import call_command

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.clock.calendars import ensure_national
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Filing, MoveOrder
from motcua.core.now import now
from motcua.core.people.models import Officer
from motcua.core.procedures.actions import draft, publish
from motcua.site.tuning import settle

_MINUTE = datetime.timedelta(minutes=1)
_STEPS = 6


def _prepare(at: datetime.datetime) -> tuple[int, Actor]:
    call_command("migrate", verbosity=0)
    ensure_national("VN", "Asia/Ho_Chi_Minh", first_year=2020, last_year=2035)
    text = (Path(__file__).parents[1] / "six_steps.toml").read_text()
    drafted = draft(system="one_stop", text=text, at=at)
    if drafted.changed:
        publish(version=drafted.version_id, actor="system:benchmark", at=at)
    agency, fresh = Agency.objects.get_or_create(
        code="H26.901", tier="commune", defaults={"name_vi": "x", "name_en": "x", "short_name": "x"}
    )
    if fresh:
        officer = Officer.objects.create(name="Đo Lường", staff_number="bench")
        Appointment.objects.create(
            officer=officer,
            agency=agency,
            post="counter",
            valid_from=at.date() - datetime.timedelta(days=2),
            reads_agency=True,
        )
    officer = Officer.objects.get(staff_number="bench")
    return agency.pk, actors.officer(officer.pk, officer.name, at.date())


def main() -> None:
    """Run the cases; only the six moves are timed."""
    at = now()
    agency_id, actor = _prepare(at)
    settle()
    number, cases = sys.argv[1], int(sys.argv[2])
    spent = 0.0
    for case in range(cases):
        filing = Filing(
            procedure="9.000006",
            agency_id=agency_id,
            applicant={"name": "Nguyễn Văn Thử", "phone": "0912345678"},
            fields={"subject": f"Lần đo {number}, hồ sơ {case}"},
            channel="counter",
        )
        done = file(actor=actor, at=at, filing=filing, key=f"{number}.{case}")
        began = time.perf_counter()
        for step in range(1, _STEPS + 1):
            done = move(
                actor=actor,
                at=at + step * _MINUTE,
                dossier_id=done.dossier_id,
                order=MoveOrder(move=f"m{step}"),
                key=f"{number}.{case}.{step}",
                revision=done.revision,
            )
        spent += time.perf_counter() - began
        assert done.state == "returned"
    print(json.dumps(cases * _STEPS / spent))


main()
