"""Records in the forms that systems add to their registers: networks, for instance."""

from __future__ import annotations

import tempfile
from typing import Annotated

from django.http import FileResponse
from ninja import Path, Query, Router

from motcua.core.registers.foreign import form_of
from motcua.core.registers.loading import register_of
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, officers
from motcua.faces.api.recorded import RecordsAs
from motcua.faces.api.refs import only
from motcua.faces.api.registers import Named, filter_of
from motcua.faces.ui import reads
from motcua.faces.ui.sending import TABLES, made

router = Router(tags=["registers"])

Form = Annotated[str, Path(min_length=1, max_length=40, description="key of a form")]


@router.get(
    "/registers/{register_key}/export/{form}",
    operation_id="exportRecordsAs",
    summary="Export the records of a register in a form of its system",
    auth=officers("export"),
    response=answers({}, 401, 403, 404, 429),
    openapi_extra={
        "responses": {
            200: {
                "description": "the file",
                "content": {TABLES["json"]: {"schema": {"type": "object"}}},
            }
        }
    },
)
def export_records_as(
    request: Call, register_key: Named, form: Form, wanted: Query[RecordsAs]
) -> FileResponse:
    """Rows of `listRecords`, public values alone: spans and cables as `ofds` or `ofds-geojson`.

    What those records name stands in the file as far as the caller may read it.
    """
    only(request, *RecordsAs.model_fields)
    declaration, caller = register_of(register_key), request.auth
    chosen = form_of(declaration.key, form)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        reader = reads.reader(request, caller.actor, caller.at)
        chosen.give(out, reader, declaration, filter_of(declaration, wanted))
    except BaseException:
        out.close()
        raise
    return made(out, f"{declaration.key}.{chosen.key}.json")
