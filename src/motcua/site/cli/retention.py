"""`motcua retention [show|set|plan|run]`: what is kept how long, and what is due to be erased."""

from __future__ import annotations

import argparse

from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, as_json


def add(parser: argparse.ArgumentParser) -> None:
    """Declare what to do; a rule is set by an officer and a document."""
    parser.add_argument("what", choices=["show", "set", "plan", "run"])
    parser.add_argument("--procedure", default="*", help="set: the procedure's code (*: any)")
    parser.add_argument(
        "--years", type=int, default=-1, help="set: years after the end; 0 ends the rule"
    )
    parser.add_argument("--document", help="set: the law or decision, as 12/QĐ-UBND")
    parser.add_argument("--by", help="set: the sign-in name of who decides")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Show, set, count or carry out."""
    ready()
    from motcua.core.erasure import retention
    from motcua.core.erasure.rules import Rule
    from motcua.core.now import now

    at = now()
    told: object
    if options.what == "set":
        rule = Rule(options.procedure, options.years, options.document or "")
        retention.set_rule(actor=keeper(options.by or "", at).key, at=at, rule=rule)
    if options.what == "run":
        told = retention.carry_out(at=at)
    elif options.what == "plan":
        told = [
            {"procedure": due.rule.procedure, "years": due.rule.years, "due": len(due.dossiers)}
            for due in retention.plan(at)
        ]
    else:
        told = [
            {"procedure": one.procedure, "years": one.years, "source": one.source}
            for one in retention.rules_now().values()
        ]
    print(as_json({options.what: told}))
    return 0
