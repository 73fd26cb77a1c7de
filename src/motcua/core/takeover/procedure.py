"""The small procedure under which dossiers of a source run: published once, like any other.

A dossier that came finished rests at its end. One that came unfinished stands on the step
`processing`, so that its officers finish or stop it by real moves. There is no legal clock: the
deadline is the source's own and stays as it came.
"""

from __future__ import annotations

import datetime
import hashlib

from motcua.core.ledger.append import append_to_house
from motcua.core.procedures.actions import publish
from motcua.core.procedures.checks import publish_faults
from motcua.core.procedures.declaration import (
    Declaration,
    FieldRule,
    FieldType,
    LegalRef,
    Mark,
    Source,
    Text,
)
from motcua.core.procedures.encoding import body_of
from motcua.core.procedures.faults import NotPublishable
from motcua.core.procedures.models import Procedure, Version
from motcua.core.procedures.queries import Current
from motcua.core.procedures.systems import system_of
from motcua.core.sql import Tx
from motcua.core.takeover.columns import Columns
from motcua.core.takeover.mapping import Mapping
from motcua.core.takeover.rows import MAX_CELL
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Definition, End, Kind, Move, Step

RECEPTION, PROCESSING, FINISHED, STOPPED = "reception", "processing", "finished", "stopped"

_NAMES = {
    RECEPTION: Text("Tiếp nhận", "Reception"),
    PROCESSING: Text("Xử lý tiếp", "Carried on"),
    FINISHED: Text("Đã giải quyết xong", "Finished"),
    STOPPED: Text("Dừng giải quyết", "Stopped"),
    "receive": Text("Tiếp nhận", "Receive"),
    "finish": Text("Kết thúc hồ sơ", "Finish"),
    "stop": Text("Dừng giải quyết", "Stop"),
}


class CodeInUse(Refused):
    """The procedure code of the mapping belongs to another system."""

    code = "takeover.procedure_elsewhere"
    vi = "Mã thủ tục {procedure} đã thuộc hệ thống “{system}”; đổi mã trong tệp ánh xạ."
    en = "The procedure code {procedure} belongs to the system “{system}”; change the mapping."
    status = 409


def declared_by(mapping: Mapping, columns: Columns) -> Declaration:
    """Give the procedure of a mapping, checked as every other; raises `NotPublishable`."""
    rule = mapping.procedure
    source = Source(Mark.UNCONFIRMED, "")
    nothing = Text("–", "–")
    declaration = Declaration(
        code=rule.code,
        system=mapping.system,
        name=rule.name,
        short=rule.short,
        group=mapping.name,
        level=nothing,
        decided_by=nothing,
        result=nothing,
        limit=None,
        legal_basis=tuple(LegalRef(text, source) for text in rule.legal_basis),
        channels=("partner",),
        tiers=(),
        fields=tuple(_field(mapping, columns.names[index], columns) for index in columns.case_at),
        evidence=(),
        fees=(),
        flow=_flow(rule.post, rule.outcome),
        step_names={key: _NAMES[key] for key in (RECEPTION, PROCESSING)},
        move_names={key: _NAMES[key] for key in ("receive", "finish", "stop")},
        leg_names={},
        end_names={key: _NAMES[key] for key in (FINISHED, STOPPED)},
        letters=(),
        messages={},
        sources=dict.fromkeys(
            ("code", "name", "limit", "level", "decided_by", "result", "hours", "channels"), source
        ),
    )
    faults = publish_faults(declaration, posts=system_of(mapping.system).posts)
    if faults:
        raise NotPublishable(faults)
    return declaration


def published(
    tx: Tx, mapping: Mapping, declaration: Declaration, *, actor: str, at: datetime.datetime
) -> Current:
    """Give the published version that says exactly this; publish it where there is none."""
    body = body_of(declaration)
    digest = hashlib.sha256(body.encode()).digest()
    row = Procedure.objects.filter(code=declaration.code).first()
    if row is None:
        row = Procedure.objects.create(
            code=declaration.code,
            system=declaration.system,
            name_vi=declaration.name.vi,
            name_en=declaration.name.en,
        )
    elif row.system != declaration.system:
        raise CodeInUse(procedure=row.code, system=row.system)
    newest = row.versions.order_by("-number").first()
    in_force = newest is not None and newest.state == Version.State.PUBLISHED
    if newest is not None and in_force and bytes(newest.digest) == digest:
        return Current(newest.pk, row.pk, declaration)
    version = Version.objects.create(
        procedure=row,
        number=newest.number + 1 if newest else 1,
        source=mapping.text,
        body=body,
        digest=digest,
        drafted_at=at,
    )
    told = publish(version=version.pk, actor=actor, at=at)
    append_to_house(tx, act="publish", at=at, actor=actor, data=told.told(), origin="imported")
    return Current(version.pk, row.pk, declaration)


def _flow(post: str, outcome: str) -> Definition:
    return Definition(
        start=RECEPTION,
        steps=(
            Step(RECEPTION, "submitted", post, "receiving"),
            Step(PROCESSING, "processing", post, "receiving"),
        ),
        ends=(End(FINISHED, "returned", outcome), End(STOPPED, "stopped", "stopped")),
        moves=(
            Move("receive", Kind.FORWARD, (RECEPTION,), PROCESSING, gives_code=True),
            Move("finish", Kind.FORWARD, (PROCESSING,), FINISHED),
            Move("stop", Kind.STOP, (PROCESSING,), STOPPED, reason=True),
        ),
    )


def _field(mapping: Mapping, name: str, columns: Columns) -> FieldRule:
    responsible = columns.case.get("responsible")
    personal = name in mapping.personal or (
        responsible is not None and columns.names[responsible] == name
    )
    return FieldRule(
        key=name,
        label=Text(name, name),
        type=FieldType.TEXT,
        required=False,
        max_length=MAX_CELL,
        personal=personal,
        public=False,
        indexed=False,
        choices=(),
        hint=None,
        pattern=None,
        minimum=None,
        maximum=None,
    )
