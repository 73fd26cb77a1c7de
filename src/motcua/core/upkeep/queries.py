"""What a keeper sees of the house beside the findings: what was given up, and the archives."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.core.access.actors import Actor
from motcua.core.backups.archive import Manifest, archives
from motcua.core.backups.drills import last_drills
from motcua.core.exchange.queries import DeadLetter, dead_letters
from motcua.core.jobs.models import Job
from motcua.core.jobs.queries import DeadJob, JobPage, dead_jobs, jobs_page
from motcua.core.upkeep.acts import DRILL, TAKE, check_keeper
from motcua.core.upkeep.findings import Finding, looked
from motcua.core.upkeep.models import Part, Turn

_ARCHIVES = 20
_TURNS = 20
_BEFORE_IT_IS_DONE = (Job.State.READY, Job.State.RUNNING)
_MAIL_BOX = re.compile(r"[^\s<>@'\"]+@")


@dataclass(frozen=True, slots=True)
class Saved:
    """An archive: when it was taken, how much it holds, and how the last drill of it went.

    `size` is in bytes, with files that it shares with other archives; `findings` counts what the
    drill found wrong.
    """

    name: str
    root: str
    size: int
    taken_at: datetime.datetime
    entries: int
    files: int
    encrypted: bool
    drilled_at: datetime.datetime | None
    sound: bool
    findings: int


@dataclass(frozen=True, slots=True)
class Upkeep:
    """All that the page shows; no payload and nothing personal is among it."""

    findings: list[Finding]
    jobs: list[DeadJob]
    letters: list[DeadLetter]
    archives: list[Saved]
    asked: list[Job]
    can_be_shut: bool
    watched: list[Part]
    turns: list[Turn]

    @property
    def is_well(self) -> bool:
        """Tell whether everything that was looked at is well."""
        return all(one.ok for one in self.findings)


def upkeep(actor: Actor, at: datetime.datetime) -> Upkeep:
    """Look at the house for a keeper; raises `NotTheSystemKeeper`."""
    check_keeper(actor)
    letters = [replace(one, last_error=_unnamed(one.last_error)) for one in dead_letters()]
    waiting = Job.objects.filter(kind__in=(TAKE, DRILL), state__in=_BEFORE_IT_IS_DONE)
    return Upkeep(
        looked(at),
        dead_jobs(),
        letters,
        _saved(),
        asked=list(waiting.defer("payload").order_by("-id")[:_ARCHIVES]),
        can_be_shut=bool(settings.MOTCUA_BACKUPS_PASSPHRASE),
        watched=list(Part.objects.order_by("ok", "name")),
        turns=list(Turn.objects.select_related("part").order_by("-at", "-pk")[:_TURNS]),
    )


def jobs(actor: Actor, *, state: str, kind: str, page: int) -> JobPage:
    """Give a page of jobs to a keeper; errors name no mail box."""
    check_keeper(actor)
    found = jobs_page(state=state, kind=kind, page=page)
    for row in found.rows:
        row.last_error = _unnamed(row.last_error)
    return found


def _unnamed(error: str) -> str:
    """Leave out whose mail box an error names: keepers see the house, not its people."""
    return _MAIL_BOX.sub("•••@", error)


def _saved() -> list[Saved]:
    folder = Path(settings.MOTCUA_BACKUPS)
    drilled = last_drills(folder)
    found = archives(folder)[-_ARCHIVES:]
    return [
        _one(one.folder.name, one.manifest, drilled.get(one.folder.name)) for one in found[::-1]
    ]


def _one(name: str, manifest: Manifest, drill: dict[str, Any] | None) -> Saved:
    tried = datetime.datetime.fromisoformat(drill["at"]) if drill else None
    return Saved(
        name,
        str(manifest.point["root"] or ""),
        sum(int(part["size"]) for part in manifest.parts) + int(manifest.files.get("bytes", 0)),
        datetime.datetime.fromisoformat(manifest.taken_at),
        entries=manifest.point["entries"],
        files=manifest.files["count"],
        encrypted=manifest.encrypted,
        drilled_at=tried,
        sound=bool(drill and drill["ok"]),
        findings=len(drill["findings"]) if drill else 0,
    )
