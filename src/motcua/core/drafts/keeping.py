"""Keeping a draft: found, saved, given up, filed, and swept when its time is over.

A draft is no act of the house: nothing of it stands in the ledger until it is filed.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q, QuerySet

from motcua.core.dossiers.orders import Handed
from motcua.core.drafts import papers
from motcua.core.drafts.holders import MAX_BYTES, Holder, Written, opened
from motcua.core.drafts.models import Draft, DraftFile
from motcua.core.sql import Tx, act
from motcua.kernel.errors import Refused

FILED_KNOWN = datetime.timedelta(days=1)
"""How long a filed draft still says which dossier it became."""

_BATCH = 500


class DraftTooLong(Refused):
    """The answers together are longer than any form needs."""

    code = "drafts.too_long"
    vi = "Nội dung điền quá dài, tối đa {limit_kb} KB cho cả tờ khai. Hãy rút gọn hoặc gửi kèm tệp."
    en = "The answers are too long; at most {limit_kb} KB in all. Shorten them, or send a file."
    status = 413


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with what it says."""

    row: Draft
    written: Written
    files: tuple[DraftFile, ...]


def lasts() -> datetime.timedelta:
    """Give how long a draft is kept after it was saved last (`MOTCUA_DRAFT_DAYS`)."""
    return datetime.timedelta(days=settings.MOTCUA_DRAFT_DAYS)


def find(holder: Holder, procedure: str, *, at: datetime.datetime) -> Kept | None:
    """Give the open draft of a form; that of the account comes before that of the browser."""
    row = _open(holder, at).filter(procedure=procedure).first()
    return None if row is None else _kept(row)


def all_of(holder: Holder, *, at: datetime.datetime) -> list[Draft]:
    """Give every open draft of a holder, the latest first."""
    return list(_open(holder, at).order_by("-saved_at"))


def save(
    holder: Holder,
    procedure: str,
    *,
    part: str,
    answers: Mapping[str, str],
    handed: Iterable[Handed] = (),
    at: datetime.datetime,
) -> Kept:
    """Save one part of a form, beginning the draft where there is none.

    What a citizen saves while signed in belongs to their account from then on. Raises
    `DraftTooLong`, `TooManyInAll` and `TooLargeInAll`; then nothing is saved.
    """
    with act() as tx:
        row = _taken(holder, procedure, at)
        before = opened(bytes(row.sealed))
        written = Written({**before.answers, **answers}, before.seen | {part})
        if written.size > MAX_BYTES:
            raise DraftTooLong(limit_kb=MAX_BYTES // 1024)
        row.sealed, row.saved_at = written.sealed(), at
        if holder.account_id is not None:
            row.account_id, row.holder_hash = holder.account_id, b""
        row.save()
        papers.attach(tx, row, handed, at=at)
        return _kept(row)


def drop_file(holder: Holder, procedure: str, number: int, *, at: datetime.datetime) -> None:
    """Take one file out of a draft; one that is not there is gone already."""
    with act() as tx:
        found = _open(holder, at).filter(procedure=procedure)
        papers.let_go(tx, DraftFile.objects.filter(pk=number, draft__in=found))


def file_of(holder: Holder, number: int, *, at: datetime.datetime) -> DraftFile | None:
    """Give a file of one of the holder's own drafts."""
    rows = DraftFile.objects.filter(pk=number, draft__in=_open(holder, at))
    return rows.select_related("file", "draft").first()


def discard(holder: Holder, procedure: str, *, at: datetime.datetime) -> None:
    """Erase a draft, as its holder wishes."""
    with act() as tx:
        _erase(tx, _open(holder, at).filter(procedure=procedure))


def discard_account(account_id: int) -> None:
    """Erase the drafts of an account that is closed."""
    with act() as tx:
        _erase(tx, Draft.objects.filter(account_id=account_id))


def take(holder: Holder, procedure: str, *, at: datetime.datetime) -> Kept | None:
    """Take the open draft to file it, within the transaction that files: nobody else does then."""
    row = _open(holder, at).select_for_update(of=("self",)).filter(procedure=procedure).first()
    return None if row is None else _kept(row)


def became(holder: Holder, key: str) -> int | None:
    """Give the dossier that a draft of this holder became under this key, in the last day."""
    rows = Draft.objects.filter(holder.theirs(), key=key).exclude(dossier_id=None)
    return rows.values_list("dossier_id", flat=True).first()


def finish(tx: Tx, kept: Kept, *, dossier_id: int, at: datetime.datetime) -> None:
    """Empty a draft that was filed: the dossier holds everything now."""
    papers.let_go(tx, kept.files)
    kept.row.sealed, kept.row.saved_at, kept.row.dossier_id = b"", at, dossier_id
    kept.row.save()


def sweep(*, at: datetime.datetime) -> int:
    """Erase drafts that nobody saved within their time, and what is left of filed ones; how many.

    The bytes of their files go with those that are attached to nothing.
    """
    old = Q(saved_at__lt=at - lasts()) | Q(saved_at__lt=at - FILED_KNOWN, dossier_id__isnull=False)
    swept = 0
    while batch := list(Draft.objects.filter(old).values_list("pk", flat=True)[:_BATCH]):
        with act() as tx:
            swept += _erase(tx, Draft.objects.filter(old, pk__in=batch))
    return swept


def _open(holder: Holder, at: datetime.datetime) -> QuerySet[Draft]:
    rows = Draft.objects.filter(holder.theirs(), dossier_id=None, saved_at__gte=at - lasts())
    return rows.order_by(F("account_id").desc(nulls_last=True))


def _kept(row: Draft) -> Kept:
    return Kept(row, opened(bytes(row.sealed)), tuple(papers.of(row)))


def _taken(holder: Holder, procedure: str, at: datetime.datetime) -> Draft:
    row = _open(holder, at).select_for_update(of=("self",)).filter(procedure=procedure).first()
    if row is not None:
        return row
    owner: dict[str, object] = {"holder_hash": holder.hash, "account": None}
    if holder.account_id is not None:
        owner = {"account_id": holder.account_id}
    told = {"procedure": procedure, "dossier_id": None, **owner}
    with act() as tx:  # one whose time is over and that the job has not met yet gives way
        _erase(tx, Draft.objects.filter(**told, saved_at__lt=at - lasts()))
    made, _new = Draft.objects.get_or_create(
        **told, defaults={"key": str(uuid.uuid4()), "saved_at": at}
    )
    return Draft.objects.select_for_update(of=("self",)).get(pk=made.pk)


def _erase(tx: Tx, rows: Iterable[Draft]) -> int:
    gone = 0
    for row in list(rows):
        papers.let_go(tx, DraftFile.objects.filter(draft=row))
        row.delete()
        gone += 1
    return gone
