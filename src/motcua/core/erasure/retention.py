"""Retention rules by kind of record, with their days, and what they erase.

A rule is an entry of the house's stream, so who set one, and when, stands there; a change is
another entry with a day of its own, and the old one still tells what held before. None ships with
Motcua: how long something is kept is the law's or the city's to say, with a source.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localtime

from motcua.core.access.actors import house
from motcua.core.accounts.models import Session, SignIn
from motcua.core.dossiers.erased import NO_SALT
from motcua.core.dossiers.models import Dossier
from motcua.core.erasure import actions
from motcua.core.erasure.records import RecordErased, RecordInUse, erase_record
from motcua.core.erasure.rules import Kind, OnHold, PapersPending, Rule, document, in_force
from motcua.core.ledger.append import HOUSE, append_to_house
from motcua.core.ledger.models import Entry
from motcua.core.places import LAST
from motcua.core.procedures.models import Procedure
from motcua.core.registers.loading import registers
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.sql import Sql, act
from motcua.kernel.errors import Refused

ANY = "*"
_ACT = "retention_rule"
_MOST_YEARS = 100
_MOST_MONTHS = 11
_BATCH = 2000

_SIGN_INS = Sql(
    "DELETE FROM accounts_signin WHERE id IN"
    " (SELECT id FROM accounts_signin WHERE at < %s ORDER BY id LIMIT %s)"
)
_SESSIONS = Sql(
    "DELETE FROM accounts_session WHERE id IN"
    " (SELECT id FROM accounts_session WHERE ended_at < %s ORDER BY id LIMIT %s)"
)
# Its last retiring: a version that hands a retired record to an heir is no new end of it.
ENDED = Subquery(
    RecordVersion.objects.filter(
        pk__gte=OuterRef("pk") * (LAST + 1), pk__lt=(OuterRef("pk") + 1) * (LAST + 1), act="retire"
    )
    .order_by("-pk")
    .values("since")[:1]
)
_FORGET = {Kind.SIGN_IN: _SIGN_INS, Kind.SESSION: _SESSIONS}


class RuleWrong(Refused):
    """A rule names no procedure of this house, no length of time, or a day that is over."""

    code = "erasure.rule_wrong"
    vi = (
        "Quy tắc lưu giữ cần mã thủ tục có thật, hoặc mã sổ đăng ký có thông tin cá nhân (hoặc *;"
        " chỉ hồ sơ và bản ghi mới có), từ 0 đến {most} năm, 0 đến 11 tháng, và ngày áp dụng"
        " không ở quá khứ."
    )
    en = (
        "A retention rule needs a procedure of this house, or a register with personal values (or"
        " *; only dossiers and records have one), 0 to {most} years, 0 to 11 months, and a first"
        " day that is not over."
    )


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule would erase now: the rule, how many rows, and the dossiers among them."""

    rule: Rule
    rows: int
    dossiers: tuple[int, ...] = ()
    records: tuple[int, ...] = ()


def set_rule(*, actor: str, at: datetime.datetime, rule: Rule) -> None:
    """Tell a rule, in force from its day on; no time at all ends the one before it."""
    today = localtime(at).date()
    known = rule.procedure == ANY or _is_known(rule)
    spans = 0 <= rule.years <= _MOST_YEARS and 0 <= rule.months <= _MOST_MONTHS
    since = rule.since or today
    if not known or not spans or since < today:
        raise RuleWrong(most=_MOST_YEARS)
    source = document(rule.source)
    data: dict[str, object] = {
        "kind": rule.kind,
        "procedure": rule.procedure,
        "years": rule.years,
        "months": rule.months,
        "since": since.isoformat(),
        "source": source,
    }
    with act() as tx:
        append_to_house(tx, act=_ACT, at=at, actor=actor, data=data)


def _is_known(rule: Rule) -> bool:
    """Tell whether a rule names a procedure, or a register with personal values."""
    if rule.kind is Kind.RECORD:
        declaration = registers().get(rule.procedure)
        return declaration is not None and declaration.is_personal
    return rule.kind is Kind.DOSSIER and Procedure.objects.filter(code=rule.procedure).exists()


def rules_told() -> list[Rule]:
    """Give every rule that was ever told, in order: past ones, those in force, those to come."""
    rows = Entry.objects.of(HOUSE).filter(act=_ACT).values_list("at", "body")
    return [_rule(at, json.loads(body)["data"]) for at, body in rows]


def _rule(at: datetime.datetime, told: dict[str, object]) -> Rule:
    """Read a rule; those of before had neither kind nor day."""
    since = told.get("since") or localtime(at).date().isoformat()
    return Rule(
        procedure=str(told["procedure"]),
        years=int(str(told["years"])),
        source=str(told["source"]),
        kind=Kind(str(told.get("kind", Kind.DOSSIER))),
        months=int(str(told.get("months", 0))),
        since=datetime.date.fromisoformat(str(since)),
    )


def rules_on(on: datetime.date) -> list[Rule]:
    """Give the rules in force on a day, by kind and procedure."""
    return [rule for _, rule in sorted(in_force(rules_told(), on).items())]


def plan(at: datetime.datetime) -> Iterator[Due]:
    """Give what each rule would erase now; a procedure's own rule goes before the one for any."""
    rules = rules_on(localtime(at).date())
    for rule in rules:
        if rule.kind is Kind.DOSSIER:
            rows = Dossier.objects.filter(due_by(rule, rules, at)).order_by("pk")
            found = tuple(rows.values_list("pk", flat=True))
            yield Due(rule, len(found), found)
        elif rule.kind is Kind.RECORD:
            records = tuple(records_due(rule, rules, at).values_list("pk", flat=True))
            yield Due(rule, len(records), records=records)
        elif rule.kind is Kind.SIGN_IN:
            yield Due(rule, SignIn.objects.filter(at__lt=rule.before(at)).count())
        else:
            yield Due(rule, Session.objects.filter(ended_at__lt=rule.before(at)).count())


def due_by(rule: Rule, rules: list[Rule], at: datetime.datetime) -> Q:
    """Give the dossiers that a rule would erase now, held ones among them."""
    ended = Q(closed=True, finished_at__lt=rule.before(at)) & ~Q(salt=NO_SALT)
    if rule.procedure != ANY:
        return ended & Q(version__procedure__code=rule.procedure)
    own = [one.procedure for one in rules if one.kind is Kind.DOSSIER and one.procedure != ANY]
    return ended & ~Q(version__procedure__code__in=own)


def records_due(rule: Rule, rules: list[Rule], at: datetime.datetime) -> QuerySet[Record]:
    """Give the records that a rule would erase now: retired long enough, and not erased yet."""
    keys = {one.key for one in registers().values() if one.is_personal}
    if rule.procedure == ANY:
        keys -= {one.procedure for one in rules if one.kind is Kind.RECORD}
    else:
        keys &= {rule.procedure}
    before = localtime(rule.before(at)).date()
    rows = Record.objects.filter(register__in=keys, retired=True, erased=False)
    return rows.annotate(ended_on=ENDED).filter(ended_on__lt=before).order_by("ended_on", "pk")


def carry_out(*, at: datetime.datetime) -> dict[str, int]:
    """Erase what is due by rule; what is held or still being made is counted and left."""
    counted = {"erased": 0, "held": 0, "pending": 0, "records": 0, "sign_ins": 0, "sessions": 0}
    for due in list(plan(at)):
        for dossier_id in due.dossiers:
            counted[_one(dossier_id, due.rule, at)] += 1
        for record_id in due.records:
            counted["records"] += _one_record(record_id, due.rule, at)
        if due.rule.kind in _FORGET:
            counted[f"{due.rule.kind}s"] += _forget(due.rule, at)
    return counted


def _forget(rule: Rule, at: datetime.datetime) -> int:
    """Remove old lines, a short write lock each; one who is signed in stays so."""
    gone, removed = 0, _BATCH
    while removed == _BATCH:
        with act() as tx:
            removed = tx.run(_FORGET[rule.kind], rule.before(at), _BATCH)
        gone += removed
    return gone


def _one_record(record_id: int, rule: Rule, at: datetime.datetime) -> bool:
    """Erase a record; False where it was taken into use again, or erased, meanwhile."""
    actor = house("retention")
    try:
        erase_record(actor=actor, at=at, record_id=record_id, document=rule.source)
    except (RecordInUse, RecordErased):
        return False
    return True


def _one(dossier_id: int, rule: Rule, at: datetime.datetime) -> str:
    actor = house("retention")
    try:
        actions.erase(actor=actor, at=at, dossier_id=dossier_id, document=rule.source)
    except OnHold:
        return "held"
    except PapersPending:
        return "pending"
    return "erased"
