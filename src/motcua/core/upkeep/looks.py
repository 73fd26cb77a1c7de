"""The looks at what every house has: worker, jobs, outbox, ledger, archives, disk, files, clock."""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Min
from django.utils.timezone import localtime

from motcua.core.backups.archive import archives
from motcua.core.backups.drills import last_drills
from motcua.core.exchange.models import Message
from motcua.core.jobs.models import Job, Schedule
from motcua.core.ledger.models import Entry
from motcua.core.sql import Sql, instant, reading
from motcua.core.upkeep.findings import Finding, look_at
from motcua.core.upkeep.rules import (
    ARCHIVE_AGE,
    DRILL_AGE,
    is_cramped,
    is_together,
    newest,
    stands_still,
    waits_long,
)
from motcua.kernel import vietnamese

_GIB = 1024**3
_PROBE = b"motcua"
_CLOCK = Sql("SELECT CURRENT_TIMESTAMP")


def connect() -> None:
    """Let every look of the house be taken."""
    look_at("worker", worker)
    look_at("jobs", jobs)
    look_at("messages", messages)
    look_at("ledger", ledger)
    look_at("archives", kept)
    look_at("disk", disk)
    look_at("files", files)
    look_at("clock", clock)


def worker(at: datetime.datetime) -> Iterator[Finding]:
    """Whether somebody takes the turns of the schedule that comes back soonest."""
    turns = Schedule.objects.filter(enabled=True).order_by("every_seconds", "-next_run")
    due = turns.values_list("next_run", flat=True).first()
    if stands_still(due, at):
        vi, en = _said("Việc nền không chạy từ {} (motcua worker)", "No worker since {}", due)
        yield Finding("upkeep.worker", ok=False, vi=vi, en=en)
    else:
        yield Finding("upkeep.worker", ok=True, vi="Việc nền đang chạy", en="The worker works")


def jobs(at: datetime.datetime) -> Iterator[Finding]:
    """Whether jobs were given up or wait too long."""
    dead = Job.objects.filter(state=Job.State.DEAD).count()
    yield _none_given_up("upkeep.jobs_dead", dead, "việc nền", "jobs")
    oldest = Job.objects.filter(state=Job.State.READY).aggregate(at=Min("run_at"))["at"]
    yield _moves_on("upkeep.jobs_waiting", oldest, at, "việc nền", "jobs")


def messages(at: datetime.datetime) -> Iterator[Finding]:
    """Whether messages were given up or wait too long."""
    dead = Message.objects.filter(state=Message.State.DEAD).count()
    yield _none_given_up("upkeep.messages_dead", dead, "thông điệp", "messages")
    waiting = Message.objects.filter(state=Message.State.WAITING)
    oldest = waiting.aggregate(at=Min("created_at"))["at"]  # of those sent there are millions
    yield _moves_on("upkeep.messages_waiting", oldest, at, "thông điệp", "messages")


def ledger(at: datetime.datetime) -> Iterator[Finding]:
    """Whether entries are sealed as they come."""
    unsealed = Entry.objects.filter(seal=None).order_by("pk")
    oldest = unsealed.aggregate(at=Min("recorded_at"))["at"]
    late = waits_long(oldest, at)
    vi, en = _said("Bút toán chưa niêm phong từ {}", "Entries unsealed since {}", oldest)
    if not late:
        vi, en = "Sổ cái được niêm phong đều", "The ledger is sealed as it grows"
    yield Finding("upkeep.seal", ok=not late, vi=vi, en=en)


def kept(at: datetime.datetime) -> Iterator[Finding]:
    """Whether the house can come back: how old the newest archive is, and when one was tried."""
    folder = Path(settings.MOTCUA_BACKUPS)
    last = newest(one.manifest.taken_at for one in archives(folder))
    fresh = last is not None and last + ARCHIVE_AGE >= at
    vi, en = _said("Bản sao lưu mới nhất lúc {}", "The newest archive is of {}", last)
    if last is None:
        vi, en = "Chưa có bản sao lưu nào (motcua backup)", "No archive yet (motcua backup)"
    yield Finding("upkeep.archive", ok=fresh, vi=vi, en=en)
    drills = [one for one in last_drills(folder).values() if one["ok"]]
    tried = newest(one["at"] for one in drills)
    recent = tried is not None and tried + DRILL_AGE >= at
    vi, en = _said("Đã thử khôi phục được lúc {}", "A restore was tried and sound on {}", tried)
    if tried is None:
        vi = "Chưa thử khôi phục lần nào (motcua backup drill)"
        en = "No restore has been tried yet (motcua backup drill)"
    yield Finding("upkeep.drill", ok=recent, vi=vi, en=en)


def disk(at: datetime.datetime) -> Iterator[Finding]:  # noqa: ARG001 - the shape of a look
    """Whether the disk of the house has room."""
    found = shutil.disk_usage(settings.MOTCUA_HOME)
    free = f"{found.free / _GIB:.1f}"
    yield Finding(
        "upkeep.disk",
        ok=not is_cramped(found.free, found.total),
        vi=f"Ổ đĩa còn {free.replace('.', ',')} GiB",
        en=f"The disk has {free} GiB left",
    )


def files(at: datetime.datetime) -> Iterator[Finding]:  # noqa: ARG001 - the shape of a look
    """Whether the house can write a file and read it back: without that nothing is taken in."""
    with tempfile.NamedTemporaryFile(dir=settings.MOTCUA_HOME, prefix=".look-") as probe:
        probe.write(_PROBE)
        probe.flush()
        os.fsync(probe.fileno())
        ok = Path(probe.name).read_bytes() == _PROBE
    vi, en = "Ghi và đọc lại tệp được", "Files can be written and read back"
    if not ok:
        vi, en = "Tệp ghi ra đọc lại không đúng", "A file was not read back as it was written"
    yield Finding("upkeep.files", ok=ok, vi=vi, en=en)


def clock(at: datetime.datetime) -> Iterator[Finding]:
    """Whether this machine and the database agree about the time; on SQLite they are one.

    Deadlines and seals hang on it. `at` was read before the database was asked.
    """
    row = reading().one(_CLOCK)
    told = instant(row[0]) if row else None
    ok = told is not None and is_together(told, at)
    vi, en = "Đồng hồ của cơ sở dữ liệu chạy đúng", "The database has the same time"
    if not ok:
        vi = "Đồng hồ của cơ sở dữ liệu lệch với máy chủ quá 30 giây"
        en = "The clocks of server and database are more than 30 seconds apart"
    yield Finding("upkeep.clock", ok=ok, vi=vi, en=en)


def _none_given_up(code: str, count: int, vi: str, en: str) -> Finding:
    if not count:
        return Finding(code, ok=True, vi=f"Không có {vi} nào hỏng", en=f"No {en} were given up")
    return Finding(
        code, ok=False, vi=f"{count} {vi} hỏng, cần người xem", en=f"{count} {en} were given up"
    )


def _moves_on(
    code: str, oldest: datetime.datetime | None, at: datetime.datetime, vi: str, en: str
) -> Finding:
    if not waits_long(oldest, at):
        return Finding(code, ok=True, vi=f"Không {vi} nào chờ lâu", en=f"No {en} wait for long")
    said = _said(f"Có {vi} chờ từ {{}}", f"Some {en} have waited since {{}}", oldest)
    return Finding(code, ok=False, vi=said[0], en=said[1])


def _said(vi: str, en: str, at: datetime.datetime | None) -> tuple[str, str]:
    """Put an instant into a sentence of each language."""
    if at is None:
        return vi, en
    here = localtime(at)
    return (
        vi.format(vietnamese.format_moment(here, "vi")),
        en.format(vietnamese.format_moment(here, "en")),
    )
