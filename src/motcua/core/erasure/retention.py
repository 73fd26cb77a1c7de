"""Retention rules are entries of the house's stream, so who changed one, and when, stands there.

None ships with Motcua: how long a dossier is kept is the law's or the city's to say, with a source.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.core.access.actors import house
from motcua.core.dossiers.erased import NO_SALT
from motcua.core.dossiers.models import Dossier
from motcua.core.erasure import actions
from motcua.core.erasure.rules import OnHold, PapersPending, Rule, document, in_force
from motcua.core.ledger.append import HOUSE, append_to_house
from motcua.core.ledger.models import Entry
from motcua.core.procedures.models import Procedure
from motcua.core.sql import act
from motcua.kernel.errors import Refused

ANY = "*"
_ACT = "retention_rule"
_MOST_YEARS = 100


class RuleWrong(Refused):
    """A rule names no procedure of this house, or no number of years."""

    code = "erasure.rule_wrong"
    vi = "Quy tắc lưu giữ cần mã thủ tục có thật (hoặc *) và số năm từ 0 đến {most}."
    en = "A retention rule needs a procedure of this house (or *) and 0 to {most} years."


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule would erase: the procedure, the rule, and the dossiers."""

    rule: Rule
    dossiers: tuple[int, ...]


def set_rule(*, actor: str, at: datetime.datetime, rule: Rule) -> None:
    """Tell a rule; the last one told for a procedure holds, and 0 years ends it."""
    known = rule.procedure == ANY or Procedure.objects.filter(code=rule.procedure).exists()
    if not known or not 0 <= rule.years <= _MOST_YEARS:
        raise RuleWrong(most=_MOST_YEARS)
    source = document(rule.source)
    data: dict[str, object] = {
        "procedure": rule.procedure,
        "years": rule.years,
        "source": source,
    }
    with act() as tx:
        append_to_house(tx, act=_ACT, at=at, actor=actor, data=data)


def rules_now() -> dict[str, Rule]:
    """Give the rules in force, by procedure."""
    bodies = Entry.objects.of(HOUSE).filter(act=_ACT).values_list("body", flat=True)
    told = (json.loads(body)["data"] for body in bodies)
    return in_force(Rule(one["procedure"], one["years"], one["source"]) for one in told)


def plan(at: datetime.datetime) -> Iterator[Due]:
    """Give what each rule would erase now; a procedure's own rule goes before the one for any."""
    rules = rules_now()
    own = [procedure for procedure in rules if procedure != ANY]
    for procedure, rule in rules.items():
        ended = Dossier.objects.filter(closed=True, finished_at__lt=rule.before(at))
        chosen = (
            ended.exclude(version__procedure__code__in=own)
            if procedure == ANY
            else ended.filter(version__procedure__code=procedure)
        )
        found = chosen.exclude(salt=NO_SALT).order_by("pk").values_list("pk", flat=True)
        yield Due(rule, tuple(found))


def carry_out(*, at: datetime.datetime) -> dict[str, int]:
    """Erase what is due by rule; what is held or still being made is counted and left."""
    counted = {"erased": 0, "held": 0, "pending": 0}
    for due in list(plan(at)):
        for dossier_id in due.dossiers:
            counted[_one(dossier_id, due.rule, at)] += 1
    return counted


def _one(dossier_id: int, rule: Rule, at: datetime.datetime) -> str:
    actor = house("retention")
    try:
        actions.erase(actor=actor, at=at, dossier_id=dossier_id, document=rule.source)
    except OnHold:
        return "held"
    except PapersPending:
        return "pending"
    return "erased"
