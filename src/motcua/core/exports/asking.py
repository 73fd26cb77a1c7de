"""Asking for a file of any size, seeing how far it is, and fetching it."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from motcua.core.access import log
from motcua.core.access.actors import Actor
from motcua.core.daybook import reading as daybook
from motcua.core.daybook.reading import Extract
from motcua.core.dossiers.queries import Filter, stretch
from motcua.core.dossiers.sorting import Order
from motcua.core.exports import rights
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, Wording
from motcua.core.exports.models import Export
from motcua.core.jobs.queue import enqueue
from motcua.core.sql import act
from motcua.kernel.errors import Refused

KEPT = datetime.timedelta(hours=24)
"""How long a file lies here once it is made, and how long a job may take over it."""
LIVE_AT_MOST = 5
_LONGEST = 1000
_SHOWN = 50
_OF_A_BOOK = frozenset({Format.CSV, Format.XLSX, Format.PDF})


class OfficersAlone(Refused):
    """Who looked a dossier up, or any other stranger, asks for a file."""

    code = "exports.officers_alone"
    vi = "Chỉ cán bộ được yêu cầu lập tệp xuất dữ liệu."
    en = "Only officers may have files of dossiers made."
    status = 403


class NoSuchExport(Refused):
    """The officer asked for no such file."""

    code = "exports.not_found"
    vi = "Không tìm thấy tệp xuất này trong các tệp bạn đã yêu cầu."
    en = "There is no such export among those that you asked for."
    status = 404


class NotReady(Refused):
    """The file is being made."""

    code = "exports.not_ready"
    vi = "Tệp đang được lập. Hãy thử lại sau ít giây."
    en = "The file is being made. Try again in a few seconds."
    status = 409
    retry = True


class ExportGone(Refused):
    """The file was removed, or could not be made."""

    code = "exports.gone"
    vi = "Tệp này không còn: đã hết hạn, không lập được, hoặc có hồ sơ đã bị xóa. Hãy xuất lại."
    en = "This file is gone: expired, not made, or a dossier was erased since. Export it again."
    status = 410


class TooManyExports(Refused):
    """So many files of one officer are being made already."""

    code = "exports.too_many_waiting"
    vi = "Bạn đang có {most} tệp chờ lập. Hãy đợi một tệp lập xong rồi yêu cầu tiếp."
    en = "{most} files are being made for you already. Wait until one of them is done."
    status = 429
    retry = True


class BookAlone(Refused):
    """A list is asked for on paper."""

    code = "exports.book_alone"
    vi = "Chỉ Sổ theo dõi hồ sơ in ra PDF được; danh sách xuất ra CSV, XLSX, Parquet hoặc XES."
    en = "Only the book of dossiers is given as PDF; a list as CSV, XLSX, Parquet or XES."


class NotOfABook(Refused):
    """The book is asked for in a form that it has not."""

    code = "exports.not_of_a_book"
    vi = "Sổ theo dõi hồ sơ chỉ xuất ra PDF, XLSX hoặc CSV."
    en = "The book of dossiers is given as PDF, XLSX or CSV."


def ask(wish: Wish) -> Export:
    """Ask for a file; the same wish of the same officer, while it is being made, is one file.

    Raises `OfficersAlone`, `TooManyExports`, `BookAlone`, `NotOfABook`.
    """
    actor = wish.reader.actor
    if actor.officer_id is None:
        raise OfficersAlone
    _check(wish)
    return lay(
        wish.reader,
        text=_text(wish),
        form=wish.form,
        query=wish.query,
        expected=_expected(wish),
        job="exports.make",
    )


def lay(reader: log.Reader, *, text: str, form: str, query: str, expected: int, job: str) -> Export:
    """Keep what an officer asks for and let a job of a kind make its file.

    `text` says what of which list, `query` is what the access log keeps of it. The same text of
    the same officer and rights, while it is being made, is one file. Raises `TooManyExports`.
    """
    actor = reader.actor
    assert actor.officer_id is not None
    digest = hashlib.sha256(text.encode()).digest()
    with act() as tx:
        live = Export.objects.select_for_update() if tx.is_postgres else Export.objects
        waiting = list(live.filter(officer_id=actor.officer_id, state=Export.State.MAKING))
        for twin in waiting:
            if bytes(twin.wish_digest) == digest and twin.rights == rights.told(actor):
                return twin
        if len(waiting) >= LIVE_AT_MOST:
            raise TooManyExports(most=LIVE_AT_MOST)
        row = Export.objects.create(
            code=secrets.token_hex(16),
            officer_id=actor.officer_id,
            asked_at=reader.at,
            form=form,
            wish=text,
            wish_digest=digest,
            rights=rights.told(actor),
            query=query[:_LONGEST],
            address=reader.address[:60],
            expected=expected,
            until_at=reader.at + KEPT,
        )
        enqueue(tx, job, {"export": row.pk}, at=reader.at)
    return row


def _check(wish: Wish) -> None:
    if wish.book is None and wish.form is Format.PDF:
        raise BookAlone
    if wish.book is not None and wish.form not in _OF_A_BOOK:
        raise NotOfABook


def _expected(wish: Wish) -> int:
    if wish.book is not None:
        return daybook.count(wish.reader.actor, wish.book)
    return stretch(wish.reader.actor, wish.wanted, size=1).total


def mine(actor: Actor) -> list[Export]:
    """Give the files that an officer asked for, the last one first."""
    if actor.officer_id is None:
        return []
    return list(Export.objects.filter(officer_id=actor.officer_id).order_by("-id")[:_SHOWN])


def one_of(actor: Actor, code: str) -> Export:
    """Give a file of an officer. Raises `NoSuchExport`, for those of others too."""
    row = None
    if actor.officer_id is not None and code.isalnum():
        row = Export.objects.filter(officer_id=actor.officer_id, code=code).first()
    if row is None:
        raise NoSuchExport
    return row


def fetch(reader: log.Reader, code: str) -> tuple[Export, Path]:
    """Give a file that is made, after writing down that it is handed out.

    Raises `NoSuchExport`, `NotReady`, `ExportGone`, `RightsEnded`, `LogUnwritable`.
    """
    row = one_of(reader.actor, code)
    if row.state == Export.State.MAKING and reader.at < row.until_at:
        raise NotReady
    path = path_of(row.code)
    if row.state != Export.State.READY or reader.at >= row.until_at or not path.is_file():
        raise ExportGone
    rights.check(row.rights, reader.actor)
    log.exported_whole(reader, what=f"{kind_of(row)}.{row.form}.file", count=row.written)
    return row, path


def kind_of(row: Export) -> str:
    """Tell what a file is of, as the access log calls it: `dossiers`, `daybook`, `register.KEY`."""
    told = json.loads(row.wish)
    if "register" in told:
        return f"register.{told['register']}"
    return "daybook" if "book" in told else "dossiers"


def path_of(code: str) -> Path:
    """Give where the bytes of a file lie."""
    return folder() / code


def folder() -> Path:
    """Give the folder of the files; no backup takes it along."""
    return Path(settings.MOTCUA_FILES) / "exports"


def _text(wish: Wish) -> str:
    wanted = wish.wanted
    instants = {"late_at": wanted.late_at, "apology_by": wanted.apology_by}
    narrowed = {
        "state": wanted.state,
        "procedure": wanted.procedure,
        "agency_id": wanted.agency_id,
        "open_only": wanted.open_only,
        "words": wanted.words,
        **{key: at.isoformat() if at else None for key, at in instants.items()},
    }
    wording = wish.wording
    return json.dumps(
        {
            **_told_book(wish.book),
            "wanted": narrowed,
            "form": wish.form,
            "zone": wish.zone.key,
            "semicolons": wish.semicolons,
            "order": wish.order,
            "columns": list(wish.columns),
            "language": wording.language,
            "headings": dict(wording.headings),
            "values": {key: dict(words) for key, words in wording.values.items()},
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _told_book(book: Extract | None) -> dict[str, object]:
    if book is None:
        return {}
    days = {"first": book.first.isoformat(), "last": book.last.isoformat()}
    return {"book": {**days, "agency_id": book.agency_id, "procedure": book.procedure}}


def _read_book(told: dict[str, Any] | None) -> Extract | None:
    if told is None:
        return None
    days = {key: datetime.date.fromisoformat(told[key]) for key in ("first", "last")}
    return Extract(agency_id=told["agency_id"], procedure=told["procedure"], **days)


def wish_of(row: Export, reader: log.Reader) -> Wish:
    """Read back what was asked for."""
    told = json.loads(row.wish)
    narrowed = told["wanted"]
    for key in ("late_at", "apology_by"):
        if narrowed[key]:
            narrowed[key] = datetime.datetime.fromisoformat(narrowed[key])
    return Wish(
        reader=reader,
        wanted=Filter(**narrowed),
        form=Format(told["form"]),
        zone=ZoneInfo(told["zone"]),
        query=row.query,
        semicolons=told["semicolons"],
        wording=Wording(told["language"], told["headings"], told["values"]),
        book=_read_book(told.get("book")),
        order=Order(told.get("order", "")),
        columns=tuple(told.get("columns", ())),
    )
