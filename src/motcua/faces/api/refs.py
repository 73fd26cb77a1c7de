"""Agencies, officers and dossiers as every answer names them."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import HttpRequest

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import Node
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Done
from motcua.core.people.models import Officer
from motcua.core.procedures.queries import declared
from motcua.faces.api import schemas
from motcua.faces.api.body import shown
from motcua.faces.api.inputs import InputTwice, InputUnknown
from motcua.faces.api.schemas import Name, utc, written
from motcua.kernel.errors import Invalid, Refused


def agency_ref(one: Agency | Node) -> schemas.AgencyRef:
    """Name an agency."""
    return schemas.AgencyRef(id=one.id, code=one.code, name=Name(vi=one.name_vi, en=one.name_en))


def officer_ref(one: Officer | None) -> schemas.OfficerRef | None:
    """Name an officer."""
    return schemas.OfficerRef(id=one.id, name=one.name) if one else None


def procedure_ref(version_id: int) -> schemas.ProcedureRef:
    """Name the procedure of a version."""
    one = declared(version_id)
    return schemas.ProcedureRef(code=one.code, name=Name(vi=one.name.vi, en=one.name.en))


def link(lookup: str) -> str:
    """Give the applicant's tracking page."""
    return f"{settings.MOTCUA_PUBLIC_ADDRESS.rstrip('/')}/ho-so/{lookup}"


def etag(revision: int) -> str:
    """Write a revision as a strong entity tag (RFC 9110 §8.8.3)."""
    return f'"{revision}"'


def acted(done: Done) -> schemas.Acted:
    """Tell what an act answers."""
    return schemas.Acted.model_validate(
        {
            "lookup": done.lookup,
            "code": done.code,
            "state": done.state,
            "step": done.step,
            "revision": done.revision,
            "due_at": utc(done.due_at),
            "promised_at": utc(done.promised_at),
            "entry": done.entry,
            "link": link(done.lookup),
        }
    )


def row_values(actor: Actor, dossier: Dossier | Line, at: datetime.datetime) -> dict[str, object]:
    """Give what a list tells of a dossier, with the applicant's name as this actor may see it."""
    late = dossier.finished_at is None and dossier.due_at is not None and dossier.due_at < at
    return {
        "lookup": dossier.lookup,
        "code": dossier.code,
        "state": dossier.state,
        "step": dossier.step,
        "procedure": procedure_ref(dossier.version_id),
        "applicant_name": name_in_list(actor, dossier),
        "channel": dossier.channel,
        "receiving_agency": agency_ref(dossier.receiving_agency),
        "holding_agency": agency_ref(dossier.holding_agency),
        "filed_at": written(dossier.filed_at),
        "received_at": utc(dossier.received_at),
        "due_at": utc(dossier.due_at),
        "promised_at": utc(dossier.promised_at),
        "finished_at": utc(dossier.finished_at),
        "bucket": dossier.bucket,
        "late": late,
        "closed": dossier.closed,
        "revision": dossier.revision,
    }


def only(request: HttpRequest, *known: str) -> None:
    """Refuse query parameters of other names, and any that comes twice.

    A misspelled filter would filter nothing, and of two values a proxy may have checked the other.
    """
    wrong: dict[str, Refused] = {}
    for name, values in sorted(request.GET.lists()):
        if name not in known:
            wrong[shown(name)] = InputUnknown()
        elif len(values) > 1:
            wrong[shown(name)] = InputTwice()
    if wrong:
        raise Invalid(wrong)
