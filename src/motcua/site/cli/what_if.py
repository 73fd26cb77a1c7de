"""`motcua what-if`: a past period replayed under other limits or with fewer people."""

from __future__ import annotations

import argparse
import datetime
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer

if TYPE_CHECKING:
    from motcua.core.whatif.asking import Answer, OfficeTold, Question
    from motcua.core.whatif.rules import Office
    from motcua.kernel.calendar import Limit


class NotAnAssumption(Refused):
    """What is to change cannot be read."""

    code = "cli.not_an_assumption"
    vi = "Không đọc được “{text}”; viết như 1.003633=10 working_day, H26.12:specialist=1."
    en = "“{text}” cannot be read; write it as 1.003633=10 working_day, H26.12:specialist=1."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("agency", help="code of the agency whose dossiers are replayed")
    parser.add_argument("--first", required=True, type=_day, help="first day of reception")
    parser.add_argument("--last", required=True, type=_day, help="last day of reception")
    parser.add_argument("--procedure", default="", help="only this procedure, by its code")
    parser.add_argument(
        "--limit", action="append", default=[], metavar="CODE=LIMIT", help="another limit"
    )
    parser.add_argument(
        "--fewer", action="append", default=[], metavar="AGENCY:POST=N", help="fewer people"
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Replay the period and tell which offices break."""
    ready()
    from motcua.core.now import now
    from motcua.core.whatif.asking import ask

    answer(options, _told(options, ask(_question(options), at=now())))
    return 0


def _question(options: argparse.Namespace) -> Question:
    from motcua.core.agencies.queries import agency_by_code
    from motcua.core.whatif.asking import Question

    return Question(
        agency_id=agency_by_code(options.agency).id,
        first=options.first,
        last=options.last,
        procedure=options.procedure,
        limits=dict(_limit(text) for text in options.limit),
        fewer=dict(_fewer(text) for text in options.fewer),
    )


def _limit(text: str) -> tuple[str, Limit]:
    from motcua.core.procedures.queries import current
    from motcua.kernel.calendar import Limit

    code, _, limit = text.partition("=")
    if not limit:
        raise NotAnAssumption(text=text)
    return current(code).declaration.code, Limit.parse(limit)


def _fewer(text: str) -> tuple[Office, int]:
    from motcua.core.agencies.queries import agency_by_code

    office, _, count = text.partition("=")
    code, _, post = office.partition(":")
    if not (post and count.isdecimal() and int(count)):
        raise NotAnAssumption(text=text)
    return (agency_by_code(code).id, post), int(count)


def _told(options: argparse.Namespace, found: Answer) -> dict[str, object]:
    offices = [_office(one) for one in found.offices]
    told: dict[str, object] = {
        "dossiers": found.count,
        "open": found.open,
        "late": {"recorded": found.before, "assumed": found.after},
        "breaks": [f"{one['agency']}:{one['post']}" for one in offices if one["breaks"]],
        "procedures": {
            one.code: {"dossiers": one.count, "late": one.before, "assumed": one.after}
            for one in found.procedures
        },
    }
    if options.json:
        told["offices"] = offices
    return told


def _office(one: OfficeTold) -> dict[str, object]:
    from motcua.core.agencies.queries import agency

    pairs = {"recorded": one.before, "assumed": one.after}
    return {
        "agency": agency(one.office[0]).code,
        "post": one.office[1],
        "people": one.people,
        "turns": one.after.turns,
        **{
            what: {name: getattr(load, what) for name, load in pairs.items()}
            for what in ("minutes", "late", "longest")
        },
        "breaks": one.breaks,
    }


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day such as 2026-11-20, not {text!r}") from None
