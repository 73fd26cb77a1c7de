"""Whether documents, their files and their books still say what their entries were told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max

from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.models import Entry
from motcua.core.official.agency_signs import ACT, odd_rows
from motcua.core.official.kinds import COPIES
from motcua.core.official.models import (
    DocumentAct,
    DocumentFile,
    IncomingDocument,
    NumberBook,
    OutgoingDocument,
)
from motcua.core.official.numbers import ARRIVALS, COPY_BOOK
from motcua.core.official.writing import facts_of, said_of, stream_of
from motcua.core.places import place

_AT_ONCE = 500
_TEXTS = {
    "state.document": (
        "Văn bản (dòng {row}) không khớp bút toán cuối của nó.",
        "The document of row {row} is not what its last entry was told.",
    ),
    "state.document_file": (
        "Tệp đã ký của văn bản (dòng {row}) không khớp bút toán của nó.",
        "The signed file of the document of row {row} is not that of its entry.",
    ),
    "state.agency_signs": (
        "Ký hiệu cơ quan (dòng {row}) không khớp bút toán của nó.",
        "The signs of an agency (row {row}) are not those that their entry was told.",
    ),
    "state.number_book": (
        "Sổ cấp số (dòng {row}) không khớp các văn bản đã lấy số.",
        "The book of numbers of row {row} does not agree with the documents that bear them.",
    ),
}


def check_documents() -> Iterator[Finding]:
    """Give every document, file and book that was changed behind the ledger's back."""
    for model in (OutgoingDocument, IncomingDocument):
        for row in model.objects.order_by("pk").iterator(chunk_size=_AT_ONCE):
            if not _agrees(row):
                yield _finding("state.document", row.pk, stream_of(row))
    files = DocumentFile.objects.select_related("document", "file").order_by("pk")
    for one in files.iterator(chunk_size=_AT_ONCE):
        stream = stream_of(one.document)
        if one.file.sha256 not in _body(place(stream, one.seq)).get("files", []):
            yield _finding("state.document_file", one.document_id, stream)
    for book in NumberBook.objects.order_by("pk"):
        if _counted(book) != (book.last, book.last):
            yield _finding("state.number_book", book.pk, 0)
    yield from _odd_signs()


def _odd_signs() -> Iterator[Finding]:
    bodies = Entry.objects.filter(stream=HOUSE, act=ACT).order_by("pk")
    told = [json.loads(body)["data"] for body in bodies.values_list("body", flat=True)]
    yield from (_finding("state.agency_signs", row, HOUSE) for row in odd_rows(told))


def _agrees(row: OutgoingDocument | IncomingDocument) -> bool:
    number = place(stream_of(row), row.revision)
    told = DocumentAct.objects.filter(pk=number).first()
    if told is None or DocumentAct.objects.filter(pk=number + 1).exists():
        return False
    body = _body(number)
    said = commitment(bytes(told.salt), [said_of(row), told.reason])
    facts = {key: body.get("data", {}).get(key) for key in facts_of(row)}
    return body.get("commitments") == [said] and facts == facts_of(row)


def _counted(book: NumberBook) -> tuple[int, int]:
    """Give how many documents bear a number of a book, and the largest."""
    told = {"agency": book.agency_id, "year": book.year}
    kinds = sorted(COPIES) if book.book == COPY_BOOK else [book.book]
    rows = (
        IncomingDocument.objects.filter(**told)
        if book.book == ARRIVALS
        else OutgoingDocument.objects.filter(**told, kind__in=kinds, number__isnull=False)
    )
    found = rows.aggregate(count=Count("pk"), last=Max("number"))
    return found["count"], found["last"] or 0


def _body(number: int) -> dict[str, Any]:
    entry = Entry.objects.filter(pk=number).values_list("body", flat=True).first()
    body: dict[str, Any] = json.loads(entry) if entry else {}
    return body


def _finding(code: str, row: int, stream: int) -> Finding:
    vi, en = _TEXTS[code]
    return Finding(code, vi.format(row=row), en.format(row=row), stream)
