"""The catalogue, open to everybody: which procedures are offered, and what each asks for."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router

from motcua.core.procedures.queries import current, published
from motcua.faces.api.answers import answers
from motcua.faces.api.declared import ProcedureOut, Procedures, procedure_out
from motcua.faces.api.refs import only

router = Router(tags=["procedures"])


@router.get(
    "/procedures",
    operation_id="listProcedures",
    summary="List the published procedures",
    response=answers({200: Procedures}),
)
def list_procedures(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="words of its code or names")] = "",
) -> Procedures:
    """All procedures in force, with fields, papers, fees and limit in both languages."""
    only(request, "q")
    return Procedures(items=[procedure_out(one) for one in published(q)])


@router.get(
    "/procedures/{code}",
    operation_id="getProcedure",
    summary="Read a published procedure",
    response=answers({200: ProcedureOut}, 404),
)
def get_procedure(
    request: HttpRequest, code: Annotated[str, Path(description="procedure code", min_length=1)]
) -> ProcedureOut:
    """The version in force, with fields, papers, fees and limit in both languages."""
    only(request)
    return procedure_out(current(code))
