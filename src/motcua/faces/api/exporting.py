"""Exporting dossiers: the list that the caller may read, as one file."""

from __future__ import annotations

import tempfile
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse
from ninja import Query, Router
from pydantic import Field

from motcua.core.exports.giving import Format
from motcua.core.exports.listed import Wish, give_listed
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.dossiers import Narrowed, filter_of
from motcua.faces.api.given_files import file_answer
from motcua.faces.api.refs import only
from motcua.faces.ui import reads
from motcua.faces.ui.sending import made

router = Router(tags=["dossiers"])


class Exported(Narrowed):
    """What is exported, and how."""

    format: Annotated[Literal["csv", "xlsx"], Field(description="kind of file")] = "csv"
    separator: Annotated[
        Literal["comma", "semicolon"], Field(description="between the cells of CSV")
    ] = "comma"


@router.get(
    "/exports/dossiers",
    operation_id="exportDossiers",
    summary="Export the dossiers that the caller may read",
    auth=officers("export"),
    response=answers({}, 401, 403, 404, 429),
    openapi_extra={"responses": {200: file_answer(("csv", "xlsx"))}},
)
def export_dossiers(request: Call, wanted: Query[Exported]) -> FileResponse:
    """Rows, order and masks of `listDossiers`, up to 10,000; `askForExport` has no bound.

    Instants stand on the city's clock. Cells that a spreadsheet would take for a formula begin
    with an apostrophe. Every batch of rows is written to the access log first.
    """
    only(request, *Exported.model_fields)
    caller = request.auth
    wish = Wish(
        reader=reads.reader(request, caller.actor, caller.at),
        wanted=filter_of(wanted, caller.at),
        form=Format(wanted.format),
        zone=ZoneInfo(settings.TIME_ZONE),
        query=request.GET.urlencode(),
        semicolons=wanted.separator == "semicolon",
    )
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        give_listed(out, wish)
    except BaseException:
        out.close()
        raise
    return made(out, f"dossiers.{wanted.format}")
