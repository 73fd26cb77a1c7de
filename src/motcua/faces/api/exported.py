"""Exports of any size: asked for, watched, and fetched when the job has made the file."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpResponse
from ninja import Path as PathParameter
from ninja import Query, Router, Status
from pydantic import Field

from motcua.core.daybook.reading import Extract
from motcua.core.dossiers.queries import Filter
from motcua.core.exports.asking import ask, fetch, kind_of, one_of
from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish
from motcua.core.exports.models import Export
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, Caller, officers
from motcua.faces.api.daybook import Period, extract_of
from motcua.faces.api.dossiers import Narrowed, filter_of
from motcua.faces.api.given_files import file_answer
from motcua.faces.api.refs import only
from motcua.faces.api.schemas import Instant, Out, utc, written
from motcua.faces.ui import reads
from motcua.faces.ui.sending import lying
from motcua.kernel.errors import Refused

router = Router(tags=["dossiers"])

LOCATION = {"Location": {"description": "its status", "schema": {"type": "string"}}}

Name = Annotated[str, PathParameter(description="what asking answered", pattern="^[0-9a-f]{32}$")]


class FilterOfAnother(Refused):
    """A filter of lists for the book, or one of the book for a list."""

    code = "exports.filter_of_another"
    vi = "Sổ lọc theo agency, since, until, procedure; danh sách không có kỳ. Hãy bỏ: {names}."
    en = "A book goes by agency, since, until, procedure; a list has no period. Drop: {names}."


_FORMS = Literal["csv", "xlsx", "parquet", "xes", "pdf"]


class AskedExport(Narrowed, Period):
    """What is exported, and how.

    With `daybook` it is the book of the agency that received (the caller's where none is named),
    narrowed by `since`, `until` and `procedure` alone, as CSV, XLSX or PDF (form06).
    """

    daybook: bool = Field(default=False, description="the book of dossiers, not a list")
    format: Annotated[_FORMS, Field(description="kind of file; PDF is for the book alone")] = "csv"
    separator: Annotated[
        Literal["comma", "semicolon"], Field(description="between the cells of CSV")
    ] = "comma"


class ExportOut(Out):
    """How far an export is; `file` is where it is fetched once it is `ready`."""

    export: str
    state: Literal["making", "ready", "failed", "gone"]
    why: str = Field(description="code of the error that ended it, or empty")
    format: Literal["csv", "xlsx", "parquet", "geojson", "xes", "pdf", "zip"] = Field(
        description="kind of file; a book of several volumes is a ZIP of PDFs"
    )
    expected: int = Field(description="dossiers or records when it was asked for")
    written: int = Field(description="dossiers or records so far")
    size: int | None
    asked_at: Instant
    made_at: Instant | None
    until: Instant = Field(description="when the file is removed")
    file: str | None


@router.post(
    "/exports",
    operation_id="askForExport",
    summary="Have the dossiers that the caller may read exported by a job",
    auth=officers("export"),
    response=answers({202: ExportOut}, 401, 403, 404, 429, 507),
    openapi_extra={"responses": {202: {"headers": LOCATION}}},
)
def ask_for_export(
    request: Call, response: HttpResponse, wanted: Query[AskedExport]
) -> Status[ExportOut]:
    """Rows and masks of `listDossiers`, any number, by the order in which they were filed.

    The same wish, while its file is being made, is answered with that one, so that asking again
    does no harm. The file holds what the caller may read both now and when it is made; every batch
    is written to the access log. `xes` holds the events of these dossiers. The book comes in the
    order of its numbers.
    """
    only(request, *AskedExport.model_fields)
    _check(request, wanted)
    caller = request.auth
    row = ask(
        Wish(
            reader=reads.reader(request, caller.actor, caller.at),
            wanted=Filter() if wanted.daybook else filter_of(wanted, caller.at),
            form=Format(wanted.format),
            zone=ZoneInfo(settings.TIME_ZONE),
            query=request.GET.urlencode(),
            semicolons=wanted.separator == "semicolon",
            book=_book(caller, wanted),
        )
    )
    response["Location"] = place_of(row)
    return Status(202, told_of(row))


def _check(request: Call, wanted: AskedExport) -> None:
    """Refuse what says nothing about what is asked for, a list or the book: it would narrow none.

    Raises `FilterOfAnother`.
    """
    others = {"state", "open", "late", "q"} if wanted.daybook else {"since", "until"}
    if found := sorted(others & request.GET.keys()):
        raise FilterOfAnother(names=", ".join(found))


def _book(caller: Caller, wanted: AskedExport) -> Extract | None:
    if not wanted.daybook:
        return None
    return extract_of(caller.actor, caller.at, wanted, wanted.agency, wanted.procedure)


@router.get(
    "/exports/{export}",
    operation_id="getExport",
    summary="See how far an export is",
    auth=officers("export"),
    response=answers({200: ExportOut}, 401, 403, 404, 429),
)
def get_export(request: Call, export: Name) -> ExportOut:
    """Tell whether the file is ready; only who asked for it finds it."""
    only(request)
    return told_of(one_of(request.auth.actor, export))


@router.get(
    "/exports/{export}/file",
    operation_id="fetchExport",
    summary="Fetch the file of an export",
    auth=officers("export"),
    response=answers({}, 401, 403, 404, 409, 410, 429),
    openapi_extra={"responses": {200: file_answer()}},
)
def fetch_export(request: Call, export: Name) -> FileResponse:
    """Hand the file out, while the caller still has the rights with which it was made."""
    only(request)
    caller = request.auth
    row, path = fetch(reads.reader(request, caller.actor, caller.at), export)
    return lying(path, f"{kind_of(row)}.{row.form}")


def place_of(row: Export) -> str:
    """Give where the status of an export is."""
    return f"/api/v1/exports/{row.code}"


def told_of(row: Export) -> ExportOut:
    """Tell how far an export is."""
    ready = row.state == Export.State.READY
    return ExportOut.model_validate(
        {
            "export": row.code,
            "state": row.state,
            "why": row.why,
            "format": row.form,
            "expected": row.expected,
            "written": row.written,
            "size": row.size,
            "asked_at": written(row.asked_at),
            "made_at": utc(row.made_at),
            "until": written(row.until_at),
            "file": f"{place_of(row)}/file" if ready else None,
        }
    )
