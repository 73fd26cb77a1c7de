"""What the drill needs of Django, in a process of its own: `child.py WHAT`.

`seed` writes the made-up world with an account for each officer; `look` tells as
JSON what the database holds, `count` how many dossiers that is; `erase` erases all that is
finished or retired; `hand_back` ends the leases of jobs. The database and the home come from the
environment.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from motcua.core.dossiers.tests.world import World


def seed() -> dict[str, dict[str, object]]:
    """Write the world; give each officer's id and a key, by name."""
    from motcua.core.accounts.tests.doors import account_of, key_for
    from motcua.core.dossiers.tests.world import make_world

    world = make_world()
    _tell_the_house()
    _keep_a_record(world)
    officers = {who: world.officer_id(who) for who in world.officers}
    return {
        who: {"id": number, "key": key_for(account_of(who, number))}
        for who, number in officers.items()
    }


def _keep_a_record(world: World) -> None:
    """Enter a record about the applicant of the drill, and retire it."""
    from motcua.core.dossiers.tests.world import MONDAY
    from motcua.core.registers.acts import enter, retire
    from motcua.core.registers.loading import register_of
    from motcua.core.registers.preparing import Order

    told = {
        "actor": world.officers["specialist"],
        "at": MONDAY,
        "declaration": register_of("advert_numbers"),
        "key": None,
    }
    order = Order({"number": "0900070001", "kind": "advert", "owner": "Nguyễn Trường Đạt"})
    done = enter(**told, agency_id=world.department.pk, order=order)
    retire(**told, record_id=done.record_id, revision=1, reason="Của Nguyễn Trường Đạt")


def _tell_the_house() -> None:
    """Tell of the made-up rules in force what the acts that make real ones tell."""
    from motcua.core.agencies.models import Appointment
    from motcua.core.dossiers.tests.world import MONDAY
    from motcua.core.ledger.append import append_to_house
    from motcua.core.procedures.models import Version
    from motcua.core.sql import act

    told: list[tuple[str, dict[str, object]]] = [
        (
            "appoint",
            {
                "officer": row.officer_id,
                "agency": row.agency.code,
                "post": row.post,
                "from": row.valid_from.isoformat(),
                "reads": row.reads_agency,
            },
        )
        for row in Appointment.objects.select_related("agency")
    ]
    for row in Version.objects.select_related("procedure"):
        version = {"version": row.pk, "procedure": row.procedure.code, "number": row.number}
        told.append(("publish", {**version, "digest": bytes(row.digest).hex(), "retired": None}))
    with act() as tx:
        for name, data in told:
            append_to_house(tx, act=name, at=MONDAY, actor="system:drill", data=data)


def count() -> dict[str, int]:
    """Tell how many dossiers there are."""
    from motcua.core.dossiers.models import Dossier

    return {"dossiers": Dossier.objects.count()}


def look() -> dict[str, object]:
    """Tell every dossier with its acts and notices, and how papers, jobs and counts stand."""
    from motcua.core.dossiers.models import Dossier, Paper
    from motcua.core.exchange.models import Message
    from motcua.core.facts import tallies
    from motcua.core.idempotency.models import RequestKey
    from motcua.core.jobs.models import Job
    from motcua.core.ledger.models import Entry

    unfinished = Job.objects.exclude(state="done")
    acts: dict[int, list[list[str]]] = {}
    for stream, act, digest in Entry.objects.order_by("pk").values_list("stream", "act", "hash"):
        acts.setdefault(stream, []).append([act, bytes(digest).hex()])
    told: dict[int, list[list[str]]] = {}
    for row in Message.objects.order_by("pk"):
        told.setdefault(row.dossier, []).append([row.receiver.partition(":")[0], row.topic])
    return {
        "messages": {row.lookup: told.get(row.pk, []) for row in Dossier.objects.all()},
        "dossiers": {row.lookup: acts[row.pk] for row in Dossier.objects.all()},
        "codes": sorted(Dossier.objects.exclude(code=None).values_list("code", flat=True)),
        "keys": RequestKey.objects.count(),
        "asked": Paper.objects.count(),
        "made": Paper.objects.exclude(file=None).count(),
        "jobs": [[job.kind, job.state, job.last_error] for job in unfinished],
        "wrong_counts": len(tallies.reconcile()),
    }


def erase() -> dict[str, int]:
    """Erase what is finished or retired, and do what follows as the worker would."""
    from motcua.core.access.actors import house
    from motcua.core.dossiers.models import Dossier
    from motcua.core.erasure.actions import erase as erase_one
    from motcua.core.erasure.jobs import finish
    from motcua.core.erasure.records import erase_record
    from motcua.core.jobs.models import Job
    from motcua.core.now import now
    from motcua.core.registers.models import Record

    at = now()
    Job.objects.filter(kind="documents.make").update(state="done")
    ended = Dossier.objects.filter(closed=True).values_list("pk", flat=True)
    for dossier_id in ended:
        erase_one(actor=house("drill"), at=at, dossier_id=dossier_id, document="1/QĐ-DT")
    retired = list(Record.objects.filter(retired=True).values_list("pk", flat=True))
    for record_id in retired:
        erase_record(actor=house("drill"), at=at, record_id=record_id, document="1/QĐ-DT")
    for job in Job.objects.filter(kind="erasure.finish"):
        finish(json.loads(job.payload), at=at)
    everything = Dossier.objects.count() + Record.objects.count()
    return {"erased": len(ended) + len(retired), "all": everything}


def hand_back() -> int:
    """Make every job due now: those of killed workers, and those that are to be tried later."""
    from motcua.core.jobs.models import Job
    from motcua.core.now import now

    Job.objects.filter(state="ready", run_at__gt=now()).update(run_at=now())
    return Job.objects.filter(state="running").update(lease_until=now())


_ASKED = {"seed": seed, "count": count, "look": look, "erase": erase, "hand_back": hand_back}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(_ASKED[sys.argv[1]]()))
