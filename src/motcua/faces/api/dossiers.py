"""Reading dossiers: a list with its exact total, and one dossier with everything on it."""

from __future__ import annotations

import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils.timezone import localtime
from ninja import Query
from pydantic import BaseModel, Field, StringConstraints

from motcua.core.agencies.queries import agency_by_code
from motcua.core.dossiers.queries import PAGE, Filter, dossiers, find_one
from motcua.faces.api import schemas
from motcua.faces.api.answers import answers, heads
from motcua.faces.api.auth import ALSO_NOBODY, Call, also_anybody, as_applicant, officers
from motcua.faces.api.detail import dossier_out
from motcua.faces.api.filing import Code, Phone, router
from motcua.faces.api.refs import etag, only, row_values
from motcua.faces.ui import reads


class Narrowed(BaseModel):
    """What dossiers are narrowed to."""

    state: schemas.State | None = None
    procedure: Annotated[str, StringConstraints(max_length=30)] = Field("", description="code")
    agency: Annotated[str, StringConstraints(max_length=35)] = Field(
        "", description="code of the agency that holds it now"
    )
    open: bool = Field(default=False, description="only those that have not ended")
    late: bool = Field(default=False, description="only those past their due date without a result")
    q: Annotated[str, StringConstraints(max_length=200)] = Field(
        "", description="words (accents do not matter), a dossier code or a look-up number"
    )


class Wanted(Narrowed):
    """What a list is narrowed to, and its page."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1


def filter_of(wanted: Narrowed, at: datetime.datetime) -> Filter:
    """Give the filter that a request asks for; an agency that is none is refused."""
    on = localtime(at).date()
    return Filter(
        state=wanted.state or "",
        procedure=wanted.procedure,
        agency_id=agency_by_code(wanted.agency, on=on).id if wanted.agency else None,
        open_only=wanted.open,
        late_at=at if wanted.late else None,
        words=wanted.q,
    )


@router.get(
    "/dossiers",
    operation_id="listDossiers",
    summary="List the dossiers that the caller may read",
    auth=officers("read"),
    response=answers({200: schemas.DossierPage}, 401, 403, 404, 429),
)
def list_dossiers(request: Call, wanted: Query[Wanted]) -> schemas.DossierPage:
    """Earliest due first, twenty a page, with the exact total; of words, up to ten thousand."""
    only(request, *Wanted.model_fields)
    at = request.auth.at
    found = dossiers(request.auth.actor, filter_of(wanted, at), page=wanted.page)
    actor = request.auth.actor
    items = [schemas.Row.model_validate(row_values(actor, row, at)) for row in found.rows]
    reads.listed(request, actor, at, "dossiers", [row.pk for row in found.rows])
    return schemas.DossierPage(
        items=items,
        total=found.total,
        more=found.more,
        page=found.page,
        pages=found.pages,
        page_size=PAGE,
    )


@router.get(
    "/dossiers/{code}",
    operation_id="getDossier",
    summary="Read a dossier",
    auth=also_anybody("read"),
    response=answers({200: schemas.DossierOut}, 401, 403, 404, 429),
    openapi_extra={**ALSO_NOBODY, **heads((200,), "ETag")},
)
def get_dossier(
    request: Call,
    response: HttpResponse,
    code: Code,
    phone: Annotated[
        str | None, Query(description="as X-Phone, for clients that cannot send headers")
    ] = None,
    phone_header: Phone = None,
) -> schemas.DossierOut:
    """For officers who may see it, and for its applicant, known by the phone given on filing.

    Everybody else is told that there is no such dossier. The ETag is the revision.
    """
    only(request, "phone")
    caller = as_applicant(request, code, phone_header or phone)
    snapshot = find_one(caller.actor, code)
    reads.opened(request, caller.actor, caller.at, snapshot, "dossier")
    response["ETag"] = etag(snapshot.revision)
    return dossier_out(caller.actor, snapshot, caller.at)
