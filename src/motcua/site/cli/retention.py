"""`motcua retention [show|set|plan|run]`: what is kept how long, and what is due to be erased."""

from __future__ import annotations

import argparse
import datetime
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, as_json

if TYPE_CHECKING:
    from motcua.core.erasure.rules import Rule


class DayWrong(Refused):
    """A day is written year, month, day."""

    code = "cli.day_wrong"
    vi = "Ngày “{given}” không đúng dạng 2027-01-01."
    en = "The day “{given}” is not written as 2027-01-01."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare what to do; a rule is set by an officer and a document."""
    parser.add_argument("what", choices=["show", "set", "plan", "run"])
    parser.add_argument(
        "--kind",
        choices=["dossier", "record", "sign_in", "session"],
        default="dossier",
        help="set: finished dossiers, retired records, lines of sign-ins, ended sessions",
    )
    parser.add_argument("--procedure", default="*", help="set: the procedure's code (*: any)")
    parser.add_argument("--register", default="", help="set: of records, their register (any)")
    parser.add_argument(
        "--years", type=int, default=0, help="set: years after the end; no time ends the rule"
    )
    parser.add_argument("--months", type=int, default=0, help="set: months besides (0)")
    parser.add_argument("--since", help="set: the first day it holds, as 2027-01-01 (today)")
    parser.add_argument("--document", help="set: the law or decision, as 12/QĐ-UBND")
    parser.add_argument("--by", help="set: the sign-in name of who decides")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show, set, count or carry out."""
    ready()
    from motcua.core.erasure import retention
    from motcua.core.erasure.rules import Kind, Rule
    from motcua.core.now import now

    at = now()
    told: object
    if options.what == "set":
        rule = Rule(
            procedure=options.register or options.procedure,
            years=options.years,
            source=options.document or "",
            kind=Kind(options.kind),
            months=options.months,
            since=_day(options.since),
        )
        retention.set_rule(actor=keeper(options.by or "", at).key, at=at, rule=rule)
    if options.what == "run":
        told = retention.carry_out(at=at)
    elif options.what == "plan":
        told = [_told(due.rule) | {"due": due.rows} for due in retention.plan(at)]
    else:
        told = [_told(one) for one in retention.rules_told()]
    print(as_json({options.what: told}))
    return 0


def _told(rule: Rule) -> dict[str, object]:
    return {
        "kind": rule.kind,
        "procedure": rule.procedure,
        "years": rule.years,
        "months": rule.months,
        "since": str(rule.since),
        "source": rule.source,
    }


def _day(text: str | None) -> datetime.date | None:
    """Read a day. Raises `DayWrong`."""
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise DayWrong(given=text) from None
