"""The caller's own work: given to them by name, or to a post they hold."""

from __future__ import annotations

import datetime
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import PAGE
from motcua.core.dossiers.urgency import urgent_first
from motcua.faces.api import schemas
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import Call, Caller, officers
from motcua.faces.api.refs import agency_ref, officer_ref, only, procedure_ref
from motcua.faces.api.schemas import utc, written
from motcua.faces.desk.reading.work import open_work
from motcua.faces.ui import reads

router = Router(tags=["work"])


@router.get(
    "/worklist",
    operation_id="listWork",
    summary="List the caller's open work",
    auth=officers("read"),
    response=answers({200: schemas.WorkPage}, 401, 403, 429),
)
def list_work(
    request: Call, page: Annotated[int, Query(), Field(ge=1, le=100_000)] = 1
) -> schemas.WorkPage:
    """Least time left first, twenty a page, with the exact total."""
    only(request, "page")
    rows = urgent_first(open_work(request.auth.actor))
    total, start = rows.count(), (page - 1) * PAGE
    found, caller = list(rows[start : start + PAGE]), request.auth
    reads.listed(request, caller.actor, caller.at, "work", [row.dossier_id for row in found])
    return schemas.WorkPage(
        items=[_told(caller, row) for row in found],
        total=total,
        page=page,
        pages=max(1, -(-total // PAGE)),
        page_size=PAGE,
    )


def _told(caller: Caller, row: WorkItem) -> schemas.WorkRow:
    dossier = row.dossier
    due: datetime.datetime | None = getattr(row, "due", None)
    return schemas.WorkRow.model_validate(
        {
            "lookup": dossier.lookup,
            "code": dossier.code,
            "state": dossier.state,
            "procedure": procedure_ref(dossier.version_id),
            "applicant_name": name_in_list(caller.actor, dossier),
            "step": row.step,
            "leg": row.leg,
            "agency": agency_ref(row.agency),
            "post": row.post,
            "officer": officer_ref(row.officer),
            "began_at": written(row.began_at),
            "due_at": utc(row.due_at),
            "dossier_due_at": utc(dossier.due_at),
            "late": due is not None and due < caller.at,
            "revision": dossier.revision,
        }
    )
