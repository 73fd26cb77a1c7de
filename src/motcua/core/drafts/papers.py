"""The files of a draft: attached once, bounded, let go of with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Sum

from motcua.core.dossiers.orders import Handed
from motcua.core.drafts.models import Draft, DraftFile
from motcua.core.files.store import Stored, record
from motcua.core.sql import Sql, Tx
from motcua.kernel.errors import Refused

MAX_FILES = 60
"""How many files one draft holds; a paper takes fewer (`faces/ui/uploads`)."""

_MB = 1024 * 1024
FORGET_FILE = Sql(
    "DELETE FROM files_storedfile WHERE id = %s"
    " AND NOT EXISTS (SELECT 1 FROM files_evidence e WHERE e.file_id = files_storedfile.id)"
    " AND NOT EXISTS (SELECT 1 FROM dossiers_paper p WHERE p.file_id = files_storedfile.id)"
    " AND NOT EXISTS (SELECT 1 FROM drafts_draftfile d WHERE d.file_id = files_storedfile.id)"
)
"""Forgets a file that nothing names any more; its bytes then go with the unattached ones."""


class TooManyInAll(Refused):
    """More files in one form than it takes."""

    code = "drafts.too_many_files"
    vi = "Một hồ sơ nhận tối đa {limit} tệp. Hãy ghép nhiều trang vào một tệp PDF."
    en = "One application takes at most {limit} files. Put several pages into one PDF."


class TooLargeInAll(Refused):
    """The files of one form together are larger than it takes."""

    code = "drafts.files_too_large"
    vi = "Các tệp của hồ sơ cộng lại tối đa {limit_mb} MB. Hãy bỏ bớt hoặc chụp nhỏ hơn."
    en = "All files of an application together take at most {limit_mb} MB. Use fewer or smaller."
    status = 413


def attach(tx: Tx, draft: Draft, handed: Iterable[Handed], *, at: datetime.datetime) -> None:
    """Attach files to a draft; one that is there already for its paper is there once.

    Raises `TooManyInAll` and `TooLargeInAll`.
    """
    for one in handed:
        if one.file is None:
            continue
        file_id = record(tx, one.file, at=at)
        told = {"draft": draft, "component": one.component, "file_id": file_id}
        if not DraftFile.objects.filter(**told).exists():
            _within_limits(draft, one.file.size)
            DraftFile.objects.create(**told, name=one.name)


def _within_limits(draft: Draft, size: int) -> None:
    rows = DraftFile.objects.filter(draft=draft)
    if rows.count() >= MAX_FILES:
        raise TooManyInAll(limit=MAX_FILES)
    taken = rows.aggregate(bytes=Sum("file__size"))["bytes"] or 0
    if taken + size > settings.MOTCUA_DRAFT_BYTES:
        raise TooLargeInAll(limit_mb=settings.MOTCUA_DRAFT_BYTES // _MB)


def of(draft: Draft) -> list[DraftFile]:
    """Give the files of a draft as they were chosen."""
    return list(DraftFile.objects.filter(draft=draft).select_related("file").order_by("pk"))


def handed(rows: Iterable[DraftFile]) -> tuple[Handed, ...]:
    """Give files as they are handed in with the form."""
    return tuple(
        Handed(row.component, Stored(row.file.sha256, row.file.size, row.file.media_type), row.name)
        for row in rows
    )


def let_go(tx: Tx, rows: Iterable[DraftFile]) -> None:
    """Take files out of their draft, and out of the house where nothing else names them."""
    for row in list(rows):
        row.delete()
        tx.run(FORGET_FILE, row.file_id)
