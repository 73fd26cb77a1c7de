"""A dossier with everything on it, told from the rows that belong to it."""

from __future__ import annotations

import datetime
import json

from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency, officers_of
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.clearance import is_clear
from motcua.core.dossiers.elsewhere import MadeElsewhere, elsewhere
from motcua.core.dossiers.opened import HandedIn, Happened, handed_in, happened, opened
from motcua.core.dossiers.queries import Choice, choices, declaration_of
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.core.dossiers.talked import NOTE
from motcua.core.people.models import Officer
from motcua.core.procedures.declaration import Declaration
from motcua.core.sql import reading
from motcua.faces.api import schemas
from motcua.faces.api.masked import applicant_out, fields_out
from motcua.faces.api.refs import agency_ref, link, officer_ref, row_values
from motcua.faces.api.schemas import named, utc, written
from motcua.faces.desk.asking import receiver
from motcua.kernel.errors import Refused


def dossier_out(actor: Actor, snapshot: Snapshot, at: datetime.datetime) -> schemas.DossierOut:
    """Tell a dossier that the actor may read."""
    tx = reading()
    dossier = opened(tx, snapshot.id)
    said, clearance = declaration_of(snapshot), is_clear(actor, snapshot)
    applicant, hidden = applicant_out(dossier.applicant, clearance=clearance)
    fields, masked = fields_out(said, dossier.fields, clearance=clearance)
    evidence, kept = _evidence(handed_in(tx, snapshot.id), said, clearance=clearance)
    told = {
        **row_values(actor, dossier.line, at),
        "applicant_name": applicant.name if applicant else "",
        "outcome": snapshot.now.outcome,
        "subject": snapshot.subject,
        "procedure_version": snapshot.version_id,
        "paused_since": utc(snapshot.now.paused_since),
        "answer_by": utc(snapshot.now.answer_by),
        "returned_at": utc(snapshot.now.returned_at),
        "applicant": applicant,
        "fields": fields,
        "masked": hidden + masked + kept,
        "evidence": evidence,
        "work": _work(snapshot, said),
        "legs": _legs(snapshot, said),
        "moves": _moves(actor, snapshot, said, at),
        "history": [
            _happened(one)
            for one in happened(tx, snapshot.id)
            if one.act != NOTE or actor.officer_id is not None
        ],
        "link": link(snapshot.lookup),
    }
    return schemas.DossierOut.model_validate(told)


def _evidence(
    rows: list[HandedIn], said: Declaration, *, clearance: bool
) -> tuple[list[schemas.EvidenceOut], list[str]]:
    """Tell the papers handed in, and what of them is masked: a digest tells a known file."""
    names = {rule.key: rule.name for rule in said.evidence}
    told = [
        _paper(row, schemas.named(names.get(row.component), row.component), clearance=clearance)
        for row in rows
    ]
    held = {
        "evidence.name": any(row.name for row in rows),
        "evidence.file": any(row.file for row in rows),
    }
    return told, [] if clearance else [name for name, there in held.items() if there]


def _paper(row: HandedIn, name: schemas.Name, *, clearance: bool) -> schemas.EvidenceOut:
    file = row.file if clearance else None
    return schemas.EvidenceOut(
        seq=row.seq,
        component=row.component,
        component_name=name,
        name=row.name if clearance else "",
        originals=row.originals,
        copies=row.copies,
        file=schemas.StoredFile(sha256=file.sha256, size=file.size, media_type=file.media_type)
        if file
        else None,
    )


def _work(snapshot: Snapshot, said: Declaration) -> list[schemas.Work]:
    ids = [item.officer_id for item in snapshot.items if item.officer_id is not None]
    officers = Officer.objects.in_bulk(ids) if ids else {}
    names = {**said.step_names, **said.leg_names}

    def told(item: Item) -> schemas.Work:
        officer = officers.get(item.officer_id) if item.officer_id is not None else None
        return schemas.Work(
            step=item.step,
            name=named(names.get(item.step), item.step),
            leg=item.leg,
            agency=agency_ref(agency(item.agency_id)),
            post=item.post,
            officer=officer_ref(officer),
            began_at=written(item.began_at),
            due_at=utc(item.due_at),
        )

    return [told(item) for item in snapshot.items]


def _legs(snapshot: Snapshot, said: Declaration) -> list[schemas.LegOut]:
    return [
        schemas.LegOut(
            number=leg.number,
            key=leg.key,
            name=named(said.leg_names.get(leg.key), leg.key),
            replied=leg.replied,
        )
        for leg in snapshot.now.marking.legs
    ]


def _moves(
    actor: Actor, snapshot: Snapshot, said: Declaration, at: datetime.datetime
) -> list[schemas.MoveOut]:
    return [
        schemas.MoveOut(
            move=choice.move.key,
            name=named(said.move_names.get(choice.move.key), choice.move.key),
            kind=choice.move.kind,
            leg=choice.leg,
            reason=choice.move.reason,
            legs=list(choice.move.legs),
            officers=_officers(choice, snapshot, said, at) if actor.officer_id is not None else [],
            why_not=_why_not(choice.why_not or _not_alone(choice, said)),
        )
        for choice in choices(actor, snapshot, at)
    ]


def _officers(
    choice: Choice, snapshot: Snapshot, said: Declaration, at: datetime.datetime
) -> list[schemas.OfficerRef]:
    today = localtime(at).date()
    to = receiver(choice.move, snapshot, said, today) if choice.why_not is None else None
    if to is None:
        return []
    node, post = to
    on = calendars[node.calendar].local(at).date()
    found = officers_of(node.id, post, on)
    return [schemas.OfficerRef(id=number, name=name) for number, name in found]


def _not_alone(choice: Choice, said: Declaration) -> Refused | None:
    there = elsewhere(said.code, choice.move.key)
    return MadeElsewhere(operation=there.operation) if there is not None else None


def _why_not(refusal: Refused | None) -> schemas.FieldError | None:
    if refusal is None:
        return None
    return schemas.FieldError(code=refusal.code, vi=refusal.text("vi"), en=refusal.text("en"))


def _happened(row: Happened) -> schemas.Happened:
    body = json.loads(row.body)
    return schemas.Happened.model_validate(
        {
            "seq": row.seq,
            "act": row.act,
            "at": written(row.at),
            "recorded_at": written(row.recorded_at),
            "actor": (body["actor"] or "system").partition(":")[0],
            "from_step": body["from"],
            "to_step": body["to"],
            "hash": row.hash.hex(),
            "seal": row.seal,
        }
    )
