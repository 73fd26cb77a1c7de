"""Mức hạn chế: who holds a dossier, or their head, keeps it to those whom its work names.

State secrets have no place here at all: a grade of secrecy is refused by name.
"""

from __future__ import annotations

import datetime

from motcua.core.access import rows as scope_rows
from motcua.core.access import totals
from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.access.rows import sees
from motcua.core.dossiers import carrying
from motcua.core.dossiers.expected import IDENTITY_COLUMNS, identity
from motcua.core.dossiers.moving import last_act, not_before
from motcua.core.dossiers.orders import MAX_TEXT, Done
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.rules import Stale, holds
from motcua.core.dossiers.situation import NORMAL, RESTRICTED, NotFound, Snapshot, read
from motcua.core.idempotency import keys
from motcua.core.ledger.commitments import commitment
from motcua.core.procedures.queries import declared
from motcua.core.sql import Row, Sql, Tx, reading
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean, fold

REGRADE = "regrade"
_SECRETS = frozenset({"mat", "toi mat", "tuyet mat", "secret", "top secret", "confidential"})
_IDENTITY = Sql(f"SELECT {IDENTITY_COLUMNS} FROM dossiers_dossier WHERE id = %s")
_WRITE = Sql("UPDATE dossiers_dossier SET confidentiality = %s WHERE id = %s")


class StateSecret(Refused):
    """State secrets are never put into this system."""

    code = "dossiers.state_secret"
    vi = (
        "Không đưa tài liệu có độ mật (Mật, Tối mật, Tuyệt mật) vào hệ thống này. Hãy chuyển hồ sơ"
        " sang quy trình bảo vệ bí mật nhà nước."
    )
    en = "State secrets must not be put into this system. Use the procedure for state secrets."


class GradeUnknown(Refused):
    """There are two grades."""

    code = "dossiers.grade_unknown"
    vi = "Mức phải là “normal” (thường) hoặc “restricted” (hạn chế người xem)."
    en = "The grade is “normal” or “restricted”."


class GradeUnchanged(Refused):
    """The dossier has that grade already."""

    code = "dossiers.grade_unchanged"
    vi = "Hồ sơ đã ở mức này."
    en = "The dossier has this grade already."
    status = 409


class NotYoursToGrade(Refused):
    """The grade is for who holds the dossier, or a head of theirs."""

    code = "dossiers.not_yours_to_grade"
    vi = "Chỉ người đang giữ hồ sơ hoặc người đứng đầu cơ quan đang giữ được đổi mức hạn chế."
    en = "Only who holds the dossier, or a head of the agency that holds it, may change its grade."
    status = 403


class GradeUnexplained(Refused):
    """A grade changes for a reason."""

    code = "dossiers.grade_unexplained"
    vi = "Ghi lý do và căn cứ đổi mức hạn chế."
    en = "Say why the grade changes, and on what ground."


def regrade(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    grade: str,
    reason: str,
    key: str | None,
    revision: int | None = None,
) -> Done:
    """Restrict a dossier to those whom its work names, or open it to its agencies again.

    A restricted dossier leaves every list, count, search and export of those who are not named.
    A repeat under the same key gives the first answer to who may still see the dossier.
    """
    if fold(grade.replace("_", " ")) in _SECRETS:
        raise StateSecret
    if grade not in {NORMAL, RESTRICTED}:
        raise GradeUnknown
    asked = None
    if key is not None:
        body = [dossier_id, grade, reason]
        asked = keys.request(actor=actor.key, operation=REGRADE, key=key, body=body)
        first = carrying.answered(actor, asked, dossier_id)
        if first is not None:
            return first
    remark = clean(reason, multiline=True, limit=MAX_TEXT) if reason else ""

    def once() -> Done:
        snapshot = read(reading(), dossier_id)
        post = _may(actor, snapshot, grade, remark)
        if revision is not None and revision != snapshot.revision:
            raise Stale
        then = not_before(last_act(reading(), snapshot), at)
        return carrying.carry_out(*_planned(actor, snapshot, then, grade, post, remark), asked)

    return carrying.attempts_beside_twins(once, actor, asked, dossier_id)


def _may(actor: Actor, snapshot: Snapshot, grade: str, remark: str) -> str | None:
    """Give the post of an actor who may, or refuse."""
    if not sees(reading(), actor, snapshot.id):
        raise NotFound
    if not grades(actor, snapshot):
        raise NotYoursToGrade
    if snapshot.grade == grade:
        raise GradeUnchanged
    if not remark:
        raise GradeUnexplained
    return _held(actor, snapshot) or actor.posts[0].post


def grades(actor: Actor, snapshot: Snapshot) -> bool:
    """Tell whether the grade of a dossier that an actor sees is theirs to change."""
    own = _held(actor, snapshot) is not None
    return own or heads(actor, snapshot.now.holding_agency_id)


def _held(actor: Actor, snapshot: Snapshot) -> str | None:
    """Give the post in which an actor holds the dossier now."""
    main = snapshot.main
    return main.post if main is not None and holds(actor, main) else None


def _planned(
    actor: Actor,
    snapshot: Snapshot,
    at: datetime.datetime,
    grade: str,
    post: str | None,
    remark: str,
) -> tuple[Plan, carrying.Act]:
    row = reading().one(_IDENTITY, snapshot.id)
    assert row is not None
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
        regrades=grade,
    )
    return plan, carrying.Act(
        name=REGRADE,
        actor=actor,
        recorded=at,
        post=post,
        remark=remark,
        binds=(("identity", commitment(snapshot.salt, _identity(row, grade))),),
        data=(("grade", grade),),
        also=_write,
    )


def _identity(row: Row, grade: str) -> list[object]:
    """The grade stands last among what a dossier is bound to."""
    return identity((*row[:-1], grade))


def _write(tx: Tx, plan: Plan) -> bool:
    dossier_id = plan.snapshot.id
    tx.run(_WRITE, plan.regrades, dossier_id)
    totals.leaving(tx, dossier_id)
    if plan.restricted:
        scope_rows.restrict(tx, dossier_id=dossier_id, at=plan.at)
    else:
        scope_rows.unrestrict(tx, dossier_id=dossier_id)
    totals.entering(tx, dossier_id)
    return True
