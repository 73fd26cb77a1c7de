"""Agencies in force, open to everybody: a caller needs their codes."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.utils.timezone import localtime
from ninja import Query, Router

from motcua.core.agencies.queries import Node, tree
from motcua.core.now import now
from motcua.faces.api.answers import answers
from motcua.faces.api.refs import agency_ref, only
from motcua.faces.api.schemas import Agencies, AgencyOut

router = Router(tags=["agencies"])


@router.get(
    "/agencies",
    operation_id="listAgencies",
    summary="List the agencies in force",
    response=answers({200: Agencies}),
)
def list_agencies(
    request: HttpRequest,
    tier: Annotated[str, Query(max_length=20, description="only this tier")] = "",
) -> Agencies:
    """By code, with the agency above each."""
    only(request, "tier")
    living = sorted(tree().living(localtime(now()).date()), key=lambda one: one.code)
    return Agencies(items=[_told(one) for one in living if tier in {"", one.tier}])


def _told(one: Node) -> AgencyOut:
    parent = tree().nodes.get(one.parent_id) if one.parent_id is not None else None
    return AgencyOut(
        **agency_ref(one).model_dump(),
        short_name=one.short_name,
        tier=one.tier,
        parent=parent.code if parent else None,
        address=one.address,
        phone=one.phone,
    )
