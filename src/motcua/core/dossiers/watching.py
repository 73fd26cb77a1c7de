"""Watching the access log: heads see what concerns their agencies, auditors all of it.

A head sees the reads of their own people, and every read of a dossier that their agency holds. A
read of a dossier that the watcher may not read is told without saying which one it was.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.access.models import Read
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import tree
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import spelled
from motcua.core.people.models import Officer
from motcua.core.procedures.systems import audit_posts
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import fold

PAGE = 20
_NAMED_AT_MOST = 200  # officers whose name holds the words that were typed


class NotAWatcher(Refused):
    """The access log is for heads and auditors."""

    code = "access.not_a_watcher"
    vi = "Nhật ký truy cập dành cho người đứng đầu cơ quan và người làm thanh tra, kiểm tra."
    en = "The access log is for heads of agencies and for auditors."
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the log is narrowed to; `until` is the instant after the last one wanted."""

    dossier: str = ""
    officer: str = ""
    kind: str = ""
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A read: `dossiers` are the codes of those that the watcher may be told, `count` all."""

    at: datetime.datetime
    kind: str
    actor: str
    officer: str
    agency_id: int | None
    post: str
    what: str
    dossiers: tuple[str, ...]
    count: int
    query: str
    purpose: str
    address: str


@dataclass(frozen=True, slots=True)
class Log:
    """One page of the log, newest first, with its exact total; `told` are the dossiers named."""

    rows: list[Watched]
    total: int
    page: int
    told: tuple[int, ...]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def audits(actor: Actor) -> bool:
    """Tell whether an actor reads the whole log."""
    posts = audit_posts()
    return any(held.post in posts for held in actor.posts)


def watches(actor: Actor) -> bool:
    """Tell whether an actor reads any of the log."""
    return audits(actor) or any(heads(actor, held.agency_id) for held in actor.posts)


def watched(actor: Actor, wanted: Wanted, *, page: int = 1) -> Log:
    """Give a page of what an actor watches; raises `NotAWatcher`."""
    if not watches(actor):
        raise NotAWatcher
    rows = _narrowed(_theirs(actor), actor, wanted)
    total = rows.count()
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    found = list(rows.order_by("-id")[(page - 1) * PAGE : page * PAGE])
    numbers = {number for row in found for number in _dossiers(row)}
    codes = {
        row.pk: row.code or row.lookup
        for row in _known(actor).filter(pk__in=numbers).only("code", "lookup")
    }
    names = _names(found)
    return Log([_told(row, codes, names) for row in found], total, page, tuple(sorted(codes)))


def _known(actor: Actor) -> QuerySet[Dossier]:
    """Give the dossiers of which an actor is told the code."""
    rows = Dossier.objects.all()
    return rows if audits(actor) else visible(rows, actor)


def _theirs(actor: Actor) -> QuerySet[Read]:
    rows = Read.objects.exclude(kind="")  # those whose time is over
    if audits(actor):
        return rows
    mine = [number for number in tree().nodes if heads(actor, number)]
    held = visible(Dossier.objects.filter(holding_agency_id__in=mine), actor)
    return rows.filter(Q(agency_id__in=mine) | Q(dossier_id__in=held.values("pk")))


def _narrowed(rows: QuerySet[Read], actor: Actor, wanted: Wanted) -> QuerySet[Read]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.since is not None:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    if wanted.officer.strip():
        rows = rows.filter(actor__in=_called(wanted.officer))
    if wanted.dossier.strip():
        code = spelled(wanted.dossier)
        number = _known(actor).filter(Q(code=code) | Q(lookup=code)).values_list("pk", flat=True)
        one = number.first()
        named = Q(dossier_id=one) | Q(dossiers__contains=f",{one},")
        rows = rows.none() if one is None else rows.filter(named)
    return rows


def _called(words: str) -> list[str]:
    """Give the keys of the officers whose name holds the words, however they are accented."""
    sought = fold(words)
    people = Officer.objects.order_by("pk").values_list("pk", "name").iterator()
    found = [f"officer:{number}" for number, name in people if sought in fold(name)]
    return found[:_NAMED_AT_MOST]


def _dossiers(row: Read) -> list[int]:
    named = [int(text) for text in row.dossiers.split(",") if text]
    return [row.dossier_id] if row.dossier_id is not None else named


def _names(rows: list[Read]) -> dict[str, str]:
    numbers = {int(row.actor[8:]) for row in rows if row.actor.startswith("officer:")}
    people = Officer.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {f"officer:{number}": name for number, name in people}


def _told(row: Read, codes: dict[int, str], names: dict[str, str]) -> Watched:
    said = json.loads(row.said) if row.said else {}
    return Watched(
        at=row.at,
        kind=row.kind,
        actor=row.actor,
        officer=names.get(row.actor, ""),
        agency_id=row.agency_id,
        post=row.post,
        what=row.what,
        dossiers=tuple(codes[one] for one in _dossiers(row) if one in codes),
        count=row.count,
        query=said.get("query", ""),
        purpose=said.get("purpose", ""),
        address=said.get("address", ""),
    )
