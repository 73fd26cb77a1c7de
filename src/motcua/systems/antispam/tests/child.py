"""A process that deals with sightings: `child.py make|import|photos|cases|moves|draft|check`."""

from __future__ import annotations

import json
import sys
import time
from itertools import starmap

import django

from tests.saying import say

ADVERTS, OTHERS = 1708, 27
PHOTOS = 30
OPERATORS = ("viettel", "vnpt", "mobifone", "vietnamobile")


def number_of(one: int) -> str:
    """Give a made-up number: nobody's, for no operator has the range."""
    return f"09000{one:05}"


def sheet(head: str, rows) -> bytes:
    return "\n".join([head, *rows]).encode()


def seen() -> bytes:
    kinds = ["advert"] * ADVERTS + [("spam", "fraud")[one % 2] for one in range(OTHERS)]
    rows = [f"{number_of(one)},{kind},Cột {one},2026-10-01" for one, kind in enumerate(kinds)]
    return sheet("number,kind,place,seen_on", rows)


def talking(work, *, every: int = 1):
    """Say a line at each call of something, or at each hundredth, and leave time for the blow."""
    calls = [0]

    def told(*given, **named):
        done = work(*given, **named)
        calls[0] += 1
        if calls[0] % every == 0:
            say(str(calls[0]))
            time.sleep(0.1)
        return done

    return told


def main(what: str) -> None:
    """Do one stretch of the way from sightings to letters, and say how far it is as it goes."""
    django.setup()
    from motcua.core.dossiers.tests.world import make_world
    from motcua.systems.antispam.tests.conftest import settled

    if what == "make":
        desk = settled(make_world())
        operators = ((number_of(one), OPERATORS[one % 4]) for one in range(ADVERTS + OTHERS))
        taken(desk, "ported_numbers", sheet("number,operator", starmap("{},{}".format, operators)))
        return
    desk = again()
    {
        "import": sightings,
        "photos": photographed,
        "cases": cases,
        "moves": moves,
        "draft": draft,
        "check": check,
    }[what](desk)


def again():
    """Give the desk of the house that was made."""
    from motcua.core.access import actors
    from motcua.core.agencies.models import Agency, Appointment
    from motcua.core.dossiers.tests.world import DAY, World
    from motcua.systems.antispam.tests.conftest import Desk

    found = Appointment.objects.filter(post="specialist", agency__code="H26.12")
    held = found.order_by("pk")[0]
    actor = actors.officer(held.officer_id, "specialist", DAY)
    agency = Agency.objects.get(pk=held.agency_id)
    return Desk(World(agency, agency, {"specialist": actor}))


def taken(desk, register: str, body: bytes, photos=None) -> dict:
    from motcua.core.registers.importing import import_rows
    from motcua.core.registers.loading import register_of

    told = {"actor": desk.actor, "at": desk.at, "agency_id": desk.agency_id}
    return import_rows(**told, declaration=register_of(register), body=body, photos=photos)


def sightings(desk) -> None:
    from motcua.core.registers import writing

    writing.Record.objects.bulk_create = talking(writing.Record.objects.bulk_create)
    taken(desk, "sightings", seen())


def photographed(desk) -> None:
    """Take in sightings with a photo each, one of which comes again and again."""
    from motcua.core.registers import photos
    from motcua.core.registers.packed import unpack
    from motcua.core.registers.tests.packs import jpeg, pack

    rows = [f"{number_of(one)},advert,Cột,2026-10-01,x,{one % 3}.jpg" for one in range(PHOTOS)]
    files = {f"{one}.jpg": jpeg(colour) for one, colour in enumerate(("red", "green", "blue"))}
    table = sheet("number,kind,place,seen_on,text,photo", rows)
    found = unpack(pack({"bang.csv": table, **files}))
    photos.record = talking(photos.record)
    say(json.dumps(taken(desk, "sightings", found.body, found.photos)))


def cases(desk) -> None:
    from motcua.systems.antispam import actions

    actions.file = talking(actions.file, every=100)
    say(json.dumps(desk.open().cases))


def moves(desk) -> None:
    from django.db import transaction

    from motcua.systems.antispam.models import Case
    from motcua.systems.antispam.tests.conftest import TO_NO_SHOW

    with transaction.atomic():
        for case in Case.objects.all():
            desk.move(case, *TO_NO_SHOW)


def draft(desk) -> None:
    from motcua.systems.antispam import actions

    actions._draft = talking(actions._draft)
    desk.draft()


def check(desk) -> None:
    """Say how much of everything there is, what the letters hold, and what is wrong."""
    from motcua.core.dossiers.models import Dossier
    from motcua.core.official.models import OutgoingDocument
    from motcua.core.registers.models import Record, RecordVersion
    from motcua.core.registers.reconcile import check_records
    from motcua.systems.antispam import queries
    from motcua.systems.antispam.models import (
        Case,
        CaseSighting,
        Letter,
        LetterItem,
        SightingPhoto,
    )

    letters = list(Letter.objects.order_by("pk"))
    found = [*queries.check_cases(), *check_records()]
    told = {
        "records": Record.objects.filter(register="sightings").count(),
        "versions beside": RecordVersion.objects.count() - Record.objects.count(),
        "photos": SightingPhoto.objects.count(),
        "cases": [Case.objects.count(), Dossier.objects.count(), CaseSighting.objects.count()],
        "letters": {one.operator: one.items.count() for one in letters},
        "drafted": [len(letters), OutgoingDocument.objects.count(), LetterItem.objects.count()],
        "kinds": queries.kinds_of(letters),
        "found": [one.code for one in found],
    }
    say(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
