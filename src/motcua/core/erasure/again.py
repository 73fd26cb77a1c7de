"""The list of erasures: told to the witness after each act, and done again after a restore."""

from __future__ import annotations

import datetime
import json
from typing import Any

from motcua.core.access.actors import house
from motcua.core.dossiers.erased import ERASE, DossierErased
from motcua.core.erasure import actions
from motcua.core.erasure.records import RecordErased, erase_record
from motcua.core.files.pictures import made_of
from motcua.core.files.store import path_of
from motcua.core.jobs.models import Job
from motcua.core.ledger.erasures import erasures, keep_erasure
from motcua.core.ledger.models import Entry
from motcua.core.places import BITS, place
from motcua.core.registers.models import RecordVersion
from motcua.core.registers.standing import ERASE as RECORD_ERASE
from motcua.core.registers.writing import stream_of
from motcua.core.sql import Sql, reading

_ACTOR = house("restore")
_NAMED = Sql("SELECT 1 FROM files_storedfile WHERE sha256 = %s")


def tell_witness(dossier_id: int) -> None:
    """Write the erasure of a dossier to the witness's list; once is enough."""
    rows = Entry.objects.of(dossier_id)
    erased = rows.filter(act=ERASE).first()
    first = rows.first()
    if erased is None or first is None:
        return
    document = json.loads(erased.body)["data"]["document"]
    keep_erasure(
        {
            "dossier": dossier_id,
            "first": bytes(first.hash).hex(),
            "entry": bytes(erased.hash).hex(),
            "at": erased.at.isoformat(),
            "document": document,
        }
    )


def tell_witness_of_record(record_id: int) -> None:
    """Write the last erasure of a record to the witness's list; once is enough."""
    rows = Entry.objects.of(stream_of(record_id)).order_by("seq")
    erased, first = rows.filter(act=f"record_{RECORD_ERASE}").last(), rows.first()
    if erased is None or first is None:
        return
    keep_erasure(
        {
            "record": record_id,
            "first": bytes(first.hash).hex(),
            "entry": bytes(erased.hash).hex(),
            "at": erased.at.isoformat(),
            "document": json.loads(erased.body)["data"]["document"],
        }
    )


def tell_all() -> int:
    """Write every erasure of this ledger to the witness's list; give how many there are."""
    found = Entry.objects.filter(act=ERASE).values_list("pk", flat=True)
    for row_id in found:
        tell_witness(row_id >> BITS)
    versions = RecordVersion.objects.filter(act=RECORD_ERASE).values_list("pk", flat=True)
    records = {row_id >> BITS for row_id in versions}
    for record_id in sorted(records):
        tell_witness_of_record(record_id)
    return len(found) + len(records)


def erase_again(*, at: datetime.datetime) -> int:
    """Erase what the list names and this restored database still holds; give how many it was.

    A hold or a reopening after the point is lost with the window, an erasure is not: it was done.
    """
    done = 0
    for told in list(erasures()):
        if "record" in told:
            done += _record_again(told, at)
            continue
        dossier_id = _found(told)
        if dossier_id is None:
            continue
        try:
            actions.erase(
                actor=_ACTOR, at=at, dossier_id=dossier_id, document=told["document"], again=True
            )
        except DossierErased:
            continue
        tell_witness(dossier_id)
        done += 1
    return done


def _record_again(told: dict[str, Any], at: datetime.datetime) -> bool:
    """Erase a record that the list names, unless this database holds that very erasure."""
    entries = Entry.objects.of(stream_of(told["record"])).order_by("seq")
    first = entries.first()
    if first is None or bytes(first.hash).hex() != told["first"]:
        return False
    if entries.filter(hash=bytes.fromhex(told["entry"])).exists():
        return False
    try:
        erase_record(
            actor=_ACTOR, at=at, record_id=told["record"], document=told["document"], again=True
        )
    except RecordErased:
        return False
    tell_witness_of_record(told["record"])
    return True


def _found(told: dict[str, Any]) -> int | None:
    """Give the dossier whose chain begins as the list says: numbers may have been given anew."""
    first = bytes.fromhex(told["first"])
    entry = Entry.objects.filter(pk=place(told["dossier"], 1)).first()
    if entry is not None and bytes(entry.hash) == first:
        return int(told["dossier"])
    return None


def remove_files(hashes: list[str]) -> None:
    """Remove the bytes of files that no row names any more."""
    for sha256 in hashes:
        if reading().one(_NAMED, sha256) is None:
            for path in (path_of(sha256), *made_of(sha256)):
                path.unlink(missing_ok=True)


def finish_files() -> None:
    """Do now, before a restored place opens, what the jobs of its erasures would do later."""
    waiting = Job.objects.filter(kind="erasure.finish", state=Job.State.READY)
    for payload in waiting.values_list("payload", flat=True):
        remove_files(json.loads(payload)["files"])
